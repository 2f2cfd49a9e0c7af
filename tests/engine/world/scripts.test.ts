import { describe, expect, it } from 'vitest';
import { consoleId } from '../../../src/base/ids.ts';
import { seconds, plus } from '../../../src/base/time.ts';
import { testDevice, testWorldStart, TestWorld } from '../../support/test-world.ts';

const start = testWorldStart('scripts', [testDevice('BW-W11-5')], []);

/** Ctrl+C on a console whose script runs for ever: milliseconds of host time until its prompt is back. */
function stop(world: TestWorld, text: string): number {
  const { simulation, device } = world;
  simulation.input({ kind: 'console.line', device, console: consoleId('c'), text });
  for (let slice = 0; slice < 50; slice++) simulation.run(10);
  expect(simulation.console(device, consoleId('c'))?.state).toBe('running');
  const before = performance.now();
  simulation.input({ kind: 'console.stop', device, console: consoleId('c') });
  simulation.settle();
  expect(simulation.console(device, consoleId('c'))?.state).toBe('prompt');
  return performance.now() - before;
}

describe('Ctrl+C', () => {
  it('ends an endless loop at its next safepoint', () => {
    stop(new TestWorld(start).open('c'), 'while ($true) {}');
  });

  it('ends a wait', () => {
    const world = new TestWorld(start).open('c').type('c', 'Start-Sleep -Seconds 600');
    expect(world.simulation.console(world.device, consoleId('c'))?.waitsUntil).not.toBeNull();
    world.input({ kind: 'console.stop', device: world.device, console: consoleId('c') });
    expect(world.simulation.console(world.device, consoleId('c'))?.state).toBe('prompt');
    world.type('c', '"still here"');
    expect(world.shown('c')).toBe('still here\r\n');
  });

  it('at the prompt does nothing', () => {
    const world = new TestWorld(start).open('c');
    world.input({ kind: 'console.stop', device: world.device, console: consoleId('c') });
    world.type('c', '1 + 1');
    expect(world.shown('c')).toBe('2\r\n');
  });
});

describe('Start-Sleep', () => {
  it('in two consoles at once wakes each at its own time', () => {
    const world = new TestWorld(start)
      .open('a')
      .open('b')
      .type('a', 'Start-Sleep 300; "a woke"')
      .type('b', 'Start-Sleep 100; "b woke"');
    const from = world.simulation.now;
    world.advance({ seconds: 101 });
    expect([world.shown('a'), world.shown('b')]).toEqual(['', 'b woke\r\n']);
    world.advance({ seconds: 200 });
    expect([world.shown('a'), world.shown('b')]).toEqual(['a woke\r\n', 'b woke\r\n']);
    expect(world.simulation.now).toBeGreaterThanOrEqual(plus(from, seconds(300)));
  });
});

it('a command that writes without end does not fill the memory of the host', () => {
  const world = new TestWorld(start).open('c');
  const text = "$line = 'x' * 200000; 1..200 | ForEach-Object { $line }; 'the end'";
  world.type('c', text);
  let kept = 0;
  for (const { data } of world.simulation.events.all())
    if (data.kind === 'console' && data.stream === 'out') kept += data.text.length;
  expect(kept).toBeLessThanOrEqual(16 * 1024 * 1024);
  expect(kept).toBeGreaterThan(15 * 1024 * 1024);
  expect(world.shown('c').endsWith('the end\r\n')).toBe(true);
});

describe('work costs device time', () => {
  it('so a loop over Get-Date ends', () => {
    const world = new TestWorld(start)
      .open('c')
      .type('c', '$until = (Get-Date).AddSeconds(2); while ((Get-Date) -lt $until) {}; "done"');
    expect(world.shown('c')).toBe('done\r\n');
  });
});

describe('a console', () => {
  it('keeps variables from one line to the next, and shows errors as PowerShell does', () => {
    const world = new TestWorld(start)
      .open('c')
      .type('c', '$x = 20')
      .type('c', '$x + 1')
      .type('c', 'Get-Nothing');
    expect(world.shown('c')).toBe(
      [
        '21',
        "Get-Nothing : The term 'Get-Nothing' is not recognized as the name of a cmdlet, function, script file, or operable ",
        'program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.',
        'At line:1 char:1',
        '+ Get-Nothing',
        '+ ~~~~~~~~~~~',
        '    + CategoryInfo          : ObjectNotFound: (Get-Nothing:String) [], CommandNotFoundException',
        '    + FullyQualifiedErrorId : CommandNotFoundException',
        ' ',
        '',
      ].join('\r\n'),
    );
  });

  it('of a standard user may read the keys of the agent but not write them', () => {
    const world = new TestWorld(start)
      .open('c', 'user')
      .type(
        'c',
        'Test-Path HKLM:\\SOFTWARE\\Microsoft\\Windows; New-Item HKLM:\\SOFTWARE\\Mine -ErrorAction SilentlyContinue; $error[0].CategoryInfo.Category; $error[0].Exception.Message',
      );
    expect(world.shown('c')).toBe(
      'True\r\nPermissionDenied\r\nRequested registry access is not allowed.\r\n',
    );
  });
});

describe('a scheduled task', () => {
  it('runs its program when it is started, and has its exit code as result', () => {
    const world = new TestWorld(start)
      .open('c')
      .type(
        'c',
        `$run = New-ScheduledTaskAction -Execute 'powershell.exe' -Argument '-NoProfile -Command "Set-Content C:\\Labs\\task.txt (whoami); exit 7"'`,
      )
      .type('c', "Register-ScheduledTask -TaskName 'Mine' -Action $run -User 'SYSTEM' | Out-Null")
      .type('c', 'Start-ScheduledTask Mine; "$((Get-ScheduledTask Mine).State)"')
      .advance({ minutes: 1 })
      .type('c', 'Get-Content C:\\Labs\\task.txt; "$((Get-ScheduledTaskInfo Mine).LastTaskResult)"');
    expect(world.shown('c')).toBe('Running\r\nnt authority\\system\r\n7\r\n');
  });
});
