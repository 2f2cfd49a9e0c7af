import { dotNetError } from '../errors.ts';
import { DotNetObject, EnumValue, PSArray, stringArray } from '../objects.ts';
import { defineType } from '../registry.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { int, state, str } from './arguments.ts';
import { dayOfWeekType, gregorian } from './calendar.ts';
import { castError } from './cast-error.ts';
import type { CultureData } from './culture-data.ts';
import {
  currentCulture,
  dayNames,
  englishCulture,
  invariantCulture,
  monthNames,
  setCurrentCulture,
} from './culture-data.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';
import { cultureDetails } from './cultures.ts';
import { toUpper } from './text-order.ts';

const cultureType = defineType('System.Globalization.CultureInfo', {
  interfaces: ['System.IFormatProvider', 'System.ICloneable'],
});
defineType('System.IFormatProvider', { kind: 'interface', baseType: null });

const objects = new WeakMap<CultureData, DotNetObject<CultureData>>();
export function cultureObject(data: CultureData): DotNetObject<CultureData> {
  let found = objects.get(data);
  if (!found) objects.set(data, (found = new DotNetObject(cultureType, data)));
  return found;
}
/** The culture a format provider stands for; null means the current one. */
export const cultureOf = (provider: Value | undefined): CultureData =>
  provider instanceof DotNetObject && isCulture(provider.state) ? provider.state : currentCulture();
const isCulture = (data: unknown): data is CultureData =>
  typeof data === 'object' && data !== null && 'currencySymbol' in data;

/** Names of cultures a script may ask for: they format as en-US here, but carry their own names. */
const others: ReadonlyMap<string, readonly [string, string, number]> = new Map(
  (
    [
      ['en-US', 'English (United States)', 1033],
      ['en', 'English', 9],
      ['en-GB', 'English (United Kingdom)', 2057],
      ['de-DE', 'German (Germany)', 1031],
      ['fr-FR', 'French (France)', 1036],
      ['nl-NL', 'Dutch (Netherlands)', 1043],
      ['es-ES', 'Spanish (Spain)', 3082],
      ['it-IT', 'Italian (Italy)', 1040],
      ['sv-SE', 'Swedish (Sweden)', 1053],
      ['da-DK', 'Danish (Denmark)', 1030],
      ['nb-NO', 'Norwegian Bokmål (Norway)', 1044],
      ['ja-JP', 'Japanese (Japan)', 1041],
    ] as const
  ).map((entry) => [entry[0].toLowerCase(), entry]),
);
export function cultureByName(name: string): CultureData {
  const lower = name.toLowerCase();
  if (lower === '') return invariantCulture;
  const found = others.get(lower);
  if (!found)
    throw dotNetError(
      'System.Globalization.CultureNotFoundException',
      `Culture is not supported. (Parameter 'name')\n${name} is an invalid culture identifier.`,
    );
  if (found[0] === 'en-US') return englishCulture();
  return {
    ...englishCulture(),
    ...cultureDetails.get(lower),
    name: found[0],
    displayName: found[1],
    lcid: found[2],
  };
}
const byId = (lcid: number): CultureData => {
  if (lcid === 127) return invariantCulture;
  for (const entry of others.values()) if (entry[2] === lcid) return cultureByName(entry[0]);
  throw dotNetError(
    'System.Globalization.CultureNotFoundException',
    `Culture is not supported. (Parameter 'culture')\n${lcid} (0x${lcid.toString(16).padStart(4, '0')}) is an invalid culture identifier.`,
  );
};

const textInfoType = defineType('System.Globalization.TextInfo', {
  members: [
    property('CultureName', 'string', (v) => state<CultureData>(v).name),
    property(
      'ListSeparator',
      'string',
      (v) => state<CultureData>(v).listSeparator ?? ',',
      (v, x) => {
        if (!state<CultureData>(v).own)
          throw dotNetError('System.InvalidOperationException', 'Instance is read-only.');
        state<CultureData>(v).listSeparator = str(x);
      },
    ),
    method(['string ToTitleCase(string str)', (_v, a) => titleCase(str(a[0]))]),
    method(['string ToUpper(string str)', (_v, a) => toUpper(str(a[0]))]),
    method(['string ToLower(string str)', (_v, a) => str(a[0]).toLowerCase()]),
  ],
});
/** Words in capitals are left as they are. */
const titleCase = (text: string): string =>
  text.replace(/[\p{L}\p{M}'\u2019]+/gu, (word) =>
    word.length > 1 && word === word.toUpperCase()
      ? word
      : (word[0] as string).toUpperCase() + word.slice(1).toLowerCase(),
  );

const dataOf = (v: Value): Partial<CultureData> => state<Partial<CultureData> | null>(v) ?? {};
const numberInfoType = defineType('System.Globalization.NumberFormatInfo', {
  interfaces: ['System.IFormatProvider'],
  members: [
    property('NumberDecimalSeparator', 'string', (v) => dataOf(v).decimalSeparator ?? '.'),
    property('NumberGroupSeparator', 'string', (v) => dataOf(v).groupSeparator ?? ','),
    property('CurrencyDecimalSeparator', 'string', (v) => dataOf(v).decimalSeparator ?? '.'),
    property('CurrencyGroupSeparator', 'string', () => ','),
    property('CurrencySymbol', 'string', (v) => state<CultureData>(v).currencySymbol),
    property('NumberDecimalDigits', 'int', (v) => state<CultureData>(v).decimals),
    property('CurrencyDecimalDigits', 'int', (v) => state<CultureData>(v).decimals),
    property('PercentDecimalDigits', 'int', (v) => state<CultureData>(v).percentDecimals),
    property('PercentSymbol', 'string', () => '%'),
    property('NegativeSign', 'string', () => '-'),
    property('PositiveSign', 'string', () => '+'),
    staticProperty('InvariantInfo', 'System.Globalization.NumberFormatInfo', () =>
      numberInfo(invariantCulture),
    ),
    staticProperty('CurrentInfo', 'System.Globalization.NumberFormatInfo', () =>
      numberInfo(currentCulture()),
    ),
  ],
});
const numberInfo = (data: CultureData): Value => new DotNetObject(numberInfoType, data);
const shortNames = (names: readonly string[]): string[] => names.map((n) => n.slice(0, 3));
const dateInfoType = defineType('System.Globalization.DateTimeFormatInfo', {
  interfaces: ['System.IFormatProvider'],
  members: [
    property('ShortDatePattern', 'string', (v) => state<CultureData>(v).shortDate),
    property('LongDatePattern', 'string', (v) => state<CultureData>(v).longDate),
    property('ShortTimePattern', 'string', (v) => state<CultureData>(v).shortTime),
    property('LongTimePattern', 'string', (v) => state<CultureData>(v).longTime),
    property(
      'FullDateTimePattern',
      'string',
      (v) => `${state<CultureData>(v).longDate} ${state<CultureData>(v).longTime}`,
    ),
    property('MonthDayPattern', 'string', (v) => state<CultureData>(v).monthDay),
    property('YearMonthPattern', 'string', (v) => state<CultureData>(v).yearMonth),
    property('SortableDateTimePattern', 'string', () => "yyyy'-'MM'-'dd'T'HH':'mm':'ss"),
    property('UniversalSortableDateTimePattern', 'string', () => "yyyy'-'MM'-'dd HH':'mm':'ss'Z'"),
    property('RFC1123Pattern', 'string', () => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"),
    property('DateSeparator', 'string', () => '/'),
    property('TimeSeparator', 'string', () => ':'),
    property('AMDesignator', 'string', () => 'AM'),
    property('PMDesignator', 'string', () => 'PM'),
    property('DayNames', 'string[]', () => stringArray([...dayNames])),
    property('AbbreviatedDayNames', 'string[]', () => stringArray(shortNames(dayNames))),
    property('MonthNames', 'string[]', () => stringArray([...monthNames, ''])),
    property('AbbreviatedMonthNames', 'string[]', () => stringArray([...shortNames(monthNames), ''])),
    property('FirstDayOfWeek', 'System.DayOfWeek', () => new EnumValue(dayOfWeekType, 0)),
    property('Calendar', 'System.Globalization.Calendar', () => gregorian),
    method(['string GetMonthName(int month)', (_v, a) => monthNames[int(a[0]) - 1] ?? '']),
    method([
      'string GetAbbreviatedMonthName(int month)',
      (_v, a) => (monthNames[int(a[0]) - 1] ?? '').slice(0, 3),
    ]),
    method([
      'string GetDayName(System.DayOfWeek dayofweek)',
      (_v, a) => dayNames[Number((a[0] as { value?: number } | null)?.value)] ?? '',
    ]),
    staticProperty('InvariantInfo', 'System.Globalization.DateTimeFormatInfo', () =>
      dateInfo(invariantCulture),
    ),
    staticProperty('CurrentInfo', 'System.Globalization.DateTimeFormatInfo', () =>
      dateInfo(currentCulture()),
    ),
  ],
});
const dateInfo = (data: CultureData): Value => new DotNetObject(dateInfoType, data);

const c = (v: Value): CultureData => state<CultureData>(v);
const current = staticProperty(
  'CurrentCulture',
  'cultureinfo',
  () => cultureObject(currentCulture()),
  (_v, value) => setCurrentCulture(cultureOf(value)),
);
defineType('System.Globalization.CultureInfo', {
  constructors: constructors(
    ['cultureinfo new(string name)', (_v, a) => cultureObject({ ...cultureByName(str(a[0])), own: true })],
    [
      'cultureinfo new(string name, bool useUserOverride)',
      (_v, a) => cultureObject({ ...cultureByName(str(a[0])), own: true }),
    ],
    ['cultureinfo new(int culture)', (_v, a) => cultureObject(byId(int(a[0])))],
  ),
  members: [
    property('Name', 'string', (v) => c(v).name),
    property('DisplayName', 'string', (v) => c(v).displayName),
    property('EnglishName', 'string', (v) => c(v).displayName),
    property('NativeName', 'string', (v) => c(v).displayName),
    property('LCID', 'int', (v) => c(v).lcid),
    property('IetfLanguageTag', 'string', (v) => c(v).name),
    property('TwoLetterISOLanguageName', 'string', (v) => (c(v).name === '' ? 'iv' : c(v).name.slice(0, 2))),
    property('ThreeLetterISOLanguageName', 'string', (v) => (c(v).name === '' ? 'ivl' : 'eng')),
    property('IsNeutralCulture', 'bool', (v) => c(v).name.length === 2),
    property('Parent', 'cultureinfo', (v) =>
      cultureObject(
        c(v).name.includes('-') && c(v).name.startsWith('en') ? cultureByName('en') : invariantCulture,
      ),
    ),
    property('TextInfo', 'System.Globalization.TextInfo', (v) => new DotNetObject(textInfoType, c(v))),
    property('NumberFormat', 'System.Globalization.NumberFormatInfo', (v) => numberInfo(c(v))),
    property('DateTimeFormat', 'System.Globalization.DateTimeFormatInfo', (v) => dateInfo(c(v))),
    property('Calendar', 'System.Globalization.Calendar', () => gregorian),
    property('IsReadOnly', 'bool', () => true),
    method(['string ToString()', (v) => c(v).name]),
    method(['System.Object Clone()', (v) => cultureObject({ ...c(v) })]),
    method([
      'bool Equals(System.Object value)',
      (v, a) =>
        a[0] instanceof DotNetObject &&
        a[0].type === cultureType &&
        (a[0].state as CultureData).name === c(v).name,
    ]),
    current,
    staticProperty(
      'CurrentUICulture',
      'cultureinfo',
      () => cultureObject(englishCulture()),
      (_v, value) => setCurrentCulture(cultureOf(value)),
    ),
    staticProperty('InstalledUICulture', 'cultureinfo', () => cultureObject(englishCulture())),
    staticProperty(
      'DefaultThreadCurrentCulture',
      'cultureinfo',
      () => null,
      (_v, value) => setCurrentCulture(cultureOf(value)),
    ),
    staticProperty('InvariantCulture', 'cultureinfo', () => cultureObject(invariantCulture)),
    staticMethod(
      ['cultureinfo GetCultureInfo(string name)', (_v, a) => cultureObject(cultureByName(str(a[0])))],
      ['cultureinfo GetCultureInfo(int culture)', (_v, a) => cultureObject(byId(int(a[0])))],
    ),
    staticMethod([
      'cultureinfo CreateSpecificCulture(string name)',
      (_v, a) => cultureObject(cultureByName(str(a[0]) === 'en' ? 'en-US' : str(a[0]))),
    ]),
    staticMethod([
      'cultureinfo[] GetCultures(System.Object types)',
      () =>
        new PSArray(
          [...others.keys()].map((n) => cultureObject(cultureByName(n))),
          cultureType,
        ),
    ]),
  ],
});
typeConverters.set('System.Globalization.CultureInfo', (value, type) => {
  if (typeof value !== 'string') return undefined;
  try {
    return cultureObject(cultureByName(value));
  } catch (error) {
    throw castError('InvalidCastFromStringToCultureInfo', value, type, error);
  }
});

const threadType = defineType('System.Threading.Thread', {
  members: [
    property(
      'CurrentCulture',
      'cultureinfo',
      () => cultureObject(currentCulture()),
      (_v, value) => setCurrentCulture(cultureOf(value)),
    ),
    property(
      'CurrentUICulture',
      'cultureinfo',
      () => cultureObject(currentCulture()),
      (_v, value) => setCurrentCulture(cultureOf(value)),
    ),
    property('ManagedThreadId', 'int', () => 1),
    property('Name', 'string', () => null),
    property('IsBackground', 'bool', () => false),
    property('IsAlive', 'bool', () => true),
    staticProperty('CurrentThread', 'System.Threading.Thread', () => thread),
  ],
});
const thread = new DotNetObject(threadType, null);
