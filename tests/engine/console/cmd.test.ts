import { describe, expect, it } from 'vitest';
import { ProgramLab } from './run-program.ts';

const lab = (): ProgramLab => new ProgramLab();
const out = (lines: readonly string[], args = ''): string =>
  lab().batch(lines, args).out.replace(/\r\n/g, '\n');

describe('cmd.exe', () => {
  it('runs a line with /c and takes off its quotes', () => {
    expect(lab().run('cmd.exe', '/c echo hello & echo world')).toEqual({
      code: 0,
      out: 'hello \r\nworld\r\n',
      error: '',
    });
    expect(lab().run('cmd.exe', '/s /c "echo "a b""').out).toBe('"a b"\r\n');
    expect(lab().run('cmd.exe', '/c "echo a b"').out).toBe('a b\r\n');
    const device = lab();
    device.memory.writeText('C:\\ProgramData\\a b.cmd', '@echo ran %1');
    expect(device.run('cmd.exe', '/c "C:\\ProgramData\\a b.cmd"').out).toBe('ran \r\n');
    expect(device.run('cmd.exe', '/c ""C:\\ProgramData\\a b.cmd" "x y""').out).toBe('ran "x y"\r\n');
  });
  it('ends with the code of exit and of the last command', () => {
    expect(lab().run('cmd.exe', '/c exit 3').code).toBe(3);
    expect(lab().run('cmd.exe', '/c nothing').code).toBe(9009);
    expect(lab().batch(['@echo off', 'exit /b 1603']).code).toBe(1603);
    expect(lab().batch(['@echo off', 'call :fail', 'exit /b %errorlevel%', ':fail', 'exit /b 7']).code).toBe(
      7,
    );
  });
  it('says what it does not know', () => {
    expect(lab().run('cmd.exe', '/c nothing').error).toBe(
      "'nothing' is not recognized as an internal or external command,\r\noperable program or batch file.\r\n",
    );
  });
  it('expands variables, their parts and arguments', () => {
    expect(
      out(
        [
          '@echo off',
          'set NAME=Contoso Agent',
          'echo %NAME% %NAME:~0,3% %NAME:~-5% %NAME:Agent=Tool% [%UNKNOWN%] 100%%',
          'echo %~n0 %~x0 %~dp0 %1 %~2 %*',
        ],
        'one "two three"',
      ),
    ).toBe(
      'Contoso Agent Con Agent Contoso Tool [] 100%\nt .cmd C:\\Users\\AdeleVance\\ one two three one "two three"\n',
    );
  });
  it('decides', () => {
    expect(
      out([
        '@echo off',
        'if exist C:\\Windows\\ (echo folder) else (echo none)',
        'if not exist C:\\nope.txt echo missing',
        'if /i "ABC"=="abc" echo same',
        'if 5 gtr 10 (echo wrong) else if 10 geq 10 echo number',
        'if defined windir echo defined',
        'ver >nul',
        'if errorlevel 1 (',
        '  echo failed',
        ') else (',
        '  echo fine',
        ')',
      ]),
    ).toBe('folder\nmissing\nsame\nnumber\ndefined\nfine\n');
  });
  it('loops', () => {
    expect(
      out([
        '@echo off',
        'for %%i in (a b c) do echo item %%i',
        'for /l %%n in (1,2,5) do @echo %%n',
        'for /f "tokens=1,2 delims=," %%a in ("x,y,z") do echo %%b %%a',
        'for /f "tokens=3" %%v in (\'echo REG_SZ is 1.2.3\') do set V=%%v',
        'echo %V%',
        'echo one> lines.txt',
        'echo two>> lines.txt',
        'for /f %%l in (lines.txt) do echo [%%l]',
        'for %%f in (*.txt) do echo %%~nf %%~xf',
      ]),
    ).toBe('item a\nitem b\nitem c\n1\n3\n5\ny x\n1.2.3\n[one]\n[two]\nlines .txt\n');
  });
  it('goes to labels, calls them, and counts', () => {
    expect(
      out([
        '@echo off',
        'setlocal enabledelayedexpansion',
        'set /a n=0',
        ':again',
        'set /a n+=1',
        'if %n% lss 3 goto again',
        'call :show hello "two words"',
        'for /l %%i in (1,1,2) do (set x=%%i & echo !x!)',
        'goto :eof',
        ':show',
        'echo %1 %2 n=%n% %~f0',
      ]),
    ).toBe('hello "two words" n=3 C:\\Users\\AdeleVance\\t.cmd\n1 \n2 \n');
  });
  it('redirects and pipes', () => {
    const device = lab();
    const ran = device.batch([
      '@echo off',
      'echo first> log.txt',
      'echo second>> log.txt',
      'type nope.txt 2>nul || echo no file',
      'nothing > all.txt 2>&1',
      'type log.txt',
      '(echo a& echo b) > block.txt',
      'echo ^<tag^> ^& "a & b"',
    ]);
    expect(ran.out).toBe('no file\r\nfirst\r\nsecond\r\n<tag> & "a & b"\r\n');
    expect(ran.error).toBe('');
    expect(device.text('C:\\Users\\AdeleVance\\block.txt')).toBe('a\r\nb\r\n');
    expect(device.text('C:\\Users\\AdeleVance\\all.txt')).toMatch(/^'nothing' is not recognized/);
  });
  it('works on files', () => {
    const device = lab();
    const ran = device.batch([
      '@echo off',
      'md data\\sub',
      'echo x> data\\a.txt',
      'copy /y data\\a.txt data\\sub\\b.txt',
      'ren data\\a.txt c.txt',
      'move data\\c.txt data\\sub',
      'dir /b data\\sub',
      'del /q data\\sub\\b.txt',
      'rd data || echo busy',
      'rd /s /q data',
      'if not exist data echo gone',
    ]);
    expect(ran.out.replace(/\r\n/g, '\n')).toBe(
      '        1 file(s) copied.\n        1 file(s) moved.\nb.txt\nc.txt\nbusy\ngone\n',
    );
    expect(ran.error).toBe('The directory is not empty.\r\n');
  });
  it('echoes commands while echo is on', () => {
    expect(out(['echo hi', '@echo off', 'echo there'])).toBe('\nC:\\Users\\AdeleVance>echo hi\nhi\nthere\n');
  });
  it('talks at its prompt', () => {
    const device = lab();
    device.lines = ['set /p name=Who? ', 'Adele', 'echo %name%', 'exit 4'];
    const ran = device.run('cmd.exe', '');
    expect(device.prompts).toEqual([
      '\r\nC:\\Users\\AdeleVance>',
      'Who? ',
      '\r\nC:\\Users\\AdeleVance>',
      '\r\nC:\\Users\\AdeleVance>',
    ]);
    expect(ran).toEqual({
      code: 4,
      out: 'Microsoft Windows [Version 10.0.26100.4652]\r\n(c) Microsoft Corporation. All rights reserved.\r\nAdele\r\n',
      error: '',
    });
  });
  it('refuses what it cannot read', () => {
    expect(lab().run('cmd.exe', '/c echo a & & echo b').error).toBe('& was unexpected at this time.\r\n');
  });
});
