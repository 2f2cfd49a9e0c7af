import type { Duration } from '../../../base/time.ts';
import { minutes, seconds } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { inventoryStartDelay } from '../inventory/index.ts';
import { mdmCertificates } from '../health/agent-program.ts';
import * as msg from '../messages/service-messages.ts';
import * as startMsg from '../messages/start-messages.ts';
import { agentKey } from '../paths.ts';
import { inventoryDelay } from '../rules/inventory-rules.ts';
import * as rules from '../rules/service-rules.ts';
import * as startRules from '../rules/start-rules.ts';
import { beginHealthScripts } from '../remediations/scheduler.ts';
import { beginScripts, scriptTimerAtStart } from '../scripts/fetch.ts';
import type { Step } from '../step.ts';
import { processGroups, StepBuilder } from '../step-builder.ts';
import { checkConfiguration } from '../update/config-check.ts';
import { begin, newThread } from '../win32/check-in.ts';
import { checkRestartAtStart } from '../win32/restart-manager.ts';
import { discoverGateway, logAddresses } from './discovery.ts';
import { beginsRun, endsRun } from './execution-history.ts';
import { gatewayUrl } from './gateway.ts';

type Start = { readonly thread: number; readonly apps: number };

/** The process of the service has started. */
export function started(read: DeviceReader): Step {
  const to = new StepBuilder(newThread(read));
  // What an earlier process left in the queue.
  for (const group of processGroups) to.cancel(rules.serviceStarts, group);
  checkConfiguration(to, read);
  to.log(rules.serviceStarts, msg.started)
    .log(rules.serviceStarts, msg.recycleScripts)
    .log(rules.serviceStarts, msg.rotateBitLocker)
    .log(rules.serviceStarts, msg.maxKeys, [8])
    .log(rules.serviceStarts, msg.deviceAction)
    .log(rules.serviceStarts, msg.certificates, [mdmCertificates(read).length])
    .log(rules.serviceStarts, msg.workingOn)
    .log(rules.serviceStarts, msg.aclsApplied)
    .log(rules.serviceEnvironment, msg.publicCloud)
    .log(rules.serviceEnvironment, msg.flightingStarts)
    .log(rules.serviceEnvironment, msg.flightingReady)
    .log(rules.serviceEnvironment, msg.version, [read.agentVersion])
    .log(rules.serviceEnvironment, msg.ids, [tenantOf(read), read.intuneDeviceId]);
  checkRestartAtStart(to, read);
  discoverGateway(to);
  return to.step();
}

/** The gateway's address is known; timers and delays are set. */
export function located(read: DeviceReader, entry: QueueEntry): Step {
  const { thread } = entry.data as { readonly thread: number };
  const to = new StepBuilder(thread);
  const bounds = rules.startDelay.parameters as Readonly<Record<string, number>>;
  const draw = (least: number | undefined, span: number | undefined): number =>
    Math.round(((least ?? 0) + (read.random('agent.start-delay') % Math.max(1, span ?? 1))) / 1_000_000);
  const all = draw(bounds['allLeast'], bounds['allSpan']);
  const apps = draw(bounds['appsLeast'], bounds['appsSpan']);
  const start: Start = { thread, apps };
  logAddresses(to, read, entry);
  to.log(rules.gatewayLocation, msg.gatewayDevice, [read.intuneDeviceId])
    .log(rules.gatewayLocation, msg.gatewayUrl, [`${gatewayUrl}/`])
    .log(startRules.startEnvironmentChecks, msg.telemetry)
    .log(startRules.startEnvironmentChecks, startMsg.telemetryMetadata)
    .log(rules.serviceEnvironment, msg.watching)
    .log(startRules.startEnvironmentChecks, startMsg.eventManager)
    .log(rules.servicePolicy, msg.environment)
    .log(rules.servicePolicy, msg.environmentOverride)
    .log(rules.servicePolicy, msg.rootKeyAcl)
    .change(rules.servicePolicy, { kind: 'registry.create-key', hive: 'HKLM', path: agentKey })
    .log(rules.servicePolicy, msg.checkInInterval, [3600])
    .log(startRules.startEnvironmentChecks, startMsg.selectedOnTimer);
  const scriptSeconds = scriptTimerAtStart(to, read);
  to.log(rules.servicePolicy, msg.managedInstaller)
    .log(startRules.startEnvironmentChecks, startMsg.osVersion, [read.osVersion])
    .log(startRules.startEnvironmentChecks, startMsg.registryKey)
    .log(startRules.startEnvironmentChecks, startMsg.enrolmentEnvironment)
    .log(rules.serviceTimers, msg.startingTask)
    .log(rules.serviceTimers, msg.appTimer, [3_600_000])
    .log(rules.serviceTimers, msg.appTimerStarts)
    .log(startRules.startChecks, startMsg.requiredSMode)
    .log(rules.serviceTimers, msg.requiredTimer, [3600])
    .log(rules.serviceTimers, msg.availableTimerStarts)
    .log(startRules.startChecks, startMsg.availableSMode)
    .log(startRules.availableTimer, startMsg.availableTimer, [availableSeconds])
    .log(rules.serviceTimers, msg.contentManager)
    .log(rules.startDelay, msg.delayAll, [all])
    .log(startRules.startChecks, startMsg.mixedMode)
    .log(startRules.startChecks, startMsg.gettingPolicies)
    .log(startRules.startChecks, startMsg.gotPolicies)
    .log(rules.serviceTimers, msg.noBasePolicies)
    .log(rules.serviceTimers, msg.scriptWorkloadTimer, [scriptSeconds])
    .log(rules.serviceReady, msg.statusHostStarting)
    .log(rules.serviceReady, msg.statusHostStarted)
    .log(rules.serviceReady, msg.apv2)
    .log(rules.serviceReady, msg.initialized)
    .log(rules.serviceReady, startMsg.restricted)
    .log(rules.serviceReady, startMsg.testMode)
    .enqueue(rules.startDelayRange, 'agent.delayed', seconds(all), start);
  return to.step();
}

/** The first delay is over; scripts and apps wait on. */
export function delayed(read: DeviceReader, entry: QueueEntry): Step {
  const { thread, apps } = entry.data as Start;
  const inventory = inventoryStartDelay(read);
  return new StepBuilder(thread)
    .log(rules.startDelay, msg.delayApps, [apps])
    .log(rules.startDelay, msg.delayOthers, [Math.round(inventory / 1_000_000)])
    .enqueue(inventoryDelay, 'inventory.round', inventory, {})
    .enqueue(rules.startDelayRange, 'agent.first-work', seconds(apps), { thread })
    .step();
}

/** Both delays are over: timers run, the first check-in begins. */
export function firstWork(read: DeviceReader, entry: QueueEntry): Step {
  const { thread } = entry.data as { readonly thread: number };
  const to = new StepBuilder(thread);
  beginsRun(to, read);
  to.log(startRules.startChecks, startMsg.workSMode)
    .log(rules.firstWork, startMsg.workOnTimer)
    .log(rules.firstWork, msg.availableTimer)
    .log(rules.firstWork, msg.requiredTimerStarts)
    .log(rules.firstWork, msg.scriptTimerStarts)
    .enqueue(rules.checkInInterval, 'win32.timer', interval, {});
  beginScripts(to, read);
  beginHealthScripts(to);
  begin(to, read, { reason: 'AgentRestart', requested: null, sid: null });
  return to.step();
}

const interval: Duration = minutes(60);
const availableSeconds = Number(startRules.availableTimer.parameters?.['interval']) / 1_000_000;

/** The process has ended; a killed one writes no lines. */
export function stopped(read: DeviceReader, crashed: boolean): Step {
  const to = new StepBuilder(newThread(read));
  for (const group of processGroups) to.cancel(rules.serviceStops, group);
  if (!crashed) {
    to.log(rules.serviceStops, msg.shutdownSignal)
      .log(rules.serviceStops, msg.statusHostClosing)
      .log(rules.serviceStops, msg.statusHostStopped)
      .log(rules.serviceStops, msg.watcherStopped);
    endsRun(to, read).log(rules.serviceStops, msg.flushing).log(rules.serviceStops, msg.stopped);
  }
  return to.step();
}

/** Tenant that the enrolment wrote. */
function tenantOf(read: DeviceReader): string {
  const root = 'SOFTWARE\\Microsoft\\Enrollments';
  for (const name of read.key('HKLM', root)?.value.subKeys ?? []) {
    const value = read.value('HKLM', `${root}\\${name}`, 'AADTenantID')?.value;
    if (value?.kind === 'String') return value.data;
  }
  return '';
}
