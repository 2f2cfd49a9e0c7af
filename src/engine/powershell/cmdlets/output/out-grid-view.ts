import { createTextFormatter } from '../../format/index.ts';
import type { Steps } from '../../run/steps.ts';
import type { Value } from '../../types/value.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { automationNull } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

/** Rows that the console shows; what a window would scroll to is counted. */
const shownRows = 200;

function itemsOf(context: CmdletContext): readonly Value[] {
  if (context.expectingInput && context.input !== automationNull) return [context.input];
  if (!context.has('InputObject')) return [];
  const value = context.get('InputObject');
  return elementsOf(value) ?? [value];
}

/**
 * The window of rows and filters, shown as a table in the console of whoever is at the desk: a simulated desktop has no
 * windows. Rows to pass on are asked for by number, where the window would have them clicked. A process that nobody
 * sees opens its window where nobody sees it: nothing is shown and nothing chosen.
 */
export const outGridView: Cmdlet = {
  name: 'Out-GridView',
  aliases: ['ogv'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.OutGridViewCommand',
  defaultSet: 'PassThru',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Title', type: 'string' },
    { name: 'Wait', type: 'switch', sets: ['Wait'] },
    {
      name: 'OutputMode',
      type: 'string',
      sets: ['OutputMode'],
      validate: [{ kind: 'set', values: ['None', 'Single', 'Multiple'] }],
    },
    { name: 'PassThru', type: 'switch', sets: ['PassThru'] },
  ],
  start: (context: CmdletContext) => {
    const rows: Value[] = [];
    return {
      process() {
        rows.push(...itemsOf(context));
        return undefined;
      },
      *end(): Steps<void> {
        const { session } = context;
        if (!context.host.identity.interactive) return;
        const mode = context.switch('PassThru') ? 'multiple' : context.string('OutputMode').toLowerCase();
        session.console(`── ${context.string('Title') || 'Out-GridView'} ── ${rows.length} rows`);
        const formatter = createTextFormatter(
          { width: undefined, write: (text) => session.console(text.replace(/\r?\n$/, '')) },
          session,
        );
        for (const row of rows.slice(0, shownRows)) formatter.object(row);
        formatter.end();
        if (rows.length > shownRows) session.console(`… ${rows.length - shownRows} more rows`);
        if (mode !== 'single' && mode !== 'multiple') return;
        const answer = yield {
          kind: 'line',
          prompt: `Rows to pass on, 1 to ${rows.length}${mode === 'multiple' ? ' (several with commas, * for all)' : ''}; Enter for none: `,
          secret: false,
        };
        const text = answer.kind === 'line' ? (answer.text ?? '').trim() : '';
        const chosen =
          text === '*' && mode === 'multiple'
            ? rows
            : text.split(/[\s,]+/).flatMap((one) => (/^\d+$/.test(one) ? (rows[Number(one) - 1] ?? []) : []));
        for (const row of mode === 'single' ? chosen.slice(0, 1) : chosen) context.write(row as Value);
      },
    };
  },
};
