import type { CimValue, Host, HostResult } from '../powershell/host.ts';

/** Flags of Win32Shutdown. */
export const shutdownFlags = { logOff: 0, shutdown: 1, reboot: 2, force: 4, powerOff: 8 } as const;

/**
 * Asks the device to restart, shut down or sign out, as Windows' own tools do: method Win32ShutdownTracker of
 * Win32_OperatingSystem with Timeout (seconds), Comment, ReasonCode and Flags. The result says why it was refused.
 */
export function requestShutdown(
  host: Host,
  flags: number,
  delay: number,
  comment: string,
  reason = 0,
): HostResult<ReadonlyMap<string, CimValue>> {
  const systems = host.cim.instances('root/cimv2', 'Win32_OperatingSystem');
  if (!systems.ok) return systems;
  const [system] = systems.value;
  if (!system) return { ok: false, error: { code: 'not-found', message: 'Not found' } };
  return host.cim.invoke(
    system,
    'Win32ShutdownTracker',
    new Map<string, CimValue>([
      ['Timeout', { type: 'uint32', value: delay }],
      ['Comment', comment],
      ['ReasonCode', { type: 'uint32', value: reason }],
      ['Flags', { type: 'sint32', value: flags }],
    ]),
  );
}
