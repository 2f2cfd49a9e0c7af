import type { HostError, ServiceInfo, ServiceStartMode, ServiceStatus } from '../../powershell/host.ts';
import { setFailure, showFailure } from './sc-failure.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

/** Win32 codes of what a service refuses, with Windows' texts. */
export const serviceErrors: Readonly<Partial<Record<HostError['code'], readonly [number, string]>>> = {
  'not-found': [1060, 'The specified service does not exist as an installed service.'],
  'access-denied': [5, 'Access is denied.'],
  'already-running': [1056, 'An instance of the service is already running.'],
  'not-running': [1062, 'The service has not been started.'],
  'cannot-stop': [1052, 'The requested control is not valid for this service.'],
  disabled: [
    1058,
    'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
  ],
  timeout: [1053, 'The service did not respond to the start or control request in a timely fashion.'],
};
export const serviceError = (error: HostError): readonly [number, string] =>
  serviceErrors[error.code] ?? [1, error.message];

const states: Readonly<Record<ServiceStatus, readonly [number, string]>> = {
  Stopped: [1, 'STOPPED'],
  StartPending: [2, 'START_PENDING'],
  StopPending: [3, 'STOP_PENDING'],
  Running: [4, 'RUNNING'],
  ContinuePending: [5, 'CONTINUE_PENDING'],
  PausePending: [6, 'PAUSE_PENDING'],
  Paused: [7, 'PAUSED'],
};

function fail(call: Call, text: string, error: HostError): number {
  const [code, message] = serviceError(error);
  call.line(`[SC] ${text} FAILED ${code}:`, '', message, '');
  return code;
}

function status(call: Call, service: ServiceInfo, withName: boolean, extended: boolean): void {
  const [code, name] = states[service.status];
  const running = service.status === 'Running';
  const accepts = running
    ? `(${service.canStop ? 'STOPPABLE' : 'NOT_STOPPABLE'}, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)`
    : '(NOT_STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)';
  const shared = /svchost\.exe/i.test(service.binaryPath);
  call.line(
    '',
    `SERVICE_NAME: ${service.name} `,
    ...(withName ? [`DISPLAY_NAME: ${service.displayName}`] : []),
    `        TYPE               : ${shared ? '30  WIN32  ' : '10  WIN32_OWN_PROCESS  '}`,
    `        STATE              : ${code}  ${name} `,
    ...(service.status === 'Stopped' ? [] : [`                                ${accepts}`]),
    '        WIN32_EXIT_CODE    : 0  (0x0)',
    '        SERVICE_EXIT_CODE  : 0  (0x0)',
    '        CHECKPOINT         : 0x0',
    `        WAIT_HINT          : ${/Pending/.test(service.status) ? '0x7d0' : '0x0'}`,
    ...(extended
      ? [`        PID                : ${service.processId ?? 0}`, '        FLAGS              : ']
      : []),
  );
}

function query(call: Call, args: readonly string[], extended: boolean): number {
  const { services } = call.host;
  const name = args.find((arg, i) => !/=$/.test(arg) && !/=$/.test(args[i - 1] ?? ''));
  if (name !== undefined) {
    const found = services.get(name);
    if (!found.ok) return fail(call, 'EnumQueryServicesStatus:OpenService', found.error);
    status(call, found.value, false, extended);
    return 0;
  }
  const wanted = args[args.findIndex((arg) => /^state=$/i.test(arg)) + 1]?.toLowerCase();
  const all = args.some((arg) => /^state=$/i.test(arg)) && wanted === 'all';
  const inactive = args.some((arg) => /^state=$/i.test(arg)) && wanted === 'inactive';
  for (const service of services.list())
    if (all || (service.status === 'Stopped') === inactive) status(call, service, true, extended);
  return 0;
}

const startTypes: Readonly<Record<ServiceStartMode, string>> = {
  Automatic: '2   AUTO_START',
  AutomaticDelayed: '2   AUTO_START  (DELAYED)',
  Manual: '3   DEMAND_START',
  Disabled: '4   DISABLED',
};

function queryConfig(call: Call, name: string): number {
  const found = call.host.services.get(name);
  if (!found.ok) return fail(call, 'OpenService', found.error);
  const service = found.value;
  call.line(
    '[SC] QueryServiceConfig SUCCESS',
    '',
    `SERVICE_NAME: ${service.name}`,
    `        TYPE               : ${/svchost\.exe/i.test(service.binaryPath) ? '20  WIN32_SHARE_PROCESS ' : '10  WIN32_OWN_PROCESS '}`,
    `        START_TYPE         : ${startTypes[service.startMode]}`,
    '        ERROR_CONTROL      : 1   NORMAL',
    `        BINARY_PATH_NAME   : ${service.binaryPath}`,
    '        LOAD_ORDER_GROUP   : ',
    '        TAG                : 0',
    `        DISPLAY_NAME       : ${service.displayName}`,
    `        DEPENDENCIES       : ${service.dependsOn.join(`${call.host.newline}                           : `)}`,
    `        SERVICE_START_NAME : ${service.account}`,
  );
  return 0;
}

const modes: Readonly<Record<string, ServiceStartMode>> = {
  auto: 'Automatic',
  'delayed-auto': 'AutomaticDelayed',
  demand: 'Manual',
  disabled: 'Disabled',
};

function configure(call: Call, name: string, args: readonly string[]): number {
  const change: { startMode?: ServiceStartMode; displayName?: string } = {};
  for (let i = 0; i < args.length; i += 2) {
    const key = (args[i] as string).toLowerCase();
    const value = args[i + 1];
    if (value === undefined || !key.endsWith('=')) {
      usage(call);
      return 1639;
    }
    if (key === 'start=') {
      const mode = modes[value.toLowerCase()];
      if (!mode) {
        call.line(`ERROR:  Invalid start= field: ${value}`);
        usage(call);
        return 1639;
      }
      change.startMode = mode;
    } else if (key === 'displayname=') change.displayName = value;
  }
  const known = call.host.services.get(name);
  if (!known.ok) return fail(call, 'OpenService', known.error);
  const done = call.host.services.configure(name, change);
  if (!done.ok) return fail(call, 'OpenService', done.error);
  call.line('[SC] ChangeServiceConfig SUCCESS');
  return 0;
}

function notSupported(call: Call, what: string): number {
  call.line(`[SC] ${what} FAILED 50:`, '', 'The request is not supported.', '');
  return 50;
}
function marked(call: Call): number {
  call.line('[SC] DeleteService FAILED 1072:', '', 'The specified service has been marked for deletion.', '');
  return 1072;
}

function create(call: Call, name: string, args: readonly string[]): number {
  const values = new Map<string, string>();
  for (let i = 0; i + 1 < args.length; i += 2)
    values.set((args[i] as string).toLowerCase(), args[i + 1] as string);
  const binaryPath = values.get('binpath=');
  if (binaryPath === undefined) {
    usage(call);
    return 1639;
  }
  const done = call.host.services.create?.({
    name,
    displayName: values.get('displayname=') ?? name,
    description: '',
    binaryPath,
    startMode: modes[values.get('start=')?.toLowerCase() ?? ''] ?? 'Manual',
    account: values.get('obj=') ?? 'LocalSystem',
    dependsOn: values.get('depend=')?.split('/') ?? [],
  });
  if (!done) return notSupported(call, 'CreateService');
  if (!done.ok) {
    if (done.error.code === 'access-denied') return fail(call, 'OpenSCManager', done.error);
    call.line('[SC] CreateService FAILED 1073:', '', 'The specified service already exists.', '');
    return 1073;
  }
  call.line('[SC] CreateService SUCCESS');
  return 0;
}

function usage(call: Call): void {
  call.line(
    'DESCRIPTION:',
    '        SC is a command line program used for communicating with the',
    '        Service Control Manager and services.',
    'USAGE:',
    '        sc <server> [command] [service name] <option1> <option2>...',
    '',
  );
}

/** sc.exe: query, queryex, start, stop, config, qc, qdescription, description, failure, qfailure. */
export const sc = program('sc.exe', (call) => {
  const args = [...call.args];
  if (args[0]?.startsWith('\\\\')) {
    if (args[0].slice(2).toLowerCase() !== call.host.computer.name.toLowerCase() && args[0] !== '\\\\.') {
      call.line('[SC] OpenSCManager FAILED 1722:', '', 'The RPC server is unavailable.', '');
      return 1722;
    }
    args.shift();
  }
  const verb = (args.shift() ?? '').toLowerCase();
  const [name, ...rest] = args;
  const { services } = call.host;
  if (verb === 'query' || verb === 'queryex') return query(call, args, verb === 'queryex');
  if (name === undefined) {
    usage(call);
    return 1639;
  }
  switch (verb) {
    case 'create':
      return create(call, name, rest);
    case 'delete': {
      const done = services.remove?.(name);
      if (!done) return notSupported(call, 'OpenService');
      if (!done.ok)
        return done.error.code === 'in-use' ? marked(call) : fail(call, 'OpenService', done.error);
      call.line('[SC] DeleteService SUCCESS');
      return 0;
    }
    case 'qc':
      return queryConfig(call, name);
    case 'config':
      return configure(call, name, rest);
    case 'start': {
      if (!services.get(name).ok)
        return fail(call, 'StartService: OpenService', { code: 'not-found', message: '' });
      const done = services.start(name);
      if (!done.ok)
        return fail(
          call,
          done.error.code === 'access-denied' ? 'StartService: OpenService' : 'StartService',
          done.error,
        );
      const now = services.get(name);
      if (now.ok) status(call, now.value, false, true);
      return 0;
    }
    case 'stop': {
      const known = services.get(name);
      if (!known.ok) return fail(call, 'OpenService', known.error);
      const done = services.stop(name);
      if (!done.ok)
        return fail(call, done.error.code === 'access-denied' ? 'OpenService' : 'ControlService', done.error);
      const now = services.get(name);
      if (now.ok) status(call, now.value, false, false);
      return 0;
    }
    case 'qdescription': {
      const found = services.get(name);
      if (!found.ok) return fail(call, 'OpenService', found.error);
      call.line(
        '[SC] QueryServiceConfig2 SUCCESS',
        '',
        `SERVICE_NAME: ${found.value.name}`,
        `DESCRIPTION:  ${found.value.description}`,
      );
      return 0;
    }
    case 'description': {
      if (!services.get(name).ok) return fail(call, 'OpenService', { code: 'not-found', message: '' });
      const done = services.configure(name, { description: rest[0] ?? '' });
      if (!done.ok) return fail(call, 'OpenService', done.error);
      call.line('[SC] ChangeServiceConfig2 SUCCESS');
      return 0;
    }
    case 'failure': {
      const known = services.get(name);
      if (!known.ok) return fail(call, 'OpenService', known.error);
      if (!call.host.identity.elevated && !call.host.identity.isSystem)
        return fail(call, 'OpenService', { code: 'access-denied', message: '' });
      const done = setFailure(call, known.value.name, rest);
      if (done === null) {
        usage(call);
        return 1639;
      }
      if (!done) return fail(call, 'ChangeServiceConfig2', { code: 'access-denied', message: '' });
      call.line('[SC] ChangeServiceConfig2 SUCCESS');
      return 0;
    }
    case 'qfailure': {
      const known = services.get(name);
      if (!known.ok) return fail(call, 'OpenService', known.error);
      showFailure(call, known.value.name);
      return 0;
    }
    case 'getdisplayname': {
      const found = services.get(name);
      if (!found.ok) return fail(call, 'GetServiceDisplayName', found.error);
      call.line('[SC] GetServiceDisplayName SUCCESS', `Name = ${found.value.displayName}`);
      return 0;
    }
    default:
      call.line('', '*** Unrecognized Command ***');
      usage(call);
      return 1639;
  }
});
