import { differences } from '../../dialects/index.ts';
import { context, isDesktop } from '../ambient.ts';
import type { TypeContext } from '../dotnet-type.ts';

/** What formatting and parsing take from a culture. Two exist here: en-US with Windows' own values, and the invariant one. */
export interface CultureData {
  /** `en-US`; '' for the invariant culture. */
  readonly name: string;
  readonly displayName: string;
  readonly lcid: number;
  /** `,` where a script did not change it in a culture of its own. */
  listSeparator?: string;
  /** Made with `new`: a script may change it. */
  readonly own?: boolean;
  /** `.` and `,` where absent. */
  readonly decimalSeparator?: string;
  readonly groupSeparator?: string;
  /** Names from Sunday and from January; English where absent. */
  readonly days?: readonly string[];
  readonly shortDays?: readonly string[];
  readonly months?: readonly string[];
  readonly currencySymbol: string;
  /** `$n` and `($n)`, with n for the digits. */
  readonly currencyPositive: string;
  readonly currencyNegative: string;
  readonly percentPositive: string;
  readonly percentNegative: string;
  /** Decimals of N, F and C, and of P, where the format gives none. */
  readonly decimals: number;
  readonly percentDecimals: number;
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
}

export const invariantCulture: CultureData = {
  name: '',
  displayName: 'Invariant Language (Invariant Country)',
  lcid: 127,
  currencySymbol: '¤',
  currencyPositive: '$n',
  currencyNegative: '($n)',
  percentPositive: 'n %',
  percentNegative: '-n %',
  decimals: 2,
  percentDecimals: 2,
  shortDate: 'MM/dd/yyyy',
  longDate: 'dddd, dd MMMM yyyy',
  shortTime: 'HH:mm',
  longTime: 'HH:mm:ss',
  monthDay: 'MMMM dd',
  yearMonth: 'yyyy MMMM',
};
/** en-US as .NET on ICU has it (observed: three decimals in percentages). */
const english: CultureData = {
  name: 'en-US',
  displayName: 'English (United States)',
  lcid: 1033,
  currencySymbol: '$',
  currencyPositive: '$n',
  currencyNegative: '($n)',
  percentPositive: 'n%',
  percentNegative: '-n%',
  decimals: 2,
  percentDecimals: 3,
  shortDate: 'M/d/yyyy',
  longDate: 'dddd, MMMM d, yyyy',
  shortTime: 'h:mm tt',
  longTime: 'h:mm:ss tt',
  monthDay: 'MMMM d',
  yearMonth: 'MMMM yyyy',
};
/** en-US as the .NET Framework takes it from Windows. */
const englishDesktop: CultureData = {
  ...english,
  percentPositive: 'n %',
  percentNegative: '-n %',
  percentDecimals: 2,
};
export const englishCulture = (): CultureData =>
  isDesktop(differences.text.englishDates) ? englishDesktop : english;

const chosen = new WeakMap<TypeContext, CultureData>();

/** Culture of the thread that runs: en-US unless the script chose another. */
export const currentCulture = (): CultureData => chosen.get(context()) ?? englishCulture();
export function setCurrentCulture(culture: CultureData): void {
  chosen.set(context(), culture);
}

export const dayNames: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];
export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
