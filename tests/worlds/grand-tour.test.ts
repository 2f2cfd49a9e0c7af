import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { messages, messageOf, messageText } from '../../src/engine/agent/index.ts';
import { explanationOf, LogExplainer, RecordReader } from '../../src/engine/agent/explain/index.ts';
import type { Simulation } from '../../src/engine/world/simulation.ts';
import { utf8Decode } from '../../src/base/bytes.ts';
import { fidelityText, unshownRules } from '../support/fidelity.ts';
import { grandTour, ruleCatalogues, servedBy } from '../support/grand-tour.ts';
import { logTools } from './log-tools.ts';

const logs = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

describe('the grand tour', () => {
  let tour: Simulation;
  let served: ReturnType<typeof servedBy>;
  beforeAll(() => {
    tour = grandTour();
    served = servedBy(tour);
  }, 120_000);

  it('writes every message of the catalogues', () => {
    const written = new Set([...served.values()].flatMap((ids) => [...ids]));
    expect([...messages.keys()].filter((id) => !written.has(id)).sort()).toEqual([]);
  });

  it('causes every rule of the catalogues', () => {
    const caused = new Set<string>(served.keys());
    const ids = ruleCatalogues.flatMap(({ rules }) => rules.map(({ id }) => id));
    expect(ids.filter((id) => !caused.has(id)).sort()).toEqual([]);
    expect([...caused].filter((id) => !ids.includes(id)).sort()).toEqual([]);
  });

  it('has no rule that serves more than eight messages', () => {
    expect([...served].filter(([, ids]) => ids.size > 8).map(([id, ids]) => [id, [...ids].sort()])).toEqual(
      [],
    );
  });

  it('has no rule that neither a test names nor the tour causes', () => {
    expect(unshownRules(new Set<string>(served.keys()))).toEqual([]);
  });

  it('is read back without an unknown line, and every happening names a rule of the catalogues', () => {
    const ids = new Set(ruleCatalogues.flatMap(({ rules }) => rules.map(({ id }) => id)));
    for (const device of tour.devices) {
      const explainer = new LogExplainer();
      for (const file of tour.read(device).children(logs)) {
        const content = file.kind === 'file' ? tour.read(device).content(file.path) : undefined;
        if (content === undefined) continue;
        const reader = new RecordReader();
        for (const entry of [...reader.push(utf8Decode(content)), ...reader.end()])
          explainer.take(file.name, entry);
      }
      const found = explanationOf(explainer);
      expect(found.unknown.slice(0, 10)).toEqual([]);
      expect(found.rules.filter(({ id }) => !ids.has(id))).toEqual([]);
    }
  });

  it.each(logTools)('holds every event that $origin looks for and this generation writes', ({ looksFor }) => {
    const texts = textsOf(tour);
    const has = (parts: readonly string[]): boolean => texts.some((text) => inOrder(text, parts));
    expect(
      looksFor.filter((one) => one.unwritten === undefined && !has(one.texts)).map((one) => one.event),
    ).toEqual([]);
    // What is said not to be written is not.
    expect(
      looksFor.filter((one) => one.unwritten !== undefined && has(one.texts)).map((one) => one.event),
    ).toEqual([]);
  });

  it('docs/fidelity.md is up to date: node tests/support/write-docs.ts', () => {
    const written = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'fidelity.md'), 'utf8');
    expect(written).toBe(fidelityText(new Set<string>(served.keys())));
  });
});

/** Every different text of the agents' logs on newer agents. */
let texts: readonly string[] | undefined;

function textsOf(tour: Simulation): readonly string[] {
  texts ??= [
    ...new Set(
      tour.events
        .all()
        .flatMap(({ data, device }) =>
          data.kind === 'log' && device !== 'TOUR-3'
            ? [messageText(messageOf(data.message), data.parameters)]
            : [],
        ),
    ),
  ];
  return texts;
}

function inOrder(text: string, parts: readonly string[]): boolean {
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
