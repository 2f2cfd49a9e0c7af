import { expect, test } from '@playwright/test';
import { LabWindow } from './lab-window.ts';

test('a snapshot brings back the device and not the clock; undo brings back both', async () => {
  const lab = await LabWindow.start();
  const { page } = lab;
  const now = async () => Number(await page.getByTestId('clock-now').getAttribute('data-now'));
  try {
    await lab.openLab();
    await lab.showPane('moments');
    await page.getByTestId('snapshot-name').fill('Before the note');
    await page.getByTestId('take-snapshot').click();
    const snapshots = page.getByTestId('snapshots');
    await expect(snapshots).toContainText('Before the note');

    await lab.type('Set-Content C:\\Labs\\note.txt later');
    const noted = await now();
    await page.keyboard.press('Control+Alt+ArrowRight');
    await expect.poll(now).toBeGreaterThan(noted);
    const moved = await now();

    await snapshots.getByRole('button', { name: 'Restore Before the note' }).click();
    await expect(page.getByTestId('moment-rows').getByRole('row', { selected: false })).not.toHaveCount(0);
    await lab.prompt();
    expect(await lab.type('Test-Path C:\\Labs\\note.txt')).toMatch(/\nFalse\n/);
    expect(await now()).toBeGreaterThanOrEqual(moved);

    // What was typed, the restore and the advance are undone one by one.
    for (let n = 0; n < 3; n++) {
      const here = page.getByTestId('moment-rows').locator('[aria-current="true"]');
      const before = await here.getAttribute('data-testid');
      await page.getByTestId('undo').click();
      await expect.poll(() => here.getAttribute('data-testid')).not.toBe(before);
    }
    await lab.prompt();
    expect(await now()).toBeLessThan(moved);
    expect(await lab.type('Get-Content C:\\Labs\\note.txt')).toMatch(/\nlater\n/);
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});
