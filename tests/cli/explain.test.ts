import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { explainCommand } from '../../src/cli/commands/explain.ts';
import { explanationOf, LogExplainer } from '../../src/engine/agent/explain/index.ts';
import type { LogExplanation } from '../../src/engine/agent/explain/index.ts';
import { logFilesOf, mergedEntries } from '../../src/cli/explain/log-files.ts';
import { explanationText } from '../../src/cli/explain/explanation-text.ts';

const samples = join(import.meta.dirname, '..', 'samples', 'logs');
const folder = (): string => mkdtempSync(join(tmpdir(), 'sidecar-explain-'));

function explain(...paths: readonly string[]): LogExplanation {
  const explainer = new LogExplainer();
  for (const { file, entry } of mergedEntries(logFilesOf(paths))) explainer.take(file, entry);
  return explanationOf(explainer);
}

/** What is said of one app, without times. */
function told(found: LogExplanation, name: string): readonly string[] {
  const track = found.tracks.find((one) => one.name === name || one.id === name);
  return (
    track?.happenings.map(
      ({ what, rule, level }) => `${level === 'error' ? 'x ' : ''}${what}${rule ? ` [${rule.id}]` : ''}`,
    ) ?? []
  );
}

const next = (found: LogExplanation, name: string): readonly string[] =>
  found.tracks
    .find((one) => one.name === name || one.id === name)
    ?.next.map(({ what, at }) => `${what} ${new Date((at ?? 0) / 1000).toISOString().slice(0, 19)}`) ?? [];

describe('sidecar explain', () => {
  it('reads agents of 2019 to 2022: a download that fails, an install, an app in GRS, one that does not fit', () => {
    const found = explain(join(samples, 'agent-2020'));
    expect(found.counts).toMatchObject({ records: 78, recognised: 78, unknown: 0 });
    expect(told(found, 'Lab Reader').slice(7)).toEqual([
      'GRS is over: an attempt is made [win32.grs.window]',
      'download begins [win32.content.download]',
      'x the download by Delivery Optimization failed: Access is denied (0x80070005) [win32.content.download-fails]',
      'downloaded straight from the content host',
      'the package has the right hash [win32.content.verified]',
      'command: reader.exe /quiet',
      'exit code 0 (success), which the app lists as Success [win32.exit-code.mapped]',
      'detection after the install begins [win32.detection.decides]',
      'detected: C:\\Program Files\\Lab Reader\\reader.exe exists [win32.detection.runs]',
      'what detection found is stored [win32.state.compliance]',
      'how the attempt went is stored [win32.state.enforcement]',
      'the unpacked content is removed [win32.content.removed]',
      'result: Success [win32.state.enforcement]',
    ]);
    expect(told(found, 'Lab Agent').at(-1)).toBe(
      'tried in the last 24 hours: not tried now [win32.action.in-grs]',
    );
    expect(told(found, 'Lab Player').at(-1)).toBe(
      'not applicable: ScriptRequirementRuleNotMet [win32.applicability.extended]',
    );
  });

  it('tells a round that comes again and again once, with its number', () => {
    const file = join(folder(), 'AppWorkload.log');
    const id = 'a0000000-0000-4000-8000-000000000001';
    const record = (text: string, hour: number): string =>
      `<![LOG[${text}]LOG]!><time="${String(hour).padStart(2, '0')}:00:00.0000000" date="5-4-2026" component="AppWorkload" context="" type="1" thread="4" file="">`;
    writeFileSync(
      file,
      Array.from({ length: 5 }, (_, n) => [
        record(
          `[Win32App][DetectionActionHandler] Detection for policy with id: ${id} resulted in action status: Success and detection state: NotDetected.`,
          n * 4,
        ),
        record(
          `[Win32App][ApplicabilityActionHandler] Applicability check for policy with id: ${id} resulted in action status: Success and applicability state: Applicable.`,
          n * 4 + 1,
        ),
      ])
        .flat()
        .join('\r\n'),
    );
    expect(explanationText(explain(file)).split('\n').slice(3, 8)).toEqual([
      `App ${id}`,
      '  now: not installed',
      '  2026-05-04 00:00:00   not detected  [win32.detection.runs]',
      '  2026-05-04 01:00:00   requirements are met  [win32.applicability.runs]',
      '    … these 2 the same 4 more times, last 2026-05-04 17:00:00',
    ]);
  });

  it('reads agents before 1.83 from one log and its rolled-over copy, and says what comes next', () => {
    const found = explain(join(samples, 'agent-2023'));
    expect(found.offset).toBe(-6 * 3_600_000_000);
    expect(told(found, 'Lab Suite')).toEqual([
      'looked at for the first time; no GRS value is stored: an attempt may be made [win32.reevaluation.new]',
      'not detected: product {7C2D0000-0000-4000-8000-00000000000D} is not installed [win32.detection.runs]',
      'requirements are met [win32.applicability.runs]',
      'content of revision 3 is fetched [win32.content.info]',
      'download begins [win32.content.download]',
      'the package has the right hash [win32.content.verified]',
      'install begins [win32.execution.context]',
      'command: setup.exe /quiet',
      'x exit code 1603 (fatal error during installation), which the app does not list: failed [win32.exit-code.failed]',
      'x state Error: Fatal error during installation: 1603 (0x80070643) [win32.state.enforcement]',
      'attempt noted as GRS value 03/06/2023 15:00:21 UTC: the next one not before 03/07/2023 15:00:21 UTC [win32.grs.saved]',
    ]);
    // Times of what comes next are UTC: the log's clock is six hours behind.
    expect(next(found, 'Lab Suite')).toEqual([
      'looked at again 2023-03-07T00:00:00',
      'GRS ends 2023-03-07T15:00:21',
      'next attempt 2023-03-07T16:00:00',
    ]);
    expect(found.unknown).toEqual([
      { file: 'IntuneManagementExtension.log', line: 23, text: 'A line that something else wrote' },
    ]);
  });

  it('reads the split logs of 2026: apps, a script, a remediation, inventory, the service', () => {
    const found = explain(join(samples, 'agent-2026'));
    expect(found.counts).toMatchObject({ records: 281, recognised: 281, unknown: 0, torn: 0 });
    expect(found.tracks.map(({ kind, name }) => [kind, name])).toEqual([
      ['app', 'Lab App One'],
      ['app', 'Lab App Two'],
      ['app', 'Lab App Three'],
      ['app', null],
      ['app', null],
      ['script', null],
      ['remediation', null],
      ['inventory', null],
      ['check-in', null],
      ['service', null],
    ]);
    expect(told(found, 'a5000005-0000-4000-8000-000000000005')).toContain('try 2 [win32.retry.immediate]');
    expect(told(found, 'c1000001-0000-4000-8000-000000000001')).toEqual([
      'scheduled every 1 hours [agent.remediations.schedules]',
      'the remediation is due [agent.remediations.schedules]',
      'AgentExecutor starts PowerShell, execution policy bypass [agent.executor.execution-policy]',
      'PowerShell ended with 1 [agent.executor.result]',
      'output: lab value missing [agent.remediations.output]',
      'the detection script ended with 1 [agent.remediations.verdict]',
      'detection: to be remedied [agent.remediations.verdict]',
      'the remediation script ended with 0 [agent.remediations.second-detection]',
      'detection afterwards: remedied [agent.remediations.second-detection]',
    ]);
    expect(told(found, 'inventory')).toContain(
      '1 added, 0 changed, 0 removed since the last report [agent.inventory.delta]',
    );
    expect(next(found, 'Lab App Two')).toContain('GRS ends 2026-05-04T13:20:44');
  });

  it('reads the same from UTF-16, with and without a byte order mark', () => {
    const text = readFileSync(join(samples, 'agent-2023', 'IntuneManagementExtension.log'), 'utf8').replace(
      '\ufeff',
      '',
    );
    const dir = folder();
    const write = (name: string, bytes: Buffer): LogExplanation => {
      writeFileSync(join(dir, name), bytes);
      return explain(join(dir, name));
    };
    const plain = write('plain.log', Buffer.from(text));
    const little = Buffer.from(text, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [
      little,
      big,
      Buffer.concat([Buffer.from([0xff, 0xfe]), little]),
      Buffer.concat([Buffer.from([0xfe, 0xff]), big]),
    ])
      expect(write('plain.log', bytes)).toEqual(plain);
  });

  it('reads a hostile file to its end, keeps little of it and counts everything', () => {
    const dir = folder();
    const zeros = join(dir, 'zeros.log');
    writeFileSync(zeros, '');
    truncateSync(zeros, 48 << 20);
    const endless = join(dir, 'endless.log');
    const handle = openSync(endless, 'w');
    writeSync(handle, '<![LOG[');
    for (let n = 0; n < 48; n++) writeSync(handle, 'x'.repeat(1 << 20));
    closeSync(handle);
    const noise = join(dir, 'noise.log');
    const bytes = Array.from({ length: 4096 }, (_, n) => createHash('sha256').update(String(n)).digest());
    writeFileSync(noise, Buffer.concat(bytes));

    expect(explain(zeros).counts).toMatchObject({ records: 0, unknown: 1, cut: 1 });
    expect(explain(endless).counts).toMatchObject({ records: 0, unknown: 1, cut: 1, torn: 1 });
    const found = explain(noise);
    const lines = readFileSync(noise, 'latin1')
      .split('\n')
      .filter((line) => line.trim() !== '');
    expect(found.counts.unknown).toBe(lines.length);
    // What a log holds cannot steer the terminal.

    expect(explanationText(found)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('prints text or JSON, and writes every unknown line where it is asked to', async () => {
    const out: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const unknown = join(folder(), 'unknown.txt');
    try {
      await explainCommand().parseAsync([join(samples, 'agent-2023'), '--json', '--unknown', unknown], {
        from: 'user',
      });
      await explainCommand().parseAsync([join(samples, 'agent-2020'), '--offset', '+02:00'], {
        from: 'user',
      });
      await expect(explainCommand().parseAsync([join(samples, 'nowhere')], { from: 'user' })).rejects.toThrow(
        /There is no file or folder .*nowhere/,
      );
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
    }
    expect(readFileSync(unknown, 'utf8')).toBe(
      'IntuneManagementExtension.log:23: A line that something else wrote\n',
    );
    const json = JSON.parse(out[0] ?? '') as LogExplanation;
    expect(json.tracks[0]).toMatchObject({
      kind: 'app',
      name: 'Lab Suite',
      facts: { exitCode: 1603, intent: 'required' },
    });
    expect(out[1]).toContain('local time (UTC+02:00 at the end; times inside lines are UTC)');
    expect(out[1]).toContain('\nWhy\n');
  });
});
