import { differences } from '../../dialects/index.ts';
import { parseText } from '../../parse/index.ts';
import type { ParseResult } from '../../parse/index.ts';
import { staticMethod } from '../../types/dotnet/define.ts';
import { assign } from '../../types/dotnet/arguments.ts';
import { context } from '../../types/ambient.ts';
import { dotNetError } from '../../types/errors.ts';
import { defineType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import type { Session } from '../session.ts';
import { fullPath, scriptText } from '../command-lookup.ts';
import { astValue } from './ast.ts';
import { tokenArray } from './tokens.ts';
import { parseErrorArray } from './parse-errors.ts';

const space = 'System.Management.Automation.Language';
function give(result: ParseResult, tokens: Value | undefined, errors: Value | undefined): Value {
  assign(tokens, tokenArray(result.tokens));
  assign(errors, parseErrorArray(result.errors));
  return astValue(result.ast, result.ast);
}

defineType(`${space}.Parser`, {
  assembly: 'System.Management.Automation',
  members: [
    staticMethod(
      [
        `${space}.ScriptBlockAst ParseInput(string input, ref System.Object tokens, ref System.Object errors)`,
        (_s, a) => give(parseText(toText(a[0] ?? null)), a[1], a[2]),
      ],
      [
        `${space}.ScriptBlockAst ParseInput(string input, string fileName, ref System.Object tokens, ref System.Object errors)`,
        (_s, a) => give(parseText(toText(a[0] ?? null), toText(a[1] ?? null)), a[2], a[3]),
      ],
    ),
    staticMethod([
      `${space}.ScriptBlockAst ParseFile(string fileName, ref System.Object tokens, ref System.Object errors)`,
      (_s, a) => {
        const path = fullPath(context().session as Session, toText(a[0] ?? null));
        const read = context().host.files.read(path);
        if (!read.ok) throw dotNetError('System.IO.FileNotFoundException', read.error.message);
        return give(
          parseText(
            scriptText(read.value, differences.files.scriptEncoding.desktopIn(context().dialect)),
            path,
          ),
          a[1],
          a[2],
        );
      },
    ]),
  ],
});
