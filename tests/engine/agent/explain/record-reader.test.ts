import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordReader } from '../../../../src/engine/agent/explain/index.ts';
import type { LogEntry } from '../../../../src/engine/agent/explain/index.ts';

const record = (message: string, thread = 4): string =>
  `<![LOG[${message}]LOG]!><time="09:12:03.1425234" date="5-4-2026" component="AppWorkload" context="" type="1" thread="${thread}" file="">`;

function read(pieces: readonly string[], keep?: number): readonly LogEntry[] {
  const reader = new RecordReader(keep);
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const texts = (entries: readonly LogEntry[]): readonly string[] =>
  entries.map(({ kind, text, line, torn, cut }) =>
    [`${line} ${kind}${torn ? ' torn' : ''}${cut > 0 ? ` -${cut}` : ''}`, text].join(': '),
  );

/** 9:12:03.142523 on 4 May 2026, read as if it were UTC. */
const local = Date.UTC(2026, 4, 4, 9, 12, 3) * 1000 + 142_523;

describe('a log', () => {
  it('is read record by record, with the local clock as it stands there', () => {
    expect(read([`${record('one')}\r\n${record('two', 12)}\r\n`])).toEqual([
      {
        kind: 'record',
        text: 'one',
        local,
        offset: null,
        component: 'AppWorkload',
        type: 1,
        thread: 4,
        line: 1,
        torn: false,
        cut: 0,
      },
      {
        kind: 'record',
        text: 'two',
        local,
        offset: null,
        component: 'AppWorkload',
        type: 1,
        thread: 12,
        line: 2,
        torn: false,
        cut: 0,
      },
    ]);
  });

  it('may have records of several lines, lines of other programs, and an end mark inside a message', () => {
    const log = [
      record('App is expired.\r\nHash = abc'),
      'written by something else',
      '',
      record('a message that quotes ]LOG]!> and goes on'),
    ].join('\r\n');
    expect(texts(read([log]))).toEqual([
      '1 record: App is expired.\nHash = abc',
      '3 text: written by something else',
      '5 record: a message that quotes ]LOG]!> and goes on',
    ]);
  });

  it('keeps both records where one was written into the other', () => {
    const torn = record('Start sending <<>>').replace(
      '<<>>',
      `${record('Finish processing rule.', 7)}\r\nhealth report..`,
    );
    expect(texts(read([`${torn}\r\n${record('next')}`]))).toEqual([
      '1 record torn: Finish processing rule.',
      '1 record torn: Start sending health report..',
      '3 record: next',
    ]);
  });

  it('gives up a record that another one overwrote', () => {
    expect(texts(read([`<![LOG[Start sending${record('inner')}\r\n${record('next')}\r\n`]))).toEqual([
      '1 record torn: inner',
      '1 text torn: <![LOG[Start sending',
      '2 record: next',
    ]);
  });

  it('may end in the middle of a record', () => {
    expect(texts(read([`${record('whole')}\n<![LOG[half a mess`]))).toEqual([
      '1 record: whole',
      '2 text torn: <![LOG[half a mess',
    ]);
    expect(texts(read([`<![LOG[whole]LOG]!><time="09:12`]))).toEqual([
      '1 text torn: <![LOG[whole]LOG]!><time="09:12',
    ]);
  });

  it('may come with attributes on lines of their own, an ISO date, a bias, or without a file', () => {
    const [one, two] = read([
      '<![LOG[a]LOG]!><time="09:12:03" date="2026-05-04"\ncomponent="X" context="" type="2" thread="1">\n',
      '<![LOG[b]LOG]!><time="09:12:03.000-120" date="5-4-2026" component="X" context="" type="1" thread="1" file="x.cc:1">',
    ]);
    const whole = local - 142_523;
    expect(one).toMatchObject({ text: 'a', local: whole, offset: null, type: 2 });
    expect(two).toMatchObject({ text: 'b', local: whole, offset: 7_200_000_000, line: 3 });
  });

  it('says the same however it is cut into pieces', () => {
    const log = [
      record('one\r\nand more'),
      'text between',
      record(`outer ${record('inner')}\r\nrest`),
      '<![LOG[never closed',
      record('last'),
      'the end',
    ].join('\r\n');
    const whole = read([log]);
    expect(whole).toHaveLength(6);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: log.length }), { maxLength: 30 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), log.length];
        expect(read(at.slice(1).map((end, n) => log.slice(at[n], end)))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a bounded part of a record or line of any length, and counts the rest', () => {
    const long = 'x'.repeat(10_000);
    const pieces = `${record(long)}\n${long}\n${record('after')}`.match(/[^]{1,700}/g) ?? [];
    expect(texts(read(pieces, 1000)).map((text) => text.replace(/x{1000}/, '(1000 x)'))).toEqual([
      '1 record -9000: (1000 x)',
      '2 text -9000: (1000 x)',
      '3 record: after',
    ]);
  });

  it('loses no word, whatever it holds', () => {
    const word = fc.integer({ min: 1000, max: 9999 }).map((n) => ` word${n} `);
    const piece = fc.oneof(
      fc.constantFrom('<![LOG[', ']LOG]!>', '<time="', '\r\n', '\n', record('m')),
      word,
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const kept = read(pieces)
          .map(({ text }) => text)
          .join('\n');
        for (const one of pieces) if (one.startsWith(' word')) expect(kept).toContain(one.trim());
      }),
      { numRuns: 2000 },
    );
  });
});
