import { days, hours, seconds } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** Inventory of installed programs. */
const deviceLogs = 'Agent logs of 2026';
const blog = 'Peter van der Woude: Understanding Win32 app inventory';
const tip = 'ittips.ch: Tip 19, Discovered apps';

export const inventoryRound = rule('agent.inventory.round', {
  says: 'The agent looks at the installed programs after each start of the service and every 24 hours.',
  confidence: 'observed',
  sources: ['Microsoft Learn: Discovered apps', tip, deviceLogs],
  parameters: { every: hours(24) },
  workshop: ['W53', 'W54'],
});
export const inventoryDelay = rule('agent.inventory.start-delay', {
  says: 'After a start of the service the first inventory waits two to four minutes longer than the first delay.',
  confidence: 'inferred',
  sources: ['Agent logs name a delay of other workloads, its length is not recorded'],
  parameters: { least: seconds(120), span: seconds(120) },
});
export const inventoryUser = rule('agent.inventory.user', {
  says: 'Without a signed-in Entra user a round is skipped.',
  confidence: 'observed',
  sources: [deviceLogs, 'adamgell/cmtraceopen'],
});
export const inventorySource = rule('agent.inventory.source', {
  says: 'The programs come from the WMI class Win32_InstalledWin32Program, which follows the uninstall keys of machine and users.',
  confidence: 'observed',
  sources: [blog, tip, deviceLogs],
  parameters: { duration: seconds(6) },
  workshop: ['W55'],
});
export const inventoryFull = rule('agent.inventory.full', {
  says: 'The first inventory and one every 7 days are full: they list every program.',
  confidence: 'observed',
  sources: ['Microsoft Learn: Discovered apps', 'The workshop', deviceLogs],
  parameters: { every: days(7) },
  workshop: ['W54'],
});
export const inventoryForced = rule('agent.inventory.forced', {
  says: 'A full inventory is forced by deleting FirstTimeRun under Inventories, or FirstTimeSwitch or LastFullSyncTimeUtc under InventorySetting, and restarting the service.',
  confidence: 'disputed',
  sources: ['The workshop', 'Force-report scripts of several authors'],
  otherwise: 'The workshop names FirstTimeRun, field scripts name the other two: each works here.',
  workshop: ['W58'],
});
export const inventoryDelta = rule('agent.inventory.delta', {
  says: 'Any other inventory is compared with the one in the registry, and only what was added, changed or removed since is sent.',
  confidence: 'observed',
  sources: [tip, deviceLogs],
  workshop: ['W54', 'W56'],
});
export const inventoryDetails = rule('agent.inventory.details', {
  says: 'A delta prints what it collected and what it had saved; names and versions are cut at 64 characters.',
  confidence: 'observed',
  sources: [tip, deviceLogs],
  parameters: { length: 64 },
});
export const inventorySend = rule('agent.inventory.send', {
  says: 'A report goes to the gateway; without a change nothing is sent.',
  confidence: 'observed',
  sources: [tip, deviceLogs],
  workshop: ['W53'],
});
export const inventoryStore = rule('agent.inventory.store', {
  says: 'A report that was taken is kept under Inventories, a key for each program, so that the next one can be compared with it.',
  confidence: 'observed',
  sources: ['Scripts that read the key', deviceLogs],
  workshop: ['W56'],
});
