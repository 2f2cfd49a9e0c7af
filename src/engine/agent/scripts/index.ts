import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import type { Step } from '../step.ts';
import { end, session, timer, wanted } from './fetch.ts';
import { ended, policies, report, reported, run } from './run.ts';

type Stage = (read: DeviceReader, entry: QueueEntry) => Step;

/** Stages of platform scripts by the kind of the entry that wakes them. */
export const scriptStages: Readonly<Record<string, { readonly run: Stage; readonly label: string }>> = {
  'scripts.timer': { run: timer, label: 'script fetch' },
  'scripts.fetch': { run: wanted, label: 'script fetch' },
  'scripts.session': { run: session, label: 'script fetch: policy request' },
  'scripts.policies': { run: policies, label: 'script fetch: policies arrive' },
  'scripts.run': { run: run, label: 'script: start' },
  'scripts.ended': { run: ended, label: 'script: end' },
  'scripts.report': { run: report, label: 'script fetch: results' },
  'scripts.reported': { run: reported, label: 'script fetch: results are taken' },
  'scripts.end': { run: end, label: 'script fetch ends' },
};
