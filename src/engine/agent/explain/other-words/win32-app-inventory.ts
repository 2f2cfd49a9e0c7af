/** Win32AppInventory.log: words of real agents that ours does not write; see `index.ts`. */
export const win32AppInventoryWords: readonly string[] = [
  // Observed: agent logs of 2025 and 2026.
  '[Win32AppInventory] OnAppInventoryCollecting Saving throttle info in inventory flow',
  '[Win32AppInventory] OnAppInventoryCollecting Inventory collector thread starts.',
  '[Win32AppInventory] OnAppInventoryCollecting sessionIdUserIdMap empty. Refreshing users now.',
  '[Win32AppInventory] OnAppInventoryCollecting CollectApplicationInventory starts',
  '[Win32AppInventory] OnAppInventoryCollecting {n} {userId}',
  '[Win32AppInventory] Starting Win32 app inventory collection via WMI (Expanded)',
  '[Win32AppInventory] Id: {programId} Name: {name} Version: {version}',
  '[Win32AppInventory] Printing out collected inventory',
  '[Win32AppInventory] Collected app inventory details: {programId}, {name}, {version}, {publisher}, {language}, {date}',
  '[Win32AppInventory] Printing out saved inventory',
  '[Win32AppInventory] Saved app inventory details: {programId}, {name}, {version}, {publisher}, {language}, {date}',
  '[Win32AppInventory] Computing delta inventory... newly collected inventory count = {n}, loaded from registry count = {n}',
  '[Win32AppInventory] Sending Win32 application inventory report to service. Inventory report type: {value}, Inventory payload: {json}',
  '[Win32AppInventory] Successfully saved Win32 application inventory report to local registry.',
  '[Win32AppInventory] Inventory collector thread stopped.',
];
