import { describe, expect, it } from 'vitest';
import { explanationOf, LogExplainer } from '../../../../src/engine/agent/explain/index.ts';
import type { LogEntry } from '../../../../src/engine/agent/explain/index.ts';
import { instant } from '../../../../src/base/time.ts';

const at = instant(Date.UTC(2026, 4, 4, 9) * 1000);
const entry = (text: string, n = 0, thread = 4): LogEntry => ({
  kind: 'record',
  text,
  local: instant(at + n),
  offset: null,
  component: 'AppWorkload',
  type: 1,
  thread,
  line: n + 1,
  torn: false,
  cut: 0,
});

const app = (n: number): string => `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const detected = (n: number): string =>
  `[Win32App][DetectionActionHandler] Detection for policy with id: ${app(n)} resulted in action status: Success and detection state: Detected.`;

describe('the reader of logs', () => {
  it('says the same thing once, with its number', () => {
    const explainer = new LogExplainer();
    for (let n = 0; n < 5; n++) explainer.take('x.log', entry(detected(1), n));
    const [track] = explanationOf(explainer).tracks;
    expect(track?.happenings).toMatchObject([{ what: 'detected', count: 5, line: 1 }]);
  });

  it('keeps a long story at its beginning and its end, and counts what lies between', () => {
    const explainer = new LogExplainer();
    for (let n = 0; n < 10_000; n++)
      explainer.take(
        'x.log',
        entry(n % 2 === 0 ? detected(1) : detected(1).replace('Detected.', 'NotDetected.'), n),
      );
    const [track] = explanationOf(explainer).tracks;
    expect(track?.happenings.at(0)?.line).toBe(1);
    expect(track?.happenings.at(-1)?.line).toBe(10_000);
    expect((track?.happenings.length ?? 0) + (track?.left ?? 0)).toBe(10_000);
    expect(track?.happenings.length).toBeLessThan(4000);
  });

  it('keeps as many apps and threads apart as a device may have, not as many as a hostile log names', () => {
    const explainer = new LogExplainer();
    for (let n = 0; n < 30_000; n++) explainer.take('x.log', entry(detected(n), n, n));
    const { tracks, counts } = explanationOf(explainer);
    expect(tracks).toHaveLength(20_001);
    expect(tracks.at(-1)).toMatchObject({ id: 'others', happenings: [{ count: 10_000 }] });
    expect(counts).toMatchObject({ records: 30_000, recognised: 30_000, unknown: 0 });
  });

  it('hands out every unknown line, and keeps some thousands', () => {
    const out: string[] = [];
    const explainer = new LogExplainer(({ text }) => out.push(text));
    for (let n = 0; n < 6000; n++) explainer.take('x.log', entry(`nobody knows ${n}`, n));
    expect(out).toHaveLength(6000);
    expect([explainer.counts.unknown, explainer.unknown.length]).toEqual([6000, 5000]);
  });

  it('reads policies that were cut, and payloads that are no JSON, without a fault', () => {
    const explainer = new LogExplainer();
    explainer.take(
      'x.log',
      entry(`Get policies = [{"Id":"${app(1)}","Name":"Lab","Version":2,"Intent":4,"Targ`),
    );
    explainer.take('x.log', entry('Get policies = [[1,null,{"Id":5}]]'));
    explainer.take(
      'x.log',
      entry(
        `[Win32App][ReportingManager] Execution state for app with id: ${app(1)} has been updated. Report delta: {"EnforcementState":7}`,
      ),
    );
    explainer.take('x.log', entry(detected(1)));
    expect(explanationOf(explainer).tracks).toMatchObject([
      { name: 'Lab', facts: { intent: 'uninstall', revision: 2 } },
    ]);
  });

  it('says where an app stands: before its start, before its deadline, failed, installed', () => {
    const explainer = new LogExplainer();
    const standing: (string | null | undefined)[] = [];
    const take = (text: string): void => {
      explainer.take('x.log', entry(text));
    };
    const decided = (start: string, deadline: string): void => {
      take(
        [
          `[Win32App][ActionProcessor] App with id: ${app(1)}, targeted intent: RequiredInstall, and enforceability: Enforceable has projected enforcement classification: Ignore with desired state: Present. Current state is:`,
          'Detection = NotDetected',
          'Applicability =  Applicable',
          'Reboot = Clean',
          `Local start time = ${start}`,
          `Local deadline time = ${deadline}`,
          'GRS expired = True',
        ].join('\n'),
      );
      standing.push(explanationOf(explainer).tracks[0]?.stands);
    };
    take(detected(1).replace('Detected.', 'NotDetected.'));
    decided('5/4/2026 10:00:00 AM', '5/5/2026 10:00:00 AM');
    decided('5/4/2026 8:00:00 AM', '5/5/2026 10:00:00 AM');
    take(
      `[Win32App][ExecutionActionHandler] Handler invoked with execution type: Install for policy with id: ${app(1)}`,
    );
    take('[Win32App] lpExitCode 1603');
    take(
      `[Win32App][ReportingManager] Execution state for app with id: ${app(1)} has been updated. Report delta: {"EnforcementState":{"OldValue":"InProgressDownloadCompleted","NewValue":"Error"},"EnforcementErrorCode":{"OldValue":null,"NewValue":-2147023293}}`,
    );
    decided('1/1/0001 12:00:00 AM', '1/1/0001 12:00:00 AM');
    take(detected(1));
    standing.push(explanationOf(explainer).tracks[0]?.stands);
    expect(standing).toEqual([
      "not installed: its start time, 5/4/2026 10:00:00 AM on the device's clock, has not come: only reported",
      "not installed: its deadline, 5/5/2026 10:00:00 AM on the device's clock, has not come: the content is fetched, not installed before it",
      'not installed: the last attempt ended with exit code 1603 (fatal error during installation)',
      'installed',
    ]);
  });

  it('names the requirement that is not met wherever a line names it', () => {
    const explainer = new LogExplainer();
    const checked = `[Win32App][ApplicabilityActionHandler] Applicability check for policy with id: ${app(1)} resulted in action status: Success and applicability state: NotApplicable.`;
    const delta = `[Win32App][ReportingManager] Applicability state for app with id: ${app(1)} has been updated. Report delta: {"ApplicabilityState":{"OldValue":null,"NewValue":"MinimumPhysicalMemoryNotMet"}}`;
    for (const text of [detected(1).replace('Detected.', 'NotDetected.'), checked, delta, checked])
      explainer.take('x.log', entry(text));
    const [track] = explanationOf(explainer).tracks;
    expect([...(track?.happenings ?? []).map(({ what }) => what), track?.stands]).toEqual([
      'not detected',
      'not applicable: NotApplicable',
      'what is not met: MinimumPhysicalMemoryNotMet',
      'not applicable: MinimumPhysicalMemoryNotMet',
      'not installed: not applicable (MinimumPhysicalMemoryNotMet)',
    ]);
  });

  it('says a time-out of the script that ran so long, whatever ran meanwhile', () => {
    const explainer = new LogExplainer();
    const begins = (id: string): string =>
      `cmd line for running powershell is -NoProfile -executionPolicy bypass -file  "C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\${app(0)}_${id}.ps1" `;
    const minutes = 60_000_000;
    const lines: readonly (readonly [string, number])[] = [
      [begins(app(1)), 0],
      [begins(app(2)), 5 * minutes],
      ['Powershell exit code is 0', 6 * minutes],
      [begins(app(3)), 7 * minutes],
      ['Error:Powershell script execution timed out. timeout = 1800 seconds', 30 * minutes],
      ['Powershell exit code is 0', 31 * minutes],
    ];
    for (const [text, after] of lines) explainer.take('AgentExecutor.log', entry(text, after, 1));
    expect(explanationOf(explainer).tracks.map((track) => track.happenings.at(-1)?.what)).toEqual([
      'the script ran longer than 1800 seconds',
      'PowerShell ended with 0',
      'PowerShell ended with 0',
    ]);
  });
});
