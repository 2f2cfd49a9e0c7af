import { describe, expect, it } from 'vitest';
import { ProgramLab } from './run-program.ts';

const script = 'C:\\Users\\AdeleVance\\s.ps1';
function ran(text: string, args = '-ExecutionPolicy Bypass -File s.ps1'): ReturnType<ProgramLab['run']> {
  const lab = new ProgramLab();
  lab.memory.writeText(script, text);
  return lab.run('powershell.exe', args);
}

describe('powershell.exe', () => {
  it('runs a command and tells its success', () => {
    const lab = new ProgramLab();
    expect(lab.run('powershell.exe', "-NoProfile -Command \"'a' + 'b'\"")).toEqual({
      code: 0,
      out: 'ab\r\n',
      error: '',
    });
    expect(lab.run('powershell.exe', '-NoProfile exit 5').code).toBe(5);
    expect(lab.run('powershell.exe', '-Command Write-Error x').code).toBe(1);
    expect(lab.run('powershell.exe', '-Command "throw 1"').code).toBe(1);
  });
  it('runs a base64 command', () => {
    // 'hi'
    expect(new ProgramLab().run('powershell.exe', '-enc JwBoAGkAJwA=').out).toBe('hi\r\n');
  });
  it('runs a file with its arguments and its exit code', () => {
    expect(
      ran(
        'param($Name, [switch]$Force) "$Name $Force $args"; exit 7',
        '-ep Bypass -File s.ps1 -Name "a b" -Force',
      ),
    ).toEqual({
      code: 7,
      out: 'a b True \r\n',
      error: '',
    });
    expect(ran('Write-Error x -ErrorAction SilentlyContinue').code).toBe(0);
    expect(ran('throw "no"').code).toBe(1);
  });
  it('says that a file is missing', () => {
    expect(new ProgramLab().run('powershell.exe', '-File nope.ps1')).toEqual({
      code: -196608,
      out: '',
      error:
        "The argument 'nope.ps1' to the -File parameter does not exist. Provide the path to an existing '.ps1' file as an argument to the -File parameter.\r\n",
    });
  });
  it('refuses scripts as the execution policy says', () => {
    expect(ran('1', '-File s.ps1')).toEqual({
      code: 1,
      out: '',
      error: [
        `File ${script} cannot be loaded because running scripts is disabled on this system. For more information, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.`,
        '    + CategoryInfo          : SecurityError: (:) [], ParentContainsErrorRecordException',
        '    + FullyQualifiedErrorId : UnauthorizedAccess',
        '',
        '',
      ].join('\r\n'),
    });
    const lab = new ProgramLab();
    const policy = { hive: 'HKLM', path: 'Software\\Policies\\Microsoft\\Windows\\PowerShell' } as const;
    lab.memory.registry.createKey(policy);
    lab.memory.registry.setValue(policy, 'EnableScripts', { kind: 'DWord', data: 1 });
    lab.memory.registry.setValue(policy, 'ExecutionPolicy', { kind: 'String', data: 'AllSigned' });
    lab.memory.writeText(script, '1');
    const refused = lab.run('powershell.exe', '-ExecutionPolicy Bypass -File s.ps1');
    expect([refused.code, refused.error.split('\r\n')[0]]).toEqual([
      1,
      `File ${script} cannot be loaded. The file ${script} is not digitally signed. You cannot run this script on the current system. For more information about running scripts and setting execution policy, see about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170.`,
    ]);
  });
  it('refuses scripts it calls as well', () => {
    const lab = new ProgramLab();
    lab.memory.writeText(script, "'ran'");
    const refused = lab.run('powershell.exe', '-Command .\\s.ps1');
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.error).toContain('running scripts is disabled on this system');
    expect(refused.error).toContain('FullyQualifiedErrorId : UnauthorizedAccess');
    expect(lab.run('powershell.exe', '-ep Bypass -Command .\\s.ps1').out).toBe('ran\r\n');
  });
  it('is started by cmd.exe and by itself', () => {
    const lab = new ProgramLab();
    expect(lab.run('cmd.exe', '/c powershell -NoProfile -Command "Write-Output 42" > o.txt').code).toBe(0);
    expect(lab.text('C:\\Users\\AdeleVance\\o.txt')).toBe('42\r\n');
    expect(lab.run('powershell.exe', '-Command "$x = cmd /c echo hi; \\"[$x] $LASTEXITCODE\\""').out).toBe(
      '[hi] 0\r\n',
    );
  });
  it('talks at its prompt until exit', () => {
    const lab = new ProgramLab();
    lab.lines = ['$a = 2', '$a * 21', 'function prompt { "> " }', 'exit 3'];
    expect(lab.run('powershell.exe', '-NoLogo')).toEqual({ code: 3, out: '42\r\n', error: '' });
    expect(lab.prompts).toEqual([
      'PS C:\\Users\\AdeleVance> ',
      'PS C:\\Users\\AdeleVance> ',
      'PS C:\\Users\\AdeleVance> ',
      '> ',
    ]);
  });
});
