import { expect, test } from 'vitest';
import { agentTables } from '../../src/views/agent-report-tables.ts';
import { AgentStory, testApp } from '../support/agent-harness.ts';

test('the reports show what agents found and how they are', () => {
  const story = AgentStory.begin('tables').create(testApp('Alpha')).assign('Alpha').advance({ minutes: 20 });
  story.open('c').type('c', 'Stop-Service IntuneManagementExtension').advance({ hours: 8 });
  const [apps, deviceApps, health] = agentTables(story.simulation.world.cloud);
  expect(apps?.rows).toContainEqual([
    'Microsoft Intune Management Extension',
    '1.101.109.0',
    'Microsoft Corporation',
    1,
  ]);
  expect(deviceApps?.rows).toContainEqual([
    'BW-W11-5',
    'Microsoft Intune Management Extension',
    '1.101.109.0',
    'Microsoft Corporation',
  ]);
  expect(health?.rows).toEqual([
    [
      'BW-W11-5',
      'Healthy',
      '1.101.109.0',
      '',
      'Verify/Remediate Intune Management Extension service status.',
      expect.stringMatching(/^2026-05-05T10:/),
    ],
  ]);
});
