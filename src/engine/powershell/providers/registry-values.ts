import { bytes } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import type { RegistryValue } from '../host.ts';
import { environment } from '../run/session-objects.ts';
import type { Session } from '../run/session.ts';
import { convertTo } from '../types/convert.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { elementsOf } from '../types/enumerate.ts';
import { isNumeric, toDouble } from '../types/numeric.ts';
import {
  Boxed,
  byte,
  byteType,
  int32Type,
  int64Type,
  PSArray,
  stringArray,
  stringType,
} from '../types/objects.ts';
import { defineEnum } from '../types/registry.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { isNull, unwrap } from '../types/value.ts';

export const valueKindType = defineEnum(
  'Microsoft.Win32.RegistryValueKind',
  'None=-1,Unknown=0,String=1,ExpandString=2,Binary=3,DWord=4,MultiString=7,QWord=11',
);
export type ValueKind = RegistryValue['kind'];

export const byteArray = (content: Bytes): PSArray =>
  new PSArray(
    Array.from(content, (c) => byte(c.charCodeAt(0))),
    byteType,
  );

/** `%NAME%` replaced by the session's environment; unknown names stay. */
export function expandVariables(text: string, session: Session): string {
  const own = environment(session);
  return text.replace(/%([^%]+)%/g, (whole, name: string) => own.get(name.toLowerCase())?.value ?? whole);
}

/** A value as .NET gives it; `expand` false keeps `%x%` of an ExpandString. */
export function fromRegistry(value: RegistryValue, session: Session, expand = true): Value {
  switch (value.kind) {
    case 'String':
      return value.data;
    case 'ExpandString':
      return expand ? expandVariables(value.data, session) : value.data;
    case 'MultiString':
      return stringArray([...value.data]);
    case 'DWord':
      return value.data | 0;
    case 'QWord':
      return BigInt.asIntN(64, value.data);
    case 'Binary':
    case 'None':
      return byteArray(value.data);
  }
}

/** The kind a value gets where none is asked for. */
export function kindOf(value: Value): ValueKind {
  const inner = unwrap(value);
  if (inner instanceof PSArray) {
    if (inner.elementType === byteType) return 'Binary';
    if (inner.elementType === stringType) return 'MultiString';
    const all = inner.items;
    if (all.length > 0 && all.every((v) => typeof v === 'string')) return 'MultiString';
    if (all.length > 0 && all.every((v) => v instanceof Boxed && v.kind === 'byte')) return 'Binary';
    return 'String';
  }
  if (typeof inner === 'number' && (inner | 0) === inner) return 'DWord';
  if (typeof inner === 'bigint') return 'QWord';
  return 'String';
}

const whole = (value: Value, type: DotNetType): bigint => {
  const inner = unwrap(value);
  if (typeof inner === 'bigint') return inner;
  if (isNumeric(inner) && !(inner instanceof Boxed)) return BigInt(Math.round(toDouble(inner)));
  const made = convertTo(inner, int64Type);
  return typeof made === 'bigint' ? made : BigInt(convertTo(inner, type) as number);
};

/** A script's value as the registry keeps it; throws ConversionError where it does not fit the kind. */
export function toRegistry(value: Value, kind: ValueKind): RegistryValue {
  const items = (): readonly Value[] => elementsOf(value) ?? (isNull(value) ? [] : [value]);
  switch (kind) {
    case 'String':
      return { kind, data: isNull(value) ? '' : toText(value) };
    case 'ExpandString':
      return { kind, data: isNull(value) ? '' : toText(value) };
    case 'MultiString':
      return { kind, data: items().map((v) => toText(v)) };
    case 'DWord': {
      if (isNull(value)) return { kind, data: 0 };
      const n = whole(value, int32Type);
      if (n > 4294967295n || n < -2147483648n) convertTo(value, int32Type);
      return { kind, data: Number(BigInt.asUintN(32, n)) };
    }
    case 'QWord':
      return { kind, data: isNull(value) ? 0n : BigInt.asUintN(64, whole(value, int64Type)) };
    case 'Binary':
    case 'None':
      return {
        kind,
        data: bytes(
          items()
            .map((v) => String.fromCharCode(Number(toText(convertTo(v, byteType)))))
            .join(''),
        ),
      };
  }
}
