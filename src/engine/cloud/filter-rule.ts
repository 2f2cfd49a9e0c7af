import { AdminDataError } from './admin-data.ts';

/** What a rule of an assignment filter may ask of a device; every property as text, null where the service knows none. */
export const filterProperties = [
  'deviceName',
  'manufacturer',
  'model',
  'osVersion',
  'operatingSystemVersion',
  'operatingSystemSKU',
  'deviceCategory',
  'deviceOwnership',
  'deviceTrustType',
  'enrollmentProfileName',
  'cpuArchitecture',
] as const;
export type FilterProperty = (typeof filterProperties)[number];
export type DeviceProperties = Readonly<Record<FilterProperty, string | null>>;

export type FilterRule =
  | { readonly kind: 'and' | 'or'; readonly left: FilterRule; readonly right: FilterRule }
  | {
      readonly kind: 'compare';
      readonly property: FilterProperty;
      readonly operator: Operator;
      readonly values: readonly (string | null)[];
    };

type Operator =
  'eq' | 'ne' | 'startsWith' | 'contains' | 'notContains' | 'in' | 'notIn' | 'gt' | 'lt' | 'ge' | 'le';

/** Operators by their names without case; each may stand with or without a hyphen, the first two also in words. */
const operators: Readonly<Record<string, Operator>> = {
  eq: 'eq',
  equals: 'eq',
  ne: 'ne',
  notequals: 'ne',
  startswith: 'startsWith',
  contains: 'contains',
  notcontains: 'notContains',
  in: 'in',
  notin: 'notIn',
  gt: 'gt',
  lt: 'lt',
  ge: 'ge',
  le: 'le',
};

const full: readonly Operator[] = ['eq', 'ne', 'in', 'notIn', 'startsWith', 'contains', 'notContains'];
const whole: readonly Operator[] = ['eq', 'ne', 'in', 'notIn'];
/** Operators of each property, as the documentation of filters lists them. */
const allowed: Readonly<Record<FilterProperty, readonly Operator[]>> = {
  deviceName: full,
  manufacturer: full,
  model: full,
  osVersion: full,
  operatingSystemVersion: ['eq', 'ne', 'gt', 'ge', 'lt', 'le'],
  operatingSystemSKU: full,
  deviceCategory: full,
  deviceOwnership: ['eq', 'ne'],
  deviceTrustType: whole,
  enrollmentProfileName: full,
  cpuArchitecture: whole,
};

interface Token {
  readonly text: string;
  readonly quoted: boolean;
  readonly at: number;
}

/** Reads `(device.osVersion -startsWith "10.0.22") and (…)`; a rule that is none throws `AdminDataError` with the place. */
export function parseFilterRule(text: string): FilterRule {
  const tokens = tokensOf(text);
  let next = 0;
  const peek = (): Token | undefined => tokens[next];
  const take = (expected: string): Token => {
    const token = tokens[next++];
    if (token === undefined) return refuse(text, text.length, expected, 'the end');
    return token;
  };
  const punctuation = (sign: string): void => {
    const token = take(`"${sign}"`);
    if (token.quoted || token.text !== sign) refuse(text, token.at, `"${sign}"`, token.text);
  };
  // "and" binds closer than "or", as in Entra's rules.
  const any = (): FilterRule => {
    let left = all();
    for (let token = peek(); token && isWord(token, 'or'); token = peek()) {
      next++;
      left = { kind: 'or', left, right: all() };
    }
    return left;
  };
  const all = (): FilterRule => {
    let left = one();
    for (let token = peek(); token && isWord(token, 'and'); token = peek()) {
      next++;
      left = { kind: 'and', left, right: one() };
    }
    return left;
  };
  const one = (): FilterRule => {
    if (peek()?.text === '(' && !peek()?.quoted) {
      next++;
      const rule = any();
      punctuation(')');
      return rule;
    }
    return comparison();
  };
  const comparison = (): FilterRule => {
    const subject = take('a property such as device.osVersion');
    const property = filterProperties.find(
      (name) => !subject.quoted && subject.text.toLowerCase() === `device.${name.toLowerCase()}`,
    );
    if (property === undefined)
      return refuse(
        text,
        subject.at,
        `one of ${filterProperties.map((name) => `device.${name}`).join(', ')}`,
        subject.text,
      );
    const sign = take('an operator');
    const operator = sign.quoted ? undefined : operators[sign.text.replace(/^-/, '').toLowerCase()];
    if (operator === undefined || !allowed[property].includes(operator))
      return refuse(
        text,
        sign.at,
        `an operator of ${property} (${allowed[property].map((name) => `-${name}`).join(', ')})`,
        sign.text,
      );
    return { kind: 'compare', property, operator, values: values(operator) };
  };
  const values = (operator: Operator): readonly (string | null)[] => {
    if (operator !== 'in' && operator !== 'notIn') return [value(operator)];
    punctuation('[');
    const list = [value(operator)];
    while (peek()?.text === ',' && !peek()?.quoted) {
      next++;
      list.push(value(operator));
    }
    punctuation(']');
    return list;
  };
  const value = (operator: Operator): string | null => {
    const token = take('a value');
    if (token.quoted) return token.text;
    if (/^\$?null$/i.test(token.text)) {
      if (operator === 'eq' || operator === 'ne') return null;
      return refuse(text, token.at, 'a text', token.text);
    }
    // Versions stand without quotes in the documentation's examples.
    return /^[\d.]+$/.test(token.text) ? token.text : refuse(text, token.at, 'a value in quotes', token.text);
  };
  const rule = any();
  const rest = peek();
  return rest === undefined ? rule : refuse(text, rest.at, 'and, or or the end', rest.text);
}

const isWord = (token: Token, word: string): boolean =>
  !token.quoted && token.text.replace(/^-/, '').toLowerCase() === word;

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const form = /\s+|"([^"]*)"|[()[\],]|[^\s()[\],"]+/gy;
  while (form.lastIndex < text.length) {
    const at = form.lastIndex;
    const match = form.exec(text);
    if (match === null) return refuse(text, at, 'a closing quote', text.slice(at));
    if (!/^\s/.test(match[0]))
      tokens.push({ text: match[1] ?? match[0], quoted: match[1] !== undefined, at });
  }
  return tokens;
}

function refuse(text: string, at: number, expected: string, found: string): never {
  throw new AdminDataError(
    'filter-rule',
    `filter.rule: expected ${expected} at character ${at + 1}, found ${found.slice(0, 40)}.`,
    { rule: text, at, expected },
  );
}

/** Whether a device matches a rule. Texts compare without case. */
export function matchesFilter(rule: FilterRule, device: DeviceProperties): boolean {
  switch (rule.kind) {
    case 'and':
      return matchesFilter(rule.left, device) && matchesFilter(rule.right, device);
    case 'or':
      return matchesFilter(rule.left, device) || matchesFilter(rule.right, device);
    case 'compare':
      return compares(rule, device[rule.property]);
  }
}

function compares(rule: Extract<FilterRule, { kind: 'compare' }>, found: string | null): boolean {
  const [first = null] = rule.values;
  const mine = found?.toLowerCase() ?? null;
  const wanted = first?.toLowerCase() ?? null;
  const version = rule.property === 'operatingSystemVersion';
  switch (rule.operator) {
    case 'eq':
      return version && mine !== null && wanted !== null ? versionOrder(mine, wanted) === 0 : mine === wanted;
    case 'ne':
      return version && mine !== null && wanted !== null ? versionOrder(mine, wanted) !== 0 : mine !== wanted;
    case 'startsWith':
      return mine !== null && mine.startsWith(wanted ?? '');
    case 'contains':
      return mine !== null && mine.includes(wanted ?? '');
    case 'notContains':
      return mine === null || !mine.includes(wanted ?? '');
    case 'in':
      return rule.values.some((one) => one?.toLowerCase() === mine);
    case 'notIn':
      return !rule.values.some((one) => one?.toLowerCase() === mine);
    case 'gt':
      return mine !== null && versionOrder(mine, wanted ?? '') > 0;
    case 'lt':
      return mine !== null && versionOrder(mine, wanted ?? '') < 0;
    case 'ge':
      return mine !== null && versionOrder(mine, wanted ?? '') >= 0;
    case 'le':
      return mine !== null && versionOrder(mine, wanted ?? '') <= 0;
  }
}

/** Parts of a version compare as numbers; a part that is not there counts as 0. */
function versionOrder(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const order = (left[i] ?? 0) - (right[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
