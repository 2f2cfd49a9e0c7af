import { DateTimeValue, TimeSpanValue, unixEpochTicks } from '../../types/scalars.ts';
import type { Cmdlet } from '../cmdlet.ts';

/** Since the device was started. */
export const getUptime: Cmdlet = {
  name: 'Get-Uptime',
  module: 'Microsoft.PowerShell.Utility',
  dialect: 'core',
  typeName: 'Microsoft.PowerShell.Commands.GetUptimeCommand',
  defaultSet: 'Timespan',
  outputTypes: ['System.TimeSpan', 'System.DateTime'],
  parameters: [{ name: 'Since', type: 'switch', sets: ['Since'] }],
  start: (context) => ({
    process() {
      const { clock, computer } = context.host;
      const boot = computer.bootTime;
      if (context.switch('Since'))
        context.write(
          new DateTimeValue(BigInt(Math.round(boot + clock.offsetAt(boot))) * 10n + unixEpochTicks, 'Local'),
        );
      else {
        // Whole seconds, as the cmdlet takes them.
        const seconds = Math.floor((clock.now() - boot) / 1_000_000);
        context.write(new TimeSpanValue(BigInt(seconds) * 10_000_000n));
      }
      return undefined;
    },
  }),
};
