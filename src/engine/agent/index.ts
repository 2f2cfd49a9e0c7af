import { SidecarError } from '../../base/error.ts';
import type { EventId } from '../../base/ids.ts';
import type { Duration } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { AgentPart, Occurrence, QueueEntry } from './agent.ts';
import { answerOf } from './disputes.ts';
import { healthStages, programStarted } from './health/index.ts';
import { inventoryStages } from './inventory/index.ts';
import { isComplianceSync, syncCompliance } from './compliance/sync-compliance.ts';
import { healthScriptStages } from './remediations/index.ts';
import { onDemand as onDemandRule } from './rules/health-script-rules.ts';
import { agentService } from './paths.ts';
import { availableRequest } from './rules/check-in-rules.ts';
import * as serviceRules from './rules/service-rules.ts';
import { discovery } from './service/discovery.ts';
import { delayed, firstWork, located, started, stopped } from './service/service.ts';
import {
  checkInFor,
  isAppSync,
  sessionChanged,
  signedIn,
  signedOut,
  soon,
  syncApp,
} from './service/session-change.ts';
import { scriptStages } from './scripts/index.ts';
import type { Step } from './step.ts';
import { nothing, StepBuilder } from './step-builder.ts';
import {
  storeDetected,
  storeDownloaded,
  storeOffered,
  storeRegister,
  storeUninstall,
} from './store/store-stages.ts';
import { applicability, requirementScriptEnded } from './win32/applicability.ts';
import type { Wanted } from './win32/check-in.ts';
import { end, head, newThread, timer, wanted } from './win32/check-in.ts';
import { contentInfoAnswer, decrypt, downloaded, unzip, verify } from './win32/content.ts';
import { decide } from './win32/decide.ts';
import { detect, detectScriptEnded } from './win32/detection/detect-stage.ts';
import {
  cleanCache,
  contentReady,
  detectedAfter,
  detectedBefore,
  execute,
  exited,
  finish,
  installTimeout,
  nextApp,
} from './win32/execute.ts';
import { results, resultsTaken } from './win32/results.ts';
import { policies, prepare, session, sessionEnd } from './win32/session.ts';
import {
  restartCountdown,
  restartDue,
  restarted,
  restartReminder,
  restartSnoozed,
} from './win32/restart-manager.ts';
import { subgraphEnd } from './win32/subgraph-end.ts';
import { subgraphStage } from './win32/subgraph-stage.ts';

export { messageOf, messages, messageText, logFileOf } from './messages/index.ts';
export { rules } from './rules/index.ts';
export * from './state-names.ts';

type Stage = (read: DeviceReader, entry: QueueEntry) => Step;

/** Every stage by the kind of the entry that wakes it, with the words a learner reads on the clock. */
const stages: ReadonlyMap<string, { readonly run: Stage; readonly label: string }> = new Map(
  Object.entries({
    'agent.discovery': { run: discovery, label: 'agent looks for its gateway' },
    'agent.located': { run: located, label: 'agent finds its gateway' },
    'agent.delayed': { run: delayed, label: 'agent: first start delay ends' },
    'agent.first-work': { run: firstWork, label: 'agent: first check-in after start' },
    'win32.timer': { run: timer, label: 'app check-in' },
    'win32.check-in': { run: wanted, label: 'app check-in' },
    'win32.head': { run: head, label: 'app check-in: sessions' },
    'win32.session': { run: session, label: 'app check-in: policy request' },
    'win32.policies': { run: policies, label: 'app check-in: policies arrive' },
    'win32.prepare': { run: prepare, label: 'app check-in: stored state' },
    'win32.subgraph': { run: subgraphStage, label: 'app: GRS and re-evaluation time' },
    'win32.detect': { run: detect, label: 'app: detection' },
    'win32.detect-script': { run: detectScriptEnded, label: 'app: detection script ends' },
    'win32.applicability': { run: applicability, label: 'app: requirements' },
    'win32.requirement-script': { run: requirementScriptEnded, label: 'app: requirement script ends' },
    'win32.decide': { run: decide, label: 'app: decision' },
    'store.detected': { run: storeDetected, label: 'Store app: detection' },
    'store.offered': { run: storeOffered, label: 'Store app: package is found' },
    'store.downloaded': { run: storeDownloaded, label: 'Store app: download ends' },
    'store.register': { run: storeRegister, label: 'Store app: package is registered' },
    'store.uninstall': { run: storeUninstall, label: 'Store app: uninstall' },
    'win32.next-app': { run: nextApp, label: 'app: content' },
    'win32.content-info': { run: contentInfoAnswer, label: 'app: content information' },
    'win32.downloaded': { run: downloaded, label: 'app: download ends' },
    'win32.verify': { run: verify, label: 'app: package is verified' },
    'win32.decrypt': { run: decrypt, label: 'app: package is decrypted' },
    'win32.unzip': { run: unzip, label: 'app: content is unpacked' },
    'win32.content-ready': { run: contentReady, label: 'app: content is ready' },
    'win32.detected-before': { run: detectedBefore, label: 'app: before install' },
    'win32.execute': { run: execute, label: 'app: install' },
    'win32.exited': { run: exited, label: 'app: installer ends' },
    'win32.install-timeout': { run: installTimeout, label: 'app: installer runs out of time' },
    'win32.detected-after': { run: detectedAfter, label: 'app: result' },
    'win32.finish': { run: finish, label: 'app: result' },
    'win32.subgraph-end': { run: subgraphEnd, label: 'app: GRS value is stored' },
    'win32.clean-cache': { run: cleanCache, label: 'app: cache is cleaned' },
    'win32.results': { run: results, label: 'app check-in: results' },
    'win32.results-taken': { run: resultsTaken, label: 'app check-in: results are taken' },
    'win32.session-end': { run: sessionEnd, label: 'app check-in: end of session' },
    'win32.end': { run: end, label: 'app check-in ends' },
    'win32.restart-countdown': { run: restartCountdown, label: 'restart countdown is shown' },
    'win32.restart-due': { run: restartDue, label: 'restart grace period ends' },
    'win32.restart-reminder': { run: restartReminder, label: 'restart notification comes again' },
    ...healthStages,
    ...inventoryStages,
    ...scriptStages,
    ...healthScriptStages,
  }),
);

/** The Intune Management Extension. */
export const agent: AgentPart = {
  occurred(read: DeviceReader, what: Occurrence, _by: EventId): Step {
    switch (what.kind) {
      case 'service.started':
        return isAgent(what.service) ? started(read) : nothing;
      case 'service.stopped':
        return isAgent(what.service) ? stopped(read, what.crashed) : nothing;
      case 'session.sign-in':
        return whileRunning(read, (to) => signedIn(to, read, what.sessionId));
      case 'session.sign-out':
        return whileRunning(read, signedOut);
      case 'session.change':
        return whileRunning(read, (to) => sessionChanged(to, what));
      case 'protocol':
        if (isComplianceSync(what.uri)) return whileRunning(read, syncCompliance);
        return isAppSync(what.uri) ? whileRunning(read, (to) => syncApp(to, read)) : nothing;
      case 'mdm.sync':
        if (what.from === 'company-portal')
          return whileRunning(read, (to) =>
            to.enqueue(serviceRules.companyPortalSync, 'win32.check-in', soon, checkInFor('Sync')),
          );
        if (what.from === 'admin-centre' && answerOf(read, 'admin-sync') === 'app-check-in')
          return whileRunning(read, (to) =>
            to.enqueue(serviceRules.adminSync, 'win32.check-in', pushDelay, checkInFor('Notification')),
          );
        return nothing;
      case 'program.started':
        return programStarted(read, what);
      case 'device.booted':
        return restarted(read);
      case 'restart.snoozed':
        return restartSnoozed(read);
      case 'remediation.run':
        // A device that is offline misses the push.
        return read.networkUp
          ? whileRunning(read, (to) =>
              to.enqueue(onDemandRule, 'remediations.on-demand', soon, { script: what.script }),
            )
          : nothing;
      case 'device.resumed':
      case 'network':
        return nothing;
      case 'company-portal.install': {
        const request: Wanted = {
          reason: 'AvailableAppRequest',
          requested: what.app,
          sid: what.sid === '' ? null : what.sid,
        };
        return whileRunning(read, (to) => to.enqueue(availableRequest, 'win32.check-in', soon, request));
      }
    }
  },
  due(read: DeviceReader, entry: QueueEntry): Step {
    const stage = stages.get(entry.kind);
    if (!stage)
      throw new SidecarError('entry-unknown', `The agent has no stage ${entry.kind}`, { kind: entry.kind });
    return stage.run(read, entry);
  },
  handles: (kind: string) => stages.has(kind),
  label: (kind: string, _data: QueueData) => stages.get(kind)?.label ?? kind,
};

const pushDelay = serviceRules.adminSync.parameters?.['after'] as Duration;

const isAgent = (service: string): boolean => service.toLowerCase() === agentService.toLowerCase();

function whileRunning(read: DeviceReader, decide: (to: StepBuilder) => unknown): Step {
  if (read.service(agentService)?.value.status !== 'Running') return nothing;
  const to = new StepBuilder(newThread(read));
  decide(to);
  return to.step();
}
