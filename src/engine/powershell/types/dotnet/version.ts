import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { isNumeric } from '../numeric.ts';
import { defineType } from '../registry.ts';
import { VersionValue } from '../scalars.ts';
import { toText } from '../text.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { assign, int, outOfRange, required, str } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, property, staticMethod } from './define.ts';

/** Version.Parse: two to four numbers. */
export function parseVersion(text: string): VersionValue {
  const parts = text.split('.');
  if (parts.length < 2 || parts.length > 4)
    throw dotNetError(
      'System.ArgumentException',
      isDesktop(differences.errors.invalidVersion)
        ? 'Version string portion was too short or too long.'
        : "Version string portion was too short or too long. (Parameter 'input')",
    );
  const numbers = parts.map((part, i) => {
    const found = /^\s*([+-]?)(\d+)\s*$/.exec(part);
    if (!found)
      throw dotNetError(
        'System.FormatException',
        isDesktop(differences.errors.invalidVersion)
          ? 'Input string was not in a correct format.'
          : `The input string '${part}' was not in a correct format.`,
      );
    const n = Number(found[2]);
    if (n > 2147483647)
      throw dotNetError('System.OverflowException', 'Value was either too large or too small for an Int32.');
    if (found[1] === '-' && n > 0)
      throw outOfRange(
        "Version's parameters must be greater than or equal to zero.",
        isDesktop(differences.errors.invalidVersion)
          ? 'version'
          : (['major', 'minor', 'build', 'revision'][i] as string),
      );
    return n;
  });
  return new VersionValue(numbers[0] as number, numbers[1] as number, numbers[2] ?? -1, numbers[3] ?? -1);
}
const w = (v: Value | undefined): VersionValue => v as VersionValue;
const compare = (a: VersionValue, b: VersionValue): number =>
  Math.sign(a.major - b.major) ||
  Math.sign(a.minor - b.minor) ||
  Math.sign(a.build - b.build) ||
  Math.sign(a.revision - b.revision);
function make(a: readonly Value[]): VersionValue {
  a.forEach((x, i) => {
    const name = ['major', 'minor', 'build', 'revision'][i] as string;
    if (int(x) >= 0) return;
    if (isDesktop(differences.errors.invalidVersion))
      throw outOfRange("Version's parameters must be greater than or equal to zero.", name);
    throw dotNetError(
      'System.ArgumentOutOfRangeException',
      `${name} ('${int(x)}') must be a non-negative value. (Parameter '${name}')\nActual value was ${int(x)}.`,
      { ParamName: name },
    );
  });
  const at = (i: number, otherwise: number): number => (i < a.length ? int(a[i]) : otherwise);
  return new VersionValue(at(0, 0), at(1, 0), at(2, -1), at(3, -1));
}

defineType('System.Version', {
  constructors: constructors(
    ['version new()', () => new VersionValue(0, 0)],
    ['version new(string version)', (_v, a) => parseVersion(required(a[0], 'version'))],
    ['version new(int major, int minor)', (_v, a) => make(a)],
    ['version new(int major, int minor, int build)', (_v, a) => make(a)],
    ['version new(int major, int minor, int build, int revision)', (_v, a) => make(a)],
  ),
  members: [
    property('Major', 'int', (v) => w(v).major),
    property('Minor', 'int', (v) => w(v).minor),
    property('Build', 'int', (v) => w(v).build),
    property('Revision', 'int', (v) => w(v).revision),
    property('MajorRevision', 'short', (v) => (w(v).revision < 0 ? -1 : w(v).revision >> 16)),
    property('MinorRevision', 'short', (v) => (w(v).revision < 0 ? -1 : w(v).revision & 0xffff)),
    method(
      ['int CompareTo(System.Object version)', (v, a) => (a[0] === null ? 1 : compare(w(v), w(a[0])))],
      ['int CompareTo(version value)', (v, a) => (a[0] === null ? 1 : compare(w(v), w(a[0])))],
    ),
    method([
      'bool Equals(System.Object obj)',
      (v, a) => a[0] instanceof VersionValue && compare(w(v), a[0]) === 0,
    ]),
    method(['System.Object Clone()', (v) => v]),
    method(
      ['string ToString()', (v) => w(v).toString()],
      [
        'string ToString(int fieldCount)',
        (v, a) => {
          const count = int(a[0]);
          const parts = w(v).toString().split('.');
          if (count < 0 || count > parts.length)
            throw dotNetError(
              'System.ArgumentException',
              `Argument must be between 0 and ${parts.length}. (Parameter 'fieldCount')`,
            );
          return parts.slice(0, count).join('.');
        },
      ],
    ),
    staticMethod(['version Parse(string input)', (_v, a) => parseVersion(required(a[0], 'input'))]),
    staticMethod([
      'bool TryParse(string input, [ref] version result)',
      (_v, a) => {
        try {
          assign(a[1], parseVersion(str(a[0])));
          return true;
        } catch {
          assign(a[1], null);
          return false;
        }
      },
    ]),
  ],
});
typeConverters.set('System.Version', (value, type) => {
  const text = typeof value === 'string' ? value : isNumeric(value) ? toText(value) : undefined;
  if (text === undefined) return undefined;
  try {
    return parseVersion(text);
  } catch (error) {
    throw castError('InvalidCastParseTargetInvocation', value, type, error);
  }
});
