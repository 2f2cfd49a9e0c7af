import { expect, test } from '@playwright/test';
import { violations } from './axe.ts';
import { LabWindow } from './lab-window.ts';

const apps = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';
const device = `${apps}\\00000000-0000-0000-0000-000000000000`;
const logs = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

const themes = ['light', 'dark', 'contrast'] as const;

test('every pane with data is free of what axe finds, in every theme', async () => {
  test.setTimeout(240_000);
  const lab = await LabWindow.start('light');
  const { page } = lab;
  /** One line per finding, after the theme it was found in. */
  const everyTheme = async () => {
    const found: string[] = [];
    for (const theme of themes) {
      await lab.command(`theme: ${theme}`);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      for (const line of await violations(page)) found.push(`${theme}: ${line}`);
    }
    return found;
  };
  try {
    await expect(page.getByTestId('start-registry-state')).toBeVisible();
    await test.step('start page', async () => expect.soft(await everyTheme()).toEqual([]));
    await test.step('open', () => lab.openLab());

    await test.step('registry', async () => {
      await lab.goTo(device);
      await expect(page.getByTestId('registry-tree').locator('[aria-selected="true"]')).toBeVisible();
      expect.soft(await everyTheme()).toEqual([]);
    });
    await test.step('script', async () => {
      await lab.openScript('C:\\Labs\\Answers.ps1');
      await expect(page.getByText('No parse errors')).toBeVisible();
      expect.soft(await everyTheme()).toEqual([]);
    });
    await test.step('logs', async () => {
      await lab.goTo(`${logs}\\AppWorkload.log`);
      await expect(page.getByTestId('log-lines').getByRole('row').nth(1)).toBeVisible();
      await page.getByTestId('log-lines').focus();
      await page.keyboard.press('ArrowUp');
      await expect(page.getByTestId('log-detail')).toBeVisible();
      expect.soft(await everyTheme()).toEqual([]);
    });
    await test.step('files', async () => {
      await lab.goTo(logs);
      await expect(page.getByTestId('file-rows').getByText('AppWorkload.log')).toBeVisible();
      await page.getByTestId('file-rows').focus();
      await page.keyboard.press('End');
      await expect(page.getByTestId('file-preview')).toBeVisible();
      expect.soft(await everyTheme()).toEqual([]);
    });
    await test.step('moments', async () => {
      await lab.type('Get-Date');
      await lab.showPane('moments');
      await expect(page.getByTestId('moment-rows').getByText('Get-Date')).toBeVisible();
      expect.soft(await everyTheme()).toEqual([]);
    });
    await test.step('palette and keyboard help', async () => {
      await page.keyboard.press('Control+Shift+P');
      await expect(page.getByRole('combobox')).toBeVisible();
      expect.soft(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect.soft(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
    });
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});

test('the theme changes in the open window, editor and console included', async () => {
  const lab = await LabWindow.start('light');
  try {
    await lab.openLab();
    await lab.openScript('C:\\Labs\\Answers.ps1');
    const ground = (of: string) =>
      lab.page
        .locator(of)
        .first()
        .evaluate((element) => getComputedStyle(element).backgroundColor);
    const editor = '.monaco-editor .monaco-editor-background';
    const light = { window: await ground('body'), editor: await ground(editor) };
    await lab.command('theme: dark');
    await expect(lab.page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(() => ground(editor)).not.toBe(light.editor);
    expect(await ground('body')).not.toBe(light.window);
  } finally {
    await lab.close();
  }
});
