import type { Builtin } from './builtin.ts';
import type { CmdShell } from './shell.ts';

class ArithmeticError extends Error {
  readonly code = 'cmd-arithmetic';
}

/** SET /A: 32-bit integers, C's operators, names stand for variables. */
export function evaluate(text: string, shell: CmdShell): number {
  const tokens =
    text.match(/<<=?|>>=?|[-+*/%&^|]=|[-+*/%&^|~!(),=]|0x[\da-f]+|\d+|[^\s-+*/%&^|~!(),=<>]+/gi) ?? [];
  let at = 0;
  const operators: readonly (readonly string[])[] = [
    ['|'],
    ['^'],
    ['&'],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ];
  const apply = (operator: string, a: number, b: number): number => {
    switch (operator) {
      case '|':
        return a | b;
      case '^':
        return a ^ b;
      case '&':
        return a & b;
      case '<<':
        return a << b;
      case '>>':
        return a >> b;
      case '+':
        return (a + b) | 0;
      case '-':
        return (a - b) | 0;
      case '*':
        return Math.imul(a, b);
      default:
        if (b === 0) throw new ArithmeticError('Divide by zero error.');
        return operator === '/' ? Math.trunc(a / b) | 0 : (a % b) | 0;
    }
  };
  const read = (name: string): number => {
    if (/^0x[\da-f]+$/i.test(name)) return parseInt(name, 16) | 0;
    if (/^0[0-7]+$/.test(name)) return parseInt(name, 8) | 0;
    if (/^\d+$/.test(name)) {
      if (/^0\d/.test(name))
        throw new ArithmeticError(
          'Invalid number.  Numeric constants are either decimal (17),\r\nhexadecimal (0x11), or octal (021).',
        );
      const value = Number(name);
      if (value > 2147483647)
        throw new ArithmeticError('Invalid number.  Numbers are limited to 32-bits of precision.');
      return value;
    }
    const value = parseInt(
      shell.variables.get(name) ?? '0',
      /^\s*0x/i.test(shell.variables.get(name) ?? '') ? 16 : 10,
    );
    return Number.isNaN(value) ? 0 : value | 0;
  };
  const primary = (): number => {
    const token = tokens[at++];
    if (token === undefined) throw new ArithmeticError('Missing operand.');
    if (token === '(') {
      const value = list();
      if (tokens[at++] !== ')') throw new ArithmeticError('Unbalanced parenthesis.');
      return value;
    }
    if (token === '-') return -primary() | 0;
    if (token === '+') return primary();
    if (token === '~') return ~primary();
    if (token === '!') return primary() === 0 ? 1 : 0;
    if (/^[*/%&^|),=<>]/.test(token)) throw new ArithmeticError('Missing operand.');
    return read(token);
  };
  const binary = (level: number): number => {
    const own = operators[level];
    if (!own) return primary();
    let value = binary(level + 1);
    while (own.includes(tokens[at] ?? '')) value = apply(tokens[at++] as string, value, binary(level + 1));
    return value;
  };
  const assignment = (): number => {
    const name = tokens[at] ?? '';
    const operator = tokens[at + 1] ?? '';
    if (/=$/.test(operator) && /^[^\d\s(]/.test(name)) {
      at += 2;
      const right = assignment();
      const value = operator === '=' ? right : apply(operator.slice(0, -1), read(name), right);
      shell.variables.set(name, String(value));
      return value;
    }
    return binary(0);
  };
  const list = (): number => {
    let value = assignment();
    while (tokens[at] === ',') {
      at++;
      value = assignment();
    }
    return value;
  };
  const value = list();
  if (at < tokens.length) throw new ArithmeticError('Missing operator.');
  return value;
}

export const set: Builtin = {
  name: 'set',
  errorLevel: 'cmd',
  *run(shell, rest, streams) {
    const text = rest.replace(/^[\s,;=]+/, '');
    const { newline } = shell;
    if (/^\/a(\s|"|$)/i.test(text)) {
      try {
        const value = evaluate(text.slice(2).replace(/"/g, ''), shell);
        if (!shell.batch) streams.out.write(String(value));
        return 0;
      } catch (error) {
        if (!(error instanceof ArithmeticError)) throw error;
        streams.error.write(error.message + newline);
        return 1073750988;
      }
    }
    if (/^\/p(\s|"|$)/i.test(text)) {
      const match = /^"?([^=]*)=(.*?)"?$/.exec(text.slice(2).trimStart());
      if (!match) {
        streams.error.write(`The syntax of the command is incorrect.${newline}`);
        return 1;
      }
      const prompt = (match[2] as string).replace(/^"/, '');
      let answer: string | undefined;
      if (streams.input) {
        streams.out.write(prompt);
        answer = streams.input.line();
      } else {
        const typed = yield { kind: 'line', prompt, secret: false };
        answer = typed.kind === 'line' ? typed.text : undefined;
      }
      if (answer === undefined || answer === '') return 1;
      shell.variables.set((match[1] as string).trim(), answer);
      return 0;
    }
    const quoted = /^"(.*)"[^"]*$/.exec(text);
    const body = quoted ? (quoted[1] as string) : text;
    const equals = body.indexOf('=', 1);
    if (equals < 0) {
      const found = shell.variables.list(body.trim());
      if (found.length === 0) {
        streams.error.write(`Environment variable ${body.trim()} not defined${newline}`);
        return 1;
      }
      streams.out.write(found.map(([name, value]) => `${name}=${value}${newline}`).join(''));
      return 0;
    }
    shell.variables.set(body.slice(0, equals), body.slice(equals + 1));
    return 0;
  },
};
