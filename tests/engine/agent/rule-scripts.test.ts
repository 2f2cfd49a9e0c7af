import { describe, expect, it } from 'vitest';
import type { DetectionRule } from '../../../src/engine/cloud/admin-actions.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

/** An app that is only detected: its installer fails. */
function detectedBy(
  script: string,
  more: Partial<Extract<DetectionRule, { kind: 'script' }>> = {},
): AgentStory {
  return AgentStory.begin('rule-script')
    .create(testApp('App', 1603, { detection: [{ kind: 'script', script, ...more }] }))
    .assign('App')
    .firstCheckIn();
}

const checked = (story: AgentStory): string | undefined => story.said('detection.script-checked')[0];

describe('a detection script', () => {
  it('runs through AgentExecutor, with the lines of both logs in their order', () => {
    const story = detectedBy("'found'");
    const file = `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\DetectionScripts\\${story.id('App')}_1.ps1`;
    const quoted = (name: string): string => `${file}quoted${name}FilePath.txt`;
    const manager = '[Win32App] SideCarScriptDetectionManager';
    const sequence = [
      '[Win32App] Using FileStream',
      `[Win32App] Detection script file ${file} is saved.`,
      `${manager} create files for outputs`,
      `"C:\\Program Files (x86)\\Microsoft Intune Management Extension\\agentexecutor.exe"  -powershellDetection  "${file}" "${quoted('Result')}" "${quoted('Error')}" "${quoted('Timeout')}" 3600 "C:\\Windows\\System32\\WindowsPowerShell\\v1.0" 0 "${quoted('ExitCode')}" False`,
      `${manager} Launch powershell executor in machine session`,
      `${manager} Create proxy process successfully.`,
      `${manager} Powershell execution process timeout milliseconds: 3600000.`,
      'ExecutorLog AgentExecutor gets invoked',
      `Adding argument powershellDetection with value ${file} to the named argument list.`,
      'PowershellDetection option gets invoked',
      file,
      quoted('Result'),
      quoted('Error'),
      quoted('Timeout'),
      quoted('ExitCode'),
      'Prepare to run Powershell Script ..',
      `cmd line for running powershell is -NoProfile -executionPolicy bypass -file  "${file}" `,
      'runAs32BitOn64 = False, so Disable Wow64FsRedirection',
      'Powershell exit code is 0',
      'write output done. output = found\r\n, error = \r\n',
      'Revert Wow64FsRedirection',
      'Agent executor completed.',
      `${manager} Execution is done, collecting result`,
      `${manager} Powershell execution got lpExitCode: 0 lastWin32Error: 0`,
      `${manager} Powershell ExitCode: 0`,
      `[Win32App] Detection script file ${quoted('ExitCode')} is deleted.`,
      `[Win32App] Detection script file ${file} is deleted.`,
    ];
    const said = story.said('detection.*', 'executor.*');
    expect(said.filter((line) => sequence.includes(line))).toEqual(sequence);
    expect(story.state('App')?.compliance).toBe(1);
    expect(story.read.children(file.slice(0, file.lastIndexOf('\\')))).toEqual([]);
  });

  it('with text on the error stream counts as ended with -1', () => {
    const story = detectedBy("'found'; Write-Error 'but'");
    expect(checked(story)).toContain('exitCode: -1 EnforceSignatureCheck: 0 RunAs32Bit: 0');
    expect(story.state('App')?.compliance).not.toBe(1);
  });

  it('without a signature is refused where the check is on', () => {
    const story = detectedBy("'found'", { enforceSignature: true });
    expect(checked(story)).toContain('exitCode: 1 EnforceSignatureCheck: 1');
    expect(story.log('AgentExecutor')).toContain('is not digitally signed.');
  });

  it('runs in 32 bits where the rule says so', () => {
    const story = detectedBy('if ([IntPtr]::Size -eq 4) { 1 }', { runAs32Bit: true });
    expect(checked(story)).toContain('exitCode: 0 EnforceSignatureCheck: 0 RunAs32Bit: 1');
    expect(story.state('App')?.compliance).toBe(1);
  });

  it('that never ends is killed after an hour: the app is not detected', () => {
    const story = detectedBy('while ($true) { Start-Sleep 60 }').advance({ hours: 2 });
    expect(story.said('executor.timed-out')[0]).toBe(
      'Error:Powershell script execution timed out. timeout = 3600 seconds',
    );
    expect(checked(story)).toContain('exitCode: 2147483647');
  });
});

it('a requirement script runs the same way, in words of its own', () => {
  const story = AgentStory.begin('rule-script')
    .create(
      testApp('App', 0, {
        requirements: {
          rules: [
            {
              kind: 'script',
              script: "'yes'",
              dataType: 'string',
              operator: 'equal',
              value: 'yes',
              runAs: 'user',
            },
          ],
        },
      }),
    )
    .assign('App')
    .firstCheckIn();
  const manager = '[Win32App] SideCarScriptRequirementManager';
  expect(
    story
      .said('detection.script-*')
      .filter((line) => line.startsWith(manager))
      .slice(0, 5),
  ).toEqual([
    `${manager} create files for outputs`,
    `${manager} configuring ACL for current user`,
    `${manager} User profile successfully loaded, the user name is AzureAD\\AdeleVance`,
    `${manager} environment block is created successfuly.`,
    `${manager} Launch powershell executor in user session`,
  ]);
  expect(story.state('App')?.enforcement).toBe(1000);
});
