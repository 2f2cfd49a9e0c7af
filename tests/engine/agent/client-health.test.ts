import { describe, expect, it } from 'vitest';
import { healthCheckFile } from '../../../src/engine/agent/health/index.ts';
import type { HealthReport } from '../../../src/engine/cloud/agent-state.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import { inObservedOrder, recordsOf } from '../../support/observed-order.ts';
import { certCheck } from './observed/cert-check.ts';
import { clientHealth } from './observed/client-health.ts';

/** A device that has its agent since some minutes after 08:00 local time; its health is looked at about noon. */
const managed = (seed: string): AgentStory =>
  AgentStory.begin(seed).create(testApp('Alpha')).assign('Alpha').advance({ minutes: 20 }).open('c');

const service = (story: AgentStory) => {
  const { status, startMode } = story.read.service('IntuneManagementExtension')?.value ?? {};
  return { status, startMode };
};

const report = (story: AgentStory): HealthReport | undefined =>
  story.simulation.world.cloud.agents.health.get(story.device);

const summaries = (story: AgentStory): readonly string[] =>
  story
    .said('health.summary')
    .map((line) => line.replace(/^Summary: rule (.*) with ID [-0-9a-f]+, result = (\w+).*$/s, '$2 $1'));

const healthy = [
  'Pass Verify Intune Management Extension service exists.',
  'Pass Verify/Remediate Intune Management Extension Service startup type.',
  'Pass Verify/Remediate Intune Management Extension service status.',
  'Pass Verify/Remediate Intune Management Extension memory usage.',
];

describe('client health', () => {
  it('finds a stopped and disabled service at noon, repairs it and reports', () => {
    const story = managed('repair');
    story.type('c', 'Stop-Service IntuneManagementExtension').advance({ seconds: 10 });
    story.type('c', 'Set-Service IntuneManagementExtension -StartupType Disabled').advance({ hours: 3 });
    expect(service(story)).toEqual({ status: 'Stopped', startMode: 'Disabled' });
    story.advance({ hours: 2 });
    expect(service(story)).toEqual({ status: 'Running', startMode: 'Automatic' });
    expect(summaries(story)).toEqual(healthy);
    expect(story.said('health.remediated')).toEqual([
      'Remediated rule Verify/Remediate Intune Management Extension Service startup type.',
      'Remediated rule Verify/Remediate Intune Management Extension service status.',
    ]);
    expect(report(story)).toMatchObject({
      state: 'Healthy',
      agentVersion: '1.101.109.0',
      results: [{ remediated: false }, { remediated: true }, { remediated: true }, { remediated: false }],
    });
    // The repaired service begins its work anew.
    expect(story.said('service.started')).toHaveLength(2);
    const repair = story.events(
      ({ data }) => data.kind === 'change' && data.change.kind === 'service.config',
    );
    expect(repair.at(-1)).toMatchObject({
      rule: 'agent.health.startup-type',
      compared: { found: 'Disabled', wanted: 'Automatic' },
    });
  });

  it('finds a healthy service healthy, every day once', () => {
    const story = managed('healthy').advance({ days: 3 });
    expect(story.said('health.starts')).toHaveLength(3);
    expect(summaries(story)).toEqual([...healthy, ...healthy, ...healthy]);
    expect(story.said('health.report-sent')).toHaveLength(3);
    expect(story.said('cert-check.completes')).toHaveLength(3);
    expect(report(story)?.state).toBe('Healthy');
  });

  it('writes what devices write, in their order', () => {
    const story = managed('order').advance({ hours: 5 });
    const daily = clientHealth.filter(([, frequency]) => /^(daily|request)(, subnet)?;/.test(frequency));
    // Contents of the first two are not known; the simulated network reaches every subnet.
    expect(inObservedOrder(daily, recordsOf(story.log('ClientHealth'))).missing).toEqual([
      '[ClientHealthRuleEngine](SendHeartbeatReport) {json: Message, Colmetadata, Col1..Col6}',
      '[Flighting] Key: {flight}, value not found. Falling back to default value: {value}.',
      'TCP probe Phase {n} {subnet}: FAILED (IPs attempted: {n}) ({DAILY_SELECTED_IPS_FAILED_TIMEOUT/DAILY_SELECTED_IPS_FAILED_SOCKET_NetworkUnreachable})',
    ]);
    expect(inObservedOrder(certCheck, recordsOf(story.log('ClientCertCheck'))).missing).toEqual([]);
  });

  it('reads its rules from HealthCheck.xml as a learner has edited it', () => {
    const story = managed('edited');
    const withoutStatus = String.raw`
      $file = '${healthCheckFile}'
      [xml]$rules = Get-Content $file -Raw
      $rules.HealthChecks.HealthCheck | Where-Object Type -eq 'ServiceStatus' | ForEach-Object { [void]$rules.HealthChecks.RemoveChild($_) }
      $rules.Save($file)`;
    story.type('c', withoutStatus).type('c', 'Stop-Service IntuneManagementExtension').advance({ hours: 5 });
    expect(summaries(story)).toEqual(healthy.filter((line) => !line.includes('service status')));
    expect(service(story).status).toBe('Stopped');
  });

  it('says so where HealthCheck.xml cannot be read', () => {
    const story = managed('broken');
    story.type('c', `Set-Content '${healthCheckFile}' '<HealthChecks><HealthCheck>'`).advance({ hours: 5 });
    expect(summaries(story)).toEqual([]);
    expect(story.said('health.rule-exception')).toEqual([
      expect.stringContaining('The following elements are not closed: HealthCheck.'),
    ]);
    expect(report(story)?.state).toBe('Unhealthy');
  });

  it('cannot repair a service that is gone', () => {
    const story = managed('gone');
    story.type('c', 'Stop-Service IntuneManagementExtension').advance({ seconds: 10 });
    story.type('c', 'sc.exe delete IntuneManagementExtension').advance({ hours: 5 });
    expect(summaries(story)).toEqual(healthy.map((line) => line.replace('Pass', 'Fail')));
    expect(report(story)?.state).toBe('Unhealthy');
  });

  it('runs as a scheduled task that can be started, disabled and removed', () => {
    const story = managed('task');
    const name = 'Intune Management Extension Health Evaluation';
    expect(story.powershell(`(Get-ScheduledTask '${name}').Actions.Execute`).trim()).toBe(
      '"C:\\Program Files (x86)\\Microsoft Intune Management Extension\\ClientHealthEval.exe"',
    );
    story.type('c', `Start-ScheduledTask -TaskPath '\\Microsoft\\Intune\\' -TaskName '${name}'`);
    story.advance({ minutes: 1 });
    expect(story.said('health.starts')).toHaveLength(1);
    story.type('c', `Disable-ScheduledTask -TaskPath '\\Microsoft\\Intune\\' -TaskName '${name}'`);
    story.advance({ days: 2 });
    expect(story.said('health.starts')).toHaveLength(1);
  });

  it('gives its heartbeat up where the network is away, and sends the next one', () => {
    const story = managed('offline').do('network.disconnect').advance({ hours: 5 });
    expect(story.said('health.report-empty', 'health.report-sent')).toEqual([
      'The client heart beat health report failed to send. Response was empty or null.',
    ]);
    story.do('network.connect').advance({ days: 1 });
    expect(story.said('health.report-sent')).toHaveLength(1);
  });

  it('is refused where the certificate of the device is gone', () => {
    const story = managed('certificate');
    story
      .type(
        'c',
        "Get-ChildItem Cert:\\LocalMachine\\My | Where-Object Issuer -Match 'MDM Device CA' | Remove-Item",
      )
      .advance({ hours: 5 });
    expect(story.said('cert-check.machine')).toEqual(['MDM certs found in LocalMachine count: 0']);
    expect(story.said('health.certificates', 'health.refused', 'health.report-empty')).toEqual([
      'Found 0 MDM certificates from Local Computer Store.',
      expect.stringContaining('The remote server returned an error: (401) Unauthorized.'),
      'The client heart beat health report failed to send. Response was empty or null.',
    ]);
    expect(report(story)).toBeUndefined();
    // What devices write of a refusal, in their order.
    const refusal = clientHealth.filter(([, frequency]) => /refused/.test(frequency));
    const observed = inObservedOrder(refusal, recordsOf(story.log('ClientHealth')));
    expect(observed.share).toBeGreaterThan(0.7);
  });

  it('needs an administrator', () => {
    const story = managed('user');
    const program = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\ClientHealthEval.exe';
    expect(story.powershell(`& '${program}'; $LASTEXITCODE`, 'user').trim()).toBe('-532462766');
    expect(story.powershell(`& '${program}'; $LASTEXITCODE`).trim()).toBe('0');
    expect(story.said('health.completes')).toHaveLength(1);
  });

  it('restarts a service that takes more memory than its rule allows', () => {
    const story = managed('memory');
    story.type(
      'c',
      `(Get-Content '${healthCheckFile}' -Raw).Replace('>1024<', '>8<') | Set-Content '${healthCheckFile}'`,
    );
    const before = story.read.service('IntuneManagementExtension')?.value.processId;
    story.advance({ hours: 5 });
    expect(story.said('health.remediated')).toEqual([
      'Remediated rule Verify/Remediate Intune Management Extension memory usage.',
    ]);
    expect(service(story).status).toBe('Running');
    expect(story.read.service('IntuneManagementExtension')?.value.processId).not.toBe(before);
    expect(story.said('service.stopped', 'service.started')).toEqual([
      'EMS Agent Started',
      'EMS Agent Stopped',
      'EMS Agent Started',
    ]);
  });

  it('leaves a torn record where two evaluations run at once, and each goes on', () => {
    const story = managed('torn');
    const program = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\ClientHealthEval.exe';
    story.type('c', `1..2 | ForEach-Object { Start-Process '${program}' }`).advance({ minutes: 1 });
    expect(story.log('ClientHealth')).toContain(
      '<![LOG[Client Health evaluation starts.<![LOG[OnStart, public cloud env.]LOG]!>',
    );
    expect(story.said('health.completes')).toHaveLength(2);
  });
});
