import { processId } from '../../../base/ids.ts';
import { ok } from '../../../base/result.ts';
import { seconds } from '../../../base/time.ts';
import type {
  CimInstance,
  CimValue,
  HostError,
  HostResult,
  ProcessPort,
  RegistryPort,
  ServicePort,
  ServiceStartMode,
} from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { registryMethods } from './cim-registry.ts';

/** The ports that methods of CIM classes work through. */
export interface MethodPorts {
  readonly processes: ProcessPort;
  readonly services: ServicePort;
  readonly registry: RegistryPort;
}

export interface MethodCall {
  readonly instance: CimInstance;
  /** By lower-case name. */
  readonly args: ReadonlyMap<string, CimValue>;
  readonly ports: MethodPorts;
  readonly options: HostOptions;
}

export type MethodResult = HostResult<ReadonlyMap<string, CimValue>>;
export type CimMethod = (call: MethodCall) => MethodResult;

const uint32 = (value: number): CimValue => ({ type: 'uint32', value });

/** Output of a method: its return value first. */
export const returned = (value: number, out: Readonly<Record<string, CimValue>> = {}): MethodResult =>
  ok(new Map<string, CimValue>([...Object.entries(out), ['ReturnValue', uint32(value)]]));

export function textArgument({ args }: MethodCall, name: string): string {
  const value = args.get(name.toLowerCase());
  return typeof value === 'string' ? value : '';
}

function property({ instance }: MethodCall, name: string): CimValue {
  return instance.properties.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? null;
}

/** Return values of Win32_Service by what the service control manager refused. */
const serviceCodes: Partial<Readonly<Record<HostError['code'], number>>> = {
  'access-denied': 2,
  'cannot-stop': 3,
  'not-running': 5,
  'already-running': 10,
  disabled: 14,
};

function serviceMethod(wanted: 'start' | 'stop'): CimMethod {
  return (call) => {
    const name = property(call, 'Name');
    const done = call.ports.services[wanted](typeof name === 'string' ? name : '');
    return returned(done.ok ? 0 : (serviceCodes[done.error.code] ?? 8));
  };
}

const startModes: Readonly<Record<string, ServiceStartMode>> = {
  automatic: 'Automatic',
  auto: 'Automatic',
  manual: 'Manual',
  disabled: 'Disabled',
};

const changeStartMode: CimMethod = (call) => {
  const name = property(call, 'Name');
  const startMode = startModes[textArgument(call, 'StartMode').toLowerCase()];
  if (startMode === undefined) return returned(21);
  const done = call.ports.services.configure(typeof name === 'string' ? name : '', { startMode });
  return returned(done.ok ? 0 : (serviceCodes[done.error.code] ?? 8));
};

const createProcess: CimMethod = (call) => {
  const [, quoted, plain, rest = ''] =
    /^\s*(?:"([^"]*)"|(\S+))\s*([^]*)$/.exec(textArgument(call, 'CommandLine')) ?? [];
  const file = quoted ?? plain;
  if (file === undefined) return returned(21);
  const workingDirectory = textArgument(call, 'CurrentDirectory') || 'C:\\Windows\\System32';
  const capture = { stdout: false, stderr: false };
  const started = call.ports.processes.start({
    file,
    arguments: rest,
    workingDirectory,
    capture,
    newConsole: true,
  });
  return started.ok
    ? returned(0, { ProcessId: uint32(started.value.id) })
    : returned(started.error.code === 'access-denied' ? 2 : 9, { ProcessId: null });
};

function idOf(call: MethodCall): number {
  const id = property(call, 'ProcessId');
  return typeof id === 'object' && id !== null && id.type === 'uint32' ? id.value : -1;
}

const terminate: CimMethod = (call) => {
  const done = call.ports.processes.kill(processId(idOf(call)));
  return returned(done.ok ? 0 : done.error.code === 'access-denied' ? 2 : 9);
};

const getOwner: CimMethod = (call) => {
  const process = call.ports.processes.get(processId(idOf(call)));
  if (!process.ok) return returned(9, { Domain: null, User: null });
  const { user } = process.value;
  const slash = user.indexOf('\\');
  return returned(0, { Domain: user.slice(0, Math.max(slash, 0)), User: user.slice(slash + 1) });
};

/** Starts a program of Windows that does the work. */
function program(file: string, args: (call: MethodCall) => string): CimMethod {
  return (call) => {
    const { elevated } = call.options.identity;
    if (!elevated) return returned(5);
    const started = call.ports.processes.start({
      file,
      arguments: args(call),
      workingDirectory: 'C:\\Windows\\System32',
      capture: { stdout: false, stderr: false },
      hidden: true,
      newConsole: true,
    });
    return returned(started.ok ? 0 : 1603);
  };
}

/** Flags: 2 restarts; a device that is off or signed out by a program is not simulated. */
const shutdownTracker: CimMethod = (call) => {
  const { identity, restart } = call.options;
  // Who is signed in may restart; a service needs the privilege too, and has it.
  if (!identity.interactive && !identity.elevated && !identity.isSystem) return returned(1314);
  const flags = call.args.get('flags');
  const asked = typeof flags === 'object' && flags !== null && flags.type === 'sint32' ? flags.value : 0;
  if ((asked & 2) === 0 || !restart)
    return { ok: false, error: { code: 'not-supported', message: 'The request is not supported.' } };
  const timeout = call.args.get('timeout');
  const delay =
    typeof timeout === 'object' && timeout !== null && timeout.type === 'uint32' ? timeout.value : 0;
  restart(seconds(delay));
  return returned(0);
};

const methods: Readonly<Record<string, CimMethod>> = {
  'win32_operatingsystem.win32shutdowntracker': shutdownTracker,
  'win32_operatingsystem.reboot': program('C:\\Windows\\System32\\shutdown.exe', () => '/r /t 0'),
  'win32_operatingsystem.shutdown': program('C:\\Windows\\System32\\shutdown.exe', () => '/s /t 0'),
  'win32_process.create': createProcess,
  'win32_process.getowner': getOwner,
  'win32_process.terminate': terminate,
  'win32_product.uninstall': program('C:\\Windows\\System32\\msiexec.exe', (call) => {
    const code = property(call, 'IdentifyingNumber');
    return `/x ${typeof code === 'string' ? code : ''} /qn`;
  }),
  'win32_service.changestartmode': changeStartMode,
  'win32_service.startservice': serviceMethod('start'),
  'win32_service.stopservice': serviceMethod('stop'),
  ...registryMethods,
};

export const cimMethods = (className: string, method: string): CimMethod | undefined =>
  methods[`${className}.${method}`.toLowerCase()];
