import type { Session } from '../../run/session.ts';
import { createTextFormatter } from '../../format/index.ts';
import { automationNull } from '../../types/value.ts';
import type { Value } from '../../types/value.ts';
import { elementsOf } from '../../types/enumerate.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

const core = 'Microsoft.PowerShell.Core';

export const outNull: Cmdlet = {
  name: 'Out-Null',
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.OutNullCommand',
  parameters: [{ name: 'InputObject', type: 'psobject', pipeline: true, allowNull: true }],
  start: () => ({ process: () => undefined }),
};

/** The objects given by -InputObject (a collection by its elements) or one from the pipeline. */
function given(context: CmdletContext): readonly Value[] {
  if (context.expectingInput && context.input !== automationNull) return [context.input];
  if (!context.has('InputObject')) return [];
  const value = context.get('InputObject');
  return elementsOf(value) ?? [value];
}

export const outString: Cmdlet = {
  name: 'Out-String',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.OutStringCommand',
  defaultSet: 'NoNewLineFormatting',
  parameters: [
    { name: 'Stream', type: 'switch', sets: ['StreamFormatting'] },
    { name: 'Width', type: 'int', validate: [{ kind: 'range', min: 2, max: 2147483647 }] },
    { name: 'NoNewline', type: 'switch', dialect: 'core', sets: ['NoNewLineFormatting'] },
    { name: 'InputObject', type: 'psobject', pipeline: true, allowNull: true },
  ],
  start(context) {
    const stream = context.switch('Stream');
    const noNewline = context.switch('NoNewline');
    const { newline } = context.host;
    const parts: string[] = [];
    const formatter = createTextFormatter(
      {
        width: context.has('Width') ? context.number('Width', 120) : undefined,
        write: (text) => {
          const line = text.slice(0, text.length - newline.length);
          if (stream) context.write(line);
          else parts.push(noNewline ? line : text);
        },
      },
      context.session as Session,
    );
    return {
      process() {
        for (const item of given(context)) formatter.object(item);
        return undefined;
      },
      end() {
        formatter.end();
        if (!stream) context.write(parts.join(''));
        return undefined;
      },
    };
  },
};

/** Out-Default and Out-Host: to the console, whatever follows. */
const toConsole = (name: string, typeName: string, module: string): Cmdlet => ({
  name,
  ...(name === 'Out-Host' ? { aliases: ['oh'] } : {}),
  module,
  typeName,
  parameters: [
    ...(name === 'Out-Host'
      ? ([{ name: 'Paging', type: 'switch' }] as const)
      : ([{ name: 'Transcript', type: 'switch' }] as const)),
    { name: 'InputObject', type: 'psobject', pipeline: true, allowNull: true },
  ],
  start(context) {
    const session = context.session as Session;
    const formatter = session.formatterFactory(
      { width: session.output.width, write: (text) => session.print(text) },
      session,
    );
    return {
      process() {
        for (const item of given(context)) formatter.object(item);
        return undefined;
      },
      end() {
        formatter.end();
        return undefined;
      },
    };
  },
});
export const outDefault: Cmdlet = toConsole(
  'Out-Default',
  'Microsoft.PowerShell.Commands.OutDefaultCommand',
  core,
);
export const outHost: Cmdlet = toConsole('Out-Host', 'Microsoft.PowerShell.Commands.OutHostCommand', core);
