import { formatPort } from '../../format/display-text.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { propertyArguments, resultsOf } from '../objects/property-argument.ts';

export const joinString: Cmdlet = {
  name: 'Join-String',
  module: 'Microsoft.PowerShell.Utility',
  dialect: 'core',
  typeName: 'Microsoft.PowerShell.Commands.JoinStringCommand',
  defaultSet: 'default',
  parameters: [
    { name: 'Property', type: 'object', position: 0 },
    { name: 'Separator', type: 'string', position: 1, allowEmptyString: true },
    { name: 'OutputPrefix', type: 'string', aliases: ['op'], allowEmptyString: true },
    { name: 'OutputSuffix', type: 'string', aliases: ['os'], allowEmptyString: true },
    { name: 'SingleQuote', type: 'switch', sets: ['SingleQuote'] },
    { name: 'DoubleQuote', type: 'switch', sets: ['DoubleQuote'] },
    { name: 'FormatString', type: 'string', sets: ['Format'] },
    { name: 'UseCulture', type: 'switch' },
    { name: 'InputObject', type: 'psobject[]', pipeline: true, allowNull: true },
  ],
  start(context) {
    const parts: string[] = [];
    const property = context.has('Property')
      ? propertyArguments(context, [context.get('Property')], ['expression'])[0]
      : undefined;
    const add = (item: Value): void => {
      if (isNull(item) && !property) return;
      const value = property ? (resultsOf(context, property, item)[0]?.value ?? null) : item;
      const text = isNull(value) ? '' : toText(value);
      if (context.switch('SingleQuote')) parts.push(`'${text}'`);
      else if (context.switch('DoubleQuote')) parts.push(`"${text}"`);
      else if (context.has('FormatString'))
        parts.push(formatPort.composite(context.string('FormatString'), value));
      else parts.push(text);
    };
    return {
      process() {
        if (context.expectingInput && context.input !== automationNull) add(context.input);
        else
          for (const item of context.list('InputObject'))
            for (const one of elementsOf(item) ?? [item]) add(one);
        return undefined;
      },
      end() {
        const separator = context.has('Separator')
          ? context.string('Separator')
          : toText(context.session.frame.scope.find('ofs')?.read() ?? '');
        context.write(
          context.string('OutputPrefix') + parts.join(separator) + context.string('OutputSuffix'),
        );
        return undefined;
      },
    };
  },
};
