import { ok } from '../../../base/result.ts';
import { upperInvariant } from '../../clock/case.ts';
import type { EventLogPort } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

const levelNames: Readonly<Record<number, string>> = {
  0: 'Information',
  1: 'Critical',
  2: 'Error',
  3: 'Warning',
  4: 'Information',
  5: 'Verbose',
};

/** The logs of the event viewer; the security log is for administrators. */
export function eventLogPort(options: HostOptions): EventLogPort {
  const { identity, onRead, onWrite } = options;
  const draft = options.draft;
  return {
    logs: () => draft().eventLogs.map((log) => log.name),
    read(logName) {
      onRead?.(`event-log:${logName}`);
      const log = draft().eventLog(logName);
      if (log === undefined)
        return refused('not-found', `The event log '${logName}' on computer '.' does not exist.`, logName);
      if (upperInvariant(log.name) === 'SECURITY' && !identity.elevated)
        return refused('access-denied', 'Attempted to perform an unauthorized operation.', logName);
      return ok(
        log.entries.map(({ provider, id, level, message, at, recordId }) => ({
          logName: log.name,
          provider,
          id,
          level,
          levelName: levelNames[level] ?? 'Information',
          at,
          message,
          recordId,
        })),
      );
    },
    write({ logName, provider, id, level, message }) {
      onWrite?.(`event-log:${logName}`);
      const log = draft().eventLog(logName);
      if (log === undefined)
        return refused('not-found', `The event log '${logName}' on computer '.' does not exist.`, logName);
      return options.emit({ kind: 'event-log', log: log.name, provider, id, level, message });
    },
  };
}
