import type { DeviceChange } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import * as rules from '../rules/health-rules.ts';
import type { Rule } from '../rules/rule.ts';
import type { HealthCheck } from './health-check-file.ts';

/** How a rule found the device, and what it does about it. */
export type Finding =
  | { readonly kind: 'pass'; readonly rule: Rule }
  | { readonly kind: 'fail'; readonly rule: Rule; readonly details: string }
  /** .NET's exception, as the log shows it. */
  | { readonly kind: 'exception'; readonly rule: Rule; readonly exception: string }
  | {
      readonly kind: 'repair';
      readonly rule: Rule;
      readonly change: DeviceChange;
      /** Found and wanted, for the explanation. */
      readonly compared: Readonly<Record<string, string>>;
      /** A service that is being started: it runs when its pending stage is over. */
      readonly starts?: string;
    };

type Handler = (read: DeviceReader, check: HealthCheck) => Finding;

const handlers: Readonly<Record<string, Handler>> = {
  ServiceExists(read, check) {
    const [name = ''] = check.parameters;
    return read.service(name)
      ? { kind: 'pass', rule: rules.healthServiceExists }
      : {
          kind: 'fail',
          rule: rules.healthServiceExists,
          details: `Service ${name} was not found on computer '.'.`,
        };
  },
  ServiceStartupType(read, check) {
    const rule = rules.healthStartupType;
    const [name = '', wanted = 'Automatic'] = check.parameters;
    const service = read.service(name)?.value;
    if (!service) return { kind: 'exception', rule, exception: notFound(name) };
    if (service.startMode === wanted) return { kind: 'pass', rule };
    if (
      wanted !== 'Automatic' &&
      wanted !== 'AutomaticDelayed' &&
      wanted !== 'Manual' &&
      wanted !== 'Disabled'
    )
      return { kind: 'fail', rule, details: `Startup type ${wanted} is unknown.` };
    return {
      kind: 'repair',
      rule,
      change: { kind: 'service.config', name: service.name, startMode: wanted },
      compared: { found: service.startMode, wanted },
    };
  },
  ServiceStatus(read, check) {
    const rule = rules.healthStatus;
    const [name = '', wanted = 'Running'] = check.parameters;
    const service = read.service(name)?.value;
    if (!service) return { kind: 'exception', rule, exception: notFound(name) };
    if (service.status === wanted || service.status === 'StartPending') return { kind: 'pass', rule };
    if (service.startMode === 'Disabled')
      return {
        kind: 'exception',
        rule,
        exception: `System.InvalidOperationException: Cannot start service ${service.name} on computer '.'. ---> System.ComponentModel.Win32Exception: The service cannot be started, either because it is disabled or because it has no enabled devices associated with it`,
      };
    return {
      kind: 'repair',
      rule,
      change: { kind: 'service.state', name: service.name, status: 'StartPending' },
      compared: { found: service.status, wanted },
      starts: service.name,
    };
  },
  MemoryUsage(read, check) {
    const rule = rules.healthMemory;
    const [name = '', limit = ''] = check.parameters;
    const service = read.service(name)?.value;
    if (!service) return { kind: 'exception', rule, exception: notFound(name) };
    const process = service.processId === null ? undefined : read.process(service.processId);
    const megabytes = Math.round((process?.workingSet ?? 0) / 1_048_576);
    if (!(megabytes > Number(limit))) return { kind: 'pass', rule };
    return {
      kind: 'repair',
      rule,
      change: { kind: 'service.state', name: service.name, status: 'StopPending' },
      compared: { found: `${megabytes} MB`, wanted: `at most ${limit} MB` },
      starts: service.name,
    };
  },
  ProcessMonitoring: () => ({ kind: 'pass', rule: rules.healthRules }),
};

/** Compares one rule with the device as it is. */
export function evaluateRule(read: DeviceReader, check: HealthCheck): Finding {
  const handler = Object.hasOwn(handlers, check.type) ? handlers[check.type] : undefined;
  return handler
    ? handler(read, check)
    : {
        kind: 'exception',
        rule: rules.healthRules,
        exception: `System.NotSupportedException: Rule type ${check.type} is not supported.`,
      };
}

const notFound = (name: string): string =>
  `System.InvalidOperationException: Service ${name} was not found on computer '.'. ---> System.ComponentModel.Win32Exception: The specified service does not exist as an installed service`;
