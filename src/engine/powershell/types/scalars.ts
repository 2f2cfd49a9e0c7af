import { DotNetType, objectType, valueTypeType } from './dotnet-type.ts';
import { PSReference } from './value.ts';

const struct = (fullName: string): DotNetType =>
  new DotNetType({
    fullName,
    baseType: valueTypeType,
    kind: 'struct',
    interfaces: ['System.IComparable', 'System.IFormattable'],
    isSealed: true,
  });

export const dateTimeType = struct('System.DateTime');
export const dateTimeOffsetType = struct('System.DateTimeOffset');
export const timeSpanType = struct('System.TimeSpan');
export const guidType = struct('System.Guid');
export const versionType = new DotNetType({
  fullName: 'System.Version',
  baseType: objectType,
  interfaces: ['System.IComparable', 'System.ICloneable'],
  isSealed: true,
});
export const uriType = new DotNetType({ fullName: 'System.Uri', baseType: objectType });

/** 100-nanosecond ticks since 0001-01-01 of the clock it shows; `utcOffset` only says what kind it is. */
export class DateTimeValue extends PSReference {
  readonly ticks: bigint;
  readonly kind: 'Unspecified' | 'Utc' | 'Local';
  constructor(ticks: bigint, kind: 'Unspecified' | 'Utc' | 'Local') {
    super();
    this.ticks = ticks;
    this.kind = kind;
  }
  get dotNetType(): DotNetType {
    return dateTimeType;
  }
  hashKey(): string {
    return `datetime:${this.ticks}`;
  }
}

/** `ticks` of the clock shown; `offset` from UTC in ticks. */
export class DateTimeOffsetValue extends PSReference {
  readonly ticks: bigint;
  readonly offset: bigint;
  constructor(ticks: bigint, offset: bigint) {
    super();
    this.ticks = ticks;
    this.offset = offset;
  }
  get dotNetType(): DotNetType {
    return dateTimeOffsetType;
  }
  hashKey(): string {
    return `datetimeoffset:${this.ticks - this.offset}`;
  }
}

export class TimeSpanValue extends PSReference {
  readonly ticks: bigint;
  constructor(ticks: bigint) {
    super();
    this.ticks = ticks;
  }
  get dotNetType(): DotNetType {
    return timeSpanType;
  }
  hashKey(): string {
    return `timespan:${this.ticks}`;
  }
}

/** `text` is lower case with dashes, no braces. */
export class GuidValue extends PSReference {
  readonly text: string;
  constructor(text: string) {
    super();
    this.text = text;
  }
  get dotNetType(): DotNetType {
    return guidType;
  }
  hashKey(): string {
    return `guid:${this.text}`;
  }
}

/** `build` and `revision` are -1 where absent. */
export class VersionValue extends PSReference {
  readonly major: number;
  readonly minor: number;
  readonly build: number;
  readonly revision: number;
  constructor(major: number, minor: number, build = -1, revision = -1) {
    super();
    this.major = major;
    this.minor = minor;
    this.build = build;
    this.revision = revision;
  }
  get dotNetType(): DotNetType {
    return versionType;
  }
  override toString(): string {
    let text = `${this.major}.${this.minor}`;
    if (this.build >= 0) text += `.${this.build}`;
    if (this.revision >= 0) text += `.${this.revision}`;
    return text;
  }
  hashKey(): string {
    return `version:${this.toString()}`;
  }
}

/** Ticks from 0001-01-01 to 1970-01-01. */
export const unixEpochTicks = 621355968000000000n;
