import { expect, it } from 'vitest';
import { newSession, run } from '../../support/powershell-cases.ts';

function printed(...scripts: string[]): string {
  let output = '';
  const session = newSession('core', (text) => (output += text));
  for (const script of scripts) run(session, script);
  return output;
}

it('lets the classes of a block name each other in any order', () => {
  expect(
    printed(`$b = [B]::new(); $b.A = [A]::new(); $b.A.Next = $b; $b.A.GetType().BaseType.Name; $b.A.Kind
class A : C { [B] $Next }
class B { [A] $A }
class C { [Kind] $Kind = 'Two' }
enum Kind { One; Two }`),
  ).toBe('C\nTwo\n');
});

it('keeps the classes of one session from another', () => {
  expect(printed('class Own { [int] $X = 1 }; [Own]::new().X')).toBe('1\n');
  expect(printed('try { [Own]::new() } catch { $_.FullyQualifiedErrorId }')).toBe('TypeNotFound\n');
});

it('takes the class of a script before a type of the same short name', () => {
  expect(printed('class SemVer { [string] ToString() { return "own" } }; "$([SemVer]::new())"')).toBe(
    'own\n',
  );
});

it('takes a class that was defined again', () => {
  expect(
    printed('class A { [int] $X = 1 }; function f { [A]::new().X }; f', 'class A { [int] $X = 2 }; f'),
  ).toBe('1\n2\n');
});

it('ends the name of a class with the function that defines it', () => {
  expect(printed('function f { class L { [int] $X = 3 }; [L]::new().X }; f; "$(\'L\' -as [type])|"')).toBe(
    '3\n|\n',
  );
});
