/** Keys as a terminal sends them, decoded. `text` is anything typed or pasted that is not a key of its own. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: KeyName };

export type KeyName =
  | 'enter'
  | 'new-line'
  | 'backspace'
  | 'delete'
  | 'tab'
  | 'back-tab'
  | 'escape'
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'delete-word-left'
  | 'delete-word-right'
  | 'delete-to-start'
  | 'delete-to-end'
  | 'buffer-start'
  | 'buffer-end'
  | 'undo'
  | 'interrupt'
  | 'clear-screen'
  | 'search-back'
  | 'search-forward'
  | 'match-previous'
  | 'match-next'
  | 'menu';

const sequences: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'new-line',
  '\x7f': 'backspace',
  '\b': 'delete-word-left',
  '\t': 'tab',
  '\x01': 'home',
  '\x03': 'interrupt',
  '\x05': 'end',
  '\x0b': 'delete-to-end',
  '\x0c': 'clear-screen',
  '\x12': 'search-back',
  '\x13': 'search-forward',
  '\x15': 'delete-to-start',
  '\x17': 'delete-word-left',
  '\x1a': 'undo',
  '\0': 'menu',
  '\x1b[A': 'up',
  '\x1b[B': 'down',
  '\x1b[C': 'right',
  '\x1b[D': 'left',
  '\x1bOA': 'up',
  '\x1bOB': 'down',
  '\x1bOC': 'right',
  '\x1bOD': 'left',
  '\x1b[H': 'home',
  '\x1b[F': 'end',
  '\x1bOH': 'home',
  '\x1bOF': 'end',
  '\x1b[1~': 'home',
  '\x1b[4~': 'end',
  '\x1b[3~': 'delete',
  '\x1b[3;5~': 'delete-word-right',
  '\x1b[Z': 'back-tab',
  '\x1b[1;5D': 'word-left',
  '\x1b[1;5C': 'word-right',
  '\x1b[1;5H': 'delete-to-start',
  '\x1b[1;5F': 'delete-to-end',
  '\x1b[1;2A': 'up',
  '\x1b[1;2B': 'down',
  '\x1b[19~': 'match-previous',
  '\x1b[19;2~': 'match-next',
  '\x1b\r': 'new-line',
  '\x1b\x7f': 'delete-word-left',
  '\x1bd': 'delete-word-right',
  '\x1bb': 'word-left',
  '\x1bf': 'word-right',
};
const longest = Math.max(...Object.keys(sequences).map((sequence) => sequence.length));
const pasteStart = '\x1b[200~';
const pasteEnd = '\x1b[201~';

/** Decodes keys; an escape sequence cut in two by the transport waits for its rest, except a lone Esc. */
export class KeyDecoder {
  #rest = '';

  decode(data: string): readonly Key[] {
    let input = this.#rest + data;
    this.#rest = '';
    const keys: Key[] = [];
    let text = '';
    const flush = () => {
      if (text !== '') keys.push({ kind: 'text', text });
      text = '';
    };
    while (input !== '') {
      if (input.startsWith(pasteStart)) {
        const end = input.indexOf(pasteEnd);
        if (end < 0) {
          this.#rest = input;
          break;
        }
        flush();
        keys.push({ kind: 'paste', text: input.slice(pasteStart.length, end) });
        input = input.slice(end + pasteEnd.length);
        continue;
      }
      const known = longestKnown(input);
      if (known) {
        flush();
        keys.push({ kind: sequences[known]! });
        input = input.slice(known.length);
        continue;
      }
      if (input === '\x1b') {
        flush();
        keys.push({ kind: 'escape' });
        break;
      }
      if (input.startsWith('\x1b')) {
        const unknown = /^\x1b(?:\[[0-9;?]*[ -/]*[@-~]|O.|[^[O])/.exec(input);
        if (!unknown) {
          this.#rest = input;
          break;
        }
        flush();
        input = input.slice(unknown[0].length);
        continue;
      }
      const char = String.fromCodePoint(input.codePointAt(0)!);
      if (char >= ' ') text += char;
      input = input.slice(char.length);
    }
    flush();
    return keys;
  }
}

function longestKnown(input: string): string | undefined {
  for (let length = Math.min(longest, input.length); length > 0; length--) {
    const candidate = input.slice(0, length);
    if (candidate in sequences && !(candidate === '\x1b' && input.length > 1)) return candidate;
  }
  return undefined;
}
