import { elementsOf } from './enumerate.ts';
import { runtimeError } from './errors.ts';
import { DotNetError } from './errors.ts';
import { formatValue } from './format-port.ts';
import { toText } from './text.ts';
import type { Value } from './value.ts';
import { automationNull } from './value.ts';

/** `-f`: composite formatting with the current culture. */
export function formatOperator(left: Value, right: Value): string {
  const args = elementsOf(right) ?? [right];
  try {
    return compositeFormat(toText(left), right === automationNull ? [] : args);
  } catch (error) {
    if (!(error instanceof DotNetError)) throw error;
    throw runtimeError(
      'FormatError',
      `Error formatting a string: ${error.message}.`,
      'InvalidOperation',
      toText(left),
      undefined,
      error.exception,
    );
  }
}

export function compositeFormat(format: string, args: readonly Value[]): string {
  let out = '';
  let i = 0;
  while (i < format.length) {
    const c = format[i] as string;
    if (c === '{') {
      if (format[i + 1] === '{') {
        out += '{';
        i += 2;
        continue;
      }
      const match = /^\{\s*(\d+)\s*(?:,\s*(-?\d+)\s*)?(?::((?:[^{}]|\{\{|\}\})*))?\}/.exec(format.slice(i));
      if (!match) throw formatError('Input string was not in a correct format.', i);
      const index = Number(match[1]);
      if (index >= args.length)
        throw new DotNetError(
          makeException(
            'System.FormatException',
            'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
          ),
        );
      let text = formatValue(
        args[index] as Value,
        match[3]?.replace(/\{\{/g, '{').replace(/\}\}/g, '}') ?? '',
      );
      const width = Number(match[2] ?? 0);
      text = width > 0 ? text.padStart(width) : text.padEnd(-width);
      out += text;
      i += match[0].length;
    } else if (c === '}') {
      if (format[i + 1] !== '}') throw formatError('', i);
      out += '}';
      i += 2;
    } else {
      let j = i + 1;
      while (j < format.length && format[j] !== '{' && format[j] !== '}') j++;
      out += format.slice(i, j);
      i = j;
    }
  }
  return out;
}
function formatError(_why: string, at: number): DotNetError {
  return new DotNetError(
    makeException(
      'System.FormatException',
      isDesktop()
        ? 'Input string was not in a correct format.'
        : `Input string was not in a correct format. Failure to parse near offset ${at}. Unexpected closing brace without a corresponding opening brace.`,
    ),
  );
}
import { isDesktop } from './ambient.ts';
import { exception as makeException } from './errors.ts';
