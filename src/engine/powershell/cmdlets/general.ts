import type { Cmdlet } from './cmdlet.ts';
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

/** Cmdlets that work on objects, text and the session; those of providers and of the device stand elsewhere. */
export const generalCmdlets: readonly Cmdlet[] = [
  addMember,
  compareObject,
  forEachObject,
  formatCustom,
  formatList,
  formatTable,
  formatWide,
  getMember,
  getUnique,
  groupObject,
  measureObject,
  newObject,
  outDefault,
  outHost,
  outNull,
  outString,
  selectObject,
  sortObject,
  whereObject,
  writeDebug,
  writeError,
  writeHost,
  writeInformation,
  writeProgress,
  writeVerbose,
  writeWarning,
];
