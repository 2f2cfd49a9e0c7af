import { expect, test } from '@playwright/test';
import { violations } from './axe.ts';
import { LabWindow } from './lab-window.ts';
import type { Theme } from './lab-window.ts';

const apps = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';
const device = `${apps}\\00000000-0000-0000-0000-000000000000`;
const logs = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

for (const theme of ['light', 'dark', 'contrast'] satisfies Theme[]) {
  test(`every pane with data is free of what axe finds, in the ${theme} theme`, async () => {
    const lab = await LabWindow.start(theme);
    try {
      await expect(lab.page.locator('html')).toHaveAttribute('data-theme', theme);
      await expect(lab.page.getByTestId('start-registry-state')).toBeVisible();
      expect.soft(await violations(lab.page), 'start page').toEqual([]);
      await lab.openLab();

      await lab.goTo(device);
      await expect(lab.page.getByTestId('registry-tree').locator('[aria-selected="true"]')).toBeVisible();
      expect.soft(await violations(lab.page), 'registry').toEqual([]);

      await lab.openScript('C:\\Labs\\Answers.ps1');
      await expect(lab.page.getByText('No parse errors')).toBeVisible();
      expect.soft(await violations(lab.page), 'script').toEqual([]);

      await lab.goTo(`${logs}\\AppWorkload.log`);
      await expect(lab.page.getByTestId('log-lines').locator('[data-event], .line').first()).toBeVisible();
      await lab.page.getByTestId('log-lines').focus();
      await lab.page.keyboard.press('ArrowUp');
      await expect(lab.page.getByTestId('log-detail')).toBeVisible();
      expect.soft(await violations(lab.page), 'logs').toEqual([]);

      await lab.goTo(logs);
      await expect(lab.page.getByTestId('file-rows').getByText('AppWorkload.log')).toBeVisible();
      await lab.page.getByTestId('file-rows').focus();
      await lab.page.keyboard.press('End');
      await expect(lab.page.getByTestId('file-preview')).toBeVisible();
      expect.soft(await violations(lab.page), 'files').toEqual([]);

      await lab.type('Get-Date');
      await lab.showPane('moments');
      await expect(lab.page.getByTestId('moment-rows').getByText('Get-Date')).toBeVisible();
      expect.soft(await violations(lab.page), 'moments').toEqual([]);
      expect(lab.problems).toEqual([]);
    } finally {
      await lab.close();
    }
  });
}

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
    await lab.page.keyboard.press('Control+Shift+P');
    await lab.page.getByRole('combobox').fill('theme: dark');
    await lab.page.keyboard.press('Enter');
    await expect(lab.page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(() => ground(editor)).not.toBe(light.editor);
    expect(await ground('body')).not.toBe(light.window);
  } finally {
    await lab.close();
  }
});
