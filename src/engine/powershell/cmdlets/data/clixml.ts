import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { propertyNames, readProperty } from '../../format/properties.ts';
import { decodeText, unicode, utf8NoBom } from '../../providers/encoding.ts';
import { expandPath } from '../../providers/resolve.ts';
import {
  arrayList,
  DictionaryValue,
  hashtable,
  orderedDictionary,
  orderedDictionaryType,
} from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { Boxed, CharValue, EnumValue, PSArray, PSCustomObject } from '../../types/objects.ts';
import { dateParts } from '../../types/text.ts';
import { DateTimeValue, GuidValue, TimeSpanValue, VersionValue } from '../../types/scalars.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import { typeNamesOf } from '../../types/type-of.ts';
import { convertTo } from '../../types/convert.ts';
import { staticMethod } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { defineType, resolveType } from '../../types/registry.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull, unwrap } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { encodingParameter } from '../content/encoding-argument.ts';
import { appendText, openText } from '../content/out-file.ts';
import { givenPaths } from '../items/targets.ts';
import { readXml, xmlText } from './xml-node.ts';
import type { XmlElement, XmlRead } from './xml-node.ts';

/** `_xHHHH_` for what XML text cannot hold. */
const encodeString = (text: string): string =>
  text
    .replace(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replace(
      /[\u0000-\u001f\ufffe\uffff]/g,
      (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
const decodeString = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

const numberTags: Readonly<Record<string, string>> = {
  double: 'Db',
  single: 'Sg',
  decimal: 'D',
  byte: 'By',
  sbyte: 'SB',
  int16: 'I16',
  uint16: 'U16',
  uint32: 'U32',
  uint64: 'U64',
  biginteger: 'S',
};

function dateText(date: DateTimeValue): string {
  const p = dateParts(date.ticks);
  const two = (n: number): string => String(n).padStart(2, '0');
  const fraction = String(date.ticks % 10000000n)
    .padStart(7, '0')
    .replace(/0+$/, '');
  const zone = date.kind === 'Utc' ? 'Z' : '';
  return `${String(p.year).padStart(4, '0')}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}:${two(p.second)}${fraction === '' ? '' : `.${fraction}`}${zone}`;
}
function spanText(span: TimeSpanValue): string {
  let left = span.ticks < 0n ? -span.ticks : span.ticks;
  const days = left / 864000000000n;
  left %= 864000000000n;
  const hours = left / 36000000000n;
  left %= 36000000000n;
  const minutes = left / 600000000n;
  left %= 600000000n;
  const seconds = left / 10000000n;
  const fraction = String(left % 10000000n)
    .padStart(7, '0')
    .replace(/0+$/, '');
  let text = `${span.ticks < 0n ? '-' : ''}P${days > 0n ? `${days}D` : ''}`;
  const time = `${hours > 0n ? `${hours}H` : ''}${minutes > 0n ? `${minutes}M` : ''}${seconds > 0n || fraction !== '' ? `${seconds}${fraction === '' ? '' : `.${fraction}`}S` : ''}`;
  text += time === '' ? (days > 0n ? '' : 'T0S') : `T${time}`;
  return text;
}

class Writer {
  private next = 0;
  private readonly typeIds = new Map<string, number>();

  element(value: Value, depth: number, name?: string): XmlElement {
    const attributes: [string, string][] = name === undefined ? [] : [['N', encodeString(name)]];
    const leaf = (tag: string, text: string): XmlElement => ({ name: tag, attributes, text });
    const inner = unwrap(value);
    if (inner === null) return { name: 'Nil', attributes };
    if (typeof inner === 'string') return leaf('S', encodeString(inner));
    if (typeof inner === 'boolean') return leaf('B', inner ? 'true' : 'false');
    if (typeof inner === 'number') return leaf((inner | 0) === inner ? 'I32' : 'Db', toText(inner));
    if (typeof inner === 'bigint') return leaf('I64', inner.toString());
    if (inner instanceof Boxed) return leaf(numberTags[inner.kind] ?? 'S', toText(inner));
    if (inner instanceof CharValue) return leaf('C', String(inner.value.charCodeAt(0)));
    if (inner instanceof DateTimeValue) return leaf('DT', dateText(inner));
    if (inner instanceof TimeSpanValue) return leaf('TS', spanText(inner));
    if (inner instanceof GuidValue) return leaf('G', inner.text);
    if (inner instanceof VersionValue) return leaf('Version', inner.toString());
    if (inner instanceof ScriptBlockValue) return leaf('SBK', encodeString(toText(inner)));
    if (depth <= 0) return leaf('S', encodeString(toText(inner)));
    return this.object(inner, depth, attributes);
  }

  private object(value: Value, depth: number, named: readonly [string, string][]): XmlElement {
    const attributes = [...named, ['RefId', String(this.next++)] as [string, string]];
    const children: XmlElement[] = [this.types(value)];
    if (value instanceof DictionaryValue)
      children.push({
        name: 'DCT',
        attributes: [],
        children: [...value.entries.values()].map((entry) => ({
          name: 'En',
          attributes: [],
          children: [
            this.element(entry.key, depth - 1, 'Key'),
            this.element(entry.value, depth - 1, 'Value'),
          ],
        })),
      });
    else if (value instanceof EnumValue) {
      children.push({ name: 'ToString', attributes: [], text: toText(value) });
      children.push({ name: 'I32', attributes: [], text: String(value.value) });
    } else if (elementsOf(value))
      children.push({
        name: 'LST',
        attributes: [],
        children: (elementsOf(value) as readonly Value[]).map((e) => this.element(e, depth - 1)),
      });
    else {
      const isCustom = value instanceof PSCustomObject;
      if (!isCustom) children.push({ name: 'ToString', attributes: [], text: encodeString(toText(value)) });
      children.push({
        name: isCustom ? 'MS' : 'Props',
        attributes: [],
        children: propertyNames(value).map((n) => this.element(readProperty(value, n), depth - 1, n)),
      });
    }
    return { name: 'Obj', attributes, children };
  }
  private types(value: Value): XmlElement {
    const names = typeNamesOf(value);
    const key = names.join('\n');
    const known = this.typeIds.get(key);
    if (known !== undefined) return { name: 'TNRef', attributes: [['RefId', String(known)]] };
    const id = this.typeIds.size;
    this.typeIds.set(key, id);
    return {
      name: 'TN',
      attributes: [['RefId', String(id)]],
      children: names.map((n) => ({ name: 'T', attributes: [], text: n })),
    };
  }
}

class Reader {
  private readonly types = new Map<string, readonly string[]>();
  private readonly objects = new Map<string, Value>();

  value(node: XmlRead): Value {
    const typed = (name: string): Value => convertTo(node.text, resolveType(name) as DotNetType);
    switch (node.name) {
      case 'Nil':
        return null;
      case 'S':
      case 'URI':
      case 'XD':
      case 'SS':
        return decodeString(node.text);
      case 'B':
        return node.text === 'true';
      case 'I32':
        return Number(node.text) | 0;
      case 'I64':
        return BigInt(node.text);
      case 'Db':
        return typed('double');
      case 'Sg':
        return typed('single');
      case 'D':
        return typed('decimal');
      case 'By':
        return typed('byte');
      case 'SB':
        return typed('sbyte');
      case 'I16':
        return typed('int16');
      case 'U16':
        return typed('uint16');
      case 'U32':
        return typed('uint32');
      case 'U64':
        return typed('uint64');
      case 'C':
        return new CharValue(String.fromCharCode(Number(node.text)));
      case 'DT':
        return typed('datetime');
      case 'TS':
        return new TimeSpanValue(spanTicks(node.text));
      case 'G':
        return new GuidValue(node.text.toLowerCase());
      case 'Version':
        return typed('version');
      case 'SBK':
        return decodeString(node.text);
      case 'Ref':
        return this.objects.get(node.attributes.get('RefId') ?? '') ?? null;
      case 'Obj':
        return this.object(node);
      default:
        return decodeString(node.text);
    }
  }
  private object(node: XmlRead): Value {
    let names: readonly string[] = [];
    for (const child of node.children) {
      if (child.name === 'TN') {
        names = child.children.map((t) => t.text);
        this.types.set(child.attributes.get('RefId') ?? '', names);
      } else if (child.name === 'TNRef') names = this.types.get(child.attributes.get('RefId') ?? '') ?? [];
    }
    const find = (...wanted: string[]): XmlRead | undefined =>
      node.children.find((c) => wanted.includes(c.name));
    const keep = (value: Value): Value => {
      this.objects.set(node.attributes.get('RefId') ?? '', value);
      return value;
    };
    const table = find('DCT');
    if (table) {
      const made = names[0] === orderedDictionaryType.fullName ? orderedDictionary() : hashtable();
      keep(made);
      for (const entry of table.children) {
        const [key, value] = entry.children;
        if (key && value) made.set(this.value(key), this.value(value));
      }
      return made;
    }
    const list = find('LST', 'STK', 'QUE', 'IE');
    if (list) {
      const items = list.children.map((c) => this.value(c));
      return keep(names[0]?.endsWith('[]') ? new PSArray(items) : arrayList(items));
    }
    const properties = find('MS', 'Props');
    const made = new PSCustomObject();
    keep(made);
    for (const part of node.children)
      if (part.name === 'MS' || part.name === 'Props')
        for (const child of part.children)
          made.members.set({
            kind: 'NoteProperty',
            name: decodeString(child.attributes.get('N') ?? ''),
            value: this.value(child),
          });
    const text = find('ToString');
    if (text) made.deserializedText = decodeString(text.text);
    const primitive = node.children.find(
      (c) => !['TN', 'TNRef', 'ToString', 'MS', 'Props', 'DCT', 'LST'].includes(c.name),
    );
    if (primitive && !properties) return this.value(primitive);
    if (names[0] !== undefined)
      made.typeNames = names.map((n) => (/^(Deserialized|Selected)\./.test(n) ? n : `Deserialized.${n}`));
    return made;
  }
}
function spanTicks(text: string): bigint {
  const match = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/.exec(text);
  if (!match) return 0n;
  const [, sign, days, hours, minutes, seconds, fraction] = match;
  const ticks =
    BigInt(days ?? 0) * 864000000000n +
    BigInt(hours ?? 0) * 36000000000n +
    BigInt(minutes ?? 0) * 600000000n +
    BigInt(seconds ?? 0) * 10000000n +
    BigInt((fraction ?? '').padEnd(7, '0').slice(0, 7) || 0);
  return sign ? -ticks : ticks;
}

const utility = 'Microsoft.PowerShell.Utility';

/** The `<Objs>` document of some objects. */
export function serialize(values: readonly Value[], depth: number, newline: string): string {
  const writer = new Writer();
  return xmlText(
    {
      name: 'Objs',
      attributes: [
        ['Version', '1.1.0.1'],
        ['xmlns', 'http://schemas.microsoft.com/powershell/2004/04'],
      ],
      children: values.map((v) => writer.element(v, depth)),
    },
    newline,
  );
}
/** Objects of an `<Objs>` document; undefined where it is none. */
export function deserialize(text: string): Value[] | undefined {
  const root = readXml(text.replace(/^\ufeff/, '').trim());
  if (root?.name !== 'Objs') return undefined;
  const reader = new Reader();
  return root.children.map((c) => reader.value(c));
}

export const exportClixml: Cmdlet = {
  name: 'Export-Clixml',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ExportClixmlCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Depth', type: 'int', validate: [{ kind: 'range', min: 1, max: 2147483647 }] },
    { name: 'Path', type: 'string', sets: [{ set: 'ByPath', position: 0, mandatory: true }] },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true }],
    },
    { name: 'InputObject', type: 'psobject', mandatory: true, pipeline: true, allowNull: true },
    { name: 'Force', type: 'switch' },
    { name: 'NoClobber', type: 'switch', aliases: ['NoOverwrite'] },
    encodingParameter,
  ],
  start(context) {
    const items: Value[] = [];
    return {
      process() {
        if (!(context.expectingInput && context.input === automationNull))
          items.push(context.get('InputObject'));
        return undefined;
      },
      end() {
        const literal = context.has('LiteralPath');
        const given = context.string(literal ? 'LiteralPath' : 'Path');
        if (!context.shouldProcess(given, 'Export-Clixml')) return undefined;
        const file = openText(context, given, {
          literal,
          append: false,
          fallback: differences.files.redirection.desktopIn(context.dialect) ? unicode : utf8NoBom,
        });
        appendText(context, file, serialize(items, context.number('Depth', 2), context.host.newline));
        return undefined;
      },
    };
  },
};

export const importClixml: Cmdlet = {
  name: 'Import-Clixml',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ImportClixmlCommand',
  defaultSet: 'ByPath',
  supportsPaging: true,
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: [{ set: 'ByPath', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
    },
    { name: 'First', type: 'uint64' },
    { name: 'Skip', type: 'uint64' },
    { name: 'IncludeTotalCount', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { paths, literal } = givenPaths(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal, allowMissing: true });
        if (!found.ok) {
          context.error(found.error);
          continue;
        }
        for (const at of found.value) {
          const content = context.host.files.read(at.providerPath);
          if (!content.ok)
            return context.fail({
              id: 'FileOpenFailure',
              category: 'OpenError',
              message: `Could not find file '${at.providerPath}'.`,
              exception: 'System.IO.FileNotFoundException',
              target: null,
            });
          const values = deserialize(decodeText(content.value as Bytes, utf8NoBom));
          if (!values)
            return context.fail({
              id: 'System.Xml.XmlException',
              category: 'NotSpecified',
              message:
                "Element 'Objs' with namespace name 'http://schemas.microsoft.com/powershell/2004/04' was not found.",
              exception: 'System.Xml.XmlException',
            });
          const skip = context.number('Skip', 0);
          for (const value of values.slice(
            skip,
            context.has('First') ? skip + context.number('First', 0) : undefined,
          ))
            context.writeEnumerated(isNull(value) ? null : value);
        }
      }
      return undefined;
    },
  }),
};

/** `[System.Management.Automation.PSSerializer]`: the same text as Export-Clixml writes. */
defineType('System.Management.Automation.PSSerializer', {
  isAbstract: true,
  members: [
    staticMethod(
      [
        'static string Serialize(System.Object source)',
        (_s, a, ctx) => serialize([a[0] as Value], 1, ctx.host.newline),
      ],
      [
        'static string Serialize(System.Object source, int depth)',
        (_s, a, ctx) => serialize([a[0] as Value], Number(a[1]), ctx.host.newline),
      ],
    ),
    staticMethod([
      'static System.Object Deserialize(string source)',
      (_s, a) => {
        const values = deserialize(toText(a[0] as Value));
        if (!values) throw dotNetError('System.Xml.XmlException', 'Root element is missing.');
        return values.length === 1 ? (values[0] as Value) : new PSArray(values);
      },
    ]),
  ],
});
