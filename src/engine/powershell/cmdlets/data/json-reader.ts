/** JSON as data; numbers stay text until the dialect decides on their type. */
export type JsonNode =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsonNode])[] };

export class JsonError extends Error {}

/** Reads as Newtonsoft's reader does (PowerShell 7): comments, single quotes, bare names and a last comma are taken. */
export function readJson(text: string, maxDepth: number): JsonNode | undefined {
  let at = 0;
  const path: (string | number)[] = [];
  let started = false;

  const where = (position = at): string => {
    let shown = '';
    for (const part of path) {
      if (typeof part === 'number') shown += `[${part}]`;
      else if (/^[A-Za-z0-9_$-]+$/.test(part)) shown += shown === '' ? part : `.${part}`;
      else shown += `['${part}']`;
    }
    if (!started) return `Path '${shown}', line 0, position 0.`;
    const before = text.slice(0, position);
    const line = before.split('\n').length;
    return `Path '${shown}', line ${line}, position ${position - (before.lastIndexOf('\n') + 1)}.`;
  };
  const fail = (message: string, position = at): never => {
    throw new JsonError(`${message} ${where(position)}`);
  };

  const skip = (): void => {
    for (;;) {
      const c = text[at];
      if (c === undefined) return;
      if (/\s/.test(c) || c === '\uFEFF') at++;
      else if (c === '/' && text[at + 1] === '/') {
        while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
      } else if (c === '/' && text[at + 1] === '*') {
        const end = text.indexOf('*/', at + 2);
        if (end < 0) fail('Unexpected end while parsing comment.', text.length);
        at = end + 2;
      } else return;
    }
  };

  const string = (): string => {
    const quote = text[at++] as string;
    let result = '';
    for (;;) {
      const c = text[at];
      if (c === undefined) fail(`Unterminated string. Expected delimiter: ${quote}.`);
      at++;
      if (c === quote) return result;
      if (c !== '\\') {
        result += c;
        continue;
      }
      const escape = text[at++];
      switch (escape) {
        case 'b':
          result += '\b';
          break;
        case 't':
          result += '\t';
          break;
        case 'n':
          result += '\n';
          break;
        case 'f':
          result += '\f';
          break;
        case 'r':
          result += '\r';
          break;
        case '\\':
        case '"':
        case "'":
        case '/':
          result += escape;
          break;
        case 'u': {
          const hex = text.slice(at, at + 4);
          if (!/^[0-9a-fA-F]{4}$/.test(hex)) fail(`Invalid Unicode escape sequence: \\u${hex}.`);
          result += String.fromCharCode(parseInt(hex, 16));
          at += 4;
          break;
        }
        default:
          fail(`Bad JSON escape sequence: \\${escape ?? ''}.`);
      }
    }
  };

  const value = (depth: number): JsonNode => {
    skip();
    const c = text[at];
    if (c === undefined) return fail('Unexpected end when reading JSON.');
    if (c === '{') return object(depth + 1);
    if (c === '[') return array(depth + 1);
    if (c === '"' || c === "'") {
      started = true;
      return { kind: 'string', value: string() };
    }
    const number = /^-?(?:\d[\d.eE+-]*|Infinity)/.exec(text.slice(at, at + 400));
    if (number) {
      started = true;
      const found = number[0];
      if (/^-?0\d/.test(found) || !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(found)) {
        if (!/Infinity/.test(found))
          fail(`Input string '${found}' is not a valid number.`, at + found.length);
      }
      at += found.length;
      return { kind: 'number', text: found };
    }
    const word = /^(true|false|null|undefined|NaN|Infinity)/.exec(text.slice(at, at + 10))?.[1];
    if (word) {
      started = true;
      at += word.length;
      if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
      if (word === 'NaN' || word === 'Infinity') return { kind: 'number', text: word };
      return { kind: 'null' };
    }
    return fail(`Unexpected character encountered while parsing value: ${c}.`);
  };

  const enter = (depth: number): void => {
    started = true;
    at++;
    if (depth > maxDepth) fail(`The reader's MaxDepth of ${maxDepth} has been exceeded.`);
  };

  const array = (depth: number): JsonNode => {
    enter(depth);
    const items: JsonNode[] = [];
    path.push(0);
    for (;;) {
      skip();
      if (text[at] === undefined) {
        if (items.length === 0) path.pop();
        return fail('Unexpected end when deserializing array.');
      }
      if (text[at] === ']') break;
      items.push(value(depth));
      skip();
      if (text[at] === ',') {
        at++;
        path[path.length - 1] = items.length;
      } else if (text[at] !== ']') {
        if (text[at] === undefined) return fail('Unexpected end when deserializing array.');
        return fail(`After parsing a value an unexpected character was encountered: ${text[at]}.`);
      }
    }
    at++;
    path.pop();
    return { kind: 'array', items };
  };

  const object = (depth: number): JsonNode => {
    enter(depth);
    const entries: (readonly [string, JsonNode])[] = [];
    for (;;) {
      skip();
      const c = text[at];
      if (c === undefined) return fail('Unexpected end when deserializing object.');
      if (c === '}') break;
      let key: string;
      if (c === '"' || c === "'") key = string();
      else {
        const bare = /^[A-Za-z0-9_$]+/.exec(text.slice(at))?.[0];
        if (bare === undefined) return fail(`Invalid property identifier character: ${c}.`);
        at += bare.length;
        if (text[at] === undefined) return fail('Unexpected end while parsing unquoted property name.');
        key = bare;
      }
      path.push(key);
      skip();
      if (text[at] === undefined) return fail('Unexpected end when deserializing object.');
      if (text[at] !== ':')
        return fail(`Invalid character after parsing property name. Expected ':' but got: ${text[at]}.`);
      at++;
      skip();
      if (text[at] === undefined) return fail('Unexpected end when deserializing object.');
      entries.push([key, value(depth)]);
      skip();
      if (text[at] === ',') at++;
      else if (text[at] !== '}') {
        if (text[at] === undefined) return fail('Unexpected end when deserializing object.');
        return fail(`After parsing a value an unexpected character was encountered: ${text[at]}.`);
      }
      path.pop();
    }
    at++;
    return { kind: 'object', entries };
  };

  skip();
  if (at >= text.length) return undefined;
  const result = value(0);
  skip();
  if (at < text.length) {
    path.length = 0;
    fail(`Additional text encountered after finished reading JSON content: ${text[at]}.`);
  }
  return result;
}

const backslash = 0x5c;
const wordHere = /[^,\]}:\s"{[]+/y;
const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ["'", "'"],
  ['/', '/'],
  ['\\', '\\'],
]);

/** Reads as JavaScriptSerializer does (Windows PowerShell 5.1). */
export function readDesktopJson(text: string): JsonNode | undefined {
  let at = 0;
  const bad = (message: string): never => {
    throw new JsonError(message);
  };
  const invalid = (message: string): never => bad(`${message} (${at}): ${text}`);
  const skip = (): void => {
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      // Of ASCII, space and tab to carriage return; expressions are for the rare others.
      if (code <= 0x7f ? code !== 0x20 && (code < 9 || code > 13) : !/\s/.test(text[at] as string)) return;
    }
  };

  const string = (): string => {
    const quote = text.charCodeAt(at++);
    let result = '';
    for (let from = at; ; at++) {
      if (at >= text.length) {
        at++;
        return invalid('Unterminated string passed in.');
      }
      const code = text.charCodeAt(at);
      if (code !== quote && code !== backslash) continue;
      result += text.slice(from, at++);
      if (code === quote) return result;
      const escape = text[at++];
      const plain = escape === undefined ? undefined : simpleEscapes.get(escape);
      if (plain !== undefined) result += plain;
      else if (escape === 'u') {
        const hex = text.slice(at, at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) return invalid('Unrecognized escape sequence.');
        result += String.fromCharCode(parseInt(hex, 16));
        at += 4;
      } else return invalid('Unrecognized escape sequence.');
      from = at--;
    }
  };
  const value = (): JsonNode => {
    skip();
    const c = text[at];
    if (c === undefined) return bad('Invalid JSON primitive: .');
    if (c === '{') return object();
    if (c === '[') return array();
    if (c === '"' || c === "'") return { kind: 'string', value: string() };
    wordHere.lastIndex = at;
    const word = wordHere.exec(text)?.[0] ?? '';
    at += word.length;
    if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
    if (word === 'null') return { kind: 'null' };
    if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word)) return { kind: 'number', text: word };
    return bad(`Invalid JSON primitive: ${word}.`);
  };
  const array = (): JsonNode => {
    at++;
    const items: JsonNode[] = [];
    skip();
    if (text[at] === ']') {
      at++;
      return { kind: 'array', items };
    }
    for (;;) {
      items.push(value());
      skip();
      if (text[at] === ',') {
        at++;
        skip();
        if (text[at] === ']') return invalid("Invalid array passed in, extra trailing ','.");
        continue;
      }
      if (text[at] === ']') {
        at++;
        return { kind: 'array', items };
      }
      return invalid(
        text[at] === undefined
          ? "Invalid array passed in, ']' expected."
          : "Invalid array passed in, ',' expected.",
      );
    }
  };
  const object = (): JsonNode => {
    at++;
    const entries: (readonly [string, JsonNode])[] = [];
    skip();
    if (text[at] === '}') {
      at++;
      return { kind: 'object', entries };
    }
    for (;;) {
      skip();
      const c = text[at];
      let key: string;
      if (c === '"' || c === "'") key = string();
      else {
        const bare = /^[A-Za-z_$][\w$]*/.exec(text.slice(at))?.[0];
        if (bare === undefined) return invalid('Invalid object passed in, member name expected.');
        at += bare.length;
        key = bare;
      }
      skip();
      if (text[at] !== ':') return invalid("Invalid object passed in, ':' or '}' expected.");
      at++;
      entries.push([key, value()]);
      skip();
      if (text[at] === ',') {
        at++;
        continue;
      }
      if (text[at] === '}') {
        at++;
        return { kind: 'object', entries };
      }
      return invalid("Invalid object passed in, ':' or '}' expected.");
    }
  };
  skip();
  if (at >= text.length) return undefined;
  const result = value();
  skip();
  if (at < text.length) bad(`Invalid JSON primitive: ${text.slice(at).trim()}.`);
  return result;
}
