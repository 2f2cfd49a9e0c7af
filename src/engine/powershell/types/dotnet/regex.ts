import { escapePattern, unescapePattern } from '../../regex/escape.ts';
import type { RegexCapture, RegexGroup } from '../../regex/regex.ts';
import { RegexSyntaxError } from '../../regex/regex-error.ts';
import { SequenceValue } from '../collections.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { ConversionError, DotNetError, dotNetError } from '../errors.ts';
import { hooks } from '../hooks.ts';
import { DotNetObject, EnumValue, int32Type, PSArray, stringArray } from '../objects.ts';
import type { CompiledRegex, RegexMatch } from '../regex-port.ts';
import { allMatches, expandReplacement, regexError, regexOf } from '../regex-port.ts';
import { defineEnum, defineType } from '../registry.ts';
import { TimeSpanValue } from '../scalars.ts';
import { ScriptBlockValue } from '../script-block.ts';
import { toText } from '../text.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { bits, int, nullArgument, outOfRange, required, state, str } from './arguments.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';

const namespace = 'System.Text.RegularExpressions';
const optionsType = defineEnum(
  `${namespace}.RegexOptions`,
  'None=0,IgnoreCase=1,Multiline=2,ExplicitCapture=4,Compiled=8,Singleline=16,IgnorePatternWhitespace=32,RightToLeft=64,ECMAScript=256,CultureInvariant=512,NonBacktracking=1024',
  true,
);

const captureType = defineType(`${namespace}.Capture`);
const groupType = defineType(`${namespace}.Group`, { baseType: captureType });
const matchType = defineType(`${namespace}.Match`, { baseType: groupType });
const regexType = defineType(`${namespace}.Regex`);
const collection = (name: string): DotNetType =>
  defineType(`${namespace}.${name}`, {
    interfaces: [
      'System.Collections.IList',
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
  });
const captureCollectionType = collection('CaptureCollection');
const groupCollectionType = collection('GroupCollection');
const matchCollectionType = collection('MatchCollection');

/** A collection whose elements are made once. */
class ResultCollection extends SequenceValue {
  readonly items: readonly Value[];
  constructor(type: DotNetType, items: readonly Value[]) {
    super(type, () => items);
    this.items = items;
  }
}
class GroupCollection extends ResultCollection {
  readonly groups: readonly RegexGroup[];
  constructor(groups: readonly RegexGroup[], items: readonly Value[]) {
    super(groupCollectionType, items);
    this.groups = groups;
  }
  at(number: number): Value {
    const i = this.groups.findIndex((g) => g.number === number);
    return i < 0 ? failedGroup : (this.items[i] as Value);
  }
  named(name: string): Value {
    const i = this.groups.findIndex((g) => g.name === name);
    if (i >= 0) return this.items[i] as Value;
    return /^\d+$/.test(name) ? this.at(Number(name)) : failedGroup;
  }
}
const items = (v: Value): readonly Value[] => (v as ResultCollection).items;
const size = [
  property('Count', 'int', (v) => items(v).length),
  property('IsReadOnly', 'bool', () => true),
  property('IsSynchronized', 'bool', () => false),
  property('SyncRoot', 'System.Object', (v) => v),
  method([
    'void CopyTo(array array, int arrayIndex)',
    (v, a) => {
      items(v).forEach((x, i) => ((a[0] as PSArray).items[int(a[1]) + i] = x));
    },
  ]),
];
const itemAt = (v: Value, index: number): Value => {
  const item = items(v)[index];
  if (item === undefined) throw outOfRange('Specified argument was out of the range of valid values.', 'i');
  return item;
};
for (const [type, of] of [
  [captureCollectionType, 'Capture'],
  [matchCollectionType, 'Match'],
] as const)
  defineType(type.fullName, {
    members: [...size, method([`${namespace}.${of} get_Item(int i)`, (v, a) => itemAt(v, int(a[0]))])],
  });
const groups = (v: Value): GroupCollection => v as GroupCollection;
defineType(groupCollectionType.fullName, {
  members: [
    ...size,
    property('Keys', 'System.Collections.Generic.IEnumerable[string]', (v) =>
      stringArray(groups(v).groups.map((g) => g.name)),
    ),
    property('Values', 'System.Collections.Generic.IEnumerable[object]', (v) => new PSArray([...items(v)])),
    method(['bool ContainsKey(string key)', (v, a) => groups(v).groups.some((g) => g.name === str(a[0]))]),
    method(
      [`${namespace}.Group get_Item(int groupnum)`, (v, a) => groups(v).at(int(a[0]))],
      [`${namespace}.Group get_Item(string groupname)`, (v, a) => groups(v).named(str(a[0]))],
    ),
  ],
});

const capture = (v: Value): RegexCapture => state<RegexCapture>(v);
defineType(captureType.fullName, {
  members: [
    property('Index', 'int', (v) => capture(v).index),
    property('Length', 'int', (v) => capture(v).value.length),
    property('Value', 'string', (v) => capture(v).value),
    method(['string ToString()', (v) => capture(v).value]),
  ],
});
const captureList = (of: readonly RegexCapture[]): Value =>
  new ResultCollection(
    captureCollectionType,
    of.map((c) => new DotNetObject(captureType, c)),
  );
defineType(groupType.fullName, {
  members: [
    property('Success', 'bool', (v) => state<RegexGroup>(v).success),
    property('Name', 'string', (v) => state<RegexGroup>(v).name),
    property('Captures', `${namespace}.CaptureCollection`, (v) => captureList(state<RegexGroup>(v).captures)),
  ],
});
const failedGroup = new DotNetObject<RegexGroup>(groupType, {
  name: '0',
  number: 0,
  success: false,
  index: 0,
  value: '',
  captures: [],
});

/** State of a Match object; `match` is undefined where nothing was found. */
interface MatchState {
  readonly match: RegexMatch | undefined;
  readonly index: number;
  readonly value: string;
  groups: GroupCollection | undefined;
}
function matchObject(match: RegexMatch | undefined): DotNetObject<MatchState> {
  return new DotNetObject<MatchState>(matchType, {
    match,
    index: match?.index ?? 0,
    value: match?.value ?? '',
    groups: undefined,
  });
}
const m = (v: Value): MatchState => state<MatchState>(v);
defineType(matchType.fullName, {
  members: [
    property('Groups', `${namespace}.GroupCollection`, (v) => {
      const own = m(v);
      if (own.groups) return own.groups;
      const list = own.match?.groups ?? [failedGroup.state];
      return (own.groups = new GroupCollection(
        list,
        list.map((g, i) => (i === 0 ? v : new DotNetObject(groupType, g))),
      ));
    }),
    property('Success', 'bool', (v) => m(v).match !== undefined),
    property('Name', 'string', () => '0'),
    property('Captures', `${namespace}.CaptureCollection`, (v) =>
      captureList(m(v).match?.groups[0]?.captures ?? []),
    ),
    method([
      `${namespace}.Match NextMatch()`,
      (v) => {
        const { match } = m(v);
        return match ? matchObject(match.regex.next(match)) : v;
      },
    ]),
    method([
      'string Result(string replacement)',
      (v, a) => {
        const { match } = m(v);
        if (!match)
          throw dotNetError('System.NotSupportedException', 'Result cannot be called on a failed Match.');
        return expandReplacement(required(a[0], 'replacement'), match);
      },
    ]),
    staticProperty('Empty', `${namespace}.Match`, () => matchObject(undefined)),
  ],
});
hooks.matchObject = (match) => matchObject(match);

const r = (v: Value): CompiledRegex => state<{ regex: CompiledRegex }>(v).regex;
export const regexObject = (regex: CompiledRegex): DotNetObject<{ regex: CompiledRegex }> =>
  new DotNetObject(regexType, { regex });
const compiled = (pattern: Value | undefined, options: Value | undefined): CompiledRegex => {
  if (bits(options) & 1024)
    throw dotNetError(
      'System.NotSupportedException',
      'The specified pattern with RegexOptions.NonBacktracking could not be processed here.',
    );
  return regexOf(required(pattern, 'pattern'), bits(options));
};
const input = (v: Value | undefined): string => required(v, 'input');
const from = (regex: CompiledRegex, text: string, start: Value | undefined): number => {
  if (start === undefined) return regex.rightToLeft ? text.length : 0;
  const at = int(start);
  if (at < 0 || at > text.length)
    throw outOfRange('Start index cannot be less than 0 or greater than input length.', 'startat');
  return at;
};
const find = (regex: CompiledRegex, text: string, start?: Value): Value =>
  matchObject(regex.match(text, from(regex, text, start)));
const findAll = (regex: CompiledRegex, text: string, start?: Value): Value =>
  new ResultCollection(
    matchCollectionType,
    Array.from(allMatches(regex, text, from(regex, text, start)), (x) => matchObject(x)),
  );
function replace(
  regex: CompiledRegex,
  text: string,
  replacement: Value | undefined,
  count = -1,
  start?: Value,
): string {
  if (replacement === undefined || replacement === null) throw nullArgument('replacement');
  if (count < -1) throw outOfRange('Count cannot be less than -1.', 'count');
  const isBlock = replacement instanceof ScriptBlockValue || hooks.isMethodInfo(replacement);
  const found: RegexMatch[] = [];
  const texts: string[] = [];
  if (count === 0) return text;
  for (const match of allMatches(regex, text, from(regex, text, start))) {
    found.push(match);
    texts.push(
      isBlock
        ? toText(hooks.invokeDelegate(replacement, [matchObject(match)]))
        : expandReplacement(str(replacement), match),
    );
    if (found.length === count) break;
  }
  if (regex.rightToLeft) {
    found.reverse();
    texts.reverse();
  }
  let out = '';
  let at = 0;
  found.forEach((match, i) => {
    out += text.slice(at, match.index) + (texts[i] as string);
    at = match.end;
  });
  return out + text.slice(at);
}
function split(regex: CompiledRegex, text: string, count = 0, start?: Value): Value {
  if (count < 0) throw outOfRange('Count cannot be less than -1.', 'count');
  if (count === 1) return stringArray([text]);
  const out: string[] = [];
  const found: RegexMatch[] = [];
  for (const match of allMatches(regex, text, from(regex, text, start))) {
    found.push(match);
    if (count > 0 && found.length === count - 1) break;
  }
  if (regex.rightToLeft) found.reverse();
  let at = 0;
  for (const match of found) {
    out.push(text.slice(at, match.index));
    for (const g of match.groups.slice(1)) if (g.success) out.push(g.value);
    at = match.end;
  }
  out.push(text.slice(at));
  return stringArray(out);
}

const evaluator = `${namespace}.MatchEvaluator`;
defineType(evaluator, { kind: 'delegate', interfaces: [] });
const options = `${namespace}.RegexOptions options`;
defineType(regexType.fullName, {
  constructors: constructors(
    ['regex new(string pattern)', (_v, a) => regexObject(compiled(a[0], undefined))],
    [`regex new(string pattern, ${options})`, (_v, a) => regexObject(compiled(a[0], a[1]))],
    [
      `regex new(string pattern, ${options}, timespan matchTimeout)`,
      (_v, a) => regexObject(compiled(a[0], a[1])),
    ],
  ),
  members: [
    property('Options', `${namespace}.RegexOptions`, (v) => new EnumValue(optionsType, r(v).options)),
    property('RightToLeft', 'bool', (v) => r(v).rightToLeft),
    property('MatchTimeout', 'timespan', () => new TimeSpanValue(-10000n)),
    method(['string ToString()', (v) => r(v).pattern]),
    method(['string[] GetGroupNames()', (v) => stringArray([...r(v).groupNames])]),
    method(['int[] GetGroupNumbers()', (v) => new PSArray([...r(v).groupNumbers], int32Type)]),
    method([
      'string GroupNameFromNumber(int i)',
      (v, a) => r(v).groupNames[r(v).groupNumbers.indexOf(int(a[0]))] ?? '',
    ]),
    method([
      'int GroupNumberFromName(string name)',
      (v, a) => {
        const slot = r(v).slotOf(str(a[0]));
        return slot === undefined ? -1 : (r(v).groupNumbers[slot] as number);
      },
    ]),
    method(
      ['bool IsMatch(string input)', (v, a) => r(v).isMatch(input(a[0]))],
      [
        'bool IsMatch(string input, int startat)',
        (v, a) => r(v).match(input(a[0]), from(r(v), str(a[0]), a[1])) !== undefined,
      ],
    ),
    method(
      [`${namespace}.Match Match(string input)`, (v, a) => find(r(v), input(a[0]))],
      [`${namespace}.Match Match(string input, int startat)`, (v, a) => find(r(v), input(a[0]), a[1])],
    ),
    method(
      [`${namespace}.MatchCollection Matches(string input)`, (v, a) => findAll(r(v), input(a[0]))],
      [
        `${namespace}.MatchCollection Matches(string input, int startat)`,
        (v, a) => findAll(r(v), input(a[0]), a[1]),
      ],
    ),
    method(['int Count(string input)', (v, a) => [...allMatches(r(v), input(a[0]))].length]),
    method(
      ['string Replace(string input, string replacement)', (v, a) => replace(r(v), input(a[0]), a[1])],
      [
        'string Replace(string input, string replacement, int count)',
        (v, a) => replace(r(v), input(a[0]), a[1], int(a[2])),
      ],
      [
        'string Replace(string input, string replacement, int count, int startat)',
        (v, a) => replace(r(v), input(a[0]), a[1], int(a[2]), a[3]),
      ],
      [`string Replace(string input, ${evaluator} evaluator)`, (v, a) => replace(r(v), input(a[0]), a[1])],
      [
        `string Replace(string input, ${evaluator} evaluator, int count)`,
        (v, a) => replace(r(v), input(a[0]), a[1], int(a[2])),
      ],
    ),
    method(
      ['string[] Split(string input)', (v, a) => split(r(v), input(a[0]))],
      ['string[] Split(string input, int count)', (v, a) => split(r(v), input(a[0]), int(a[1]))],
      [
        'string[] Split(string input, int count, int startat)',
        (v, a) => split(r(v), input(a[0]), int(a[1]), a[2]),
      ],
    ),
    staticMethod(['string Escape(string str)', (_v, a) => escapePattern(required(a[0], 'str'))]),
    staticMethod([
      'string Unescape(string str)',
      (_v, a) => {
        try {
          return unescapePattern(required(a[0], 'str'));
        } catch (error) {
          throw error instanceof RegexSyntaxError ? regexError(error) : error;
        }
      },
    ]),
    staticMethod(
      [
        'bool IsMatch(string input, string pattern)',
        (_v, a) => compiled(a[1], undefined).isMatch(input(a[0])),
      ],
      [
        `bool IsMatch(string input, string pattern, ${options})`,
        (_v, a) => compiled(a[1], a[2]).isMatch(input(a[0])),
      ],
    ),
    staticMethod(
      [
        `${namespace}.Match Match(string input, string pattern)`,
        (_v, a) => find(compiled(a[1], undefined), input(a[0])),
      ],
      [
        `${namespace}.Match Match(string input, string pattern, ${options})`,
        (_v, a) => find(compiled(a[1], a[2]), input(a[0])),
      ],
    ),
    staticMethod(
      [
        `${namespace}.MatchCollection Matches(string input, string pattern)`,
        (_v, a) => findAll(compiled(a[1], undefined), input(a[0])),
      ],
      [
        `${namespace}.MatchCollection Matches(string input, string pattern, ${options})`,
        (_v, a) => findAll(compiled(a[1], a[2]), input(a[0])),
      ],
    ),
    staticMethod([
      'int Count(string input, string pattern)',
      (_v, a) => [...allMatches(compiled(a[1], undefined), input(a[0]))].length,
    ]),
    staticMethod(
      [
        'string Replace(string input, string pattern, string replacement)',
        (_v, a) => replace(compiled(a[1], undefined), input(a[0]), a[2]),
      ],
      [
        `string Replace(string input, string pattern, string replacement, ${options})`,
        (_v, a) => replace(compiled(a[1], a[3]), input(a[0]), a[2]),
      ],
      [
        `string Replace(string input, string pattern, ${evaluator} evaluator)`,
        (_v, a) => replace(compiled(a[1], undefined), input(a[0]), a[2]),
      ],
      [
        `string Replace(string input, string pattern, ${evaluator} evaluator, ${options})`,
        (_v, a) => replace(compiled(a[1], a[3]), input(a[0]), a[2]),
      ],
    ),
    staticMethod(
      [
        'string[] Split(string input, string pattern)',
        (_v, a) => split(compiled(a[1], undefined), input(a[0])),
      ],
      [
        `string[] Split(string input, string pattern, ${options})`,
        (_v, a) => split(compiled(a[1], a[2]), input(a[0])),
      ],
    ),
  ],
});
typeConverters.set(regexType.fullName, (value, type) => {
  if (typeof value !== 'string') return undefined;
  try {
    return regexObject(regexOf(value, 0));
  } catch (error) {
    if (!(error instanceof DotNetError)) throw error;
    throw new ConversionError(
      'InvalidCastFromStringToRegex',
      `Cannot convert value "${value}" to type "${type.displayName}". Error: "${error.message}"`,
      error.exception,
    );
  }
});
