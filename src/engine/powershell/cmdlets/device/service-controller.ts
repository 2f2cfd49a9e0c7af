import { differences } from '../../dialects/index.ts';
import { plus } from '../../../../base/time.ts';
import type { Duration, Instant } from '../../../../base/time.ts';
import type { Host, HostError, Resume, ServiceInfo, ServiceStatus, Suspend } from '../../host.ts';
import { context as running } from '../../types/ambient.ts';
import { constructors, method, property, staticMethod } from '../../types/dotnet/define.ts';
import { enumValue } from '../../types/enum-text.ts';
import { dotNetError } from '../../types/errors.ts';
import { extendType } from '../../types/extended-members.ts';
import { DotNetObject, EnumValue, PSArray } from '../../types/objects.ts';
import { defineEnum, defineType } from '../../types/registry.ts';
import { TimeSpanValue } from '../../types/scalars.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, MemberBag } from '../../types/value.ts';
import { defineWaiting } from '../../types/waiting-methods.ts';

export const statusType = defineEnum(
  'System.ServiceProcess.ServiceControllerStatus',
  'Stopped=1,StartPending,StopPending,Running,ContinuePending,PausePending,Paused',
);
export const startModeType = defineEnum(
  'System.ServiceProcess.ServiceStartMode',
  'Boot=0,System,Automatic,Manual,Disabled',
);
/** What -StartupType of PowerShell 7 takes. */
export const startupTypeType = defineEnum(
  'Microsoft.PowerShell.Commands.ServiceStartupType',
  'InvalidValue=-1,Automatic=2,Manual,Disabled,AutomaticDelayedStart=10',
);
const serviceTypeType = defineEnum(
  'System.ServiceProcess.ServiceType',
  'KernelDriver=1,FileSystemDriver=2,Adapter=4,RecognizerDriver=8,Win32OwnProcess=16,Win32ShareProcess=32,InteractiveProcess=256',
  true,
);

export interface ControllerState {
  info: ServiceInfo;
  readonly host: Host;
}
export const stateOf = (value: Value): ControllerState => (value as DotNetObject<ControllerState>).state;

const refuse = (verb: string, state: ControllerState, error: HostError): Error =>
  dotNetError(
    'System.InvalidOperationException',
    error.code === 'access-denied'
      ? `Cannot open ${state.info.name} service on computer '.'.`
      : `Cannot ${verb} service ${state.info.name} on computer '.'.`,
  );

function related(names: (info: ServiceInfo) => readonly string[]): (self: Value) => Value {
  return (self) => {
    const { info, host } = stateOf(self);
    const controllers = names(info).flatMap((name) => {
      const found = host.services.get(name);
      return found.ok ? [serviceController(found.value, host) as Value] : [];
    });
    return new PSArray(controllers, controllerType);
  };
}

function refresh(self: Value): void {
  const state = stateOf(self);
  const now = state.host.services.get(state.info.name);
  if (now.ok) state.info = now.value;
}

const statusOf = (value: Value): ServiceStatus => toText(value) as ServiceStatus;

function act(verb: 'start' | 'stop'): (self: Value) => void {
  return (self) => {
    const state = stateOf(self);
    const done = state.host.services[verb](state.info.name);
    if (!done.ok) throw refuse(verb, state, done.error);
  };
}

export const controllerType = defineType('System.ServiceProcess.ServiceController', {
  baseType: defineType('System.ComponentModel.Component'),
  assembly: 'System.ServiceProcess',
  members: [
    property('CanPauseAndContinue', 'bool', () => false),
    property('CanShutdown', 'bool', (s) => stateOf(s).info.status === 'Running'),
    property('CanStop', 'bool', (s) => stateOf(s).info.canStop && stateOf(s).info.status === 'Running'),
    property(
      'DependentServices',
      'System.ServiceProcess.ServiceController[]',
      related((i) => i.dependents),
    ),
    property('DisplayName', 'string', (s) => stateOf(s).info.displayName),
    property('MachineName', 'string', () => '.'),
    property('ServiceName', 'string', (s) => stateOf(s).info.name),
    property(
      'ServicesDependedOn',
      'System.ServiceProcess.ServiceController[]',
      related((i) => i.dependsOn),
    ),
    property('ServiceType', 'System.ServiceProcess.ServiceType', (s) =>
      /svchost\.exe/i.test(stateOf(s).info.binaryPath)
        ? new EnumValue(serviceTypeType, 48)
        : enumValue(serviceTypeType, 'Win32OwnProcess'),
    ),
    property('StartType', 'System.ServiceProcess.ServiceStartMode', (s) => startType(stateOf(s).info)),
    property('Status', 'System.ServiceProcess.ServiceControllerStatus', (s) =>
      enumValue(statusType, stateOf(s).info.status),
    ),
    method(['string ToString()', (s) => stateOf(s).info.name]),
    method(['void Refresh()', refresh]),
    method(['void Start()', act('start')], ['void Start(string[] args)', act('start')]),
    method(['void Stop()', act('stop')]),
    method(['void Close()', () => undefined]),
    method(['void Dispose()', () => undefined]),
    method(
      ['void WaitForStatus(System.ServiceProcess.ServiceControllerStatus desiredStatus)', refresh],
      [
        'void WaitForStatus(System.ServiceProcess.ServiceControllerStatus desiredStatus, timespan timeout)',
        refresh,
      ],
    ),
    staticMethod([
      'static System.ServiceProcess.ServiceController[] GetServices()',
      (_self, _args, { host }) =>
        new PSArray(
          host.services.list().map((info) => serviceController(info, host)),
          controllerType,
        ),
    ]),
  ],
  constructors: constructors([
    'System.ServiceProcess.ServiceController(string name)',
    (_self, [name], { host }) => {
      const found = host.services.get(toText(name as Value));
      if (!found.ok)
        throw dotNetError(
          'System.InvalidOperationException',
          `Service ${toText(name as Value)} was not found on computer '.'.`,
        );
      return serviceController(found.value, host);
    },
  ]),
});

const startType = (info: ServiceInfo): Value =>
  enumValue(startModeType, info.startMode === 'AutomaticDelayed' ? 'Automatic' : info.startMode);

defineWaiting('System.ServiceProcess.ServiceController', 'WaitForStatus', function* (self, args) {
  const state = stateOf(self);
  const wanted = statusOf(args[0] as Value);
  const timeout = args[1];
  const deadline =
    timeout instanceof TimeSpanValue
      ? plus(state.host.clock.now(), Number(timeout.ticks / 10n) as Duration)
      : undefined;
  const reached = yield* waitFor(state.info.name, wanted, deadline);
  refresh(self);
  if (!reached)
    throw dotNetError(
      'System.ServiceProcess.TimeoutException',
      'Time out has expired and the operation has not been completed.',
    );
  return automationNull;
});

/** Waits until a service is in a state; false where the deadline came first. */
export function* waitFor(
  name: string,
  status: ServiceStatus,
  deadline: Instant | undefined,
): Generator<Suspend, boolean, Resume> {
  const answer = yield {
    kind: 'service',
    name,
    status,
    ...(deadline === undefined ? {} : { deadline }),
  };
  return answer.kind === 'service' && answer.reached;
}

extendType(
  'System.ServiceProcess.ServiceController',
  { kind: 'AliasProperty', name: 'Name', target: 'ServiceName' },
  { kind: 'AliasProperty', name: 'RequiredServices', target: 'ServicesDependedOn' },
  {
    kind: 'MemberSet',
    name: 'PSStandardMembers',
    members: standardMembers(['Status', 'Name', 'DisplayName']),
  },
);

function standardMembers(names: readonly string[]): MemberBag {
  const bag = new MemberBag();
  bag.set({ kind: 'PropertySet', name: 'DefaultDisplayPropertySet', properties: names });
  return bag;
}

/** A service as Get-Service writes it. PowerShell 7 knows more of it. */
export function serviceController(info: ServiceInfo, host: Host): DotNetObject<ControllerState> {
  const value = new DotNetObject<ControllerState>(controllerType, { info, host });
  if (!differences.commands.serviceProperties.desktopIn(running().dialect)) {
    const bag = new MemberBag();
    const note = (name: string, of: Value): void => bag.set({ kind: 'NoteProperty', name, value: of });
    note('UserName', info.account);
    note('Description', info.description);
    note('DelayedAutoStart', info.startMode === 'AutomaticDelayed');
    note('BinaryPathName', info.binaryPath);
    note(
      'StartupType',
      enumValue(
        startupTypeType,
        info.startMode === 'AutomaticDelayed' ? 'AutomaticDelayedStart' : info.startMode,
      ),
    );
    value.members = bag;
  }
  return value;
}
