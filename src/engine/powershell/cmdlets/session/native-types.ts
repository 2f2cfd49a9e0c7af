import type { Session } from '../../run/session.ts';
import type { DotNetMember } from '../../types/dotnet-type.ts';
import { DotNetType, objectType } from '../../types/dotnet-type.ts';
import { staticMethod } from '../../types/dotnet/define.ts';
import { nativeFunction } from './native-functions.ts';
import { knownClass } from './native-classes.ts';

/** A class that scripts declare in C#: its name and what stands in it. */
interface Declared {
  readonly name: string;
  readonly kind: 'class' | 'struct' | 'enum';
  readonly isPublic: boolean;
  readonly body: string;
}

interface Import {
  readonly library: string;
  readonly entryPoint: string;
  readonly name: string;
  readonly signature: string;
}

/** What stops a text from becoming types: the first thing in it that this device cannot do. */
export type Compiled =
  | { readonly ok: true; readonly types: readonly DotNetType[] }
  | { readonly ok: false; readonly problem: string };

/**
 * There is no C# compiler here. What scripts of the field compile is nearly always a door to a function of Windows:
 * classes of `[DllImport]` declarations. Those are understood, where the function is one this device has
 * (`native-functions.ts`); so are enums, and a few classes that everybody copies (`native-classes.ts`). Anything else
 * is refused by name.
 */
export function compileNative(session: Session, source: string): Compiled {
  const text = withoutComments(source);
  const types: DotNetType[] = [];
  for (const declared of declarationsIn(text, '')) {
    if (declared.kind === 'struct') continue;
    if (declared.kind === 'enum') {
      if (declared.isPublic) types.push(enumType(declared));
      continue;
    }
    const members: DotNetMember[] = [];
    const imports = importsOf(declared.body);
    const whole = knownClass(
      imports.map((one) => one.entryPoint),
      declared.body,
    );
    if (whole) members.push(...whole);
    else {
      const other = methodBeside(declared.body);
      if (other !== undefined)
        return {
          ok: false,
          problem: `the method ${declared.name}.${other} has a body, and there is no compiler`,
        };
      for (const one of imports) {
        const run = nativeFunction(one.library, one.entryPoint);
        if (!run)
          return { ok: false, problem: `the function ${one.entryPoint} of ${one.library} is not part of it` };
        members.push(staticMethod([one.signature, (_self, args, context) => run(args, context)]));
      }
    }
    if (declared.isPublic)
      types.push(
        new DotNetType({
          fullName: declared.name,
          baseType: objectType,
          members,
          assembly: 'Microsoft.PowerShell.AddType',
        }),
      );
  }
  if (types.length === 0) return { ok: false, problem: 'there is no public class or enum in it' };
  for (const type of types) session.scriptTypes.define(type, session.globalScope);
  return { ok: true, types };
}

/** Strings stay as they are; comments become blanks. */
function withoutComments(source: string): string {
  return source.replace(/"(?:\\.|[^"\\])*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, (found) =>
    found.startsWith('"') ? found : ' ',
  );
}

/** Where the block that opens at `open` ends. */
function blockEnd(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    const char = text[i];
    if (char === '"') {
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
    } else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i;
  }
  return text.length;
}

function* declarationsIn(text: string, prefix: string): Generator<Declared, void> {
  const heads =
    /\b((?:(?:public|internal|private|static|sealed|abstract|partial)\s+)*)(namespace|class|struct|enum)\s+([\w.]+)[^{;]*\{/g;
  for (let match = heads.exec(text); match; match = heads.exec(text)) {
    const open = match.index + match[0].length - 1;
    const end = blockEnd(text, open);
    const body = text.slice(open + 1, end);
    const name = prefix === '' ? (match[3] as string) : `${prefix}.${match[3] as string}`;
    if (match[2] === 'namespace') yield* declarationsIn(body, name);
    else
      yield {
        name,
        kind: match[2] as Declared['kind'],
        isPublic: /\bpublic\b/.test(match[1] as string),
        body,
      };
    heads.lastIndex = end + 1;
  }
}

/** C# names of types as signatures of this table have them; structures of a script are objects. */
const typeNames: Readonly<Record<string, string>> = {
  int32: 'int',
  uint32: 'uint',
  int64: 'long',
  uint64: 'ulong',
  boolean: 'bool',
  intptr: 'System.IntPtr',
  uintptr: 'System.UIntPtr',
  stringbuilder: 'System.Text.StringBuilder',
};
const plainTypes = /^(int|uint|long|ulong|short|ushort|byte|bool|string|void|char|double|float)$/;

function typeText(name: string): string {
  const lower = name.replace(/^.*\./, '').toLowerCase();
  return plainTypes.test(lower) ? lower : (typeNames[lower] ?? 'System.Object');
}

function parameterText(parameter: string): string {
  const [, by = '', type = '', name = ''] =
    /^(ref\s+|out\s+|in\s+)?([\w.[\]]+)\s+(\w+)/.exec(parameter) ?? [];
  return `${/^(ref|out)/.test(by) ? '[ref] ' : ''}${typeText(type)} ${name}`;
}

function importsOf(body: string): readonly Import[] {
  const found: Import[] = [];
  const pattern =
    /\[\s*(?:System\.Runtime\.InteropServices\.)?DllImport\s*\(\s*@?"([^"]+)"([^\]]*)\)\s*\](?:\s*\[[^\]]*\])*\s*((?:\w+\s+)*?)extern\s+([\w.[\]]+)\s+(\w+)\s*\(([^)]*)\)\s*;/g;
  for (const match of body.matchAll(pattern)) {
    const name = match[5] as string;
    const entryPoint = /EntryPoint\s*=\s*"([^"]+)"/.exec(match[2] as string)?.[1] ?? name;
    const parameters = (match[6] as string)
      .split(',')
      .map((one) => one.replace(/\[[^\]]*\]/g, '').trim())
      .filter((one) => one !== '')
      .map(parameterText);
    found.push({
      library: (match[1] as string).toLowerCase().replace(/\.dll$/, ''),
      entryPoint,
      name,
      signature: `${typeText(match[4] as string)} ${name}(${parameters.join(', ')})`,
    });
  }
  return found;
}

/** The name of the first method with a body, if there is one. */
function methodBeside(body: string): string | undefined {
  const outside = [...body.matchAll(/\b(?:class|struct|enum)\s+\w+[^{;]*\{/g)].reduceRight((text, match) => {
    const open = match.index + match[0].length - 1;
    return text.slice(0, match.index) + text.slice(blockEnd(text, open) + 1);
  }, body);
  return /\b(\w+)\s*\([^()]*\)\s*(?:\{|=>)/.exec(outside)?.[1];
}

function enumType(declared: Declared): DotNetType {
  const values = new Map<string, number>();
  let next = 0;
  for (const part of declared.body.split(',')) {
    const match = /^\s*(\w+)\s*(?:=\s*(0x[\da-f]+|-?\d+))?\s*$/i.exec(part.replace(/\[[^\]]*\]/g, ''));
    if (!match) continue;
    if (match[2] !== undefined) next = Number(match[2]);
    values.set(match[1] as string, next++);
  }
  return new DotNetType({
    fullName: declared.name,
    kind: 'enum',
    enumValues: values,
    isSealed: true,
    assembly: 'Microsoft.PowerShell.AddType',
  });
}
