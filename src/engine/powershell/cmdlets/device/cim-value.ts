import type { Instant } from '../../../../base/time.ts';
import type { CimValue, Host } from '../../host.ts';
import { instantOf, localTime } from '../../providers/local-time.ts';
import { elementsOf } from '../../types/enumerate.ts';
import {
  Boxed,
  booleanType,
  byte,
  byteType,
  double,
  doubleType,
  int16Type,
  int32Type,
  int64Type,
  PSArray,
  stringType,
  uint16Type,
  uint32Type,
  uint64Type,
} from '../../types/objects.ts';
import { dateTimeType, DateTimeValue } from '../../types/scalars.ts';
import { toText } from '../../types/text.ts';
import { dateParts } from '../../types/text.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';

/** A CIM value as a script gets it. `dmtf` gives dates as WMI writes them, as text. */
export function fromCim(value: CimValue, host: Host, dmtf = false): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  switch (value.type) {
    case 'uint8':
      return byte(value.value);
    case 'uint16':
    case 'uint32':
      return new Boxed(value.type, value.value);
    case 'sint16':
      return new Boxed('int16', value.value);
    case 'sint32':
      return value.value;
    case 'uint64':
      return new Boxed('uint64', value.value);
    case 'sint64':
      return value.value;
    case 'real64':
      return double(value.value);
    case 'datetime':
      return dmtf ? dmtfText(value.value, host) : localTime(host, value.value);
    case 'array':
      return new PSArray(
        value.value.map((item) => fromCim(item, host, dmtf)),
        elementType(value.value[0] ?? '', dmtf),
      );
  }
}

function elementType(value: CimValue, dmtf: boolean): DotNetType {
  if (value === null || typeof value === 'string') return stringType;
  if (typeof value === 'boolean') return booleanType;
  const types = {
    uint8: byteType,
    uint16: uint16Type,
    uint32: uint32Type,
    sint16: int16Type,
    sint32: int32Type,
    uint64: uint64Type,
    sint64: int64Type,
    real64: doubleType,
    datetime: dmtf ? stringType : dateTimeType,
    array: stringType,
  };
  return types[value.type];
}

/** `20261125223000.500000+060` */
export function dmtfText(at: Instant, host: Host): string {
  const p = dateParts(localTime(host, at).ticks);
  const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
  const offset = Math.round(host.clock.offsetAt(at) / 60_000_000);
  return `${pad(p.year, 4)}${pad(p.month)}${pad(p.day)}${pad(p.hour)}${pad(p.minute)}${pad(p.second)}.${pad(Math.floor(p.fraction / 10), 6)}${offset < 0 ? '-' : '+'}${pad(Math.abs(offset), 3)}`;
}

/** A script's value as an argument of a CIM method. */
export function toCim(given: Value, host: Host): CimValue {
  const value = unwrap(given);
  if (isNull(value)) return null;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number')
    return Number.isInteger(value) ? { type: 'sint32', value } : { type: 'real64', value };
  if (typeof value === 'bigint') return { type: 'sint64', value };
  if (value instanceof DateTimeValue) return { type: 'datetime', value: instantOf(host, value) };
  if (value instanceof Boxed) {
    switch (value.kind) {
      case 'byte':
        return { type: 'uint8', value: value.value as number };
      case 'uint16':
      case 'uint32':
        return { type: value.kind, value: value.value as number };
      case 'int16':
        return { type: 'sint16', value: value.value as number };
      case 'uint64':
        return { type: 'uint64', value: value.value as bigint };
      case 'double':
      case 'single':
        return { type: 'real64', value: value.value as number };
    }
  }
  const elements = value === null ? undefined : elementsOf(value);
  if (elements) return { type: 'array', value: [...elements].map((item) => toCim(item, host)) };
  return toText(value);
}
