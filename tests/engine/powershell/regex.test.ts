import { afterEach, describe, expect, it } from 'vitest';
import { escapePattern, unescapePattern } from '../../../src/engine/powershell/regex/escape.ts';
import { setStepHook } from '../../../src/engine/powershell/regex/matcher.ts';
import { regexOptions } from '../../../src/engine/powershell/regex/options.ts';
import { Regex } from '../../../src/engine/powershell/regex/regex.ts';
import { RegexSyntaxError } from '../../../src/engine/powershell/regex/regex-error.ts';
import { expand, parseReplacement } from '../../../src/engine/powershell/regex/replacement.ts';

/** Every match as its groups: `name=value@index`, `name!` where it took no part, all captures where there are more. */
const matches = (pattern: string, text: string, options = 0): string[] =>
  [...new Regex(pattern, options).matches(text)].map((m) =>
    m.groups
      .map((g) => {
        if (!g.success) return `${g.name}!`;
        const all = g.captures.length > 1 ? `[${g.captures.map((c) => c.value).join(',')}]` : '';
        return `${g.name}=${g.value}@${g.index}${all}`;
      })
      .join(' '),
  );

describe('groups', () => {
  it.each<[string, string, string, string[]]>([
    ['numbers', '(\\w+)=(\\d+)', 'a=1 bb=22', ['0=a=1@0 1=a@0 2=1@2', '0=bb=22@4 1=bb@4 2=22@7']],
    ['names come after numbers', '(?<k>\\w)=(\\d)(x)?', 'a=1', ['0=a=1@0 1=1@2 2! k=a@0']],
    ['both ways to write a name', "(?'q'['\"]).*?\\k<q>", `'x' "y"`, [`0='x'@0 q='@0`, '0="y"@4 q="@4']],
    ['all captures are kept', '(a)+', 'aaa', ['0=aaa@0 1=a@2[a,a,a]']],
    ['explicit numbers', '(?<2>a)(b)(?<n>c)', 'abc', ['0=abc@0 1=b@1 2=a@0 n=c@2']],
    ['only named ones count under n', '(?n)(a)(?<x>b)', 'ab', ['0=ab@0 x=b@1']],
    ['in either branch', '(a|ab)(c|bcd)(d*)', 'abcd', ['0=abcd@0 1=a@0 2=bcd@1 3=@4']],
    ['an empty round ends a loop', '(a*)*b', 'aaab', ['0=aaab@0 1=@3[aaa,]']],
    ['what failed is undone', '(?:(a)|b)*c', 'abx bc', ['0=bc@4 1!']],
  ])('%s', (_title, pattern, text, expected) => {
    expect(matches(pattern, text)).toEqual(expected);
  });

  it('balances', () => {
    const balanced = '^(?:(?<open>\\()|(?<-open>\\))|[^()])*(?(open)(?!))$';
    expect([matches(balanced, '(a(b)c)'), matches(balanced, '(a(b)c')]).toEqual([['0=(a(b)c)@0 open!'], []]);
  });
  it('captures what lies between two groups', () => {
    expect(matches('(?<o><)[^>]*(?<between-o>>)', '<abc>')).toEqual(['0=<abc>@0 o! between=abc@1']);
  });
});

describe('constructs', () => {
  it.each<[string, string, string, string[]]>([
    ['lookbehind', '(?<=\\$)\\d+', 'x $12 y 34 $5', ['0=12@3', '0=5@12']],
    ['lookbehind that is not there', '(?<!\\$)\\b\\d+', 'x $12 y 34', ['0=34@8']],
    ['groups of a lookbehind', '(?<=(\\d)(\\d))x', '12x', ['0=x@2 1=1@0 2=2@1']],
    ['lookahead', '\\d+(?=%)', '10% 20 30%', ['0=10@0', '0=30@7']],
    ['atomic group', '(?>a+)ab', 'aaab', []],
    ['lazy', 'a.*?b', 'aXb aYYb', ['0=aXb@0', '0=aYYb@4']],
    ['lazy loop of a group', '(a){2,3}?', 'aaaa', ['0=aa@0 1=a@1[a,a]', '0=aa@2 1=a@3[a,a]']],
    ['conditional on a group', '(x)?(?(1)y|z)', 'xy z', ['0=xy@0 1=x@0', '0=z@3 1!']],
    ['conditional on a test', '(?(?=a)ab|cd)', 'ab cd', ['0=ab@0', '0=cd@3']],
    ['class subtraction', '[a-z-[aeiou]]+', 'hello', ['0=h@0', '0=ll@2']],
    ['Unicode categories', '\\p{Lu}\\p{Ll}+', 'Éa Über x', ['0=Éa@0', '0=Über@3']],
    ['Unicode blocks', '\\p{IsGreek}+', 'abc αβγ', ['0=αβγ@4']],
    ['\\w and \\d are of Unicode', '^\\w+ \\d$', 'straße ٣', ['0=straße ٣@0']],
    ['comments and blanks under x', '(?x) a \\ b # text\n c', 'a bc', ['0=a bc@0']],
    ['options for a part', 'a(?i:B)c', 'abc aBc aBC', ['0=abc@0', '0=aBc@4']],
    ['options switched off', '(?i)a(?-i)b', 'Ab AB', ['0=Ab@0']],
    ['$ before a last newline', 'b$', 'ab\n', ['0=b@1']],
    ['\\z only at the end', 'b\\z', 'ab\n', []],
    ['lines', '(?m)^b$', 'a\nb\nc', ['0=b@2']],
    ['\\G', '\\Ga', 'aab a', ['0=a@0', '0=a@1']],
    ['empty matches move on', 'x*', 'axxb', ['0=@0', '0=xx@1', '0=@3', '0=@4']],
    ['backreference without case', '(?i)(a)\\1', 'aA', ['0=aA@0 1=a@0']],
    ['a number without group is octal', '\\101', 'A', ['0=A@0']],
    ['a brace that is no quantifier', 'a{,2}', 'a{,2}', ['0=a{,2}@0']],
  ])('%s', (_title, pattern, text, expected) => {
    expect(matches(pattern, text)).toEqual(expected);
  });

  it('reads from right to left', () => {
    expect(matches('\\d(\\w)', 'a1b2c', regexOptions.rightToLeft)).toEqual(['0=2c@3 1=c@4', '0=1b@1 1=b@2']);
  });
  it('folds the case of the Kelvin sign and the dotted I', () => {
    expect(matches('ki', 'K\u0130', regexOptions.ignoreCase)).toEqual(['0=K\u0130@0']);
  });
  it('matches the same where nothing need be given back', () => {
    const texts = ['aab', 'a b', 'ab=1', 'x12', 'foo.bar', '', 'aaa'];
    const pairs = [
      ['\\w+\\s*=', '(?>\\w+)\\s*='],
      ['a+b', '(?>a+)b'],
      ['\\w+$', '(?>\\w+)$'],
    ] as const;
    for (const [plain, atomic] of pairs)
      for (const text of texts) expect(matches(plain, text)).toEqual(matches(atomic, text));
  });
});

describe('patterns that do not parse', () => {
  it.each([
    ['(', 1, "Not enough )'s."],
    [')', 1, "Too many )'s."],
    ['a**', 3, "Nested quantifier '*'."],
    ['*a', 1, "Quantifier '*' following nothing."],
    ['[a', 2, 'Unterminated [] set.'],
    ['[z-a]', 4, '[x-y] range in reverse order.'],
    ['a{3,2}', 6, 'Illegal {x,y} with x > y.'],
    ['\\', 1, 'Illegal \\ at end of pattern.'],
    ['(?<>a)', 3, 'Invalid group name: Group names must begin with a word character.'],
    ['\\k<x>', 5, "Reference to undefined group name 'x'."],
    ['\\2', 2, 'Reference to undefined group number 2.'],
    ['(?z)', 3, 'Unrecognized grouping construct.'],
    ['\\p{Foo}', 7, "Unknown property 'Foo'."],
    ['[a-\\d]', 5, 'Cannot include class \\d in character range.'],
    ['\\y', 2, 'Unrecognized escape sequence \\y.'],
    ['(?#a', 4, 'Unterminated (?#...) comment.'],
    ['(?(a)b|c|d)', 11, 'Too many | in (?()|).'],
    ['[a-z-[b]c]', 8, 'A subtraction must be the last element in a character class.'],
  ])('%s', (pattern, offset, reason) => {
    let error: unknown;
    try {
      new Regex(pattern, 0);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(RegexSyntaxError);
    expect((error as RegexSyntaxError).message).toBe(
      `Invalid pattern '${pattern}' at offset ${offset}. ${reason}`,
    );
  });
});

it('replaces by what a replacement names', () => {
  const regex = new Regex('(?<l>[a-z])(\\d)', 0);
  const replaced = (replacement: string): string =>
    expand(parseReplacement(replacement, regex), [...regex.matches('-a1-')][0] as never);
  expect(
    ['$1', '${l}', '$&', '$`', "$'", '$+', '$_', '$$', '$11', '${x}', '$2', '$0!'].map(replaced),
  ).toEqual(['1', 'a', 'a1', '-', '-', 'a', '-a1-', '$', '$11', '${x}', 'a', 'a1!']);
});

it('escapes and undoes escapes', () => {
  expect([escapePattern('1+1=2? [x]\t#'), unescapePattern('\\t\\x41\\.\\u0042')]).toEqual([
    '1\\+1=2\\?\\ \\[x]\\t\\#',
    '\tA.B',
  ]);
});

describe('patterns that go on too long', () => {
  afterEach(() => setStepHook(undefined));
  it('can be ended from outside', () => {
    class Stopped extends Error {}
    let steps = 0;
    setStepHook((_fresh, inMatch) => {
      steps = inMatch;
      if (steps > 200_000) throw new Stopped();
    });
    const regex = new Regex('^(a+)+$', 0);
    expect(() => regex.isMatch(`${'a'.repeat(40)}!`)).toThrow(Stopped);
    expect(steps).toBeLessThan(250_000);
    // The runner is free again, and counts from the start.
    expect(regex.isMatch('aaa')).toBe(true);
    expect(steps).toBeLessThan(100);
  });
  it('do not use the stack of the host', () => {
    expect(new Regex('^(?:a|b)*c', 0).isMatch(`${'ab'.repeat(100_000)}c`)).toBe(true);
  });
});
