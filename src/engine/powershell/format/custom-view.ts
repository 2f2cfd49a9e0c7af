import { typeNamesOf } from '../types/type-of.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';
import type { DisplayOptions } from './display-text.ts';
import { displayText, enumerable, isScalarType, plainText } from './display-text.ts';
import type { CustomLine } from './packets.ts';
import { propertyNames, readProperty, defaultDisplaySet } from './properties.ts';
import { resolveProperties, valueOf } from './property-spec.ts';
import type { PropertySpec } from './property-spec.ts';

interface CustomParameters {
  readonly properties: readonly PropertySpec[];
  readonly depth: number;
}

/** Format-Custom without a view: `class Name { Property = value }`, nested down to a depth. */
export function customLines(
  value: Value,
  parameters: CustomParameters,
  options: DisplayOptions,
): CustomLine[] {
  const lines: CustomLine[] = [];
  const put = (indent: number, text: string): void => void lines.push({ indent, text });

  const browse = (object: Value, indent: number, depth: number, specs: readonly PropertySpec[]): void => {
    const type = typeNamesOf(object)[0] ?? '';
    put(indent, `class ${type.slice(type.lastIndexOf('.') + 1)}`);
    put(indent, '{');
    const properties =
      specs.length > 0
        ? resolveProperties(specs, object, false).map((p) => ({
            label: p.label,
            value: valueOf(p, object).value,
          }))
        : (defaultDisplaySet(object).length > 0 ? defaultDisplaySet(object) : propertyNames(object)).map(
            (name) => ({
              label: name,
              value: readProperty(object, name),
            }),
          );
    for (const { label, value: inner } of properties) member(label, inner, indent + 2, depth);
    put(indent, '}');
  };
  const member = (label: string, inner: Value, indent: number, depth: number): void => {
    const elements = enumerable(inner);
    if (
      isNull(inner) ||
      isScalarType(inner) ||
      depth <= 0 ||
      (!elements && propertyNames(inner).length === 0)
    ) {
      put(indent, `${label} = ${displayText(inner, options)}`);
      return;
    }
    put(indent, `${label} = `);
    if (elements) list(elements, indent + 2, depth - 1);
    else browse(inner, indent + 2, depth - 1, []);
  };
  const list = (elements: readonly Value[], indent: number, depth: number): void => {
    put(indent, '[');
    for (const element of elements) {
      if (isNull(element) || isScalarType(element) || depth < 0 || propertyNames(element).length === 0)
        put(indent + 2, plainText(element));
      else browse(element, indent + 2, depth, []);
    }
    put(indent, ']');
    put(indent, '');
  };

  browse(value, 0, parameters.depth, parameters.properties);
  put(0, '');
  return lines;
}
