import { toUint8Array } from '../../../../base/bytes.ts';
import { expandPath } from '../../providers/resolve.ts';
import { utf8NoBom } from '../../providers/encoding.ts';
import type { TextEncoding } from '../../providers/encoding.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { hooks } from '../../types/hooks.ts';
import { Boxed, DotNetObject, EnumValue } from '../../types/objects.ts';
import { defineType, resolveType, typeShortName } from '../../types/registry.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { byteArray, bytesOf } from '../../types/dotnet/arguments.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { convertTo } from '../../types/convert.ts';
import { callStatic } from '../../types/member.ts';
import { toText } from '../../types/text.ts';
import { typeOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull, unwrap } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { encodingArgument, encodingParameter } from '../content/encoding-argument.ts';
import { givenPaths } from '../items/targets.ts';

const perLine = 16;
interface Line {
  readonly bytes: Uint8Array;
  readonly offset: number;
  readonly label: string;
  readonly path: string;
}
const l = (v: Value): Line => (v as DotNetObject<Line>).state;
const hex = (n: number, digits: number): string => n.toString(16).toUpperCase().padStart(digits, '0');
const hexOf = (line: Line): string => Array.from(line.bytes, (b) => hex(b, 2)).join(' ');
/** Printable as Latin-1; a zero is a blank, other control characters show as one that cannot be shown. */
const shown = (line: Line): string =>
  Array.from(line.bytes, (b) =>
    b === 0 ? ' ' : b < 32 || (b >= 127 && b < 160) ? '\ufffd' : String.fromCharCode(b),
  ).join('');

const type = defineType('Microsoft.PowerShell.Commands.ByteCollection', {
  assembly: 'Microsoft.PowerShell.Commands.Utility',
  members: [
    property('Offset64', 'ulong', (v) => new Boxed('uint64', BigInt(l(v).offset))),
    property('Offset', 'uint', (v) => new Boxed('uint32', l(v).offset)),
    property('Bytes', 'byte[]', (v) => byteArray(l(v).bytes)),
    property('Path', 'string', (v) => l(v).path),
    property('HexOffset', 'string', (v) => hex(l(v).offset, perLine)),
    property('HexBytes', 'string', (v) => hexOf(l(v))),
    property('Ascii', 'string', (v) => shown(l(v))),
    property('Label', 'string', (v) => l(v).label),
    method([
      'string ToString()',
      (v) => `${hex(l(v).offset, perLine)}   ${hexOf(l(v)).padEnd(47)}  ${shown(l(v)).padEnd(perLine)}`,
    ]),
  ],
});

/** Bytes of a value as .NET lays it out in memory; undefined where it is no number, text or enum. */
function bytesFrom(value: Value, encoding: TextEncoding): Uint8Array | undefined {
  const bare = unwrap(value);
  if (typeof bare === 'string') return toUint8Array(encoding.encode(bare));
  if (typeof bare === 'boolean') return Uint8Array.of(bare ? 1 : 0, 0, 0, 0);
  if (bare instanceof EnumValue)
    return bytesFrom(convertTo(bare, resolveType(bare.type.underlying) as DotNetType), encoding);
  if (bare instanceof Boxed && (bare.kind === 'byte' || bare.kind === 'sbyte'))
    return Uint8Array.of((bare.value as number) & 255);
  if (typeof bare !== 'number' && typeof bare !== 'bigint' && !(bare instanceof Boxed)) return undefined;
  const bits = resolveType('System.BitConverter') as DotNetType;
  return bytesOf(callStatic(bits, 'GetBytes', [bare]));
}

function write(context: CmdletContext, bytes: Uint8Array, label: string, path: string, start: number): void {
  for (let at = 0; at < bytes.length; at += perLine)
    context.write(
      new DotNetObject<Line>(type, {
        bytes: bytes.subarray(at, at + perLine),
        offset: start + at,
        label,
        path,
      }),
    );
}

export const formatHex: Cmdlet = {
  name: 'Format-Hex',
  aliases: ['fhx'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.FormatHex',
  defaultSet: 'Path',
  outputTypes: ['Microsoft.PowerShell.Commands.ByteCollection'],
  parameters: [
    { name: 'Path', type: 'string[]', sets: [{ set: 'Path', position: 0, mandatory: true }] },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralPath', mandatory: true }],
    },
    {
      name: 'InputObject',
      type: 'psobject',
      sets: [{ set: 'ByInputObject', mandatory: true, pipeline: true }],
    },
    { ...encodingParameter, sets: ['ByInputObject'] },
    { name: 'Count', type: 'long', sets: ['Path', 'LiteralPath'] },
    { name: 'Offset', type: 'long', sets: ['Path', 'LiteralPath'] },
    { name: 'Raw', type: 'switch', sets: ['ByInputObject'] },
  ],
  start(context) {
    /** Numbers of one type that came one after another are shown as one block. */
    let pending: { readonly bytes: number[]; readonly typeName: string } | undefined;
    const label = (name: string, value: Value): string =>
      `${name.replace(/^System\./, '')} (${name}) <${hex(hooks.hashCode(value) >>> 0, 8)}>`;
    const flush = (): void => {
      if (!pending) return;
      const { bytes, typeName } = pending;
      pending = undefined;
      write(context, Uint8Array.from(bytes), label(typeName, typeName), '', 0);
    };
    const file = (path: string, shownPath: string): void => {
      const content = context.host.files.read(path);
      if (!content.ok) {
        context.error({
          id: 'FormatHexIOError',
          category: 'WriteError',
          message: content.error.message,
          exception: 'System.IO.IOException',
          target: path,
        });
        return;
      }
      const offset = context.number('Offset', 0);
      const all = toUint8Array(content.value).subarray(offset);
      write(
        context,
        context.has('Count') ? all.subarray(0, context.number('Count', 0)) : all,
        shownPath,
        shownPath,
        offset,
      );
    };
    const one = (value: Value): void => {
      const encoding = encodingArgument(context, utf8NoBom);
      const elements = elementsOf(value);
      const items = elements ?? [value];
      const parts = items.map((item) => bytesFrom(item, encoding));
      if (parts.some((part) => part === undefined)) {
        context.error({
          id: 'FormatHexTypeNotSupported',
          category: 'InvalidArgument',
          message: `Cannot convert input of type '${typeShortName(typeOf(value) as DotNetType)}' to hexadecimal. To view the hexadecimal formatting of its string representation, pipe it to the Out-String cmdlet before piping to Format-Hex.`,
          exception: 'System.ArgumentException',
        });
        return;
      }
      const bytes = parts.flatMap((part) => Array.from(part as Uint8Array));
      const typeName = typeOf(value)?.displayName ?? '';
      if (elements || typeof unwrap(value) === 'string') {
        flush();
        write(context, Uint8Array.from(bytes), label(typeName, value), '', 0);
      } else if (pending?.typeName === typeName) pending.bytes.push(...bytes);
      else {
        flush();
        pending = { bytes, typeName };
      }
    };
    return {
      process() {
        if (context.has('InputObject')) {
          const value = context.get('InputObject');
          if (isNull(value) || value === automationNull) return undefined;
          const path = context.property(value, 'FullName');
          if (typeOf(value)?.fullName === 'System.IO.FileInfo') {
            flush();
            file(toText(path ?? null), toText(path ?? null));
          } else one(value);
          return undefined;
        }
        const { paths, literal } = givenPaths(context);
        for (const path of paths) {
          const found = expandPath(context, path, { literal });
          if (!found.ok) {
            context.error(found.error);
            continue;
          }
          for (const at of found.value) {
            if (at.provider.name !== 'FileSystem') {
              context.error({
                id: 'FormatHexOnlySupportsFileSystemPaths',
                category: 'InvalidArgument',
                message: `The given path '${at.path}' is not supported. This command only supports the FileSystem Provider paths.`,
                exception: 'System.ArgumentException',
                target: at.path,
              });
              continue;
            }
            file(at.providerPath, at.providerPath);
          }
        }
        return undefined;
      },
      end() {
        flush();
        return undefined;
      },
    };
  },
};
