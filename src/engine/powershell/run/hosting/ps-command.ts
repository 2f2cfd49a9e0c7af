import { DictionaryValue, ListValue } from '../../types/collections.ts';
import type { DotNetMember, DotNetType } from '../../types/dotnet-type.ts';
import { flag, str } from '../../types/dotnet/arguments.ts';
import { constructors, method, property } from '../../types/dotnet/define.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { dotNetError } from '../../types/errors.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType, listType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import type { Argument } from '../binder.ts';

const assembly = 'System.Management.Automation';

/** One command of a PSCommand: a name or a script, with its arguments. */
export interface CommandItem {
  readonly text: string;
  readonly isScript: boolean;
  /** Whether it runs in a scope of its own; undefined where nobody said. */
  readonly local: boolean | undefined;
  readonly args: Argument[];
  /** The last of its statement. */
  ends: boolean;
  /** Errors of the command go to its output. */
  merges: boolean;
}
export interface CommandState {
  items: CommandItem[];
}
export const commandType = defineType('System.Management.Automation.PSCommand', { assembly });
const itemType = defineType('System.Management.Automation.Runspaces.Command', { assembly });
export const psCommand = (): DotNetObject<CommandState> =>
  new DotNetObject<CommandState>(commandType, { items: [] });
const item = (v: Value): CommandItem => (v as DotNetObject<CommandItem>).state;
const command = (text: string, isScript: boolean, local: boolean | undefined): CommandItem => ({
  text,
  isScript,
  local,
  args: [],
  ends: false,
  merges: false,
});

const parameterType = defineType('System.Management.Automation.Runspaces.CommandParameter', {
  assembly,
  members: [
    property('Name', 'string', (v) => {
      const { state } = v as DotNetObject<Argument>;
      return state.kind === 'parameter' ? state.name : null;
    }),
    property('Value', 'System.Object', (v) => (v as DotNetObject<Argument>).state.value ?? null),
  ],
});
const makeItem = (a: readonly Value[]): Value =>
  new DotNetObject<CommandItem>(
    itemType,
    command(str(a[0]), flag(a[1]), a[2] === undefined ? undefined : flag(a[2])),
  );
defineType(itemType.fullName, {
  constructors: constructors(
    ['Command new(string command)', (_v, a) => makeItem(a)],
    ['Command new(string command, bool isScript)', (_v, a) => makeItem(a)],
    ['Command new(string command, bool isScript, bool useLocalScope)', (_v, a) => makeItem(a)],
  ),
  members: [
    property('CommandText', 'string', (v) => item(v).text),
    property('IsScript', 'bool', (v) => item(v).isScript),
    property('UseLocalScope', 'bool', (v) => item(v).local ?? false),
    property('IsEndOfStatement', 'bool', (v) => item(v).ends),
    property(
      'Parameters',
      'System.Object',
      (v) =>
        new ListValue(
          listType,
          item(v).args.map((arg) => new DotNetObject<Argument>(parameterType, arg)),
        ),
    ),
    method([
      'void MergeMyResults(System.Object myResult, System.Object toResult)',
      (v) => void (item(v).merges = true),
    ]),
    method(['string ToString()', (v) => item(v).text]),
  ],
});

const refuse = (message: string): Error =>
  dotNetError('System.Management.Automation.PSInvalidOperationException', message);

/** The members PowerShell and PSCommand share: each adds and returns the object itself. */
export function builders(type: DotNetType, itemsOf: (self: Value) => CommandItem[]): DotNetMember[] {
  const own = type.fullName;
  const add = (v: Value, one: CommandItem): Value => {
    itemsOf(v).push(one);
    return v;
  };
  const last = (v: Value): CommandItem => {
    const found = itemsOf(v).at(-1);
    if (!found || found.ends)
      throw refuse(
        'A command is required to add a parameter. A command must be added to the PowerShell instance before adding a parameter.',
      );
    return found;
  };
  const named = (v: Value, name: Value, value: Value | undefined): void => {
    if (isNull(name))
      throw dotNetError(
        'System.Management.Automation.PSArgumentNullException',
        argumentNull('parameterName'),
      );
    const text = str(name).replace(/^-|:$/g, '');
    last(v).args.push({ kind: 'parameter', name: text, value, text: `-${text}` });
  };
  const added = (kind: string, text: Value | undefined, isScript: boolean, local: boolean | undefined) => {
    if (text === null || text === undefined)
      throw dotNetError('System.Management.Automation.PSArgumentNullException', argumentNull(kind));
    return command(str(text), isScript, local);
  };
  return [
    method(
      [`${own} AddScript(string script)`, (v, a) => add(v, added('script', a[0], true, undefined))],
      [
        `${own} AddScript(string script, bool useLocalScope)`,
        (v, a) => add(v, added('script', a[0], true, flag(a[1]))),
      ],
    ),
    method(
      [
        `${own} AddCommand(System.Object command)`,
        (v, a) => {
          const [one] = a;
          if (one instanceof DotNetObject && one.type === itemType) return add(v, item(one));
          return add(v, added('cmdlet', one, false, undefined));
        },
      ],
      [
        `${own} AddCommand(string cmdlet, bool useLocalScope)`,
        (v, a) => add(v, added('cmdlet', a[0], false, flag(a[1]))),
      ],
    ),
    method(
      [
        `${own} AddParameter(string parameterName)`,
        (v, a) => {
          named(v, a[0] ?? null, undefined);
          return v;
        },
      ],
      [
        `${own} AddParameter(string parameterName, System.Object value)`,
        (v, a) => {
          named(v, a[0] ?? null, a[1] ?? null);
          return v;
        },
      ],
    ),
    method([
      `${own} AddParameters(System.Object parameters)`,
      (v, a) => {
        const [given] = a;
        if (isNull(given ?? null))
          throw dotNetError(
            'System.Management.Automation.PSArgumentNullException',
            argumentNull('parameters'),
          );
        if (given instanceof DictionaryValue)
          for (const { key, value } of given.entries.values()) named(v, key, value);
        else
          for (const value of elementsOf(given as Value) ?? [given as Value])
            last(v).args.push({ kind: 'value', value });
        return v;
      },
    ]),
    method([
      `${own} AddArgument(System.Object value)`,
      (v, a) => {
        last(v).args.push({ kind: 'value', value: a[0] ?? null });
        return v;
      },
    ]),
    method([
      `${own} AddStatement()`,
      (v) => {
        const found = itemsOf(v).at(-1);
        if (found) found.ends = true;
        return v;
      },
    ]),
  ];
}
const argumentNull = (name: string): string =>
  `Cannot process argument because the value of argument "${name}" is null. Change the value of argument "${name}" to a non-null value.`;

defineType(commandType.fullName, {
  constructors: constructors(['PSCommand new()', () => psCommand()]),
  members: [
    ...builders(commandType, (v) => (v as DotNetObject<CommandState>).state.items),
    property(
      'Commands',
      'System.Object',
      (v) =>
        new ListValue(
          listType,
          (v as DotNetObject<CommandState>).state.items.map(
            (one) => new DotNetObject<CommandItem>(itemType, one),
          ),
        ),
    ),
    method([
      'void Clear()',
      (v) => {
        (v as DotNetObject<CommandState>).state.items = [];
      },
    ]),
    method([
      `${commandType.fullName} Clone()`,
      (v) =>
        new DotNetObject<CommandState>(commandType, {
          items: [...(v as DotNetObject<CommandState>).state.items],
        }),
    ]),
  ],
});
/** The texts of a PSCommand, as history shows them. */
export const commandText = (items: readonly CommandItem[]): string =>
  items.map((one) => toText(one.text)).join(' | ');
