import { differences } from '../dialects/index.ts';
import { isDesktop } from './ambient.ts';
import type { CultureData } from './dotnet/culture-data.ts';
import { elementsOf } from './enumerate.ts';
import { DotNetError, dotNetError, runtimeError } from './errors.ts';
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

const endsEarly = 'Format item ends prematurely.';
const needsDigit = 'Expected an ASCII digit.';
const loneBrace = 'Unexpected closing brace without a corresponding opening brace.';
const isDigit = (c: string): boolean => c >= '0' && c <= '9';

/** String.Format: `{index,width:format}` items in text; `{{` and `}}` are braces. */
export function compositeFormat(format: string, args: readonly Value[], culture?: CultureData): string {
  let out = '';
  let i = 0;
  /** The next character of an item, which must be there. */
  const next = (): string => {
    i++;
    if (i >= format.length) throw badFormat(i, endsEarly);
    return format[i] as string;
  };
  const number = (first: string): [number, string] => {
    let c = first;
    let n = 0;
    while (isDigit(c) && n < 1_000_000) {
      n = n * 10 + Number(c);
      c = next();
    }
    return [n, c];
  };
  while (i < format.length) {
    const brace = format[i] as string;
    if (brace !== '{' && brace !== '}') {
      let j = i + 1;
      while (j < format.length && format[j] !== '{' && format[j] !== '}') j++;
      out += format.slice(i, j);
      i = j;
      continue;
    }
    if (brace === '}' && i + 1 >= format.length) throw badFormat(i + 1, endsEarly);
    let c = next();
    if (c === brace) {
      out += brace;
      i++;
      continue;
    }
    if (brace === '}') throw badFormat(i, loneBrace);
    if (!isDigit(c)) throw badFormat(i, needsDigit);
    const [index, afterIndex] = number(c);
    c = afterIndex;
    while (c === ' ') c = next();
    let width = 0;
    let left = false;
    if (c === ',') {
      do c = next();
      while (c === ' ');
      if (c === '-') {
        left = true;
        c = next();
      }
      if (!isDigit(c)) throw badFormat(i, needsDigit);
      [width, c] = number(c);
      while (c === ' ') c = next();
    }
    let item = '';
    if (c !== '}') {
      if (c !== ':') throw badFormat(i, endsEarly);
      for (;;) {
        c = next();
        if (isDesktop(differences.numbers.formatBraces) && (c === '{' || c === '}') && format[i + 1] === c) {
          item += c;
          i++;
          continue;
        }
        if (c === '}') break;
        if (c === '{') throw badFormat(i, endsEarly);
        item += c;
      }
    }
    i++;
    if (index >= args.length)
      throw dotNetError(
        'System.FormatException',
        'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
      );
    const text = formatValue(args[index] as Value, item, culture);
    out += left ? text.padEnd(width) : text.padStart(width);
  }
  return out;
}
const badFormat = (at: number, reason: string): DotNetError =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidNumber)
      ? 'Input string was not in a correct format.'
      : `Input string was not in a correct format. Failure to parse near offset ${at}. ${reason}`,
  );
