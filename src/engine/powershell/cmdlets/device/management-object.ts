import type { CimInstance, CimValue, Host } from '../../host.ts';
import { instantOf } from '../../providers/local-time.ts';
import { constructors, method, property, staticMethod } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { Boxed, customObject, DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import { DateTimeValue } from '../../types/scalars.ts';
import { ticksOfDate, toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import { standardMembers } from './cim-instance.ts';
import { dmtfText, fromCim, toCim } from './cim-value.ts';
import { meets, parseQuery } from './wql.ts';

export interface ManagementState {
  readonly instance: CimInstance;
  readonly host: Host;
}
export const managementState = (value: Value): ManagementState =>
  (value as DotNetObject<ManagementState>).state;

/** Methods of WMI classes with the names of their parameters in order; `static` ones belong to the class. */
const methods: Readonly<
  Record<
    string,
    readonly { readonly name: string; readonly args: readonly string[]; readonly static?: boolean }[]
  >
> = {
  win32_service: [
    { name: 'StartService', args: [] },
    { name: 'StopService', args: [] },
    { name: 'ChangeStartMode', args: ['StartMode'] },
    { name: 'Delete', args: [] },
  ],
  win32_process: [
    { name: 'Terminate', args: ['Reason'] },
    { name: 'GetOwner', args: [] },
    { name: 'GetOwnerSid', args: [] },
    { name: 'Create', args: ['CommandLine', 'CurrentDirectory', 'ProcessStartupInformation'], static: true },
  ],
  win32_product: [{ name: 'Uninstall', args: [] }],
  win32_operatingsystem: [
    { name: 'Reboot', args: [] },
    { name: 'Shutdown', args: [] },
    { name: 'Win32Shutdown', args: ['Flags', 'Reserved'] },
  ],
  win32_computersystem: [{ name: 'Rename', args: ['Name', 'Password', 'UserName'] }],
};

const path = ({ instance, host }: ManagementState): string => {
  const keys = instance.keys
    .map((key) => {
      const value = instance.properties.find(([name]) => name === key)?.[1] ?? null;
      return `${key}=${typeof value === 'string' ? `"${value}"` : toText(fromCim(value, host))}`;
    })
    .join(',');
  return `\\\\${host.computer.name}\\${instance.namespace.replace(/\//g, '\\')}:${instance.className}${keys === '' ? '=@' : `.${keys}`}`;
};

const system: Readonly<Record<string, (state: ManagementState) => Value>> = {
  __genus: () => 2,
  __class: ({ instance }) => instance.className,
  __superclass: () => null,
  __dynasty: () => null,
  __relpath: (state) => path(state).replace(/^.*?:/, ''),
  __property_count: ({ instance }) => instance.properties.length,
  __server: ({ host }) => host.computer.name,
  __namespace: ({ instance }) => instance.namespace.replace(/\//g, '\\'),
  __path: path,
};

function dmtfDate(text: string): Value {
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.(\d{6})/.exec(text);
  if (!m)
    throw dotNetError(
      'System.ArgumentOutOfRangeException',
      'Specified argument was out of the range of valid values.',
    );
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, micro = 0] = m.slice(1).map(Number);
  return new DateTimeValue(
    ticksOfDate(year, month, day) + BigInt(((hour * 60 + minute) * 60 + second) * 1_000_000 + micro) * 10n,
    'Local',
  );
}

defineType('System.Management.ManagementDateTimeConverter', {
  members: [
    staticMethod([
      'static datetime ToDateTime(string dmtfDate)',
      (_self, [text]) => dmtfDate(toText(text as Value)),
    ]),
    staticMethod([
      'static string ToDmtfDateTime(datetime date)',
      (_self, [date], { host }) => dmtfText(instantOf(host, date as DateTimeValue), host),
    ]),
  ],
});

export const managementObjectType = defineType('System.Management.ManagementObject', {
  baseType: defineType('System.Management.ManagementBaseObject', {
    baseType: defineType('System.ComponentModel.Component'),
  }),
  assembly: 'System.Management',
  members: [
    property('Path', 'string', (s) => path(managementState(s))),
    property('ClassPath', 'string', (s) => managementState(s).instance.className),
    method(['string ToString()', (s) => path(managementState(s))]),
    method(['void Dispose()', () => undefined]),
    method(['void Get()', () => undefined]),
    method([
      'System.Object GetPropertyValue(string propertyName)',
      (s, [name]) => managementObjectType.adapter?.get(s, toText(name as Value)) ?? null,
    ]),
    method([
      'System.Object InvokeMethod(string methodName, System.Object[] args)',
      (s, [name, args]) =>
        invoke(managementState(s), toText(name as Value), args instanceof PSArray ? args.items : []),
    ]),
  ],
});
managementObjectType.adapter = {
  get(self, name) {
    const state = managementState(self);
    const lower = name.toLowerCase();
    const own = state.instance.properties.find(([known]) => known.toLowerCase() === lower);
    if (own) return fromCim(own[1], state.host, true);
    return system[lower]?.(state);
  },
  set: () => false,
  names: (self) => [
    ...Object.keys(system).map((name) => name.toUpperCase()),
    ...managementState(self).instance.properties.map(([name]) => name),
  ],
};

/** Arguments given by position, under the names the method has for them. */
export function namedArguments(
  { instance, host }: ManagementState,
  method: string,
  args: readonly Value[],
): ReadonlyMap<string, CimValue> {
  const known = methods[instance.className.toLowerCase()]?.find(
    (m) => m.name.toLowerCase() === method.toLowerCase(),
  );
  return new Map(args.map((value, i) => [known?.args[i] ?? `p${i}`, toCim(value, host)] as const));
}

function invoke(state: ManagementState, name: string, args: readonly Value[]): Value {
  const { instance, host } = state;
  const known = methods[instance.className.toLowerCase()]?.find(
    (m) => m.name.toLowerCase() === name.toLowerCase(),
  );
  const named = namedArguments(state, name, args);
  const done = host.cim.invoke(instance, known?.name ?? name, named);
  if (!done.ok)
    throw dotNetError(
      'System.Management.ManagementException',
      done.error.code === 'access-denied' ? 'Access denied ' : 'Invalid method ',
    );
  const properties: (readonly [string, Value])[] = [];
  for (const [key, value] of done.value) properties.push([key, fromCim(value, host, true)]);
  if (!done.value.has('ReturnValue')) properties.push(['ReturnValue', new Boxed('uint32', 0)]);
  const result = customObject(properties);
  result.typeNames = [
    'System.Management.ManagementBaseObject#\\__PARAMETERS',
    'System.Management.ManagementBaseObject',
    'System.Object',
  ];
  return result;
}

/** An instance as Get-WmiObject writes it: dates are text, methods hang on the object. */
export function managementObject(
  instance: CimInstance,
  host: Host,
  isClass = false,
): DotNetObject<ManagementState> {
  const value = new DotNetObject<ManagementState>(managementObjectType, { instance, host });
  const bag = standardMembers(instance.className) ?? new MemberBag();
  for (const known of methods[instance.className.toLowerCase()] ?? []) {
    if ((known.static ?? false) !== isClass) continue;
    bag.set({
      kind: 'CodeMethod',
      name: known.name,
      definition: `System.Management.ManagementBaseObject ${known.name}(${known.args.map((a) => `System.String ${a}`).join(', ')})`,
      call: (self, args) => invoke(managementState(self), known.name, args),
    });
  }
  for (const name of ['ConvertToDateTime', 'ConvertFromDateTime'])
    bag.set({
      kind: 'CodeMethod',
      name,
      definition: `System.Object ${name}();`,
      call: (_self, [text]) => dmtfDate(toText(text as Value)),
    });
  bag.set({ kind: 'NoteProperty', name: 'PSComputerName', value: host.computer.name });
  value.members = bag;
  const base = isClass ? 'System.Management.ManagementClass' : 'System.Management.ManagementObject';
  value.typeNames = [
    `${base}#${instance.namespace.replace(/\//g, '\\')}\\${instance.className}`,
    base,
    'System.Management.ManagementObject',
    'System.Management.ManagementBaseObject',
    'System.ComponentModel.Component',
    'System.MarshalByRefObject',
    'System.Object',
  ].filter((name, i, all) => all.indexOf(name) === i);
  return value;
}

/** `[wmi]"root\cimv2:Win32_Service.Name='x'"`. */
managementObjectType.constructors = constructors([
  'System.Management.ManagementObject(string path)',
  (_self, [given], { host }) => {
    const text = toText(given as Value);
    const match = /^(?:\\\\[^\\]+\\)?(?:(root[^:]*):)?(\w+)(?:\.(.*))?$/i.exec(text);
    const namespace = (match?.[1] ?? 'root/cimv2').replace(/\\/g, '/');
    const answer = match ? host.cim.instances(namespace, match[2] as string) : undefined;
    const condition = match?.[3]?.replace(/,(?=\w+=)/g, ' AND ');
    const query = parseQuery(`SELECT * FROM ${match?.[2] ?? ''}${condition ? ` WHERE ${condition}` : ''}`);
    const instance = answer?.ok
      ? answer.value.find((one) => !query?.where || meets(one, query.where) === true)
      : undefined;
    if (!instance) throw dotNetError('System.Management.ManagementException', 'Not found ');
    return managementObject(instance, host);
  },
]);

/** `[wmiclass]'Win32_Process'`. */
defineType('System.Management.ManagementClass', {
  baseType: managementObjectType,
  constructors: constructors([
    'System.Management.ManagementClass(string path)',
    (_self, [given], { host }) => {
      const match = /^(?:\\\\[^\\]+\\)?(?:(root[^:]*):)?(\w+)$/i.exec(toText(given as Value));
      const className = match?.[2] ?? '';
      const namespace = (match?.[1] ?? 'root/cimv2').replace(/\\/g, '/');
      if (!host.cim.instances(namespace, className).ok)
        throw dotNetError('System.Management.ManagementException', 'Not found ');
      return managementObject({ className, namespace, properties: [], keys: [] }, host, true);
    },
  ]),
});

const searcherText = (self: Value): string => (self as DotNetObject<string>).state;
const searcherType = defineType('System.Management.ManagementObjectSearcher', {
  members: [
    property('Query', 'string', searcherText),
    method([
      'System.Management.ManagementObjectCollection Get()',
      (self, _args, { host }) => {
        const query = parseQuery(searcherText(self));
        const answer = query ? host.cim.instances('root/cimv2', query.className) : undefined;
        if (!query || !answer?.ok)
          throw dotNetError(
            'System.Management.ManagementException',
            query ? 'Invalid class ' : 'Invalid query ',
          );
        return new PSArray(
          answer.value
            .filter((one) => !query.where || meets(one, query.where) === true)
            .map((one) => managementObject(one, host)),
          managementObjectType,
        );
      },
    ]),
  ],
  constructors: constructors([
    'System.Management.ManagementObjectSearcher(string queryString)',
    (_self, [text]) => new DotNetObject(searcherType, toText(text as Value)) as Value,
  ]),
});
