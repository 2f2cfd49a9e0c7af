import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import type { Step } from '../step.ts';
import { report, send, sent, sessionEnds } from './report.ts';
import { passSession, runner, runnerEnd } from './runner.ts';
import {
  onDemand,
  onDemandPolicies,
  schedulerEnd,
  schedulerPolicies,
  schedulerSession,
  schedulerTimer,
  schedulerWanted,
} from './scheduler.ts';
import { detected, detectedAgain, remediated, script } from './script-run.ts';

type Stage = (read: DeviceReader, entry: QueueEntry) => Step;

/** Stages of remediations and compliance scripts by the kind of the entry that wakes them. */
export const healthScriptStages: Readonly<Record<string, { readonly run: Stage; readonly label: string }>> = {
  'remediations.timer': { run: schedulerTimer, label: 'remediations are fetched' },
  'remediations.scheduler': { run: schedulerWanted, label: 'remediations are fetched' },
  'remediations.scheduler-session': { run: schedulerSession, label: 'remediations: policy request' },
  'remediations.scheduler-policies': { run: schedulerPolicies, label: 'remediations: policies arrive' },
  'remediations.scheduler-end': { run: schedulerEnd, label: 'remediations are planned' },
  'remediations.on-demand': { run: onDemand, label: 'remediation on demand' },
  'remediations.on-demand-policies': {
    run: onDemandPolicies,
    label: 'remediation on demand: policy arrives',
  },
  'remediations.runner': { run: runner, label: 'remediations that are due' },
  'remediations.pass': { run: passSession, label: 'remediations of a session' },
  'remediations.script': { run: script, label: 'remediation: detection starts' },
  'remediations.detected': { run: detected, label: 'remediation: detection ends' },
  'remediations.remediated': { run: remediated, label: 'remediation: remediation ends' },
  'remediations.detected-again': { run: detectedAgain, label: 'remediation: second detection ends' },
  'remediations.report': { run: report, label: 'remediations: report' },
  'remediations.send': { run: send, label: 'remediations: results are sent' },
  'remediations.sent': { run: sent, label: 'remediations: results are taken' },
  'remediations.session-done': { run: sessionEnds, label: 'remediations: end of session' },
  'remediations.runner-end': { run: runnerEnd, label: 'remediations: end of pass' },
};
