import { expect, test } from 'vitest';
import { rowStamp, threadText } from '../../renderer/panes/logs/log-text.ts';
import { jsonParts } from '../../renderer/panes/registry/json-text.ts';
import { markedParts } from '../../renderer/state/marked-parts.ts';
import { durationOf, nearText, spanText, typedDuration } from '../../renderer/state/time-text.ts';

const at = Date.UTC(2026, 4, 12, 8, 35, 7, 123) * 1000;

test('a log line shows device time to the millisecond and its thread as CMTrace does', () => {
  expect(rowStamp(at, 120)).toBe('2026-05-12 10:35:07.123');
  expect(rowStamp(at, 0)).toBe('2026-05-12 08:35:07.123');
  expect(threadText(14)).toBe('14 (0xE)');
});

test('a time of another day carries the day', () => {
  expect(nearText(at + 3600e6, at, 120)).toBe('11:35');
  expect(nearText(at + 24 * 3600e6, at, 120)).toBe('13 May 10:35');
});

test('durations as labs write them and as people type them', () => {
  expect(durationOf('PT8H')).toBe(8 * 3600e6);
  expect(durationOf('P1DT30M')).toBe((24 * 60 + 30) * 60e6);
  expect(durationOf('8h')).toBeNull();
  expect(typedDuration('1h 30m')).toBe(90 * 60e6);
  expect(typedDuration('HKLM')).toBeNull();
  expect(spanText(90 * 60e6)).toBe('1 h 30 min');
});

test('every match is marked, letter case aside', () => {
  expect(markedParts('GRS value, grs', 'grs')).toEqual([
    { text: 'GRS', match: true },
    { text: ' value, ', match: false },
    { text: 'grs', match: true },
  ]);
  expect(markedParts('abc', '')).toEqual([{ text: 'abc', match: false }]);
});

test('JSON is laid out without a digit changed', () => {
  const text = '{"Code":-2016345060,"Big":12345678901234567890,"List":[],"Null":null}';
  const parts = jsonParts(text) ?? [];
  expect(
    parts
      .map((part) => part.text)
      .join('')
      .split('\n'),
  ).toEqual([
    '{',
    '  "Code": -2016345060,',
    '  "Big": 12345678901234567890,',
    '  "List": [],',
    '  "Null": null',
    '}',
  ]);
  expect(jsonParts('not json')).toBeNull();
});
