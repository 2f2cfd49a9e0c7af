import type { CimInstance, CimValue, HostError, TaskInfo } from '../../host.ts';
import { localTime } from '../../providers/local-time.ts';
import { DateTimeValue, unixEpochTicks } from '../../types/scalars.ts';
import { enumValue } from '../../types/enum-text.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { array, Boxed, customObject } from '../../types/objects.ts';
import { defineEnum } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { PSCustomObject } from '../../types/objects.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { cimInstance } from './cim-instance.ts';
import { newScheduledTaskTrigger, readTriggers, triggerObject } from './task-trigger.ts';

const module_ = 'ScheduledTasks';
const stateType = defineEnum(
  'Microsoft.PowerShell.Cmdletization.GeneratedTypes.ScheduledTask.StateEnum',
  'Unknown,Disabled,Queued,Ready,Running',
);
const named = (type: string, properties: Iterable<readonly [string, Value]>): PSCustomObject =>
  customObject(
    properties,
    `Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/${type}`,
  );

/** A task as Get-ScheduledTask writes it: a CIM instance with its actions and principal. */
function taskObject(task: TaskInfo, context: CmdletContext): Value {
  const properties: (readonly [string, CimValue])[] = [
    ['Author', null],
    ['Date', null],
    ['Description', task.description === '' ? null : task.description],
    ['SecurityDescriptor', null],
    ['Source', null],
    ['TaskName', task.name],
    ['TaskPath', task.path],
    ['URI', task.path + task.name],
    ['Version', null],
  ];
  const instance: CimInstance = {
    className: 'MSFT_ScheduledTask',
    namespace: 'Root/Microsoft/Windows/TaskScheduler',
    properties,
    keys: ['TaskName', 'TaskPath'],
  };
  const action = named('MSFT_TaskExecAction', [
    ['Id', null],
    ['Arguments', task.arguments === '' ? null : task.arguments],
    ['Execute', task.execute],
    ['WorkingDirectory', null],
  ]);
  const extra = new Map<string, Value>([
    ['State', enumValue(stateType, task.state)],
    ['Actions', array([action])],
    [
      'Principal',
      named('MSFT_TaskPrincipal2', [
        ['Id', 'Author'],
        ['UserId', task.principal],
        ['RunLevel', task.highest ? 'Highest' : 'Limited'],
      ]),
    ],
    [
      'Settings',
      named('MSFT_TaskSettings3', [
        ['Enabled', task.state !== 'Disabled'],
        ['Hidden', task.hidden],
      ]),
    ],
    ['Triggers', array(task.triggers.map(triggerObject))],
  ]);
  return cimInstance(instance, context.host, undefined, extra);
}

/** What Windows shows as the last run of a task that never ran: midnight of 30 November 1999, whatever the zone. */
const neverRan = new DateTimeValue(unixEpochTicks + 10_925n * 864_000_000_000n, 'Local');

function taskInfoObject(task: TaskInfo, context: CmdletContext): Value {
  const { host } = context;
  return named('MSFT_TaskDynamicInfo', [
    ['LastRunTime', task.lastRun === undefined ? neverRan : localTime(host, task.lastRun)],
    ['LastTaskResult', new Boxed('uint32', task.lastResult >>> 0)],
    ['NextRunTime', task.nextRun === undefined ? null : localTime(host, task.nextRun)],
    ['NumberOfMissedRuns', new Boxed('uint32', 0)],
    ['TaskName', task.name],
    ['TaskPath', task.path],
    ['PSComputerName', null],
  ]);
}

const selection: CmdletParameter[] = [
  { name: 'TaskName', type: 'string[]', sets: [{ set: 'ByPath', position: 0 }] },
  { name: 'TaskPath', type: 'string[]', sets: [{ set: 'ByPath', position: 1 }] },
  {
    name: 'InputObject',
    type: 'object[]',
    sets: [{ set: 'Object', mandatory: true, pipeline: true }],
  },
  { name: 'CimSession', type: 'object', aliases: ['Session'] },
  { name: 'AsJob', type: 'switch' },
];

function notFound(context: CmdletContext, name: string): void {
  context.error({
    id: 'CmdletizationQuery_NotFound_TaskName',
    category: 'ObjectNotFound',
    message: `No MSFT_ScheduledTask objects found with property 'TaskName' equal to '${name}'.  Verify the value of the property and retry.`,
    exception: 'Microsoft.PowerShell.Cmdletization.Cim.CimJobException',
    target: name,
  });
}

/** Tasks a call means; a plain name that is none is reported. */
function selected(context: CmdletContext): TaskInfo[] {
  const all = context.host.tasks.list();
  if (context.has('InputObject'))
    return context.list('InputObject').flatMap((value) => {
      const name = toText(context.property(value, 'TaskName') ?? '');
      const path = toText(context.property(value, 'TaskPath') ?? '');
      return all.filter((task) => task.name === name && task.path === path);
    });
  const paths = context.has('TaskPath') ? context.strings('TaskPath') : ['*'];
  const names = context.has('TaskName') ? context.strings('TaskName') : ['*'];
  const found: TaskInfo[] = [];
  for (const given of names) {
    // A name may carry its folder.
    const slash = given.lastIndexOf('\\');
    const name = given.slice(slash + 1);
    const ownPaths = slash >= 0 ? [given.slice(0, slash + 1) || '\\'] : paths;
    const own = all.filter(
      (task) => wildcard(name)(task.name) && ownPaths.some((path) => wildcard(path)(task.path)),
    );
    if (own.length === 0 && context.has('TaskName') && !/[*?[]/.test(given)) notFound(context, given);
    for (const task of own) if (!found.includes(task)) found.push(task);
  }
  return found;
}

function refused(context: CmdletContext, error: HostError, task: TaskInfo): void {
  const denied = error.code === 'access-denied';
  context.error({
    id: denied ? 'HRESULT 0x80070005' : 'HRESULT 0x80041326',
    category: denied ? 'PermissionDenied' : 'NotSpecified',
    message: denied ? 'Access is denied.' : error.message,
    exception: 'Microsoft.Management.Infrastructure.CimException',
    target: task.path + task.name,
  });
}

const cmdlet = (
  name: string,
  more: readonly CmdletParameter[],
  act: (context: CmdletContext, task: TaskInfo) => void,
  shouldProcess = false,
): Cmdlet => ({
  name,
  module: module_,
  typeName: name,
  commandType: 'Function',
  defaultSet: 'ByPath',
  ...(shouldProcess ? { shouldProcess: 'High' as const } : {}),
  parameters: [...selection, ...more],
  start: (context) => ({
    process() {
      for (const task of selected(context)) act(context, task);
      return undefined;
    },
  }),
});

/** The task again after a change, for those that give it back. */
function again(context: CmdletContext, task: TaskInfo): void {
  const now = context.host.tasks.list().find((one) => one.name === task.name && one.path === task.path);
  if (now) context.write(taskObject(now, context));
}

const setEnabled =
  (enabled: boolean) =>
  (context: CmdletContext, task: TaskInfo): void => {
    const done = context.host.tasks.setEnabled(task.path, task.name, enabled);
    if (done.ok) again(context, task);
    else refused(context, done.error, task);
  };

/** A part of a task that is only held until the task is registered. */
const part = (name: string, type: string, parameters: readonly CmdletParameter[]): Cmdlet => ({
  name,
  module: module_,
  typeName: name,
  commandType: 'Function',
  parameters,
  start: (context) => ({
    process() {
      context.write(
        named(
          type,
          parameters.map((one) => [one.name, context.has(one.name) ? context.get(one.name) : null] as const),
        ),
      );
      return undefined;
    },
  }),
});

const text = (context: CmdletContext, value: Value, name: string): string => {
  const found = isNull(value) ? undefined : context.property(value, name);
  return found === undefined || isNull(found) ? '' : toText(found);
};

/** Whether a property is set: a switch that was given, or true. */
const yes = (context: CmdletContext, value: Value, name: string): boolean =>
  /^true$/i.test(text(context, value, name));

/** Registers name, folder, first action, triggers and principal; of the settings those that decide when it starts. */
const registerScheduledTask: Cmdlet = {
  name: 'Register-ScheduledTask',
  module: module_,
  typeName: 'Register-ScheduledTask',
  commandType: 'Function',
  parameters: [
    { name: 'TaskName', type: 'string', position: 0 },
    { name: 'Action', type: 'object[]', position: 2 },
    { name: 'Trigger', type: 'object[]' },
    { name: 'TaskPath', type: 'string', position: 1 },
    { name: 'Settings', type: 'object' },
    { name: 'Principal', type: 'object' },
    { name: 'User', type: 'string' },
    { name: 'Password', type: 'string' },
    { name: 'RunLevel', type: 'string' },
    { name: 'Description', type: 'string' },
    { name: 'InputObject', type: 'object', pipeline: true },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { tasks, identity } = context.host;
      const input = context.get('InputObject');
      const from = (name: string): Value =>
        context.has(name) ? context.get(name) : (context.property(input ?? '', name) ?? null);
      // A task keeps one action: the first.
      const actions = from('Action') ?? from('Actions');
      const [action = null] = elementsOf(actions) ?? [actions];
      const principal = from('Principal');
      const settings = from('Settings');
      const given = context.string('TaskPath');
      const path = given === '' ? '\\' : `\\${given.replace(/^\\|\\$/g, '')}\\`.replace(/^\\\\$/, '\\');
      const name = context.string('TaskName').replace(/^\\/, '');
      const known = tasks.list().some((one) => one.name === name && one.path === path);
      if (known && !context.switch('Force')) {
        context.error({
          id: 'HRESULT 0x800700b7',
          category: 'ResourceExists',
          message: 'Cannot create a file when that file already exists.',
          exception: 'Microsoft.Management.Infrastructure.CimException',
        });
        return undefined;
      }
      const done = tasks.register?.({
        path,
        name,
        execute: text(context, action, 'Execute'),
        arguments: text(context, action, 'Argument') || text(context, action, 'Arguments'),
        principal:
          context.string('User') ||
          text(context, principal, 'UserId') ||
          text(context, principal, 'GroupId') ||
          identity.name,
        highest: /highest/i.test(context.string('RunLevel') || text(context, principal, 'RunLevel')),
        description: context.string('Description') || text(context, input, 'Description'),
        triggers: readTriggers(context, from('Trigger') ?? from('Triggers')),
        settings: {
          startWhenAvailable: yes(context, settings, 'StartWhenAvailable'),
          hidden: yes(context, settings, 'Hidden'),
          multipleInstances:
            (['Parallel', 'Queue', 'StopExisting'] as const).find(
              (one) => one.toLowerCase() === text(context, settings, 'MultipleInstances').toLowerCase(),
            ) ?? 'IgnoreNew',
        },
      });
      if (!done?.ok) {
        context.error({
          id: done ? 'HRESULT 0x80070005' : 'HRESULT 0x80070032',
          category: done ? 'PermissionDenied' : 'NotImplemented',
          message: done ? 'Access is denied.' : 'The request is not supported.',
          exception: 'Microsoft.Management.Infrastructure.CimException',
        });
        return undefined;
      }
      const made = tasks.list().find((one) => one.name === name && one.path === path);
      if (made) context.write(taskObject(made, context));
      return undefined;
    },
  }),
};

export const taskCmdlets: readonly Cmdlet[] = [
  {
    ...cmdlet('Get-ScheduledTask', [], (context, task) => context.write(taskObject(task, context))),
    outputTypes: ['Microsoft.Management.Infrastructure.CimInstance'],
  },
  cmdlet('Get-ScheduledTaskInfo', [], (context, task) => context.write(taskInfoObject(task, context))),
  cmdlet('Start-ScheduledTask', [], (context, task) => {
    const done = context.host.tasks.start(task.path, task.name);
    if (!done.ok) refused(context, done.error, task);
  }),
  cmdlet('Enable-ScheduledTask', [], setEnabled(true)),
  cmdlet('Disable-ScheduledTask', [], setEnabled(false)),
  cmdlet(
    'Unregister-ScheduledTask',
    [],
    (context, task) => {
      if (!context.shouldProcess(task.path + task.name, 'Delete')) return;
      const done = context.host.tasks.unregister(task.path, task.name);
      if (!done.ok) refused(context, done.error, task);
    },
    true,
  ),
  registerScheduledTask,
  part('New-ScheduledTaskAction', 'MSFT_TaskExecAction', [
    { name: 'Execute', type: 'string', position: 0, mandatory: true },
    { name: 'Argument', type: 'string', position: 1 },
    { name: 'WorkingDirectory', type: 'string', position: 2 },
    { name: 'Id', type: 'string' },
  ]),
  newScheduledTaskTrigger,
  part('New-ScheduledTaskPrincipal', 'MSFT_TaskPrincipal2', [
    { name: 'UserId', type: 'string', position: 0 },
    { name: 'LogonType', type: 'string' },
    { name: 'RunLevel', type: 'string' },
    { name: 'GroupId', type: 'string' },
    { name: 'Id', type: 'string' },
  ]),
  part('New-ScheduledTaskSettingsSet', 'MSFT_TaskSettings3', [
    { name: 'AllowStartIfOnBatteries', type: 'switch' },
    { name: 'DontStopIfGoingOnBatteries', type: 'switch' },
    { name: 'Hidden', type: 'switch' },
    { name: 'Compatibility', type: 'string' },
    { name: 'RunOnlyIfNetworkAvailable', type: 'switch' },
    { name: 'MultipleInstances', type: 'string' },
    { name: 'StartWhenAvailable', type: 'switch' },
    { name: 'ExecutionTimeLimit', type: 'timespan' },
    { name: 'RestartCount', type: 'int' },
    { name: 'RestartInterval', type: 'timespan' },
    { name: 'Priority', type: 'int' },
  ]),
  part('New-ScheduledTask', 'MSFT_ScheduledTask', [
    { name: 'Action', type: 'object[]' },
    { name: 'Trigger', type: 'object[]' },
    { name: 'Settings', type: 'object' },
    { name: 'Principal', type: 'object' },
    { name: 'Description', type: 'string' },
  ]),
];
