import { expect, test } from '@playwright/test';
import { LabWindow } from './lab-window.ts';

const apps = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';

test('the first step is done with the mouse unplugged', async () => {
  const lab = await LabWindow.start();
  const { page } = lab;
  const keyboard = page.keyboard;
  const region = () =>
    page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset['region']);
  try {
    // The course page: Tab reaches the button.
    const start = page.getByTestId('start-registry-state');
    await expect(start).toBeVisible();
    for (let tabs = 0; tabs < 12 && !(await start.evaluate((e) => e === document.activeElement)); tabs++)
      await keyboard.press('Tab');
    await expect(start).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByTestId('points')).toBeVisible({ timeout: 60_000 });
    await lab.prompt();

    // F6 goes round every region and comes back.
    await keyboard.press('F6');
    const seen: string[] = [];
    for (let n = 0; n < 5; n++) {
      seen.push((await region()) ?? 'none');
      await keyboard.press('F6');
    }
    expect([...seen].sort()).toEqual(['console', 'guide', 'panes', 'status', 'top']);

    // A key by its path, and its subkeys in the console.
    await keyboard.press('Control+p');
    await keyboard.type(apps);
    await keyboard.press('Enter');
    const tree = page.getByTestId('registry-tree');
    await expect(tree).toBeFocused();
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveText('Win32Apps');
    await keyboard.press('ArrowRight');
    await expect(tree.getByRole('treeitem', { selected: true })).toHaveAttribute('aria-expanded', 'true');
    await keyboard.press('Control+`');
    await keyboard.type(`(Get-ChildItem ${apps} | Where-Object PSChildName -match '^[0-9a-f]{8}-').Count`);
    await keyboard.press('Enter');
    await lab.prompt();

    // The editor takes Tab; Ctrl+M gives it back.
    await keyboard.press('Control+p');
    await keyboard.type('C:\\Labs\\Answers.ps1');
    await keyboard.press('Enter');
    await expect(page.locator('.monaco-editor.focused')).toBeVisible();
    await keyboard.press('Control+m');
    await keyboard.press('Tab');
    await expect(page.locator('.monaco-editor.focused')).toHaveCount(0);
    await keyboard.press('Shift+Tab');
    await expect(page.locator('.monaco-editor.focused')).toBeVisible();
    await keyboard.press('Control+m');

    // The answer to step 1: a line of one's own that fills in every GUID.
    await lab.write(
      [
        '$users = @{}',
        `Get-ChildItem ${apps} | Where-Object { $_.PSChildName -match '^[0-9a-f]{8}-' } | ForEach-Object { $users[$_.PSChildName] = '' }`,
        '@{ Users = $users } | ConvertTo-Json | Set-Content -Path C:\\Labs\\answers.json -Encoding UTF8',
        '',
      ].join('\n'),
    );
    await lab.runScript();
    await keyboard.press('Control+Enter');
    await expect(lab.check('scopes')).toHaveAttribute('data-state', 'passed', { timeout: 60_000 });

    // Time by keys, and back again.
    const now = async () => Number(await page.getByTestId('clock-now').getAttribute('data-now'));
    const before = await now();
    await keyboard.press('Control+Alt+ArrowRight');
    await expect.poll(now).toBeGreaterThan(before);
    await keyboard.press('Control+Alt+z');
    await expect.poll(now).toBeLessThanOrEqual(before + 60e6);

    // Esc closes the palette and the focus is where it was.
    await keyboard.press('Control+1');
    await keyboard.press('Control+Shift+P');
    await expect(page.getByRole('combobox')).toBeFocused();
    await keyboard.press('Escape');
    await expect.poll(region).toBe('panes');
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});

test('Ctrl+C stops what runs, Ctrl+V pastes, the arrows bring lines back, Tab completes', async () => {
  const lab = await LabWindow.start();
  const { keyboard } = lab.page;
  try {
    await lab.openLab();
    await lab.console.locator('textarea').focus();
    await keyboard.type('while ($true) {}');
    await keyboard.press('Enter');
    await expect(lab.page.getByRole('img', { name: 'At work' })).toBeVisible();
    await keyboard.press('Control+c');
    await lab.prompt();
    await expect(lab.page.getByRole('img', { name: 'Idle' })).toBeVisible();

    await lab.page.evaluate(() => navigator.clipboard.writeText('"pa" + "sted"'));
    await keyboard.press('Control+v');
    await expect.poll(() => lab.screen()).toContain('"pa" + "sted"');
    await keyboard.press('Enter');
    await lab.prompt();
    expect(await lab.screen()).toMatch(/\npasted\n/);

    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    await expect.poll(async () => (await lab.screen()).split('\n').at(-1)).toMatch(/while \(\$true\) \{\}$/);
    await keyboard.press('Escape');
    await lab.prompt();

    await keyboard.type('Get-ItemPropertyV');
    await keyboard.press('Tab');
    await expect.poll(async () => (await lab.screen()).split('\n').at(-1)).toMatch(/Get-ItemPropertyValue/);
    await keyboard.type(' HKLM:\\SOFTWARE\\Microsoft\\IntuneM');
    await keyboard.press('Tab');
    await expect
      .poll(async () => (await lab.screen()).split('\n').at(-1))
      .toMatch(/HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension/);
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});
