import { plus, seconds } from '../../../../base/time.ts';
import type { HostError, HostResult, ServiceInfo, ServiceStartMode, ServiceStatus } from '../../host.ts';
import type { Steps } from '../../run/steps.ts';
import type { ErrorCategory } from '../../types/error-record.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { serviceController, waitFor } from './service-controller.ts';
import { selected, selection } from './service-selection.ts';

const management = 'Microsoft.PowerShell.Management';
const commandException = 'Microsoft.PowerShell.Commands.ServiceCommandException';
const titled = (s: ServiceInfo): string => `${s.displayName} (${s.name})`;

function failure(
  context: CmdletContext,
  service: ServiceInfo,
  id: string,
  category: ErrorCategory,
  what: string,
  cause?: string,
): void {
  context.error({
    id,
    category,
    message: `Service '${titled(service)}' cannot be ${what}${cause === undefined ? '.' : ` due to the following error: ${cause}`}`,
    exception: commandException,
    target: serviceController(service, context.host),
  });
}

const cannot = (verb: string, service: ServiceInfo, error: HostError): string =>
  error.code === 'access-denied'
    ? `Cannot open ${service.name} service on computer '.'.`
    : `Cannot ${verb} service ${service.name} on computer '.'.`;

/** Waits in steps of two seconds and warns after each, as the service cmdlets do. */
function* reach(
  context: CmdletContext,
  service: ServiceInfo,
  wanted: ServiceStatus,
  pending: ServiceStatus,
  verb: string,
  failedId: string,
): Steps<boolean> {
  for (;;) {
    if (yield* waitFor(service.name, wanted, plus(context.host.clock.now(), seconds(2)))) return true;
    const now = context.host.services.get(service.name);
    if (!now.ok || now.value.status !== pending) {
      context.error({
        id: failedId,
        category: verb === 'start' ? 'OpenError' : 'CloseError',
        message: `Failed to ${verb} service '${titled(service)}'.`,
        exception: commandException,
        target: serviceController(service, context.host),
      });
      return false;
    }
    context.warning(`Waiting for service '${titled(service)}' to ${verb}...`);
  }
}

function* startOne(context: CmdletContext, service: ServiceInfo): Steps<boolean> {
  const done = context.host.services.start(service.name);
  if (!done.ok) {
    if (done.error.code === 'already-running') return true;
    failure(
      context,
      service,
      'CouldNotStartService',
      'OpenError',
      'started',
      cannot('start', service, done.error),
    );
    return false;
  }
  return yield* reach(context, service, 'Running', 'StartPending', 'start', 'StartServiceFailed');
}

/** Stops a service after what depends on it; gives the services stopped, in order, or undefined where one would not. */
function* stopOne(
  context: CmdletContext,
  service: ServiceInfo,
  force: boolean,
  wait: boolean,
): Steps<ServiceInfo[] | undefined> {
  const running = service.dependents.flatMap((name) => {
    const found = context.host.services.get(name);
    return found.ok && found.value.status !== 'Stopped' ? [found.value] : [];
  });
  if (running.length > 0 && !force) {
    context.error({
      id: 'ServiceHasDependentServices',
      category: 'InvalidOperation',
      message: `Cannot stop service '${titled(service)}' because it has dependent services. It can only be stopped if the Force flag is set.`,
      exception: commandException,
      target: serviceController(service, context.host),
    });
    return undefined;
  }
  const stopped: ServiceInfo[] = [];
  for (const one of running) {
    const inner = yield* stopOne(context, one, true, wait);
    if (!inner) return undefined;
    stopped.push(...inner);
  }
  const done: HostResult<void> = context.host.services.stop(service.name);
  if (!done.ok) {
    if (done.error.code === 'not-running') return stopped;
    failure(
      context,
      service,
      'CouldNotStopService',
      'CloseError',
      'stopped',
      cannot('stop', service, done.error),
    );
    return undefined;
  }
  if (wait && !(yield* reach(context, service, 'Stopped', 'StopPending', 'stop', 'StopServiceFailed')))
    return undefined;
  return [...stopped, service];
}

function pass(context: CmdletContext, service: ServiceInfo): void {
  if (!context.switch('PassThru')) return;
  const now = context.host.services.get(service.name);
  if (now.ok) context.write(serviceController(now.value, context.host));
}

export const getService: Cmdlet = {
  name: 'Get-Service',
  aliases: ['gsv'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetServiceCommand',
  defaultSet: 'Default',
  parameters: [
    ...selection(false),
    { name: 'DependentServices', type: 'switch', aliases: ['DS'] },
    { name: 'RequiredServices', type: 'switch', aliases: ['SDO', 'ServicesDependedOn'] },
    { name: 'ComputerName', type: 'string[]', aliases: ['Cn'], dialect: 'desktop' },
  ],
  outputTypes: ['System.ServiceProcess.ServiceController'],
  start: (context) => ({
    process() {
      for (const service of selected(context)) {
        const names = context.switch('DependentServices')
          ? service.dependents
          : context.switch('RequiredServices')
            ? service.dependsOn
            : [service.name];
        for (const name of names) {
          const found = context.host.services.get(name);
          if (found.ok) context.write(serviceController(found.value, context.host));
        }
      }
      return undefined;
    },
  }),
};

export const startService: Cmdlet = {
  name: 'Start-Service',
  aliases: ['sasv'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.StartServiceCommand',
  defaultSet: 'InputObject',
  shouldProcess: 'Medium',
  parameters: [...selection(true), { name: 'PassThru', type: 'switch' }],
  start: (context) => ({
    *process(): Steps<void> {
      for (const service of selected(context)) {
        if (!context.shouldProcess(titled(service), 'Start-Service')) continue;
        if (yield* startOne(context, service)) pass(context, service);
      }
    },
  }),
};

export const stopService: Cmdlet = {
  name: 'Stop-Service',
  aliases: ['spsv'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.StopServiceCommand',
  defaultSet: 'InputObject',
  shouldProcess: 'Medium',
  parameters: [
    ...selection(true),
    { name: 'Force', type: 'switch' },
    { name: 'NoWait', type: 'switch' },
    { name: 'PassThru', type: 'switch' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      for (const service of selected(context)) {
        if (!context.shouldProcess(titled(service), 'Stop-Service')) continue;
        if (yield* stopOne(context, service, context.switch('Force'), !context.switch('NoWait')))
          pass(context, service);
      }
    },
  }),
};

export const restartService: Cmdlet = {
  name: 'Restart-Service',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RestartServiceCommand',
  defaultSet: 'InputObject',
  shouldProcess: 'Medium',
  parameters: [...selection(true), { name: 'Force', type: 'switch' }, { name: 'PassThru', type: 'switch' }],
  start: (context) => ({
    *process(): Steps<void> {
      for (const service of selected(context)) {
        if (!context.shouldProcess(titled(service), 'Restart-Service')) continue;
        const stopped = yield* stopOne(context, service, context.switch('Force'), true);
        if (!stopped) continue;
        const again = stopped.some((s) => s.name === service.name) ? stopped : [...stopped, service];
        let started = true;
        for (const one of again.reverse()) started = (yield* startOne(context, one)) && started;
        if (started) pass(context, service);
      }
    },
  }),
};

const modes: Readonly<Record<string, ServiceStartMode>> = {
  automatic: 'Automatic',
  automaticdelayedstart: 'AutomaticDelayed',
  manual: 'Manual',
  disabled: 'Disabled',
};

export const setService: Cmdlet = {
  name: 'Set-Service',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.SetServiceCommand',
  defaultSet: 'Name',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Name',
      type: 'string',
      aliases: ['ServiceName', 'SN'],
      sets: [{ set: 'Name', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    { name: 'DisplayName', type: 'string', aliases: ['DN'] },
    { name: 'Description', type: 'string' },
    {
      name: 'StartupType',
      type: 'System.ServiceProcess.ServiceStartMode',
      aliases: ['StartMode', 'SM', 'ST'],
      dialect: 'desktop',
    },
    {
      name: 'StartupType',
      type: 'Microsoft.PowerShell.Commands.ServiceStartupType',
      aliases: ['StartMode', 'SM', 'ST', 'StartType'],
      dialect: 'core',
    },
    {
      name: 'Status',
      type: 'string',
      validate: [{ kind: 'set', values: ['Running', 'Stopped', 'Paused'] }],
    },
    { name: 'Force', type: 'switch', dialect: 'core' },
    {
      name: 'InputObject',
      type: 'System.ServiceProcess.ServiceController',
      sets: [{ set: 'InputObject', position: 0, mandatory: true, pipeline: true }],
    },
    { name: 'PassThru', type: 'switch' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const name = context.has('InputObject')
        ? context.text(context.get('InputObject'))
        : context.string('Name');
      const found = context.host.services.get(name);
      if (!found.ok) {
        context.error({
          id: 'NoServiceFoundForGivenName',
          category: 'ObjectNotFound',
          message: `Service ${name} was not found on computer '.'.`,
          exception: commandException,
          target: name,
        });
        return;
      }
      const service = found.value;
      if (!context.shouldProcess(titled(service), 'Set-Service')) return;
      const mode = context.has('StartupType')
        ? modes[toText(context.get('StartupType')).toLowerCase()]
        : undefined;
      if (mode !== undefined || context.has('DisplayName') || context.has('Description')) {
        const done = context.host.services.configure(service.name, {
          ...(mode === undefined ? {} : { startMode: mode }),
          ...(context.has('DisplayName') ? { displayName: context.string('DisplayName') } : {}),
          ...(context.has('Description') ? { description: context.string('Description') } : {}),
        });
        if (!done.ok) {
          failure(
            context,
            service,
            'CouldNotSetService',
            'PermissionDenied',
            'configured',
            'Access is denied',
          );
          return;
        }
      }
      const status = context.string('Status').toLowerCase();
      if (status === 'running') {
        if (!(yield* startOne(context, service))) return;
      } else if (status === 'stopped') {
        if (!(yield* stopOne(context, service, context.switch('Force'), true))) return;
      } else if (status === 'paused') {
        cannotSuspend(context, service);
        return;
      }
      pass(context, service);
    },
  }),
};

function cannotSuspend(context: CmdletContext, service: ServiceInfo): void {
  context.error({
    id:
      service.status === 'Running'
        ? 'CouldNotSuspendServiceNotSupported'
        : 'CouldNotSuspendServiceNotRunning',
    category: 'CloseError',
    message:
      service.status === 'Running'
        ? `Service '${titled(service)}' cannot be suspended because the service does not support being suspended or resumed.`
        : `Service '${titled(service)}' cannot be suspended because it is not currently running.`,
    exception: commandException,
    target: serviceController(service, context.host),
  });
}

export const suspendService: Cmdlet = {
  name: 'Suspend-Service',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.SuspendServiceCommand',
  defaultSet: 'InputObject',
  shouldProcess: 'Medium',
  parameters: [...selection(true), { name: 'PassThru', type: 'switch' }],
  start: (context) => ({
    process() {
      for (const service of selected(context))
        if (context.shouldProcess(titled(service), 'Suspend-Service')) cannotSuspend(context, service);
      return undefined;
    },
  }),
};

export const resumeService: Cmdlet = {
  name: 'Resume-Service',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.ResumeServiceCommand',
  defaultSet: 'InputObject',
  shouldProcess: 'Medium',
  parameters: [...selection(true), { name: 'PassThru', type: 'switch' }],
  start: (context) => ({
    process() {
      for (const service of selected(context)) {
        if (!context.shouldProcess(titled(service), 'Resume-Service')) continue;
        failure(
          context,
          service,
          service.status === 'Running'
            ? 'CouldNotResumeServiceNotSupported'
            : 'CouldNotResumeServiceNotRunning',
          'CloseError',
          service.status === 'Running'
            ? 'resumed because the service does not support being suspended or resumed'
            : 'resumed because it is not currently running',
        );
      }
      return undefined;
    },
  }),
};

export const newService: Cmdlet = {
  name: 'New-Service',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.NewServiceCommand',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Name', type: 'string', position: 0, mandatory: true, aliases: ['ServiceName'] },
    { name: 'BinaryPathName', type: 'string', position: 1, mandatory: true, aliases: ['Path'] },
    { name: 'DisplayName', type: 'string' },
    { name: 'Description', type: 'string' },
    { name: 'StartupType', type: 'System.ServiceProcess.ServiceStartMode', dialect: 'desktop' },
    { name: 'StartupType', type: 'Microsoft.PowerShell.Commands.ServiceStartupType', dialect: 'core' },
    { name: 'Credential', type: 'object' },
    { name: 'DependsOn', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      const { services } = context.host;
      const name = context.string('Name');
      const displayName = context.has('DisplayName') ? context.string('DisplayName') : name;
      if (!context.shouldProcess(`${displayName} (${name})`, 'New-Service')) return undefined;
      const done = services.create?.({
        name,
        displayName,
        description: context.string('Description'),
        binaryPath: context.string('BinaryPathName'),
        startMode: modes[toText(context.get('StartupType')).toLowerCase()] ?? 'Automatic',
        account: 'LocalSystem',
        dependsOn: context.strings('DependsOn'),
      });
      if (!done?.ok) {
        const reason =
          done?.error.code === 'already-exists'
            ? 'The specified service already exists'
            : done?.error.code === 'access-denied'
              ? 'Access is denied'
              : 'The request is not supported';
        context.error({
          id: 'CouldNotNewService',
          category: 'PermissionDenied',
          message: `Service '${displayName} (${name})' cannot be created due to the following error: ${reason}`,
          exception: commandException,
          target: name,
        });
        return undefined;
      }
      const made = services.get(name);
      if (made.ok) context.write(serviceController(made.value, context.host));
      return undefined;
    },
  }),
};

export const removeService: Cmdlet = {
  name: 'Remove-Service',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.RemoveServiceCommand',
  dialect: 'core',
  defaultSet: 'Name',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Name',
      type: 'string',
      aliases: ['ServiceName', 'SN'],
      sets: [{ set: 'Name', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputObject',
      type: 'System.ServiceProcess.ServiceController',
      sets: [{ set: 'InputObject', mandatory: true, pipeline: true }],
    },
  ],
  start: (context) => ({
    process() {
      const { services } = context.host;
      const name = context.has('InputObject')
        ? context.text(context.get('InputObject'))
        : context.string('Name');
      const found = services.get(name);
      if (!found.ok) {
        context.error({
          id: 'CouldNotRemoveService',
          category: 'ObjectNotFound',
          message: `Service ${name} was not found on computer '.'.`,
          exception: commandException,
          target: name,
        });
        return undefined;
      }
      if (!context.shouldProcess(titled(found.value), 'Remove-Service')) return undefined;
      const done = services.remove?.(name);
      if (!done?.ok)
        failure(
          context,
          found.value,
          'CouldNotRemoveService',
          'PermissionDenied',
          'removed',
          done?.error.code === 'access-denied'
            ? 'Access is denied'
            : (done?.error.message ?? 'The request is not supported'),
        );
      return undefined;
    },
  }),
};

export const serviceCmdlets: readonly Cmdlet[] = [
  newService,
  removeService,
  getService,
  startService,
  stopService,
  restartService,
  setService,
  suspendService,
  resumeService,
];
