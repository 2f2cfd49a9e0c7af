import type { Instant } from '../../../../base/time.ts';
import { DateTimeValue, TimeSpanValue } from '../../types/scalars.ts';
import type { Steps } from '../../run/steps.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { localNow } from './get-date.ts';

const utility = 'Microsoft.PowerShell.Utility';

export const newTimeSpan: Cmdlet = {
  name: 'New-TimeSpan',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.NewTimeSpanCommand',
  defaultSet: 'Date',
  parameters: [
    {
      name: 'Start',
      type: 'datetime',
      aliases: ['LastWriteTime'],
      sets: [{ set: 'Date', position: 0, pipeline: true, pipelineByName: true }],
    },
    { name: 'End', type: 'datetime', sets: [{ set: 'Date', position: 1, pipelineByName: true }] },
    { name: 'Days', type: 'int', sets: ['Time'] },
    { name: 'Hours', type: 'int', sets: ['Time'] },
    { name: 'Minutes', type: 'int', sets: ['Time'] },
    { name: 'Seconds', type: 'int', sets: ['Time'] },
    { name: 'Milliseconds', type: 'int', dialect: 'core', sets: ['Time'] },
  ],
  start(context) {
    const now = localNow(context.host);
    return {
      process() {
        if (context.parameterSet === 'Time') {
          const n = (name: string): bigint => BigInt(context.number(name, 0));
          context.write(
            new TimeSpanValue(
              n('Days') * 864000000000n +
                n('Hours') * 36000000000n +
                n('Minutes') * 600000000n +
                n('Seconds') * 10000000n +
                n('Milliseconds') * 10000n,
            ),
          );
          return undefined;
        }
        const start = context.get('Start');
        const end = context.get('End');
        const from = start instanceof DateTimeValue ? start.ticks : now.ticks;
        const to = end instanceof DateTimeValue ? end.ticks : now.ticks;
        context.write(new TimeSpanValue(to - from));
        return undefined;
      },
    };
  },
};

export const startSleep: Cmdlet = {
  name: 'Start-Sleep',
  aliases: ['sleep'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.StartSleepCommand',
  defaultSet: 'Seconds',
  parameters: [
    {
      name: 'Seconds',
      type: 'double',
      dialect: 'core',
      validate: [{ kind: 'range', min: 0, max: 2147483.647 }],
      sets: [{ set: 'Seconds', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'Seconds',
      type: 'int',
      dialect: 'desktop',
      validate: [{ kind: 'range', min: 0, max: 2147483 }],
      sets: [{ set: 'Seconds', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    {
      name: 'Milliseconds',
      type: 'int',
      aliases: ['ms'],
      validate: [{ kind: 'range', min: 0, max: 2147483647 }],
      sets: [{ set: 'Milliseconds', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'Duration',
      type: 'timespan',
      aliases: ['ts'],
      dialect: 'core',
      sets: [{ set: 'FromTimeSpan', mandatory: true }],
    },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const duration = context.get('Duration');
      let micros: number;
      if (duration instanceof TimeSpanValue) micros = Number(duration.ticks / 10n);
      else if (context.has('Milliseconds')) micros = context.number('Milliseconds', 0) * 1000;
      else micros = Math.round(context.number('Seconds', 0) * 1000) * 1000;
      if (micros <= 0) return;
      yield { kind: 'until', at: (context.host.clock.now() + micros) as Instant };
    },
  }),
};

export const measureCommand: Cmdlet = {
  name: 'Measure-Command',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.MeasureCommandCommand',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Expression', type: 'scriptblock', position: 0, mandatory: true },
  ],
  start(context) {
    let total = 0;
    return {
      *process(): Steps<void> {
        const block = context.block('Expression');
        if (!block) return;
        const started = context.host.clock.now();
        yield* context.runner(block).valueSteps(context.get('InputObject'));
        yield { kind: 'safepoint' };
        total += context.host.clock.now() - started;
      },
      end() {
        context.write(new TimeSpanValue(BigInt(Math.round(total)) * 10n));
        return undefined;
      },
    };
  },
};
