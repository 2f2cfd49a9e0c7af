import { makeRecord, recordType } from '../cmdlets/objects/record-type.ts';
import type { Cmdlet } from '../cmdlets/cmdlet.ts';
import { constructors, method, property } from '../types/dotnet/define.ts';
import { enumValue } from '../types/enum-text.ts';
import { toDouble, isNumeric } from '../types/numeric.ts';
import { closeGeneric, defineEnum, defineType, listType } from '../types/registry.ts';
import { ListValue } from '../types/collections.ts';
import { DotNetObject } from '../types/objects.ts';
import type { Value } from '../types/value.ts';
import { complete } from './index.ts';

const resultKind = defineEnum(
  'System.Management.Automation.CompletionResultType',
  'Text,History,Command,ProviderItem,ProviderContainer,Property,Method,ParameterName,ParameterValue,Variable,Namespace,Type,Keyword,DynamicKeyword',
);
const resultType = recordType(
  'System.Management.Automation.CompletionResult',
  'CompletionText:string ListItemText:string ResultType:System.Management.Automation.CompletionResultType ToolTip:string',
);
resultType.constructors = constructors(
  [
    'System.Management.Automation.CompletionResult(string completionText, string listItemText, System.Management.Automation.CompletionResultType resultType, string toolTip)',
    (_self, args) =>
      makeRecord(resultType, {
        CompletionText: args[0] ?? null,
        ListItemText: args[1] ?? null,
        ResultType: args[2] ?? null,
        ToolTip: args[3] ?? null,
      }),
  ],
  [
    'System.Management.Automation.CompletionResult(string completionText)',
    (_self, args) =>
      makeRecord(resultType, {
        CompletionText: args[0] ?? null,
        ListItemText: args[0] ?? null,
        ResultType: enumValue(resultKind, 'Text'),
        ToolTip: args[0] ?? null,
      }),
  ],
);

interface CompletionState {
  readonly matches: ListValue;
  index: number;
  readonly start: number;
  readonly length: number;
}
const own = (self: Value): CompletionState => (self as DotNetObject<CompletionState>).state;
const completionType = defineType('System.Management.Automation.CommandCompletion', {
  members: [
    property('CurrentMatchIndex', 'int', (s) => own(s).index),
    property('ReplacementIndex', 'int', (s) => own(s).start),
    property('ReplacementLength', 'int', (s) => own(s).length),
    property('CompletionMatches', 'System.Object', (s) => own(s).matches),
    method([
      'System.Management.Automation.CompletionResult GetNextResult(bool forward)',
      (s, [forward]) => {
        const state = own(s);
        const count = state.matches.items.length;
        if (count === 0) return null;
        state.index =
          forward === true ? (state.index + 1) % count : (state.index <= 0 ? count : state.index) - 1;
        return state.matches.items[state.index] ?? null;
      },
    ]),
  ],
});

/** The completions PowerShell gives for a text: what hosts call, and what its own tests call. */
export const tabExpansion: Cmdlet = {
  name: 'TabExpansion2',
  module: '',
  typeName: 'TabExpansion2',
  commandType: 'Function',
  defaultSet: 'ScriptInputSet',
  parameters: [
    { name: 'inputScript', type: 'string', position: 0, mandatory: true, allowEmptyString: true },
    { name: 'cursorColumn', type: 'int', position: 1 },
    { name: 'options', type: 'hashtable', position: 2 },
  ],
  start: (context) => ({
    process() {
      const text = context.string('inputScript');
      const given = context.get('cursorColumn');
      const found = complete(context.session, text, isNumeric(given) ? toDouble(given) : text.length, {
        extras: false,
      });
      const matches = found.items.map((one) =>
        makeRecord(resultType, {
          CompletionText: one.text,
          ListItemText: one.label,
          ResultType: enumValue(resultKind, one.resultType),
          ToolTip: one.detail,
        }),
      );
      context.write(
        new DotNetObject<CompletionState>(completionType, {
          matches: new ListValue(closeGeneric(listType, [resultType]), matches),
          index: -1,
          start: found.start,
          length: found.end - found.start,
        }),
      );
      return undefined;
    },
  }),
};
