import { expect, test } from '@playwright/test';
import { LabWindow } from './lab-window.ts';

test('Ctrl+C ends a regular expression that backtracks for ever, and nothing else is lost', async () => {
  const lab = await LabWindow.start();
  const { keyboard } = lab.page;
  try {
    await lab.openLab();
    await lab.type('$kept = 41');
    await lab.console.locator('textarea').focus();
    await keyboard.type("('a' * 60 + 'b') -match '^(a+)+$'");
    await keyboard.press('Enter');
    await expect(lab.page.getByRole('img', { name: 'At work' })).toBeVisible();
    await keyboard.press('Control+c');
    // Within one match no safepoint comes: the engine is ended and comes back without the command.
    await expect(lab.page.getByText('could not be stopped in time')).toBeVisible();
    // Typed before the engine is back: the keys wait for it.
    await keyboard.type('$kept + 1');
    await keyboard.press('Enter');
    await expect.poll(() => lab.screen(), { timeout: 60_000 }).toMatch(/\$kept \+ 1\n42\n/);
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});
