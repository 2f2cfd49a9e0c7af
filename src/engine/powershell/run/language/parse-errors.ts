import { differences } from '../../dialects/index.ts';
import { positionMessage } from '../../format/error-text.ts';
import type { ParseError } from '../../tokenize/errors.ts';
import { isDesktop } from '../../types/ambient.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import { positionOf } from '../frame.ts';
import { extentValue } from './extent.ts';

const space = 'System.Management.Automation.Language';
/** An error with its place, as the console and `ToString()` show it. */
export const parseErrorText = ({ extent, message }: ParseError): string =>
  `${positionMessage(positionOf(extent, extent.lineText), isDesktop(differences.errors.view))}\n${message}`;

const e = (self: Value): ParseError => (self as DotNetObject<ParseError>).state;
const errorType = defineType(`${space}.ParseError`, {
  assembly: 'System.Management.Automation',
  members: [
    property('Extent', `${space}.IScriptExtent`, (s) => extentValue(e(s).extent)),
    property('ErrorId', 'string', (s) => e(s).errorId),
    property('Message', 'string', (s) => e(s).message),
    property('IncompleteInput', 'bool', (s) => e(s).incompleteInput),
    method(['string ToString()', (s) => parseErrorText(e(s))]),
  ],
});
export const parseErrorArray = (errors: readonly ParseError[]): PSArray =>
  new PSArray(
    errors.map((error) => new DotNetObject(errorType, error)),
    errorType,
  );
