import { describe, expect, it } from 'vitest';
import { utf8Decode, utf8Encode } from '../../../src/base/bytes.ts';
import { ok } from '../../../src/base/result.ts';
import type { HttpRequest, HttpResponse, Resume, Suspend } from '../../../src/engine/powershell/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { errorsOf, runOn } from './device-run.ts';

class WebHost extends MemoryHost {
  readonly requests: HttpRequest[] = [];
  override answer(wanted: Suspend, lines?: string[]): Resume {
    if (wanted.kind !== 'http') return super.answer(wanted, lines);
    this.requests.push(wanted.request);
    const { url } = wanted.request;
    if (url.includes('nowhere')) return super.answer(wanted, lines);
    const response = (status: number, reason: string, type: string, body: string): HttpResponse => ({
      status,
      reason,
      headers: [['Content-Type', type]],
      body: utf8Encode(body),
    });
    if (url.endsWith('/missing'))
      return { kind: 'http', response: ok(response(404, 'Not Found', 'text/plain', '')) };
    if (url.endsWith('/moved'))
      return {
        kind: 'http',
        response: ok({ ...response(302, 'Found', 'text/plain', ''), headers: [['Location', '/json']] }),
      };
    return {
      kind: 'http',
      response: ok(response(200, 'OK', 'application/json', '{"name":"Adele","ids":[1,2]}')),
    };
  }
}

describe('web cmdlets', () => {
  it('asks a service and reads JSON', () => {
    const host = new WebHost();
    expect(
      runOn(
        host,
        `(Invoke-RestMethod https://api.example/moved -Headers @{ 'X-Id' = 7 }).ids -join ','
$r = Invoke-WebRequest -Uri https://api.example/json -UseBasicParsing; $r.StatusCode; $r.Content.Length; $r.Headers['Content-Type']
Invoke-RestMethod -Method Post -Uri https://api.example/json -Body @{ a = 'x y' } | Out-Null
Invoke-WebRequest https://api.example/json -UseBasicParsing -OutFile C:\\ProgramData\\r.json; Get-Content C:\\ProgramData\\r.json`,
      ),
    ).toBe('1,2\n200\n28\napplication/json\n{"name":"Adele","ids":[1,2]}\n');
    expect(
      host.requests.map((request) => `${request.method} ${request.url} ${utf8Decode(request.body)}`),
    ).toEqual([
      'GET https://api.example/moved ',
      'GET https://api.example/json ',
      'GET https://api.example/json ',
      'POST https://api.example/json a=x%20y',
      'GET https://api.example/json ',
    ]);
  });
  it('fails as each dialect does', () => {
    const script = 'Invoke-RestMethod https://api.example/missing; irm https://nowhere.example/x';
    expect(errorsOf(new WebHost(), script)).toEqual([
      'WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand | InvalidOperation | The remote server returned an error: (404) Not Found.',
      "WebCmdletWebResponseException,Microsoft.PowerShell.Commands.InvokeRestMethodCommand | InvalidOperation | The remote name could not be resolved: 'nowhere.example'",
    ]);
    expect(errorsOf(new WebHost(), script, 'core').map((text) => text.split(' | ')[2])).toEqual([
      'Response status code does not indicate success: 404 (Not Found).',
      'No such host is known. (nowhere.example:443)',
    ]);
    expect(
      runOn(
        new WebHost(),
        'try { irm https://api.example/missing } catch { $_.Exception.Response.StatusCode }',
      ),
    ).toBe('NotFound\n');
  });
});

describe('COM objects', () => {
  it('gives a shell that reads, writes and runs', () => {
    const host = new MemoryHost();
    const started: string[] = [];
    host.addProgram('tool', (args) => {
      started.push(args);
      return { exitCode: 5, stdout: 'out' };
    });
    expect(
      runOn(
        host,
        `$shell = New-Object -ComObject WScript.Shell
$shell.RegWrite('HKLM\\SOFTWARE\\Contoso\\Level', 3, 'REG_DWORD'); $shell.RegRead('HKLM\\SOFTWARE\\Contoso\\Level')
$shell.ExpandEnvironmentStrings('%windir%\\x')
$shell.Run('tool.exe /a "b c"', 0, $true)
$shell.Exec('tool.exe').StdOut.ReadAll()
(New-Object -ComObject Shell.Application).ShellExecute('tool.exe', '/open')`,
      ),
    ).toBe('3\nC:\\Windows\\x\n5\nout\n');
    expect(started).toEqual(['/a "b c"', '', '/open']);
    expect(
      errorsOf(
        host,
        "New-Object -ComObject Word.Application; $s = New-Object -ComObject WScript.Shell; $s.RegRead('HKLM\\x\\y')",
      ).length,
    ).toBe(2);
  });
});
