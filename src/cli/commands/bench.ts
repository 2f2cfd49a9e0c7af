import { Command } from 'commander';
import { SidecarError } from '../../base/error.ts';
import type { Figure } from '../bench/figure.ts';
import { measure } from '../bench/figure.ts';
import { powershellFigures } from '../bench/powershell-figures.ts';
import { worldFigures } from '../bench/world-figures.ts';

export function benchCommand(): Command {
  return new Command('bench')
    .description('Measure the figures that the design states')
    .argument('[name]', 'only figures whose name has this text')
    .action((name?: string) => {
      const wanted = [...worldFigures, ...powershellFigures].filter(
        (figure) => name === undefined || figure.name.includes(name),
      );
      if (wanted.length === 0)
        throw new SidecarError('bench-unknown', `No figure has "${name ?? ''}" in its name`);
      for (const figure of wanted) process.stdout.write(`${line(figure)}\n`);
    });
}

function line(figure: Figure): string {
  const label = figure.name.padEnd(52);
  const goal = `${figure.atLeast === true ? '≥' : '≤'} ${figure.goal} ${figure.unit}`;
  try {
    const { value, reached } = measure(figure);
    const shown = value < 10 ? value.toFixed(2) : value.toFixed(0);
    return `${label} ${`${shown} ${figure.unit}`.padStart(12)}   goal ${goal.padEnd(12)} ${reached ? 'reached' : 'MISSED'}`;
  } catch (error) {
    if (!(error instanceof SidecarError)) throw error;
    return `${label} ${error.message}`;
  }
}
