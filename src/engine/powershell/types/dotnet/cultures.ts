import type { CultureData } from './culture-data.ts';

type Details = Partial<Omit<CultureData, 'name' | 'displayName' | 'lcid'>>;
const words = (text: string): string[] => text.split(' ');

const clock: Details = { shortTime: 'HH:mm', longTime: 'HH:mm:ss' };
const euro: Details = {
  ...clock,
  currencySymbol: '€',
  currencyPositive: 'n $',
  currencyNegative: '-n $',
  decimalSeparator: ',',
  groupSeparator: '.',
};

/** What cultures do otherwise than en-US, as .NET on ICU has them: separators, money, dates and names. */
export const cultureDetails: ReadonlyMap<string, Details> = new Map<string, Details>([
  [
    'en-gb',
    {
      ...clock,
      currencySymbol: '£',
      currencyNegative: '-$n',
      shortDate: 'dd/MM/yyyy',
      longDate: 'dddd, d MMMM yyyy',
      monthDay: 'd MMMM',
    },
  ],
  [
    'de-de',
    {
      ...euro,
      percentPositive: 'n %',
      percentNegative: '-n %',
      shortDate: 'dd.MM.yyyy',
      longDate: 'dddd, d. MMMM yyyy',
      monthDay: 'd. MMMM',
      days: words('Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag'),
      shortDays: words('So Mo Di Mi Do Fr Sa'),
      months: words('Januar Februar März April Mai Juni Juli August September Oktober November Dezember'),
    },
  ],
  [
    'fr-fr',
    {
      ...euro,
      groupSeparator: '\u202f',
      percentPositive: 'n %',
      percentNegative: '-n %',
      shortDate: 'dd/MM/yyyy',
      longDate: 'dddd d MMMM yyyy',
      monthDay: 'd MMMM',
      days: words('dimanche lundi mardi mercredi jeudi vendredi samedi'),
      shortDays: words('dim. lun. mar. mer. jeu. ven. sam.'),
      months: words('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    },
  ],
  [
    'nl-nl',
    {
      ...euro,
      currencyPositive: '$ n',
      currencyNegative: '$ -n',
      shortDate: 'dd-MM-yyyy',
      longDate: 'dddd d MMMM yyyy',
      monthDay: 'd MMMM',
      days: words('zondag maandag dinsdag woensdag donderdag vrijdag zaterdag'),
      shortDays: words('zo ma di wo do vr za'),
      months: words(
        'januari februari maart april mei juni juli augustus september oktober november december',
      ),
    },
  ],
  [
    'es-es',
    {
      ...euro,
      shortTime: 'H:mm',
      longTime: 'H:mm:ss',
      percentPositive: 'n %',
      percentNegative: '-n %',
      shortDate: 'd/M/yyyy',
      longDate: "dddd, d 'de' MMMM 'de' yyyy",
      monthDay: "d 'de' MMMM",
      yearMonth: "MMMM 'de' yyyy",
      days: words('domingo lunes martes miércoles jueves viernes sábado'),
      months: words(
        'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
      ),
    },
  ],
  [
    'it-it',
    {
      ...euro,
      shortDate: 'dd/MM/yyyy',
      longDate: 'dddd d MMMM yyyy',
      monthDay: 'd MMMM',
      days: words('domenica lunedì martedì mercoledì giovedì venerdì sabato'),
      months: words(
        'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
      ),
    },
  ],
  [
    'sv-se',
    {
      ...euro,
      currencySymbol: 'kr',
      groupSeparator: '\u00a0',
      percentPositive: 'n %',
      percentNegative: '-n %',
      shortDate: 'yyyy-MM-dd',
      longDate: 'dddd d MMMM yyyy',
      monthDay: 'd MMMM',
      days: words('söndag måndag tisdag onsdag torsdag fredag lördag'),
      months: words('januari februari mars april maj juni juli augusti september oktober november december'),
    },
  ],
  [
    'da-dk',
    {
      ...euro,
      currencySymbol: 'kr.',
      shortTime: 'HH.mm',
      longTime: 'HH.mm.ss',
      percentPositive: 'n %',
      percentNegative: '-n %',
      shortDate: 'dd.MM.yyyy',
      longDate: "dddd 'den' d. MMMM yyyy",
      monthDay: 'd. MMMM',
      days: words('søndag mandag tirsdag onsdag torsdag fredag lørdag'),
      months: words('januar februar marts april maj juni juli august september oktober november december'),
    },
  ],
  [
    'nb-no',
    {
      ...euro,
      currencySymbol: 'kr',
      groupSeparator: '\u00a0',
      percentPositive: 'n %',
      percentNegative: '-n %',
      shortDate: 'dd.MM.yyyy',
      longDate: 'dddd d. MMMM yyyy',
      monthDay: 'd. MMMM',
      days: words('søndag mandag tirsdag onsdag torsdag fredag lørdag'),
      months: words('januar februar mars april mai juni juli august september oktober november desember'),
    },
  ],
  [
    'ja-jp',
    {
      currencySymbol: '￥',
      currencyNegative: '-$n',
      shortDate: 'yyyy/MM/dd',
      longDate: "yyyy'年'M'月'd'日'dddd",
      shortTime: 'H:mm',
      longTime: 'H:mm:ss',
      monthDay: "M'月'd'日'",
      yearMonth: "yyyy'年'M'月'",
      days: words('日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日'),
      shortDays: words('日 月 火 水 木 金 土'),
      months: words('1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月'),
    },
  ],
]);
