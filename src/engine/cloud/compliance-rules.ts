import type { QueueData } from '../device/change.ts';
import { AdminDataError } from './admin-data.ts';
import type { SettingResult } from './script-state.ts';

const operators = [
  'IsEquals',
  'NotEquals',
  'GreaterThan',
  'GreaterEquals',
  'LessThan',
  'LessEquals',
] as const;
const dataTypes = ['Boolean', 'Int64', 'Double', 'String', 'DateTime', 'Version'] as const;

/** One rule of a custom compliance policy, named as the JSON file names it. */
export interface ComplianceRule {
  readonly setting: string;
  readonly operator: (typeof operators)[number];
  readonly dataType: (typeof dataTypes)[number];
  readonly operand: string | number | boolean;
  readonly moreInfoUrl: string;
  /** Texts for the user in English (`en_US`), which every rule must have. */
  readonly title: string;
  readonly description: string;
}

const refuse = (path: string, expected: string): never => {
  throw new AdminDataError('admin-data', `compliance rules: ${path}: expected ${expected}.`, {
    path,
    expected,
  });
};

/** Most rules of one file, and its size in bytes (documented limits). */
const most = { rules: 100, bytes: 100 * 1024 };

/** Reads a rules file as the admin centre does on upload; a file that it refuses throws `AdminDataError`. */
export function readComplianceRules(json: string): readonly ComplianceRule[] {
  if (json.length > most.bytes) refuse('file', 'at most 100 KB');
  let document: unknown;
  try {
    document = JSON.parse(json);
  } catch {
    refuse('file', 'JSON');
  }
  const list = isRecord(document) ? document['Rules'] : undefined;
  if (!Array.isArray(list) || list.length === 0 || list.length > most.rules)
    return refuse('Rules', 'a list of 1 to 100 rules');
  return (list as readonly unknown[]).map((one, i) => readRule(one, `Rules[${i}]`));
}

function readRule(given: unknown, path: string): ComplianceRule {
  if (!isRecord(given)) return refuse(path, 'an object');
  const name = given['SettingName'];
  if (typeof name !== 'string' || name === '') return refuse(`${path}.SettingName`, 'a text');
  const operator = operators.find((one) => one === given['Operator']);
  if (operator === undefined) return refuse(`${path}.Operator`, `one of ${operators.join(', ')}`);
  const dataType = dataTypes.find((one) => one === given['DataType']);
  if (dataType === undefined) return refuse(`${path}.DataType`, `one of ${dataTypes.join(', ')}`);
  const operand = given['Operand'];
  if (typeof operand !== 'string' && typeof operand !== 'number' && typeof operand !== 'boolean')
    return refuse(`${path}.Operand`, 'a text, number or truth value');
  if (comparable(operand, dataType) === undefined) refuse(`${path}.Operand`, `a value of type ${dataType}`);
  const texts = Array.isArray(given['RemediationStrings'])
    ? (given['RemediationStrings'] as readonly unknown[]).filter(isRecord)
    : [];
  const english = texts.find((one) => one['Language'] === 'en_US');
  if (english === undefined) return refuse(`${path}.RemediationStrings`, 'texts for en_US');
  return {
    setting: name,
    operator,
    dataType,
    operand,
    moreInfoUrl: textOf(given['MoreInfoUrl']),
    title: textOf(english['Title']),
    description: textOf(english['Description']),
  };
}

/** What the discovered JSON says of a setting. Names compare with case, as documented. */
export function evaluateRule(
  rule: ComplianceRule,
  found: Readonly<Record<string, QueueData>>,
): SettingResult {
  const actual = Object.hasOwn(found, rule.setting) ? found[rule.setting] : undefined;
  const shown =
    actual === undefined || actual === null
      ? null
      : typeof actual === 'string'
        ? actual
        : JSON.stringify(actual);
  const told = (text: string): string => text.replaceAll('{ActualValue}', shown ?? '');
  const about = {
    setting: rule.setting,
    actual: shown,
    expected: `${rule.operator} ${String(rule.operand)}`,
    title: told(rule.title),
    description: told(rule.description),
  };
  const left = comparable(actual, rule.dataType);
  const right = comparable(rule.operand, rule.dataType);
  if (left === undefined || right === undefined) return { ...about, state: 'Error' };
  return { ...about, state: holds(rule.operator, compare(left, right)) ? 'Compliant' : 'Not compliant' };
}

type Comparable = string | number | boolean | bigint | readonly number[];

/** A value of the rule's type; undefined where it is none. */
function comparable(value: unknown, type: ComplianceRule['dataType']): Comparable | undefined {
  const text = typeof value === 'string' ? value.trim() : String(value);
  switch (type) {
    case 'Boolean':
      if (typeof value === 'boolean') return value;
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
    case 'Int64':
      return typeof value !== 'boolean' && /^[+-]?\d{1,19}$/.test(text) ? BigInt(text) : undefined;
    case 'Double': {
      if (typeof value === 'boolean' || text === '') return undefined;
      const number = Number(text);
      return Number.isNaN(number) ? undefined : number;
    }
    case 'String':
      return typeof value === 'string' ? value : undefined;
    case 'DateTime': {
      const time = typeof value === 'string' ? dateTime(text) : undefined;
      return time;
    }
    case 'Version':
      return typeof value === 'string' && /^\d+(\.\d+){1,3}$/.test(text)
        ? text.split('.').map(Number)
        : undefined;
  }
}

/** `2026-05-05`, `2026-05-05T08:00:00Z`, `05/05/2026 08:00:00`: a reading that sorts, without a zone. */
function dateTime(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(text);
  const english = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(text);
  const parts = iso
    ? iso.slice(1)
    : english && [english[3], english[1], english[2], english[4], english[5], english[6]];
  return parts?.map((part) => (part ?? '0').padStart(4, '0')).join('');
}

function compare(a: Comparable, b: Comparable): number {
  if (typeof a === 'object' && typeof b === 'object') {
    for (let i = 0; i < Math.max(a.length, b.length); i++) {
      const by = (a[i] ?? -1) - (b[i] ?? -1);
      if (by !== 0) return by;
    }
    return 0;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function holds(operator: ComplianceRule['operator'], by: number): boolean {
  switch (operator) {
    case 'IsEquals':
      return by === 0;
    case 'NotEquals':
      return by !== 0;
    case 'GreaterThan':
      return by > 0;
    case 'GreaterEquals':
      return by >= 0;
    case 'LessThan':
      return by < 0;
    case 'LessEquals':
      return by <= 0;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
