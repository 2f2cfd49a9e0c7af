import { expect, it } from 'vitest';
import { stepInterval } from '../../../src/engine/powershell/regex/matcher.ts';
import { matchStepLimit } from '../../../src/engine/powershell/run/session.ts';
import { newSession, run } from '../../support/powershell-cases.ts';

const hostile = "('a' * 60 + '!') -match '^(a+)+$'";

it('ends a match that goes on without end, after so many steps', () => {
  let output = '';
  const session = newSession('core', (text) => (output += text));
  run(
    session,
    `$start = Get-Date
try { ${hostile} } catch { $_.Exception.GetType().FullName; $_.FullyQualifiedErrorId; "$($_.CategoryInfo)" }
[math]::Round(((Get-Date) - $start).TotalSeconds, 1)
'still' -match '^s(t)ill$'; $Matches[1]`,
  );
  expect(output).toBe(
    [
      'System.Text.RegularExpressions.RegexMatchTimeoutException',
      'System.Text.RegularExpressions.RegexMatchTimeoutException',
      'OperationStopped: (:) [], RegexMatchTimeoutException',
      `${matchStepLimit / 100_000_000}`,
      'True',
      't',
      '',
    ].join('\n'),
  );
});

it('stops within a match when asked to', () => {
  const session = newSession('core', () => undefined);
  const { spend } = session.host.clock;
  let spent = 0;
  session.host.clock.spend = (cost) => {
    spend.call(session.host.clock, cost);
    // Ctrl+C arrives while the device's clock moves.
    if (++spent === 10) session.stop();
  };
  expect(run(session, `try { ${hostile} } catch { 'caught' } finally { 'finally' }`)).toMatchObject({
    kind: 'stopped',
  });
  expect(spent).toBeLessThan(20);
});

it('charges the same for a match whatever the process has matched before', () => {
  const cost = (before: string): string => {
    let output = '';
    run(
      newSession('core', () => undefined),
      before,
    );
    run(
      newSession('core', (text) => (output += text)),
      `$start = Get-Date; $null = ('a' * 18 + '!') -match '^(a+)+$'; ((Get-Date) - $start).Ticks`,
    );
    return output;
  };
  const alone = cost('1');
  expect(Number(alone)).toBeGreaterThan((stepInterval / 100) * 10);
  expect(cost("('a' * 11 + '!') -match '^(a+)+$'")).toBe(alone);
});
