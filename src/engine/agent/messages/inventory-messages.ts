import { define } from './message.ts';

/** Win32AppInventory.log: one round of the inventory of installed programs. */
const inventory = (id: string, words: string, type: 1 | 2 | 3 = 1) =>
  define('Win32AppInventory', `inventory.${id}`, `[Win32AppInventory] ${words}`, 'observed', type);

export const throttle = inventory(
  'throttle',
  'OnAppInventoryCollecting Saving throttle info in inventory flow',
);
export const starts = inventory('starts', 'OnAppInventoryCollecting Inventory collector thread starts.');
export const noSessions = inventory(
  'no-sessions',
  'OnAppInventoryCollecting sessionIdUserIdMap empty. Refreshing users now.',
);
export const nobody = inventory(
  'nobody',
  'OnAppInventoryCollecting There is no any AAD User logged in, skip this round of inventory collection.',
  2,
);
export const collecting = inventory(
  'collecting',
  'OnAppInventoryCollecting CollectApplicationInventory starts',
);
export const session = inventory('session', 'OnAppInventoryCollecting {session} {user}');
export const wmi = inventory('wmi', 'Starting Win32 app inventory collection via WMI (Expanded)');
export const program = inventory('program', 'Id: {id} Name: {name} Version: {version}');
export const count = inventory('count', 'Collected Win32 app inventory count via WMI (Expanded) = {n}');
export const reportType = inventory('report-type', 'report type is {type}');
export const printCollected = inventory('print-collected', 'Printing out collected inventory');
export const collected = inventory(
  'collected',
  'Collected app inventory details: {id}, {name}, {version}, {publisher}, {language}, {date}',
);
export const printSaved = inventory('print-saved', 'Printing out saved inventory');
export const saved = inventory(
  'saved',
  'Saved app inventory details: {id}, {name}, {version}, {publisher}, {language}, {date}',
);
export const computing = inventory(
  'computing',
  'Computing delta inventory... newly collected inventory count = {collected}, loaded from registry count = {saved}',
);
export const computed = inventory(
  'computed',
  'Computing delta inventory...Done. Add count = {added}, Modify count = {modified}, Delete count = {deleted}',
);
export const unchanged = inventory(
  'unchanged',
  'No change detected in win32 app inventory delta update and hence not uploading data to SideCarGatewayService.',
);
export const sending = inventory(
  'sending',
  'Sending Win32 application inventory report to service. Inventory report type: {type}, Inventory payload: {payload}',
);
export const sent = inventory('sent', 'Inventory report is successfully sent.');
export const savedReport = inventory(
  'saved-report',
  'Successfully saved Win32 application inventory report to local registry.',
);
export const stopped = inventory('stopped', 'Inventory collector thread stopped.');
