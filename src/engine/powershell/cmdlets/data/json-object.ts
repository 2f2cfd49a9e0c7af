import { convertTo } from '../../types/convert.ts';
import type { DotNetType, TypeContext } from '../../types/dotnet-type.ts';
import { assign, flag } from '../../types/dotnet/arguments.ts';
import { staticMethod } from '../../types/dotnet/define.ts';
import { ErrorRecord } from '../../types/error-record.ts';
import { dotNetError, exception } from '../../types/errors.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import { defineType, resolveType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';
import { fromJson, KeyProblem } from './convert-from-json.ts';
import { JsonError } from './json-reader.ts';

/** A problem with the keys goes into the `[ref]`; text that is no JSON is thrown. */
function convert(
  text: Value,
  asTable: boolean,
  depth: number,
  error: Value | undefined,
  context: TypeContext,
): Value {
  assign(error, null);
  const settings = {
    dialect: context.dialect,
    host: context.host,
    convert: (value: Value, type: string | DotNetType): Value =>
      convertTo(value, typeof type === 'string' ? (resolveType(type) as DotNetType) : type),
    string: () => '',
  };
  try {
    return fromJson(settings, toText(text), asTable, depth) ?? null;
  } catch (problem) {
    if (problem instanceof KeyProblem) {
      const inner = exception('System.InvalidOperationException', problem.message);
      assign(error, new ErrorRecord(inner, problem.id, 'InvalidOperation', null));
      return null;
    }
    if (!(problem instanceof JsonError)) throw problem;
    throw dotNetError(
      'System.ArgumentException',
      `Conversion from JSON failed with error: ${problem.message}`,
    );
  }
}
const depthOf = (v: Value | undefined): number => {
  const bare = unwrap(v ?? null);
  return !isNull(bare) && isNumeric(bare) ? toDouble(bare) : 1024;
};

/** What ConvertFrom-Json is made of, for scripts that call it themselves. */
defineType('Microsoft.PowerShell.Commands.JsonObject', {
  assembly: 'Microsoft.PowerShell.Commands.Utility',
  isAbstract: true,
  members: [
    staticMethod(
      [
        'System.Object ConvertFromJson(string input, [ref] System.Management.Automation.ErrorRecord error)',
        (_v, a, context) => convert(a[0] ?? null, false, 1024, a[1], context),
      ],
      [
        'System.Object ConvertFromJson(string input, bool returnHashtable, [ref] System.Management.Automation.ErrorRecord error)',
        (_v, a, context) => convert(a[0] ?? null, flag(a[1]), 1024, a[2], context),
      ],
      [
        'System.Object ConvertFromJson(string input, bool returnHashtable, System.Object maxDepth, [ref] System.Management.Automation.ErrorRecord error)',
        (_v, a, context) => convert(a[0] ?? null, flag(a[1]), depthOf(a[2]), a[3], context),
      ],
    ),
  ],
});
