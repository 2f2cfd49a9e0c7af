import type { ConsoleId, DeviceId } from '../base/ids.ts';
import { colourInput } from '../engine/console/input-colours.ts';
import { LineEditor } from '../engine/console/line-editor.ts';
import { complete } from '../engine/powershell/completion/index.ts';
import { parseText } from '../engine/powershell/parse/index.ts';
import type { WorldEvent } from '../engine/world/event.ts';
import type { Simulation } from '../engine/world/simulation.ts';

export interface HostConsoleOptions {
  readonly device: DeviceId;
  readonly id: ConsoleId;
  readonly columns: number;
  readonly simulation: () => Simulation;
  /** Bytes for a terminal. */
  readonly write: (text: string) => void;
  /** A command, or the answer to a question. */
  readonly submit: (text: string) => void;
  /** Ctrl+C while a command runs. */
  readonly interrupt: () => void;
}

/** A console of a simulated device as a terminal sees it: the line editor, and what the device's events draw. */
export class HostConsole {
  readonly #options: HostConsoleOptions;
  #editor: LineEditor;
  #columns: number;
  /** Commands sent by the editor whose echo is on the screen already. */
  #sent: string[] = [];

  constructor(options: HostConsoleOptions) {
    this.#options = options;
    this.#columns = options.columns;
    this.#editor = this.#newEditor();
  }

  #newEditor(): LineEditor {
    const { write, interrupt } = this.#options;
    return new LineEditor(
      {
        prompt: () => this.#state?.prompt ?? '',
        incomplete: (text) => this.#atPrompt && isIncomplete(text),
        complete: (text, offset) => {
          const session = this.#atPrompt ? this.#session : undefined;
          if (!session) return { start: offset, end: offset, items: [] };
          const { start, end, items } = complete(session, text, offset, { extras: false });
          return { start, end, items: items.map((item) => item.text) };
        },
        colour: (text) =>
          this.#state?.secret
            ? '*'.repeat(text.length)
            : this.#atPrompt && this.#session
              ? colourInput(text)
              : text,
        history: () => (this.#atPrompt ? (this.#session?.history ?? []) : []),
        write,
        submit: (text) => {
          this.#sent.push(text);
          this.#options.submit(text);
        },
        interrupt,
      },
      this.#columns,
    );
  }

  get #state() {
    return this.#options.simulation().console(this.#options.device, this.#options.id);
  }

  get #session() {
    return this.#options.simulation().session(this.#options.device, this.#options.id);
  }

  get #atPrompt(): boolean {
    return this.#state?.state === 'prompt';
  }

  /** Keys as a terminal sends them. */
  feed(data: string): void {
    this.#editor.feed(data);
  }

  /** A whole command and Enter. */
  type(text: string): void {
    this.#editor.type(text);
  }

  resize(columns: number): void {
    this.#columns = columns;
    this.#editor.resize(columns);
  }

  /** The command that was sent was not taken: it can be edited and sent again. */
  refused(message: string): void {
    this.#sent.pop();
    this.#options.write(`\x1b[91m${message}\x1b[0m\r\n`);
    this.#editor.begin();
  }

  /** Draws what came about on the device since the last call. */
  draw(events: readonly WorldEvent[]): void {
    let text = '';
    for (const { data, device } of events) {
      if (data.kind !== 'console' || data.console !== this.#options.id || device !== this.#options.device)
        continue;
      if (data.stream === 'prompt') {
        this.#flush(text);
        text = '';
        if (!this.#editor.active && this.#waits) this.#editor.begin();
      } else if (data.stream === 'echo') {
        if (this.#sent[0] === data.text) this.#sent.shift();
        else text += `${data.text}\n`;
      } else text += data.text;
    }
    this.#flush(text);
  }

  /** Draws the console anew on a cleared screen, from all that happened on it. */
  redraw(events: readonly WorldEvent[]): void {
    const mine = events.filter(
      ({ data, device }) =>
        data.kind === 'console' && data.console === this.#options.id && device === this.#options.device,
    );
    this.#sent = [];
    let text = '';
    for (const [n, { data }] of mine.entries()) {
      if (data.kind !== 'console') continue;
      // The newest prompt belongs to the editor.
      if (data.stream === 'prompt' && n === mine.length - 1 && this.#waits) break;
      text += data.stream === 'echo' ? `${data.text}\n` : data.text;
    }
    this.#options.write('\x1b[0m\x1b[H\x1b[2J\x1b[3J');
    this.#flush(text);
    this.#editor = this.#newEditor();
    if (this.#waits) this.#editor.begin();
  }

  get #waits(): boolean {
    const state = this.#state?.state;
    return state === 'prompt' || state === 'question';
  }

  #flush(text: string): void {
    if (text !== '') this.#options.write(text.replace(/\r?\n/g, '\r\n'));
  }
}

/** Whether Enter starts another line: the parser found that more could make the text right. */
export function isIncomplete(text: string): boolean {
  return parseText(text).errors.some((error) => error.incompleteInput);
}
