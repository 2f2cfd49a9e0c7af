import { propertyNames, readProperty } from '../../format/properties.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { Boxed, CharValue, EnumValue, PSCustomObject } from '../../types/objects.ts';
import { DateTimeValue, GuidValue, TimeSpanValue } from '../../types/scalars.ts';
import { toText } from '../../types/text.ts';
import { typeOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull, unwrap } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';
import type { XmlElement } from './xml-node.ts';
import { xmlText } from './xml-node.ts';
import { resolveType } from '../../types/registry.ts';
import { convertTo } from '../../types/convert.ts';

const isPrimitive = (value: Value): boolean => {
  const inner = unwrap(value);
  return (
    typeof inner !== 'object' ||
    inner instanceof Boxed ||
    inner instanceof CharValue ||
    inner instanceof EnumValue ||
    inner instanceof DateTimeValue ||
    inner instanceof TimeSpanValue ||
    inner instanceof GuidValue
  );
};

class XmlMaker {
  private readonly types: boolean;
  constructor(types: boolean) {
    this.types = types;
  }
  element(
    name: string,
    value: Value,
    depth: number,
    extra: readonly (readonly [string, string])[] = [],
  ): XmlElement {
    const type = isNull(value) ? undefined : typeOf(value);
    const attributes = [
      ...extra,
      ...(this.types ? [['Type', type?.displayName ?? 'System.Object'] as const] : []),
    ];
    if (isNull(value)) return { name, attributes };
    if (isPrimitive(value)) return { name, attributes, text: toText(value) };
    if (depth < 0) return { name, attributes, text: toText(value) };
    if (value instanceof DictionaryValue)
      return {
        name,
        attributes,
        children: [...value.entries.values()].flatMap((entry) => [
          this.element('Property', entry.key, depth - 1, [['Name', 'Key']]),
          this.element('Property', entry.value, depth - 1, [['Name', 'Value']]),
        ]),
      };
    const elements = elementsOf(value);
    if (elements)
      return {
        name,
        attributes,
        children: elements.map((e) => this.element('Property', e, depth - 1)),
      };
    const names = propertyNames(value);
    if (names.length === 0 && !(value instanceof PSCustomObject))
      return { name, attributes, text: toText(value) };
    return {
      name,
      attributes,
      children: names.map((n) => this.element('Property', readProperty(value, n), depth - 1, [['Name', n]])),
    };
  }
}

export const convertToXml: Cmdlet = {
  name: 'ConvertTo-Xml',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToXmlCommand',
  parameters: [
    { name: 'Depth', type: 'int', validate: [{ kind: 'range', min: 1, max: 2147483647 }] },
    { name: 'InputObject', type: 'psobject', position: 0, mandatory: true, pipeline: true, allowNull: true },
    { name: 'NoTypeInformation', type: 'switch' },
    {
      name: 'As',
      type: 'string',
      validate: [{ kind: 'set', values: ['Stream', 'String', 'Document'] }],
    },
  ],
  start(context) {
    const items: Value[] = [];
    const { newline } = context.host;
    return {
      process() {
        const value = context.get('InputObject');
        if (context.expectingInput && context.input === automationNull) return undefined;
        items.push(value);
        return undefined;
      },
      end() {
        const maker = new XmlMaker(!context.switch('NoTypeInformation'));
        const depth = context.number('Depth', 1);
        const nodes = items.map((v) => maker.element('Object', v, depth));
        const declaration = '<?xml version="1.0" encoding="utf-8"?>';
        const as = context.string('As').toLowerCase();
        if (as === 'stream') {
          context.write(declaration);
          context.write('<Objects>');
          for (const node of nodes) context.write(xmlText(node, newline));
          context.write('</Objects>');
          return undefined;
        }
        const root: XmlElement = { name: 'Objects', attributes: [], children: nodes };
        const text = `${declaration}${newline}${xmlText(root, newline)}`;
        const type = resolveType('xml');
        context.write(as === 'string' || !type ? text : convertTo(text, type));
        return undefined;
      },
    };
  },
};
