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
    await lab.prompt();
    await expect.poll(async () => (await lab.type('$kept + 1')).includes('\n42')).toBe(true);
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});
