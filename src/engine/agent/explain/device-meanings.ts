import * as healthRules from '../rules/health-rules.ts';
import * as inventoryRules from '../rules/inventory-rules.ts';
import type { Meaning, Reading } from './reading.ts';
import { meaning } from './reading.ts';
import type { Track } from './story.ts';

const health = (line: Reading): Track => line.story.track('health');
const inventory = (line: Reading): Track => line.story.track('inventory');

/** Client health and the inventory of programs. */
export const deviceMeanings: readonly Meaning[] = [
  meaning('Summary: rule {rule} with ID {id}, result = {result}, details = {details}', (line) => {
    const { rule = '', result = '', details = '' } = line.p;
    const [first = ''] = details.split('\n');
    const passed = result === 'Pass';
    line.say(
      health(line),
      `${rule.replace(/\.$/, '')}: ${result}${passed || first === 'N/A' ? '' : ` (${first})`}`,
      healthRules.healthRules,
      passed ? 'information' : 'error',
    );
  }),
  meaning('The client health report was sent successfully. Done.', (line) => {
    line.say(health(line), 'the report was sent', healthRules.heartbeat);
  }),
  meaning('The client heart beat health report failed to send. Response was empty or null.', (line) => {
    line.say(health(line), 'the report could not be sent', healthRules.heartbeatFailed, 'warning');
  }),

  meaning('[Win32AppInventory] report type is {type}', (line) => {
    line.say(
      inventory(line),
      line.p['type'] === '1' ? 'a full report is made' : 'a delta report is made',
      line.p['type'] === '1' ? inventoryRules.inventoryFull : inventoryRules.inventoryDelta,
    );
  }),
  meaning('[Win32AppInventory] Collected Win32 app inventory count via WMI (Expanded) = {n}', (line) => {
    line.say(inventory(line), `${line.p['n']} programs found`, inventoryRules.inventorySource);
  }),
  meaning(
    '[Win32AppInventory] Computing delta inventory...Done. Add count = {added}, Modify count = {modified}, Delete count = {deleted}',
    (line) => {
      const { added, modified, deleted } = line.p;
      line.say(
        inventory(line),
        `${added} added, ${modified} changed, ${deleted} removed since the last report`,
        inventoryRules.inventoryDelta,
      );
    },
  ),
  meaning(
    '[Win32AppInventory] No change detected in win32 app inventory delta update and hence not uploading data to SideCarGatewayService.',
    (line) => {
      line.say(inventory(line), 'nothing changed: nothing is sent', inventoryRules.inventorySend);
    },
  ),
  meaning('[Win32AppInventory] Inventory report is successfully sent.', (line) => {
    line.say(inventory(line), 'the report was sent', inventoryRules.inventorySend);
  }),
  meaning(
    '[Win32AppInventory] OnAppInventoryCollecting There is no any AAD User logged in, skip this round of inventory collection.',
    (line) => {
      line.say(
        inventory(line),
        'left out: no Entra user is signed in',
        inventoryRules.inventoryUser,
        'warning',
      );
    },
  ),
];
