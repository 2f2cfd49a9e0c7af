import { SidecarError } from '../base/error.ts';
import { instant } from '../base/time.ts';
import { grade } from '../labs/grading.ts';
import type { Step } from '../labs/lab.ts';
import type { VerbName, VerbRequest, VerbResponse } from '../protocol/verbs.ts';
import { explain } from '../views/explain.ts';
import { forecastOf } from '../views/forecast.ts';
import { checkPassed } from '../views/guide.ts';
import { undoTarget } from '../views/moments.ts';
import { findInRegistry } from '../views/registry-find.ts';
import { editorHandlers } from './editor-handlers.ts';
import type { EngineHost } from './engine-host.ts';

type Handlers = {
  readonly [N in VerbName]: (
    host: EngineHost,
    request: VerbRequest<N>,
  ) => VerbResponse<N> | Promise<VerbResponse<N>>;
};

const handlers: Handlers = {
  'clock.advance': (host, { to }) => {
    host.advance(instant(Math.round(to)));
    return {};
  },
  'clock.next': (host) => {
    const next = host.timeline.simulation.next();
    if (!next) throw new SidecarError('nothing-next', 'Nothing is to come by itself on this device');
    host.advance(instant(Math.max(next.at, host.timeline.simulation.now)));
    return {};
  },
  'clock.play': (host, { speed }) => {
    host.clock.play(speed);
    return {};
  },
  'clock.pause': (host) => {
    host.clock.pause();
    return {};
  },
  'console.open': (host, { console, as, columns, rows }) => {
    host.openConsole(console, as, columns, rows);
    return {};
  },
  'console.resize': (host, { console, columns, rows }) => {
    host.resizeConsole(console, columns, rows);
    return {};
  },
  'console.type': (host, { console, text }) => {
    host.typeInConsole(console, text);
    return {};
  },
  'script.run': (host, { console, path, text, selection }) => {
    keepDraft(host, path, text);
    host.take({ kind: 'file.save', device: host.device, path, text });
    host.typeInConsole(console, selection ?? `& ${quoted(path)}`);
    return {};
  },
  'file.save': (host, { path, text }) => {
    host.take({ kind: 'file.save', device: host.device, path, text });
    return {};
  },
  'draft.save': (host, { path, text }) => {
    keepDraft(host, path, text);
    return {};
  },
  ...editorHandlers,
  'step.go': (host, { step }) => {
    host.record({ kind: 'step', step: stepOf(host, step).id });
    host.checkSoon();
    return {};
  },
  'check.run': async (host, { step }) => {
    await host.atRest();
    await host.checks.runStep(stepOf(host, step));
    host.changed();
    return {};
  },
  'hint.take': (host, { step, hint }) => {
    const found = stepOf(host, step).hints.find(({ id }) => id === hint);
    if (!found) throw new SidecarError('hint-unknown', `Step ${step} has no hint ${hint}`, { step, hint });
    if (!host.timeline.attempt.hints.has(`${step}/${hint}`))
      host.record({ kind: 'hint', step, hint, cost: found.cost });
    return {};
  },
  'prediction.lock': async (host, { step, prediction, answer }) => {
    const found = stepOf(host, step).predictions.find(({ id }) => id === prediction);
    if (!found)
      throw new SidecarError('prediction-unknown', `Step ${step} has no prediction ${prediction}`, {
        step,
        prediction,
      });
    if (host.timeline.attempt.predictions.has(prediction))
      throw new SidecarError('prediction-locked', 'This prediction is locked: your answer cannot be changed');
    const reveal = host.lab.steps.flatMap(({ checks }) => checks).find(({ id }) => id === found.reveal);
    await host.atRest();
    if (reveal) await host.checks.runStep(stepWith(host, reveal.id));
    if (reveal && checkPassed(host.timeline.attempt, reveal))
      throw new SidecarError(
        'outcome-seen',
        'The outcome can be seen already, so there is nothing left to predict',
      );
    const shown = host.checks.options.get(prediction);
    const options = await host.checks.freshOptions(found);
    const chosen = options.find(({ id }) => id === answer);
    // Whatever was answered: a refusal of some answers only would tell them apart.
    if (!chosen || JSON.stringify(shown) !== JSON.stringify(options)) {
      host.changed();
      throw new SidecarError(
        'options-changed',
        'The clock has moved since these answers were made. Look at them again',
      );
    }
    if (host.timeline.attempt.predictions.has(prediction)) return {};
    host.record({
      kind: 'prediction',
      prediction,
      answer,
      correct: chosen.correct,
      seq: host.timeline.attempt.current,
      options,
    });
    return {};
  },
  'attempt.finish': async (host) => {
    if (host.timeline.attempt.finished) return {};
    host.clock.pause();
    await host.atRest();
    await host.checks.runAll();
    const { earned, possible } = grade(host.lab, host.timeline.attempt);
    host.record({
      kind: 'finish',
      seq: host.timeline.attempt.current,
      earned,
      possible,
      on: new Date().toISOString(),
    });
    host.timeline.sync();
    return {};
  },
  'moment.name': (host, { id, name }) => {
    if (id !== 0 && !host.timeline.attempt.entries.has(id))
      throw new SidecarError('moment-unknown', `The attempt has no moment ${id}`, { id });
    host.record({ kind: 'name', seq: id, name });
    return {};
  },
  'moment.go': (host, { id }) => {
    host.go(id);
    return {};
  },
  'moment.undo': (host) => {
    const to = undoTarget(host.timeline.attempt);
    if (to === null) throw new SidecarError('nothing-to-undo', 'This is the start of the lab');
    host.go(to);
    return {};
  },
  'snapshot.take': (host, { name }) => {
    host.take({ kind: 'snapshot.take', device: host.device, name });
    return {};
  },
  'snapshot.restore': (host, { name }) => {
    host.take({ kind: 'snapshot.restore', device: host.device, name });
    return {};
  },
  explain: (host, { event }) => explain(host.timeline.simulation, event),
  forecast: (host, { hours }) => forecastOf(host.timeline.simulation, host.device, hours),
  'registry.find': (host, { text, after }) => {
    const hit = findInRegistry(host.timeline.simulation.read(host.device), text, after);
    return { path: hit?.path ?? null, value: hit?.value ?? null };
  },
};

/** Carries out a verb whose request was checked. Throws SidecarError where it is refused. */
export function answerVerb(host: EngineHost, verb: VerbName, request: unknown): unknown {
  return (handlers[verb] as (host: EngineHost, request: unknown) => unknown)(host, request);
}

function stepOf(host: EngineHost, id: string): Step {
  const step = host.lab.steps.find((one) => one.id === id);
  if (!step) throw new SidecarError('step-unknown', `The lab has no step ${id}`, { step: id });
  return step;
}

function stepWith(host: EngineHost, check: string): Step {
  const step = host.lab.steps.find(({ checks }) => checks.some(({ id }) => id === check));
  if (!step) throw new SidecarError('check-unknown', `The lab has no check ${check}`, { check });
  return step;
}

function keepDraft(host: EngineHost, path: string, text: string): void {
  if (host.timeline.attempt.drafts.get(path) !== text) host.record({ kind: 'draft', path, text });
}

/** A path as a command: quoted where PowerShell would otherwise take it apart. */
function quoted(path: string): string {
  return /^[\w:\\.-]+$/.test(path) ? path : `'${path.replaceAll("'", "''")}'`;
}
