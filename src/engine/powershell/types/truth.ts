import { DictionaryValue, ListValue } from './collections.ts';
import { Boxed, CharValue, EnumValue, PSArray } from './objects.ts';
import { DotNetObject } from './objects.ts';
import type { Value } from './value.ts';
import { automationNull, PSWrapped } from './value.ts';

/** Conversion to Boolean, as `if` does it. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'number':
      return value !== 0 || Number.isNaN(value);
    case 'string':
      return value !== '';
    case 'bigint':
      return value !== 0n;
    default:
      if (value === null || value === automationNull) return false;
      if (value instanceof PSWrapped) return isTrue(value.base);
      if (value instanceof PSArray || value instanceof ListValue) {
        const { items } = value;
        if (items.length === 0) return false;
        if (items.length > 1) return true;
        const only = items[0] as Value;
        return only instanceof PSArray || only instanceof ListValue ? only.items.length > 0 : isTrue(only);
      }
      if (value instanceof Boxed) {
        const n = value.value;
        return typeof n === 'object' ? n.coefficient !== 0n : n !== 0 && n !== 0n;
      }
      if (value instanceof CharValue) return value.value !== '\0';
      if (value instanceof EnumValue) return BigInt(value.value) !== 0n;
      if (value instanceof DictionaryValue) return true;
      if (
        value instanceof DotNetObject &&
        value.type.fullName === 'System.Management.Automation.SwitchParameter'
      )
        return value.state === true;
      return true;
  }
}
