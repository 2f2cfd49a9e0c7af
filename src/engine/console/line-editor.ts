import { KeyDecoder } from './keys.ts';
import type { Key } from './keys.ts';
import { advance } from './text-width.ts';

export interface Completion {
  /** Half-open range of the text that the items replace. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly string[];
}

/** What the editor asks of the shell behind it. All synchronous and free of effects on the world. */
export interface LineEditorPort {
  /** Text before the input, e.g. `PS C:\Labs> `. */
  prompt(): string;
  /** Whether Enter should start another line, because the parser waits for more. */
  incomplete(text: string): boolean;
  complete(text: string, offset: number): Completion;
  /** The text with colour sequences and nothing else added. */
  colour(text: string): string;
  history(): readonly string[];
  write(text: string): void;
  submit(text: string): void;
  interrupt(): void;
}

const continuation = '>> ';

/**
 * The command line of a console, as PSReadLine behaves in its Windows mode: history by arrows and Ctrl+R, Tab cycles
 * through completions, Enter continues an unfinished command, Esc clears. It draws itself by rewriting from the
 * start of the prompt, so it needs no screen of its own.
 */
export class LineEditor {
  readonly #port: LineEditorPort;
  readonly #keys = new KeyDecoder();
  #columns: number;
  #text = '';
  #cursor = 0;
  #active = false;
  /** Rows between the start of the prompt and the cursor, as last drawn. */
  #cursorRow = 0;
  #historyAt: number | undefined;
  #draft = '';
  #cycle: { readonly completion: Completion; readonly before: string; index: number } | undefined;
  #search: { query: string; at: number } | undefined;
  #undo: { readonly text: string; readonly cursor: number }[] = [];
  #typedAhead = '';

  constructor(port: LineEditorPort, columns: number) {
    this.#port = port;
    this.#columns = columns;
  }

  /** The text being edited: empty while a command runs. */
  get text(): string {
    return this.#text;
  }

  get active(): boolean {
    return this.#active;
  }

  /** Shows the prompt and takes keys; what was typed meanwhile follows. */
  begin(): void {
    this.#text = '';
    this.#cursor = 0;
    this.#cursorRow = 0;
    this.#historyAt = undefined;
    this.#undo = [];
    this.#active = true;
    this.#draw();
    const ahead = this.#typedAhead;
    this.#typedAhead = '';
    if (ahead !== '') this.feed(ahead);
  }

  resize(columns: number): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    if (this.#active) this.#draw();
  }

  /** Draws prompt and text again at a fresh line, e.g. after other output. */
  redraw(): void {
    this.#cursorRow = 0;
    if (this.#active) this.#draw();
  }

  feed(data: string): void {
    if (!this.#active) {
      if (data.includes('\x03')) {
        this.#typedAhead = '';
        this.#port.interrupt();
      } else this.#typedAhead += data;
      return;
    }
    const keys = this.#keys.decode(data);
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]!;
      if (this.#active) this.#press(key);
      else this.#typedAhead += raw(key);
    }
  }

  /** Types a whole command and sends it, whatever was on the line before. */
  type(text: string): void {
    if (!this.#active) {
      this.#typedAhead += `\x1b[200~${text}\x1b[201~\r`;
      return;
    }
    this.#set(text, text.length);
    this.#send();
  }

  #press(key: Key): void {
    if (this.#search) {
      if (this.#searchKey(key)) return;
    }
    if (key.kind !== 'tab' && key.kind !== 'back-tab') this.#cycle = undefined;
    switch (key.kind) {
      case 'text':
        this.#insert(key.text);
        return;
      case 'paste':
        this.#paste(key.text);
        return;
      case 'enter':
        if (this.#port.incomplete(this.#text)) this.#insert('\n');
        else this.#send();
        return;
      case 'new-line':
        this.#insert('\n');
        return;
      case 'backspace':
        this.#remove(this.#before(), this.#cursor);
        return;
      case 'delete':
        this.#remove(this.#cursor, this.#after());
        return;
      case 'delete-word-left':
        this.#remove(this.#wordLeft(), this.#cursor);
        return;
      case 'delete-word-right':
        this.#remove(this.#cursor, this.#wordRight());
        return;
      case 'delete-to-start':
        this.#remove(0, this.#cursor);
        return;
      case 'delete-to-end':
        this.#remove(this.#cursor, this.#text.length);
        return;
      case 'left':
        this.#move(this.#before());
        return;
      case 'right':
        this.#move(this.#after());
        return;
      case 'word-left':
        this.#move(this.#wordLeft());
        return;
      case 'word-right':
        this.#move(this.#wordRight());
        return;
      case 'home':
        this.#move(this.#text.lastIndexOf('\n', this.#cursor - 1) + 1);
        return;
      case 'end': {
        const end = this.#text.indexOf('\n', this.#cursor);
        this.#move(end < 0 ? this.#text.length : end);
        return;
      }
      case 'buffer-start':
        this.#move(0);
        return;
      case 'buffer-end':
        this.#move(this.#text.length);
        return;
      case 'up':
        if (!this.#line(-1)) this.#recall(-1, '');
        return;
      case 'down':
        if (!this.#line(1)) this.#recall(1, '');
        return;
      case 'match-previous':
        this.#recall(-1, this.#text.slice(0, this.#cursor));
        return;
      case 'match-next':
        this.#recall(1, this.#text.slice(0, this.#cursor));
        return;
      case 'tab':
        this.#complete(1);
        return;
      case 'back-tab':
        this.#complete(-1);
        return;
      case 'menu':
        this.#menu();
        return;
      case 'undo': {
        const last = this.#undo.pop();
        if (last) {
          this.#text = last.text;
          this.#cursor = last.cursor;
          this.#draw();
        }
        return;
      }
      case 'escape':
        this.#set('', 0);
        return;
      case 'clear-screen':
        this.#port.write('\x1b[2J\x1b[H');
        this.#cursorRow = 0;
        this.#draw();
        return;
      case 'interrupt':
        this.#move(this.#text.length);
        this.#port.write('\x1b[31m^C\x1b[0m\r\n');
        this.begin();
        return;
      case 'search-back':
      case 'search-forward':
        this.#search = { query: '', at: this.#port.history().length };
        this.#drawSearch();
        return;
    }
  }

  #paste(text: string): void {
    const clean = text.replace(/\r\n?/g, '\n');
    // A pasted command that ends its line is sent, one that does not can still be edited: as Windows Terminal does it.
    if (clean.endsWith('\n') && !this.#port.incomplete(this.#text + clean)) {
      this.#insert(clean.slice(0, -1));
      this.#send();
    } else this.#insert(clean);
  }

  #send(): void {
    const text = this.#text;
    this.#move(text.length);
    this.#port.write('\r\n');
    this.#active = false;
    this.#text = '';
    this.#cursor = 0;
    this.#cycle = undefined;
    this.#port.submit(text);
  }

  #remember(): void {
    this.#undo.push({ text: this.#text, cursor: this.#cursor });
    if (this.#undo.length > 200) this.#undo.shift();
  }

  #insert(text: string): void {
    this.#remember();
    this.#text = this.#text.slice(0, this.#cursor) + text + this.#text.slice(this.#cursor);
    this.#cursor += text.length;
    this.#draw();
  }

  #remove(from: number, to: number): void {
    if (from >= to) return;
    this.#remember();
    this.#text = this.#text.slice(0, from) + this.#text.slice(to);
    this.#cursor = from;
    this.#draw();
  }

  #set(text: string, cursor: number): void {
    this.#remember();
    this.#text = text;
    this.#cursor = cursor;
    this.#draw();
  }

  #move(to: number): void {
    this.#cursor = Math.max(0, Math.min(to, this.#text.length));
    this.#draw();
  }

  #before(): number {
    const char = this.#text.slice(0, this.#cursor).match(/[\ud800-\udbff][\udc00-\udfff]$/);
    return Math.max(0, this.#cursor - (char ? 2 : 1));
  }

  #after(): number {
    const code = this.#text.codePointAt(this.#cursor) ?? 0;
    return Math.min(this.#text.length, this.#cursor + (code > 0xffff ? 2 : 1));
  }

  #wordLeft(): number {
    const match = /[\w]+[^\w]*$|[^\w]+$/.exec(this.#text.slice(0, this.#cursor));
    return match ? match.index : 0;
  }

  #wordRight(): number {
    const match = /^[\w]*[^\w]*/.exec(this.#text.slice(this.#cursor));
    return this.#cursor + Math.max(1, match?.[0].length ?? 1);
  }

  /** Moves by lines inside a command of several lines; false where there is no such line. */
  #line(by: 1 | -1): boolean {
    const start = this.#text.lastIndexOf('\n', this.#cursor - 1) + 1;
    const column = this.#cursor - start;
    if (by < 0) {
      if (start === 0) return false;
      const previous = this.#text.lastIndexOf('\n', start - 2) + 1;
      this.#move(Math.min(previous + column, start - 1));
      return true;
    }
    const end = this.#text.indexOf('\n', this.#cursor);
    if (end < 0) return false;
    const next = this.#text.indexOf('\n', end + 1);
    this.#move(Math.min(end + 1 + column, next < 0 ? this.#text.length : next));
    return true;
  }

  #recall(by: 1 | -1, prefix: string): void {
    const history = this.#port.history();
    if (this.#historyAt === undefined) {
      if (by > 0) return;
      this.#draft = this.#text;
      this.#historyAt = history.length;
    }
    let at = this.#historyAt + by;
    const wanted = prefix.toLowerCase();
    while (at >= 0 && at < history.length && !history[at]!.toLowerCase().startsWith(wanted)) at += by;
    if (at < 0) return;
    if (at >= history.length) {
      this.#historyAt = undefined;
      this.#set(this.#draft, this.#draft.length);
      return;
    }
    this.#historyAt = at;
    const text = history[at]!;
    this.#set(text, prefix === '' ? text.length : Math.min(prefix.length, text.length));
  }

  #complete(by: 1 | -1): void {
    if (!this.#cycle) {
      const completion = this.#port.complete(this.#text, this.#cursor);
      if (completion.items.length === 0) return;
      this.#cycle = { completion, before: this.#text, index: by > 0 ? -1 : completion.items.length };
    }
    const { completion, before } = this.#cycle;
    const count = completion.items.length;
    this.#cycle.index = (this.#cycle.index + by + count) % count;
    const item = completion.items[this.#cycle.index]!;
    this.#set(
      before.slice(0, completion.start) + item + before.slice(completion.end),
      completion.start + item.length,
    );
  }

  /** Ctrl+Space: lists the completions below the line. */
  #menu(): void {
    const { items } = this.#port.complete(this.#text, this.#cursor);
    if (items.length === 0) return;
    if (items.length === 1) {
      this.#complete(1);
      return;
    }
    const shown = items.slice(0, 100);
    const width = Math.min(this.#columns, Math.max(...shown.map((item) => item.length)) + 2);
    const perRow = Math.max(1, Math.floor(this.#columns / width));
    let list = '';
    shown.forEach(
      (item, i) => (list += (i % perRow === 0 ? '\r\n' : '') + item.slice(0, width - 1).padEnd(width)),
    );
    this.#move(this.#text.length);
    this.#port.write(
      `${list}${items.length > shown.length ? `\r\n… ${items.length - shown.length} more` : ''}\r\n`,
    );
    this.redraw();
  }

  /** Keys of the incremental history search; true where the key was for it. */
  #searchKey(key: Key): boolean {
    const search = this.#search!;
    const find = (from: number) => {
      const history = this.#port.history();
      for (let at = Math.min(from, history.length - 1); at >= 0; at--) {
        if (history[at]!.toLowerCase().includes(search.query.toLowerCase())) {
          search.at = at;
          this.#text = history[at]!;
          this.#cursor = this.#text.length;
          break;
        }
      }
      this.#drawSearch();
    };
    if (key.kind === 'text') {
      search.query += key.text;
      find(search.at);
      return true;
    }
    if (key.kind === 'backspace') {
      search.query = search.query.slice(0, -1);
      find(this.#port.history().length - 1);
      return true;
    }
    if (key.kind === 'search-back') {
      find(search.at - 1);
      return true;
    }
    this.#search = undefined;
    if (key.kind === 'escape' || key.kind === 'interrupt') {
      this.#set('', 0);
      return true;
    }
    this.#draw();
    return false;
  }

  #drawSearch(): void {
    this.#draw(`bck-i-search: ${this.#search?.query ?? ''}_`);
  }

  /** Writes prompt and text from the start of the prompt and leaves the terminal's cursor where ours is. */
  #draw(below = ''): void {
    const prompt = this.#port.prompt();
    const up = this.#cursorRow > 0 ? `\x1b[${this.#cursorRow}A` : '';
    const withContinuation = (text: string) => text.replace(/\n/g, `\n${continuation}`);
    const coloured = this.#port.colour(this.#text).replace(/\n/g, `\r\n${continuation}`);
    const promptLast = prompt.slice(prompt.lastIndexOf('\n') + 1);
    const promptRows = advance(prompt, 0, this.#columns).rows;
    const start = advance(promptLast, 0, this.#columns).column;
    const end = advance(withContinuation(this.#text), start, this.#columns);
    const cursor = advance(withContinuation(this.#text.slice(0, this.#cursor)), start, this.#columns);
    let out = `\x1b[?25l\r${up}\x1b[J${prompt.replace(/\n/g, '\r\n')}${coloured}`;
    // A full last row leaves the terminal's cursor pending: make it real before moving relative to it.
    let endRow = end.rows;
    if (end.column >= this.#columns) {
      out += ' \r';
      endRow++;
    }
    let cursorRow = cursor.rows;
    let cursorColumn = cursor.column;
    if (cursorColumn >= this.#columns) {
      cursorRow++;
      cursorColumn = 0;
    }
    if (below !== '') {
      out += `\r\n${below}`;
      endRow++;
    }
    if (endRow > cursorRow) out += `\x1b[${endRow - cursorRow}A`;
    out += `\r${cursorColumn > 0 ? `\x1b[${cursorColumn}C` : ''}\x1b[?25h`;
    this.#cursorRow = promptRows + cursorRow;
    this.#port.write(out);
  }
}

/** A key as it would be typed again, for what comes in while a command runs. */
function raw(key: Key): string {
  if (key.kind === 'text') return key.text;
  if (key.kind === 'paste') return `\x1b[200~${key.text}\x1b[201~`;
  return key.kind === 'enter' ? '\r' : '';
}
