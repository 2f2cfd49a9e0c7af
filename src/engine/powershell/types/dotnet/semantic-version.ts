import { dotNetError } from '../errors.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { DotNetObject } from '../objects.ts';
import { defineType } from '../registry.ts';
import { VersionValue } from '../scalars.ts';
import { toText } from '../text.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { isNull, MemberBag } from '../value.ts';
import { assign, int, str } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, property, staticMethod } from './define.ts';

const type: DotNetType = defineType('System.Management.Automation.SemanticVersion', {
  interfaces: ['System.IComparable'],
  assembly: 'System.Management.Automation',
});
interface Parts {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly pre: string;
  readonly build: string;
}
export class SemanticVersion extends DotNetObject<Parts> {
  constructor(major: number, minor: number, patch: number, pre = '', build = '') {
    super(type, { major, minor, patch, pre, build });
  }
  hashKey(): string {
    const { major, minor, patch, pre } = this.state;
    return `semver:${major}.${minor}.${patch}-${pre}`;
  }
}
const of = (v: Value | undefined): Parts => (v as SemanticVersion).state;
const textOf = (v: Value): string => {
  const { major, minor, patch, pre, build } = of(v);
  return `${major}.${minor}.${patch}${pre === '' ? '' : `-${pre}`}${build === '' ? '' : `+${build}`}`;
};

const bad = (): Error => dotNetError('System.FormatException', 'version');
const refuse = (kind: 'PSArgumentException' | 'PSArgumentNullException', name: string): Error =>
  dotNetError(
    `System.Management.Automation.${kind}`,
    kind === 'PSArgumentNullException'
      ? `Cannot process argument because the value of argument "${name}" is null. Change the value of argument "${name}" to a non-null value.`
      : `Cannot process argument because the value of argument "${name}" is not valid. Change the value of the "${name}" argument and run the operation again.`,
  );

const label = /^(?:(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)$/;
const build = /^[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*$/;
const labels = /^([^+]*)(?:\+(.*))?$/;

/** Major, minor and patch of which the last two may be absent, then labels. */
function parse(text: string): SemanticVersion {
  const found = /^(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:-([^+]*))?(?:\+(.*))?$/s.exec(text);
  if (!found || text.indexOf('-') === text.length - 1) throw bad();
  const numbers = [found[1], found[2], found[3]].map((part) => {
    if (part === undefined) return 0;
    if (part.length > 1 && part.startsWith('0')) throw bad();
    const n = Number(part);
    if (n > 2147483647) throw bad();
    return n;
  }) as [number, number, number];
  const [, , , , pre, meta] = found;
  if ((pre !== undefined && !label.test(pre)) || (meta !== undefined && !build.test(meta))) throw bad();
  return new SemanticVersion(...numbers, pre ?? '', meta ?? '');
}

function make(args: readonly Value[]): SemanticVersion {
  const names = ['major', 'minor', 'patch'] as const;
  const numbers = names.map((name, i) => {
    if (args[i] === undefined) return 0;
    const n = int(args[i]);
    if (n < 0) throw refuse('PSArgumentException', name);
    return n;
  }) as [number, number, number];
  let pre = args[3] === undefined || isNull(args[3]) ? '' : str(args[3]);
  let meta = args[4] === undefined || isNull(args[4]) ? '' : str(args[4]);
  if (args.length === 4) {
    const [, first = '', second = ''] = labels.exec(pre) ?? [];
    pre = first;
    meta = second;
  }
  if (pre !== '' && !label.test(pre)) throw dotNetError('System.FormatException', 'preReleaseLabel');
  if (meta !== '' && !build.test(meta)) throw dotNetError('System.FormatException', 'buildLabel');
  return new SemanticVersion(...numbers, pre, meta);
}
const noteText = (v: VersionValue, name: string): string => {
  const member = v.members?.get(name);
  return member?.kind === 'NoteProperty' ? toText(member.value) : '';
};
function fromVersion(v: Value | undefined): SemanticVersion {
  if (!(v instanceof VersionValue)) throw refuse('PSArgumentNullException', 'version');
  if (v.revision > 0) throw refuse('PSArgumentException', 'version');
  return new SemanticVersion(
    v.major,
    v.minor,
    Math.max(v.build, 0),
    noteText(v, 'PSSemVerPreReleaseLabel'),
    noteText(v, 'PSSemVerBuildLabel'),
  );
}

/** Labels do not fit in a Version: they stay with it as added properties. */
function toVersion(v: Value): VersionValue {
  const { major, minor, patch, pre, build: meta } = of(v);
  const made = new VersionValue(major, minor, patch, -1);
  if (pre === '' && meta === '') return made;
  made.members = new MemberBag();
  if (pre !== '') made.members.set({ kind: 'NoteProperty', name: 'PSSemVerPreReleaseLabel', value: pre });
  if (meta !== '') made.members.set({ kind: 'NoteProperty', name: 'PSSemVerBuildLabel', value: meta });
  const text = textOf(v);
  made.members.set({
    kind: 'CodeMethod',
    name: 'ToString',
    definition: 'string ToString()',
    call: () => text,
  });
  made.typeNames = ['System.Version#IncludeLabel', 'System.Version', 'System.Object'];
  return made;
}

function compareLabels(left: string, right: string): number {
  const [p, q] = [left.split('.'), right.split('.')];
  for (let i = 0; i < Math.max(p.length, q.length); i++) {
    const [m, n] = [p[i], q[i]];
    if (m === undefined || n === undefined) return m === undefined ? -1 : 1;
    const [isM, isN] = [/^\d+$/.test(m), /^\d+$/.test(n)];
    if (isM && isN) {
      if (Number(m) !== Number(n)) return Number(m) < Number(n) ? -1 : 1;
    } else if (isM !== isN) return isM ? -1 : 1;
    else if (m !== n) return m < n ? -1 : 1;
  }
  return 0;
}
/** Build labels do not count. */
function compare(a: Value, b: Value): number {
  const [x, y] = [of(a), of(b)];
  const numbers = x.major - y.major || x.minor - y.minor || x.patch - y.patch;
  if (numbers !== 0) return Math.sign(numbers);
  if (x.pre === y.pre) return 0;
  if (x.pre === '' || y.pre === '') return x.pre === '' ? 1 : -1;
  return compareLabels(x.pre, y.pre);
}
function given(v: Value | undefined): string {
  if (v === undefined || isNull(v) || (v instanceof DotNetObject && v.type.name === 'NullString'))
    throw refuse('PSArgumentNullException', 'version');
  return str(v);
}
const parsed = (v: Value | undefined): SemanticVersion => {
  const text = given(v);
  if (text === '') throw bad();
  return parse(text);
};

defineType(type.fullName, {
  constructors: constructors(
    [
      'semver new(string version)',
      (_v, a) => {
        const text = given(a[0]);
        if (text === '') throw bad();
        return parse(text);
      },
    ],
    ['semver new(version version)', (_v, a) => fromVersion(a[0])],
    ['semver new(int major)', (_v, a) => make(a)],
    ['semver new(int major, int minor)', (_v, a) => make(a)],
    ['semver new(int major, int minor, int patch)', (_v, a) => make(a)],
    ['semver new(int major, int minor, int patch, string label)', (_v, a) => make(a)],
    [
      'semver new(int major, int minor, int patch, string preReleaseLabel, string buildLabel)',
      (_v, a) => make(a),
    ],
  ),
  members: [
    property('Major', 'int', (v) => of(v).major),
    property('Minor', 'int', (v) => of(v).minor),
    property('Patch', 'int', (v) => of(v).patch),
    property('PreReleaseLabel', 'string', (v) => of(v).pre || null),
    property('BuildLabel', 'string', (v) => of(v).build || null),
    method([
      'int CompareTo(System.Object version)',
      (v, a) => {
        const [other] = a;
        if (other === undefined || isNull(other)) return 1;
        if (!(other instanceof SemanticVersion)) throw refuse('PSArgumentException', 'version');
        return compare(v, other);
      },
    ]),
    method([
      'bool Equals(System.Object obj)',
      (v, a) => a[0] instanceof SemanticVersion && compare(v, a[0]) === 0,
    ]),
    method(['string ToString()', textOf]),
    staticMethod([
      'int Compare(semver versionA, semver versionB)',
      (_v, a) =>
        isNull(a[0] ?? null)
          ? isNull(a[1] ?? null)
            ? 0
            : -1
          : isNull(a[1] ?? null)
            ? 1
            : compare(a[0] as Value, a[1] as Value),
    ]),
    staticMethod(['semver Parse(string version)', (_v, a) => parsed(a[0])]),
    staticMethod([
      'bool TryParse(string version, [ref] semver result)',
      (_v, a) => {
        try {
          assign(a[1], parsed(a[0]));
          return true;
        } catch {
          assign(a[1], null);
          return false;
        }
      },
    ]),
  ],
});
typeConverters.set(type.fullName, (value, target) => {
  if (value instanceof VersionValue) return fromVersion(value);
  if (typeof value === 'number') return new SemanticVersion(value, 0, 0);
  if (typeof value !== 'string') return undefined;
  try {
    return parse(value);
  } catch (error) {
    throw castError('InvalidCastParseTargetInvocation', value, target, error);
  }
});
const versionConverter = typeConverters.get('System.Version');
typeConverters.set('System.Version', (value, target) =>
  value instanceof SemanticVersion ? toVersion(value) : versionConverter?.(value, target),
);
