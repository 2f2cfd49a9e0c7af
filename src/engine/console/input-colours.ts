import { parseText } from '../powershell/parse/index.ts';
import type { Token } from '../powershell/parse/index.ts';
import {
  binaryOperator,
  commandName,
  keywordFlag,
  memberName,
  typeNameFlag,
  unaryOperator,
} from '../powershell/tokenize/token-kind.ts';

/** Colours of PSReadLine as SGR; members, numbers and types keep the terminal's own colour, readable on any ground. */
const sgr = {
  command: '93',
  comment: '32',
  keyword: '92',
  operator: '90',
  parameter: '90',
  string: '36',
  variable: '92',
} as const;
type Colour = keyof typeof sgr;

function colourOf(token: Token): Colour | undefined {
  const { kindName, flags } = token;
  if (kindName === 'Comment') return 'comment';
  if (kindName === 'Parameter') return 'parameter';
  if (kindName === 'Variable' || kindName === 'SplattedVariable') return 'variable';
  if (/String/.test(kindName)) return 'string';
  if ((flags & keywordFlag) !== 0 && (flags & (commandName | memberName)) === 0) return 'keyword';
  if ((flags & commandName) !== 0) return 'command';
  if ((flags & (memberName | typeNameFlag)) !== 0) return undefined;
  if (
    (flags & (binaryOperator | unaryOperator)) !== 0 ||
    /Equals$|Pipe|Redirection|AndAnd|OrOr|Ampersand/.test(kindName)
  )
    return 'operator';
  return undefined;
}

/** The tokens within an expandable string: variables and what stands in `$( )`. */
function* inner(token: Token): Generator<Token> {
  for (const part of token.parts ?? []) if (typeof part !== 'string') yield part;
}

/** A command line with the colours PSReadLine gives it; nothing but colour sequences is added. */
export function colourInput(text: string): string {
  if (text === '') return text;
  const { tokens } = parseText(text);
  const colours: (Colour | undefined)[] = new Array<Colour | undefined>(text.length).fill(undefined);
  const paint = (from: number, to: number, colour: Colour | undefined): void => {
    for (let i = from; i < to && i < text.length; i++) colours[i] = colour;
  };
  for (const token of tokens) {
    if (token.end <= token.start) continue;
    paint(token.start, token.end, colourOf(token));
    for (const part of inner(token))
      if (part.source === token.source)
        paint(part.start, part.end, part.kindName === 'Variable' ? 'variable' : undefined);
  }
  let out = '';
  let current: Colour | undefined;
  for (let i = 0; i < text.length; i++) {
    const wanted = colours[i];
    if (wanted !== current) {
      out += wanted ? `\x1b[${sgr[wanted]}m` : '\x1b[0m';
      current = wanted;
    }
    out += text[i] as string;
  }
  return current ? `${out}\x1b[0m` : out;
}
