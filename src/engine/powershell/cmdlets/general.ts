import type { Cmdlet } from './cmdlet.ts';
import { convertFromJson } from './data/convert-from-json.ts';
import { convertToJson } from './data/convert-to-json.ts';
import { formatCustom, formatList, formatTable, formatWide } from './format/format-cmdlets.ts';
import { addMember } from './objects/add-member.ts';
import { compareObject } from './objects/compare-object.ts';
import { forEachObject } from './objects/for-each-object.ts';
import { getMember } from './objects/get-member.ts';
import { getUnique } from './objects/get-unique.ts';
import { groupObject } from './objects/group-object.ts';
import { measureObject } from './objects/measure-object.ts';
import { newObject } from './objects/new-object.ts';
import { selectObject } from './objects/select-object.ts';
import { sortObject } from './objects/sort-object.ts';
import { updateList } from './objects/update-list.ts';
import { whereObject } from './objects/where-object.ts';
import { outDefault, outHost, outNull, outString } from './output/out.ts';
import { writeHost } from './output/write-host.ts';
import {
  writeDebug,
  writeError,
  writeInformation,
  writeProgress,
  writeVerbose,
  writeWarning,
} from './output/write-streams.ts';
import { getDate } from './time/get-date.ts';
import { setDate, setTimeZone } from './time/set-date.ts';
import { getRandom, getSecureRandom, newGuid } from './time/random.ts';
import { getUptime } from './time/get-uptime.ts';
import { measureCommand, newTimeSpan, startSleep } from './time/time-cmdlets.ts';
import {
  clearVariable,
  getVariable,
  newVariable,
  removeVariable,
  setVariable,
} from './variables/variable-cmdlets.ts';

/** Cmdlets that work on objects, text and the session; those of providers and of the device stand elsewhere. */
export const generalCmdlets: readonly Cmdlet[] = [
  addMember,
  clearVariable,
  compareObject,
  convertFromJson,
  convertToJson,
  forEachObject,
  formatCustom,
  formatList,
  formatTable,
  formatWide,
  getDate,
  setDate,
  setTimeZone,
  getMember,
  getRandom,
  getSecureRandom,
  getUnique,
  getUptime,
  getVariable,
  groupObject,
  measureCommand,
  measureObject,
  newGuid,
  newObject,
  newTimeSpan,
  newVariable,
  outDefault,
  outHost,
  outNull,
  outString,
  removeVariable,
  selectObject,
  setVariable,
  sortObject,
  startSleep,
  updateList,
  whereObject,
  writeDebug,
  writeError,
  writeHost,
  writeInformation,
  writeProgress,
  writeVerbose,
  writeWarning,
];
