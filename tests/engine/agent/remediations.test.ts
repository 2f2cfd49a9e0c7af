import { describe, expect, it } from 'vitest';
import { messageOf, messageText } from '../../../src/engine/agent/index.ts';
import { executionKey, reportsKey, resultKey } from '../../../src/engine/agent/remediations/health-paths.ts';
import type { RemediationAssign, RemediationCreate } from '../../../src/engine/cloud/script-actions.ts';
import { complianceReports, scriptOf, scriptReports } from '../../../src/engine/cloud/index.ts';
import type { DeviceStart } from '../../../src/engine/device/device-start.ts';
import { AgentStory, minutesBetween, userScope } from '../../support/agent-harness.ts';
import { testDevice, testWorldStart } from '../../support/test-world.ts';
import { remediationFlow } from './remediation-flow.ts';

const detection = (code = 1): string =>
  `if (Test-Path C:\\Labs\\fixed.txt) { 'all well'; exit 0 } else { 'looking'; 'lab value missing'; exit ${code} }`;
const remediation = "Set-Content C:\\Labs\\fixed.txt 'yes'; 'done'";

/** A story of one remediation that is assigned to all devices. */
class RemediationStory extends AgentStory {
  static with(
    more: Partial<RemediationCreate>,
    schedule: RemediationAssign['schedule'] | null = { kind: 'hourly', every: 1 },
    device: Partial<DeviceStart> = {},
  ): RemediationStory {
    const start = testWorldStart('remediation', [{ ...testDevice('BW-W11-5'), ...device }], []);
    const story = new RemediationStory(start).act({
      action: 'remediation.create',
      data: { name: 'Fix', detection: detection(), remediation, ...more },
    });
    return schedule === null
      ? story
      : story.act({
          action: 'remediation.assign',
          data: { remediation: 'Fix', target: 'all-devices', schedule },
        });
  }

  get fix(): string {
    return scriptOf(this.simulation.world.cloud, 'Fix')?.id ?? '';
  }

  result(): Record<string, unknown> {
    return JSON.parse(String(this.value(resultKey(userScope, this.fix, 1), 'Result'))) as Record<
      string,
      unknown
    >;
  }

  /** Of the result: verdict, state of the remediation, exit codes of the three runs. */
  outcome(): readonly unknown[] {
    const { Result, RemediationStatus, Info } = this.result();
    const info = Info as Record<string, unknown>;
    return [
      Result,
      RemediationStatus,
      info['FirstDetectExitCode'],
      info['RemediationExitCode'],
      info['LastDetectExitCode'],
    ];
  }

  rows(): readonly string[] {
    return scriptReports(this.simulation.world.cloud, this.fix).map(
      (row) => `${row.status}: ${row.output} -> ${row.postOutput}`,
    );
  }

  /** When scripts were started, since the story began. */
  started(): readonly string[] {
    return this.events(
      ({ data }) => data.kind === 'log' && data.message === 'health-scripts.process-script',
    ).map(({ at }) => AgentStory.since(at));
  }
}

describe('a remediation', () => {
  it('that fixes what detection finds reports output before and after', () => {
    const story = RemediationStory.with({}).advance({ minutes: 20 });
    expect(story.result()).toEqual({
      PolicyId: story.fix,
      UserId: userScope,
      PolicyHash: null,
      Result: 4,
      ResultDetails: null,
      InternalVersion: 1,
      ErrorCode: 0,
      ResultType: 1,
      PreRemediationDetectScriptOutput: 'lab value missing',
      PreRemediationDetectScriptError: '',
      RemediationScriptErrorDetails: '',
      RemediationScriptOutputDetails: 'done',
      PostRemediationDetectScriptOutput: 'all well',
      PostRemediationDetectScriptError: '',
      RemediationStatus: 1,
      Info: { RemediationExitCode: 0, FirstDetectExitCode: 1, LastDetectExitCode: 0, ErrorDetails: null },
      TargetType: 2,
      RunAsAccount: 1,
    });
    expect(story.rows()).toEqual(['Issue fixed: lab value missing -> all well']);
    const folder = `C:\\Windows\\IMECache\\HealthScripts\\${story.fix}_1`;
    expect(story.read.children(folder).map(({ name }) => name)).toEqual(['detect.ps1', 'remediate.ps1']);
  });

  it('goes each of its ways', () => {
    const ways = [
      { detection: "'fine'; exit 0" },
      { detection: detection(), remediation: '' },
      { detection: detection(7) },
      { detection: "'bad'; exit 1", remediation: "'tried'" },
      { detection: detection(), remediation: 'exit 4' },
      { detection: "throw 'broken'", remediation: "'tried'" },
      { detection: 'return 1; exit 1' },
      { detection: "Write-Error 'noise'; exit 0" },
    ];
    const found = ways.map((way) => {
      const { remediation: given, ...rest } = { remediation, ...way };
      const story = RemediationStory.with(given === '' ? rest : { ...rest, remediation: given });
      if (given === '') {
        const plain = AgentStory.begin()
          .act({ action: 'remediation.create', data: { name: 'Fix', ...rest } })
          .act({
            action: 'remediation.assign',
            data: { remediation: 'Fix', target: 'all-devices', schedule: { kind: 'hourly', every: 1 } },
          })
          .advance({ minutes: 20 });
        const id = scriptOf(plain.simulation.world.cloud, 'Fix')?.id ?? '';
        const result = JSON.parse(String(plain.value(resultKey(userScope, id, 1), 'Result'))) as Record<
          string,
          unknown
        >;
        return [
          result['Result'],
          result['RemediationStatus'],
          scriptReports(plain.simulation.world.cloud)[0]?.status,
        ];
      }
      story.advance({ minutes: 20 });
      return [...story.outcome(), scriptReports(story.simulation.world.cloud)[0]?.status];
    });
    expect(found).toEqual([
      [3, 4, 0, null, null, 'Without issues'],
      [4, 4, 'With issues'],
      [4, 1, 7, 0, 0, 'Issue fixed'],
      [4, 2, 1, 0, 1, 'Recurred'],
      [4, 3, 1, 4, null, 'Failed'],
      [4, 2, 1, 0, 1, 'Recurred'],
      [3, 4, 0, null, null, 'Without issues'],
      [3, 4, 0, null, null, 'Without issues'],
    ]);
  });

  it('is started by exit code 1 only where the dispute is settled that way', () => {
    const disputes = { 'remediation-trigger': 'one-only' };
    const story = RemediationStory.with({ detection: detection(7) }, undefined, { disputes }).advance({
      minutes: 20,
    });
    expect(story.outcome()).toEqual([4, 4, 7, null, null]);
  });

  it('writes what agents write, at least seven of ten templates, in the observed order', () => {
    const story = RemediationStory.with({}).advance({ minutes: 20 });
    const lines = story
      .events(({ data }) => data.kind === 'log' && /^(health-scripts|executor)\./.test(data.message))
      .map(({ data }) => (data.kind === 'log' ? messageText(messageOf(data.message), data.parameters) : ''));
    let at = 0;
    const missing = remediationFlow.filter((template) => {
      const found = lines.findIndex((line, i) => i >= at && template.test(line));
      if (found === -1) return true;
      at = found + 1;
      return false;
    });
    expect(1 - missing.length / remediationFlow.length).toBeGreaterThanOrEqual(0.7);
    // All that is known of this flow is written.
    expect(missing).toEqual([]);
  });

  it('keeps the last line of the output and the last 2,048 characters', () => {
    const story = RemediationStory.with({
      detection: "'first line'; 'x' * 3000 + 'end'; exit 0",
    }).advance({ minutes: 20 });
    const output = String(story.result()['PreRemediationDetectScriptOutput']);
    expect([output.length, output.slice(-4)]).toEqual([2048, 'xend']);
  });

  it('every hour is measured from the end of the run before; a result that stays is not sent again', () => {
    const story = RemediationStory.with({ detection: "'fine'; exit 0" }).advance({ hours: 5 });
    const gaps = minutesBetween(
      story.started().map((time) => `2026-05-0${5 + Number(time.slice(0, 1))} ${time.slice(2)}`),
    );
    expect(gaps.every((gap) => gap >= 60 && gap <= 66)).toBe(true);
    expect(story.said('health-scripts.sending')).toHaveLength(1);
    expect(story.said('health-scripts.no-report').length).toBe(story.started().length - 1);
    expect(story.said('health-scripts.same').length).toBe(story.started().length - 1);
  });

  it('of every day runs some seconds after its time, in the local time of the device', () => {
    // 06:00 UTC is 08:00 in Berlin; 10:30 there is 08:30 UTC.
    const story = RemediationStory.with(
      { detection: "'fine'; exit 0" },
      { kind: 'daily', every: 1, time: '10:30', zone: 'local' },
    ).advance({ days: 2 });
    expect(story.started().map((time) => time.slice(0, 7))).toEqual(['0 02:30', '1 02:30']);
    expect(story.started().every((time) => /:0[789]$/.test(time))).toBe(true);
  });

  it('that runs once does so as soon as possible where its time is past, and never again', () => {
    const story = RemediationStory.with(
      { detection: "'fine'; exit 0" },
      { kind: 'once', date: '2026-05-05', time: '05:00' },
    ).advance({ days: 1 });
    expect(story.started()).toHaveLength(1);
  });

  it('is queued five minutes after a fetch; a restart of the service within them discards the job', () => {
    const story = RemediationStory.with({}).advance({ minutes: 6 });
    expect(story.said('health-scripts.scheduler-queued')).toHaveLength(1);
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 4 });
    expect(story.started()).toEqual([]);
    expect(story.advance({ minutes: 10 }).started()).toHaveLength(1);
  });

  it('runs again when its time of execution is deleted, and sends all when that of the full report is', () => {
    const story = RemediationStory.with(
      { detection: "'fine'; exit 0" },
      { kind: 'daily', every: 1, time: '07:00', zone: 'utc' },
    ).advance({ hours: 3 });
    expect(story.started()).toHaveLength(1);
    const key = (path: string): string => `HKLM:\\${path}`;
    story.powershell(
      `Remove-ItemProperty '${key(executionKey(userScope, story.fix, 1))}' LastExecution; Remove-ItemProperty '${key(reportsKey(userScope))}' LastFullReportTimeUTC; Restart-Service IntuneManagementExtension`,
    );
    story.advance({ minutes: 15 });
    expect(story.started()).toHaveLength(2);
    expect(story.said('health-scripts.full-sent')).toHaveLength(2);
  });

  it('runs on demand at once, without an assignment, and not on a device that is offline', () => {
    const story = RemediationStory.with({}, null)
      .act({ action: 'script.create', data: { name: 'Bring the agent', script: "'x'", runAs: 'system' } })
      .act({ action: 'script.assign', data: { script: 'Bring the agent', target: 'all-devices' } })
      .advance({ minutes: 15 });
    expect(story.started()).toEqual([]);
    story
      .act({ action: 'remediation.run', data: { remediation: 'Fix', device: story.device } })
      .advance({ minutes: 10 });
    expect(story.rows()).toEqual(['Issue fixed: lab value missing -> all well']);
    expect(story.value(executionKey(userScope, story.fix, 1), 'LastExecution')).toBe(null);
    story
      .do('network.disconnect')
      .act({ action: 'remediation.run', data: { remediation: 'Fix', device: story.device } });
    expect(story.advance({ minutes: 10 }).started()).toHaveLength(1);
  });

  it('holds up those after it while it hangs, and is killed after an hour', () => {
    const story = RemediationStory.with({ name: 'Fix', detection: 'Start-Sleep 7200' })
      .act({ action: 'remediation.create', data: { name: 'Next', detection: "'next'; exit 0" } })
      .act({
        action: 'remediation.assign',
        data: { remediation: 'Next', target: 'all-devices', schedule: { kind: 'hourly', every: 1 } },
      })
      .advance({ hours: 1 });
    expect(story.started()).toHaveLength(1);
    story.advance({ minutes: 30 });
    expect(story.started()).toHaveLength(2);
    expect(story.outcome().slice(0, 2)).toEqual([5, 4]);
    expect(scriptReports(story.simulation.world.cloud, story.fix)[0]?.status).toBe('Failed');
  });

  it('in the context of the user, with the signature check on, is refused with what PowerShell says', () => {
    const story = RemediationStory.with({
      detection: "'never'",
      runAs: 'user',
      enforceSignature: true,
      remediation: "'never'",
    }).advance({ minutes: 20 });
    expect(story.said('health-scripts.launch-user').length).toBeGreaterThan(0);
    expect(story.result()['PreRemediationDetectScriptError']).toContain('is not digitally signed.');
    expect(story.outcome()).toEqual([4, 3, 1, 1, null]);
  });
});

describe('custom compliance', () => {
  const rules = JSON.stringify({
    Rules: [
      {
        SettingName: 'Bits',
        Operator: 'GreaterEquals',
        DataType: 'Int64',
        Operand: '4',
        MoreInfoUrl: 'https://contoso.com',
        RemediationStrings: [{ Language: 'en_US', Title: 'Bits', Description: 'Found {ActualValue}' }],
      },
      {
        SettingName: 'Version',
        Operator: 'IsEquals',
        DataType: 'Version',
        Operand: '2.0',
        MoreInfoUrl: 'https://contoso.com',
        RemediationStrings: [
          { Language: 'en_US', Title: 'Wrong version', Description: 'Found {ActualValue}, wanted 2.0' },
        ],
      },
    ],
  });
  const discovery = (version: string): string =>
    `@{ Bits = [IntPtr]::Size; Version = '${version}' } | ConvertTo-Json -Compress`;
  const states = (story: AgentStory) =>
    complianceReports(story.simulation.world.cloud).map(({ state, settings }) => [
      state,
      ...settings.map((one) => `${one.setting} ${one.state}: ${one.actual}`),
    ]);

  it('holds what a discovery script says against the rules, and looks again at once when asked', () => {
    const story = AgentStory.begin()
      .act({ action: 'compliance-script.create', data: { name: 'Look', script: discovery('1.5') } })
      .act({ action: 'compliance-policy.create', data: { name: 'Lab', script: 'Look', rules } })
      .act({ action: 'compliance-policy.assign', data: { script: 'Lab', target: 'all-devices' } })
      .advance({ minutes: 20 });
    expect(states(story)).toEqual([['Not compliant', 'Bits Compliant: 4', 'Version Not compliant: 1.5']]);
    expect(complianceReports(story.simulation.world.cloud)[0]?.settings[1]?.description).toBe(
      'Found 1.5, wanted 2.0',
    );
    story
      .act({
        action: 'compliance-script.update',
        data: { script: 'Look', set: { script: discovery('2.0') } },
      })
      .open('one', 'user')
      .type('one', 'Start-Process intunemanagementextension://synccompliance')
      .advance({ minutes: 8 });
    expect(states(story)).toEqual([['Compliant', 'Bits Compliant: 4', 'Version Compliant: 2.0']]);
  });

  it('is an error where the script says no JSON', () => {
    const story = AgentStory.begin()
      .act({ action: 'compliance-script.create', data: { name: 'Look', script: "'nothing useful'" } })
      .act({ action: 'compliance-policy.create', data: { name: 'Lab', script: 'Look', rules } })
      .act({ action: 'compliance-policy.assign', data: { script: 'Lab', target: 'all-devices' } })
      .advance({ minutes: 20 });
    expect(states(story)).toEqual([['Error', 'Bits Error: null', 'Version Error: null']]);
  });

  it('refuses a rules file that the admin centre refuses', () => {
    const story = AgentStory.begin().act({
      action: 'compliance-script.create',
      data: { name: 'Look', script: discovery('1') },
    });
    expect(() =>
      story.act({
        action: 'compliance-policy.create',
        data: { name: 'Lab', script: 'Look', rules: rules.replace('GreaterEquals', 'AtLeast') },
      }),
    ).toThrow('Rules[0].Operator: expected one of IsEquals');
  });
});
