import { describe, expect, it } from 'vitest';
import { policyKey } from '../../../src/engine/agent/scripts/script-paths.ts';
import type { ScriptCreate } from '../../../src/engine/cloud/script-actions.ts';
import { scriptOf, scriptReports } from '../../../src/engine/cloud/index.ts';
import type { DeviceStart } from '../../../src/engine/device/device-start.ts';
import { AgentStory, deviceScope, userScope } from '../../support/agent-harness.ts';
import { testApp, testDevice, testWorldStart } from '../../support/test-world.ts';

/** A story of one platform script that targets all devices. */
class ScriptStory extends AgentStory {
  static with(
    script: string,
    more: Partial<ScriptCreate> = {},
    device: Partial<DeviceStart> = {},
  ): ScriptStory {
    const start = testWorldStart('script', [{ ...testDevice('BW-W11-5'), ...device }], []);
    return new ScriptStory(start)
      .act({
        action: 'script.create',
        data: { name: 'Script', script, runAs: 'system', enforceSignature: false, ...more },
      })
      .act({ action: 'script.assign', data: { script: 'Script', target: 'all-devices' } });
  }

  get script(): string {
    return scriptOf(this.simulation.world.cloud, 'Script')?.id ?? '';
  }

  /** Values that the agent keeps of the script. */
  kept(scope = userScope): Record<string, string | number | null> {
    const names = ['Result', 'ErrorCode', 'DownloadCount', 'RunAsAccount'] as const;
    return Object.fromEntries(names.map((name) => [name, this.value(policyKey(scope, this.script), name)]));
  }

  details(): unknown {
    return JSON.parse(String(this.value(policyKey(userScope, this.script), 'ResultDetails')));
  }

  rows(): readonly string[] {
    return scriptReports(this.simulation.world.cloud, this.script).map(
      ({ status, errorCode, output, error }) => `${status} ${errorCode}: ${output}${error}`.trim(),
    );
  }

  /** Whole hours since the story began at which the script was started. */
  runs(): readonly number[] {
    const first = this.simulation.events.of(this.device)[0]?.at ?? 0;
    return this.events(
      ({ data }) =>
        data.kind === 'change' &&
        data.change.kind === 'process.start' &&
        data.change.arguments.startsWith('-powershell  '),
    ).map(({ at }) => Math.floor((at - first) / 3_600_000_000));
  }
}

describe('a platform script', () => {
  it('runs as SYSTEM in 32 bits, is stored, reported and leaves no file', () => {
    const story = ScriptStory.with("'hello'; Write-Host (whoami); [IntPtr]::Size").advance({ minutes: 15 });
    const said = 'hello\r\nnt authority\\system\r\n4';
    expect(story.rows()).toEqual([`Succeeded 0: ${said}`]);
    expect(story.kept()).toEqual({
      Result: 'Success',
      ErrorCode: '0',
      DownloadCount: '1',
      RunAsAccount: '1',
    });
    expect(story.details()).toEqual({
      Version: 1,
      SigningCode: 0,
      EncryptionCode: 0,
      SigningMsg: null,
      EncryptMsg: null,
      ExecutionMsg: said,
    });
    const folder = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies';
    expect(story.read.children(`${folder}\\Scripts`)).toEqual([]);
    expect(story.read.children(`${folder}\\Results`)).toEqual([]);
  });

  it('writes what agents write, in their order', () => {
    const story = ScriptStory.with('# lab script\r\nWrite-Output "hello"', { run64Bit: true }).advance({
      minutes: 15,
    });
    const file = `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\${userScope}_${story.script}.ps1`;
    // Worked sequence (e) of the agent logs of 2025; the lines of -powershell are public.
    const sequence = [
      '[PowerShell] Polling thread starts.',
      '[PowerShell] Get 1 active user sessions',
      `[PowerShell] Processing user session 1, user id = ${userScope}`,
      `[PowerShell] Get 1 policies for user ${userScope} in session 1`,
      '[PowerShell] Calling FilterPolicies.',
      `[PowerShell] Policy ${story.script} for user ${userScope} has download count = 0`,
      `[PowerShell] After filter, get 1 policies for user ${userScope} in session 1`,
      '[PowerShell] Calling ProcessPolicies',
      'Finished ESP phase check before kicking off PowerShell script. ESP phase NotInEsp',
      '[PowerShell] increasing the download count to 1',
      `[PowerShell] Processing policy with id = ${story.script} for user ${userScope}`,
      '[PowerShell] Policy body = # lab script\r\nWrite-Output "hello"',
      '[PowerShell] Tamper validation pass.',
      `Script file ${file} is generated.`,
      '[PowerShell] The policy needs be run as System',
      'PowerShell: Enforce signature check = False',
      'PowerShell: Running mode = 1',
      'Launch powershell executor in machine session',
      'ExecutorLog AgentExecutor gets invoked',
      'Powershell option gets invoked',
      file,
      'Prepare to run Powershell Script ..',
      `cmd line for running powershell is -NoProfile -executionPolicy bypass -file  "${file}" `,
      'runAs32BitOn64 = False, so Disable Wow64FsRedirection',
      'PowerShell path is C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      'Powershell exit code is 0',
      'Powershell script is successfully executed.',
      'write output done. output = hello\r\n, error = \r\n',
      'Revert Wow64FsRedirection',
      'Agent executor completed.',
      'Execution is done, collecting result',
      `[PowerShell] User Id = ${userScope}, Policy id = ${story.script}, policy result = Success`,
      '[PowerShell] Success, Result details length: 5',
      '[PowerShell] cleaned up all inbox files.',
      '[PowerShell] reporting policy results ...',
      'Policy results are successfully sent.',
      `Save 1 policy results successfully to local for user ${userScope}.`,
      '[PowerShell] Polling thread stopped.',
    ];
    const said = story.said('scripts.*', 'executor.*');
    expect(said.filter((line) => sequence.includes(line))).toEqual(sequence);
  });

  it('runs in the context of the user, who may not write to the machine', () => {
    const story = ScriptStory.with('whoami; [Environment]::UserName; Test-Path HKCU:\\Environment', {
      runAs: 'user',
    }).advance({ minutes: 15 });
    expect(story.rows()).toEqual(['Succeeded 0: azuread\\adelevance\r\nAdeleVance\r\nTrue']);
    expect(story.said('scripts.launch-user', 'scripts.impersonated')).toEqual([
      'After impersonation: AzureAD\\AdeleVance',
      'Launch powershell executor in user session',
    ]);
    expect(story.kept()['RunAsAccount']).toBe('2');
  });

  it('sees the registry and the folders of its bitness', () => {
    const probe =
      "Set-ItemProperty 'HKLM:\\SOFTWARE' -Name LabBits -Value ([IntPtr]::Size); $env:ProgramFiles; Test-Path HKLM:\\SOFTWARE\\WOW6432Node";
    const in32 = ScriptStory.with(probe).advance({ minutes: 15 });
    const in64 = ScriptStory.with(probe, { run64Bit: true }).advance({ minutes: 15 });
    expect(
      [in32, in64].map((story) => [
        story.value('SOFTWARE\\WOW6432Node', 'LabBits'),
        story.value('SOFTWARE', 'LabBits'),
      ]),
    ).toEqual([
      [4, null],
      [null, 8],
    ]);
    expect(in32.rows()[0]).toContain('C:\\Program Files (x86)');
    expect(in64.rows()[0]).toBe('Succeeded 0: C:\\Program Files\r\nTrue');
  });

  it('has failed with any text on the error stream, and runs three times in all, at fetches', () => {
    const story = ScriptStory.with("'before'; Write-Error 'boom'; exit 0").advance({ hours: 40 });
    expect(story.runs()).toEqual([0, 8, 16]);
    expect(story.kept()).toEqual({
      Result: 'Failed',
      ErrorCode: '99',
      DownloadCount: '3',
      RunAsAccount: '1',
    });
    expect(story.rows()[0]).toMatch(/^Failed 99: [^]* : boom/);
    expect(story.said('scripts.download-count').map((line) => line.slice(-1))).toEqual([
      '0',
      '1',
      '2',
      '3',
      '3',
    ]);
    expect(story.said('scripts.failure')).toHaveLength(3);
  });

  it('runs once more where the dispute is settled that way', () => {
    const disputes = { 'platform-script-runs': 'three-after-first' };
    const story = ScriptStory.with('exit 3', {}, { disputes }).advance({ hours: 40 });
    expect(story.runs()).toEqual([0, 8, 16, 24]);
  });

  it('that succeeded runs again when it is changed, or when its key is deleted and the service restarted', () => {
    const story = ScriptStory.with("Add-Content C:\\Labs\\runs.txt 'x'").advance({ hours: 9 });
    expect(story.runs()).toEqual([0]);
    story.act({ action: 'script.update', data: { script: 'Script', set: { script: "'new'" } } });
    expect(story.advance({ hours: 8 }).runs()).toEqual([0, 16]);
    expect(story.kept()['DownloadCount']).toBe('1');
    story.powershell(
      `Remove-Item 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Policies\\${userScope}\\${story.script}'; Restart-Service IntuneManagementExtension`,
    );
    expect(story.advance({ minutes: 10 }).runs()).toEqual([0, 16, 17]);
    // Without the key deleted a restart fetches, and filters.
    story.powershell('Restart-Service IntuneManagementExtension');
    expect(story.advance({ minutes: 10 }).runs()).toEqual([0, 16, 17]);
  });

  it('without a trusted signature is refused by PowerShell where the check is on, and the refusal is reported', () => {
    const story = ScriptStory.with("'never'", { enforceSignature: true }).advance({ minutes: 15 });
    const file = `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Policies\\Scripts\\${userScope}_${story.script}.ps1`;
    expect(story.said('executor.command-line')).toEqual([
      `cmd line for running powershell is -NoProfile -executionPolicy allsigned -file  "${file}" `,
    ]);
    expect(story.rows()[0]).toContain(
      `Failed 99: File ${file} cannot be loaded. The file ${file} is not digitally signed. You cannot run this script on the current system.`,
    );
  });

  it('that was signed runs on a device that trusts its publisher, and not when it was changed', () => {
    const signer = ScriptStory.with("'unused'").advance({ minutes: 15 }).open('one');
    signer
      .type(
        'one',
        "$c = New-SelfSignedCertificate -Subject 'CN=Lab Signing' -Type CodeSigningCert -CertStoreLocation Cert:\\LocalMachine\\My; foreach ($n in 'Root', 'TrustedPublisher') { $x = [Security.Cryptography.X509Certificates.X509Store]::new($n, 'LocalMachine'); $x.Open('ReadWrite'); $x.Add($c); $x.Close() }",
      )
      .type(
        'one',
        'Set-Content C:\\Labs\\s.ps1 "\'signed and trusted\'"; $null = Set-AuthenticodeSignature C:\\Labs\\s.ps1 $c',
      );
    const signed = new TextDecoder().decode(
      Uint8Array.from(signer.read.content('C:\\Labs\\s.ps1') ?? '', (c) => c.charCodeAt(0)),
    );
    const run = (script: string): readonly string[] =>
      signer
        .act({ action: 'script.update', data: { script: 'Script', set: { script, enforceSignature: true } } })
        .do('service.restart', { service: 'IntuneManagementExtension' })
        .advance({ minutes: 15 })
        .rows();
    expect(run(signed)).toEqual(['Succeeded 0: signed and trusted']);
    expect(run(signed.replace('trusted', 'altered'))[0]).toMatch(
      /^Failed 99: File .* cannot be loaded\. The contents of file .* might have been changed by an unauthorized user or process/,
    );
  });

  it('that asks in its hidden window hangs until its 30 minutes are over, and is killed', () => {
    const story = ScriptStory.with('$x = Read-Host \'Continue?\'; "got $x"').advance({ minutes: 25 });
    expect(story.kept()['Result']).toBe(null);
    story.advance({ minutes: 20 });
    expect(story.said('executor.timed-out')).toEqual([
      'Error:Powershell script execution timed out. timeout = 1800 seconds',
    ]);
    expect(story.kept()['Result']).toBe('Failed');
    expect(story.simulation.read(story.device).memory('scripts.fetch')).toBeUndefined();
  });

  it('of a user waits until somebody is signed in; one of the device runs before that, and again for the user', () => {
    const start = testWorldStart('nobody', [testDevice('BW-W11-5')], []);
    const signsIn = start.inputs.filter((one) => !(one.kind === 'device.action' && one.action === 'sign-in'));
    const story = new ScriptStory({ ...start, inputs: signsIn })
      .act({
        action: 'script.create',
        data: { name: 'Script', script: 'whoami', runAs: 'system', enforceSignature: false },
      })
      .act({
        action: 'script.create',
        data: { name: 'Mine', script: 'whoami', runAs: 'user', enforceSignature: false },
      })
      .act({ action: 'script.assign', data: { script: 'Script', target: 'all-devices' } })
      .act({ action: 'script.assign', data: { script: 'Mine', target: 'all-devices' } })
      .advance({ minutes: 15 });
    expect(story.kept(deviceScope)['Result']).toBe('Success');
    expect(story.runs()).toHaveLength(1);
    story.do('sign-in', { user: 'adele.vance@contoso.com' }).advance({ minutes: 5 });
    expect(story.runs()).toHaveLength(3);
    expect(story.kept(userScope)['Result']).toBe('Success');
  });
});

describe('a platform script that is interrupted', () => {
  const slow = "Add-Content C:\\Labs\\runs.txt 'began'; Start-Sleep 300; 'done'";
  const begun = (): ScriptStory => ScriptStory.with(slow).advance({ minutes: 5 });

  it('by the end of the service goes on without it, counts for nothing, and is run anew', () => {
    const story = begun();
    expect(story.runs()).toHaveLength(1);
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 30 });
    expect(story.runs()).toHaveLength(2);
    expect(story.kept()).toMatchObject({ Result: 'Success', DownloadCount: '2' });
    expect(story.said('scripts.result')).toHaveLength(1);
  });

  it('by a restart of the device is ended, and run anew when its user signs in', () => {
    const story = begun().do('restart').advance({ minutes: 5 });
    story.do('sign-in', { user: 'adele.vance@contoso.com' }).advance({ minutes: 30 });
    expect(story.kept()).toMatchObject({ Result: 'Success', DownloadCount: '2' });
  });

  it('by the end of the network is not stored as long as its result cannot be sent', () => {
    const story = begun().do('network.disconnect').advance({ minutes: 10 });
    expect(story.kept()).toMatchObject({ Result: null, DownloadCount: '1' });
    story.do('network.connect').do('service.restart', { service: 'IntuneManagementExtension' });
    expect(story.advance({ minutes: 20 }).kept()).toMatchObject({ Result: 'Success', DownloadCount: '2' });
  });
});

describe('the script timer', () => {
  const fetches = (story: AgentStory): readonly string[] =>
    story
      .events(({ data }) => data.kind === 'log' && data.message === 'scripts.starts')
      .map(({ at }) => AgentStory.since(at).slice(0, 4));
  const withApp = (disputes: Record<string, string>): ScriptStory =>
    new ScriptStory(
      testWorldStart('timer', [{ ...testDevice('BW-W11-5'), disputes }], [testApp('Alpha')]),
    ).advance({ hours: 50 });

  it('is 24 hours, and 8 once a script was found', () => {
    const story = withApp({});
    expect(fetches(story)).toEqual(['0 00', '1 00', '2 00']);
    story
      .act({ action: 'script.create', data: { name: 'Script', script: "'x'", runAs: 'system' } })
      .act({ action: 'script.assign', data: { script: 'Script', target: 'all-devices' } })
      .advance({ hours: 40 });
    expect(fetches(story)).toEqual(['0 00', '1 00', '2 00', '3 00', '3 08', '3 16']);
    expect(story.said('service.script-timer', 'scripts.timer-changed')).toEqual([
      '[PowerShell] Script Default Timer is set to 24 hour',
      '[PowerShell] PS Script found, Timer is changed to 8 hour',
    ]);
  });

  it('is 8 hours always where the dispute is settled that way', () => {
    expect(fetches(withApp({ 'script-timer': 'fixed-eight-hours' }))).toEqual([
      '0 00',
      '0 08',
      '0 16',
      '1 00',
      '1 08',
      '1 16',
      '2 00',
    ]);
  });
});
