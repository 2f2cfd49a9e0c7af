import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { LineEditor } from '../../../src/engine/console/line-editor.ts';

/** The editor in front of a real terminal's screen, so that tests see what a learner sees. */
function editor(history: string[] = [], items: string[] = [], columns = 40) {
  const terminal = new Terminal({ cols: columns, rows: 12, allowProposedApi: true, convertEol: false });
  const sent: string[] = [];
  let interrupts = 0;
  let pending = Promise.resolve();
  const line: LineEditor = new LineEditor(
    {
      prompt: () => 'PS C:\\> ',
      incomplete: (text) => (text.match(/\{/g)?.length ?? 0) > (text.match(/\}/g)?.length ?? 0),
      complete: (text, offset) => ({ start: text.lastIndexOf(' ', offset - 1) + 1, end: offset, items }),
      colour: (text) => `\x1b[93m${text}\x1b[0m`,
      history: () => history,
      write: (text) => {
        pending = pending.then(() => new Promise<void>((resolve) => terminal.write(text, resolve)));
      },
      submit: (text) => {
        sent.push(text);
        history.push(text);
        line.begin();
      },
      interrupt: () => interrupts++,
    },
    columns,
  );
  line.begin();
  return {
    line,
    sent,
    interrupts: () => interrupts,
    async screen() {
      await pending;
      const rows: string[] = [];
      for (let y = 0; y < terminal.rows; y++)
        rows.push(terminal.buffer.active.getLine(y)?.translateToString(true).trimEnd() ?? '');
      return {
        rows: rows.filter((row, y) => row !== '' || y <= terminal.buffer.active.cursorY),
        cursor: [terminal.buffer.active.cursorX, terminal.buffer.active.cursorY],
      };
    },
  };
}

describe('the command line of a console', () => {
  it('shows what is typed and sends it with Enter', async () => {
    const e = editor();
    e.line.feed('Get-Date');
    expect(await e.screen()).toEqual({ rows: ['PS C:\\> Get-Date'], cursor: [16, 0] });
    e.line.feed('\r');
    expect(e.sent).toEqual(['Get-Date']);
    expect(await e.screen()).toEqual({ rows: ['PS C:\\> Get-Date', 'PS C:\\>'], cursor: [8, 1] });
  });

  it('edits in the middle of a line that wraps', async () => {
    const e = editor([], [], 20);
    e.line.feed('0123456789abcdefghij');
    e.line.feed('\x1b[D'.repeat(5));
    e.line.feed('\x7fX');
    expect(await e.screen()).toEqual({
      rows: ['PS C:\\> 0123456789ab', 'cdeXfghij'.replace('cdeX', 'cdX').replace('fghij', 'fghij')],
      cursor: [3, 1],
    });
    e.line.feed('\r');
    expect(e.sent).toEqual(['0123456789abcdXfghij'.replace('dX', 'dX')]);
  });

  it('continues an unfinished command on the next line', async () => {
    const e = editor();
    e.line.feed('if (1) {\r');
    expect(await e.screen()).toEqual({ rows: ['PS C:\\> if (1) {', '>>'], cursor: [3, 1] });
    e.line.feed('2 }\r');
    expect(e.sent).toEqual(['if (1) {\n2 }']);
  });

  it('recalls history, and what was being typed comes back', async () => {
    const e = editor(['one', 'two']);
    e.line.feed('thr');
    e.line.feed('\x1b[A');
    expect((await e.screen()).rows).toEqual(['PS C:\\> two']);
    e.line.feed('\x1b[A');
    expect((await e.screen()).rows).toEqual(['PS C:\\> one']);
    e.line.feed('\x1b[B\x1b[B');
    expect((await e.screen()).rows).toEqual(['PS C:\\> thr']);
  });

  it('searches history with Ctrl+R', async () => {
    const e = editor(['Get-Service a', 'dir', 'Get-Item b']);
    e.line.feed('\x12serv');
    expect((await e.screen()).rows).toEqual(['PS C:\\> Get-Service a', 'bck-i-search: serv_']);
    e.line.feed('\r');
    expect(e.sent).toEqual(['Get-Service a']);
  });

  it('cycles through completions with Tab and back with Shift+Tab', async () => {
    const e = editor([], ['Get-Item', 'Get-ItemProperty']);
    e.line.feed('x Get-It\t');
    expect((await e.screen()).rows).toEqual(['PS C:\\> x Get-Item']);
    e.line.feed('\t');
    expect((await e.screen()).rows).toEqual(['PS C:\\> x Get-ItemProperty']);
    e.line.feed('\x1b[Z');
    expect((await e.screen()).rows).toEqual(['PS C:\\> x Get-Item']);
  });

  it('sends a pasted command that ends its line, and keeps one that does not', () => {
    const e = editor();
    e.line.feed('\x1b[200~dir\r\n\x1b[201~');
    e.line.feed('\x1b[200~half\x1b[201~');
    expect([e.sent, e.line.text]).toEqual([['dir'], 'half']);
  });

  it('keeps what is typed while a command runs, and passes Ctrl+C on', () => {
    const sent: string[] = [];
    let interrupted = 0;
    const line = new LineEditor(
      {
        prompt: () => '> ',
        incomplete: () => false,
        complete: (_, offset) => ({ start: offset, end: offset, items: [] }),
        colour: (text) => text,
        history: () => [],
        write: () => undefined,
        submit: (text) => sent.push(text),
        interrupt: () => interrupted++,
      },
      80,
    );
    line.begin();
    line.feed('first\rsecond\r');
    expect(sent).toEqual(['first']);
    line.begin();
    expect(sent).toEqual(['first', 'second']);
    line.feed('third');
    line.feed('\x03');
    expect(interrupted).toBe(1);
    line.begin();
    expect(line.text).toBe('');
  });
});
