import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import type { OpenConsole } from '../../state/consoles.svelte.ts';
import type { LabSession } from '../../state/lab-session.svelte.ts';
import type { ShownTheme } from '../../state/preferences.svelte.ts';
import { terminalTheme } from './terminal-theme.ts';

/** Keys that belong to the window even while the console has the focus. */
function belongsToWindow(event: KeyboardEvent): boolean {
  if (event.key === 'F6' || event.key === 'F1') return true;
  if (!event.ctrlKey || event.altKey) return false;
  const key = event.key.toLowerCase();
  return (
    key === 'p' ||
    key === 'f' ||
    key === '+' ||
    key === '=' ||
    key === '-' ||
    key === '0' ||
    (event.shiftKey && key !== 'c' && key !== 'v')
  );
}

/** One xterm on one console of the engine. Output is acknowledged once drawn, so that the host can hold back. */
export class DeviceTerminal {
  readonly search = new SearchAddon();
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #session: LabSession;
  readonly #console: OpenConsole;
  #ready = false;
  #typedAhead = '';

  constructor(session: LabSession, console: OpenConsole, theme: ShownTheme, screenReader: boolean) {
    this.#session = session;
    this.#console = console;
    this.#terminal = new Terminal({
      fontFamily: "'Cascadia Code Variable', 'Cascadia Mono', Consolas, monospace",
      fontSize: 13,
      lineHeight: 1.15,
      cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      cursorStyle: 'bar',
      cursorWidth: 2,
      scrollback: 10_000,
      minimumContrastRatio: 4.5,
      screenReaderMode: screenReader,
      allowProposedApi: true,
      theme: terminalTheme(theme),
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.loadAddon(this.search);
  }

  /** For `{@attach}`: opens the terminal in the element, and everything it owns ends with it. */
  attach = (element: HTMLElement): (() => void) => {
    const terminal = this.#terminal;
    terminal.open(element);
    terminal.textarea?.setAttribute('aria-label', `${this.#console.title}. F6 leaves the console.`);
    loadWebgl(terminal);
    terminal.attachCustomKeyEventHandler((event) => this.#key(event));
    terminal.onData((data) => this.#send(data));
    terminal.onResize(({ cols, rows }) => this.#resized(cols, rows));
    const watch = new ResizeObserver(() => this.fit());
    watch.observe(element);
    const opened = fontsReady().then(() => {
      this.fit();
      return this.#session.engine.connectConsole(this.#console.id, {
        output: (text, drawn) => terminal.write(text, drawn),
        reopen: () => void this.#open(),
      });
    });
    return () => {
      watch.disconnect();
      void opened.then((disconnect) => disconnect());
      terminal.dispose();
    };
  };

  fit(): void {
    // A hidden terminal has no size to fit to.
    if (this.#terminal.element?.offsetParent) this.#fit.fit();
  }

  focus(): void {
    this.#terminal.focus();
  }

  setTheme(theme: ShownTheme): void {
    this.#terminal.options.theme = terminalTheme(theme);
  }

  setScreenReader(on: boolean): void {
    this.#terminal.options.screenReaderMode = on;
  }

  selectAll(): void {
    this.#terminal.selectAll();
  }

  async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.#terminal.getSelection());
    this.#terminal.clearSelection();
  }

  async paste(): Promise<void> {
    this.#terminal.paste(await navigator.clipboard.readText());
  }

  /** What is typed before the console is open, or while the engine starts again, waits for it as on a real console. */
  #send(data: string): void {
    const open = this.#ready && !this.#session.restarting;
    if (data === '\x03') {
      this.#typedAhead = '';
      if (open) this.#session.interrupt(this.#console.id);
    } else if (open) {
      this.#session.engine.keys(this.#console.id, data);
    } else {
      this.#typedAhead += data;
    }
  }

  async #open(): Promise<void> {
    this.#ready = false;
    this.#terminal.reset();
    const { id, as } = this.#console;
    const columns = Math.max(20, this.#terminal.cols);
    const rows = Math.max(5, this.#terminal.rows);
    this.#ready = await this.#session.ask('console.open', { console: id, as, columns, rows });
    if (this.#terminal.cols !== columns || this.#terminal.rows !== rows) {
      this.#resized(this.#terminal.cols, this.#terminal.rows);
    }
    const typed = this.#typedAhead;
    this.#typedAhead = '';
    if (typed !== '') this.#send(typed);
  }

  #resized(columns: number, rows: number): void {
    if (!this.#ready || columns < 20 || rows < 5) return;
    void this.#session.ask('console.resize', { console: this.#console.id, columns, rows });
  }

  /** False keeps the key from the device. */
  #key(event: KeyboardEvent): boolean {
    if (belongsToWindow(event)) return false;
    if (event.type !== 'keydown' || !event.ctrlKey || event.altKey) return true;
    const key = event.key.toLowerCase();
    if (key === 'c' && (this.#terminal.hasSelection() || event.shiftKey)) {
      event.preventDefault();
      void this.copy();
      return false;
    }
    if (key === 'v') {
      event.preventDefault();
      void this.paste();
      return false;
    }
    return true;
  }
}

function loadWebgl(terminal: Terminal): void {
  try {
    const webgl = new WebglAddon();
    // Without WebGL the terminal draws with the DOM.
    webgl.onContextLoss(() => webgl.dispose());
    terminal.loadAddon(webgl);
  } catch {
    return;
  }
}

/** xterm measures a cell once, so the face must be there. */
async function fontsReady(): Promise<void> {
  await document.fonts.load("13px 'Cascadia Code Variable'").catch(() => []);
}
