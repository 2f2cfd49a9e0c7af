import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LabWindow } from './lab-window.ts';

const folder = fileURLToPath(new URL('../../labs/05-registry-state', import.meta.url));
const authored = (name: string) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
const apps = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps';
const hour = 3600e6;

test('a learner does the whole lab, with a mistake, a hint, a way back and a killed engine', async () => {
  test.setTimeout(420_000);
  const lab = await LabWindow.start();
  const { page } = lab;
  try {
    await lab.openLab();
    expect(await lab.points()).toBe(0);

    await test.step('look: in the registry and in the console', async () => {
      await page.getByTestId('action-registry').click();
      await expect(page.getByTestId('registry-tree').getByRole('treeitem', { selected: true })).toHaveText(
        'Win32Apps',
      );
      await page.getByTestId('action-run').click();
      await expect.poll(() => lab.screen()).toContain('00000000-0000-0000-0000-000000000000');
      await lab.prompt();
      expect(await lab.type(`Test-Path ${apps}`)).toMatch(/\nTrue\n/);
    });

    const answers = authored('solution/Answers.ps1');
    // The mistake: the message's number is taken for the exit code.
    const mistaken = answers.replace('$result.ErrorCode -band 0xFFFF', '$result.ErrorCode');
    expect(mistaken).not.toBe(answers);

    await test.step('a script in the editor, with a parse error on the way', async () => {
      await page.getByTestId('action-script').click();
      await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
      await lab.write(`${mistaken}\nif ($true) {`);
      await expect(page.getByTestId('script-problem')).toContainText("Missing closing '}'");
      await lab.write(mistaken);
      await expect(page.getByText('No parse errors')).toBeVisible();
      expect(await lab.runScript()).toContain('Saved C:\\Labs\\answers.json');
      await expect(page.getByTestId('script-standing')).toHaveText('Saved on the device');
    });

    await test.step('what is right counts, what is wrong says so', async () => {
      for (const [step, check] of [
        ['look', 'scopes'],
        ['map-users', 'users'],
        ['decode', 'states'],
        ['grs', 'grs'],
      ] as const) {
        await lab.goToStep(step);
        await lab.checkStep();
        await expect(lab.check(check)).toHaveAttribute('data-state', 'passed');
      }
      await lab.goToStep('why');
      await lab.checkStep();
      await expect(lab.check('why')).toHaveAttribute('data-state', 'failed');
      await expect(lab.check('why')).toContainText(/-2147\d+/);
    });

    await test.step('a hint costs what it says, the corrected script passes', async () => {
      const before = await lab.points();
      await expect(page.getByTestId('take-hint')).toContainText('−2 points');
      await page.getByTestId('take-hint').click();
      await expect(page.getByTestId('hint-hex')).toBeVisible();
      await lab.openScript('C:\\Labs\\Answers.ps1');
      await lab.write(answers);
      await lab.runScript();
      await lab.checkStep();
      await expect(lab.check('why')).toHaveAttribute('data-state', 'passed');
      expect(await lab.points()).toBeGreaterThan(before);
    });

    const earned = await lab.points();

    await test.step('back to a moment: the device as it was, draft and points as they are', async () => {
      await lab.showPane('moments');
      await page.getByTestId('name-moment').click();
      await page.getByTestId('moment-name').fill('Answers are right');
      await page.keyboard.press('Enter');
      const named = page.getByTestId('moment-rows').getByRole('row', { name: /Answers are right/ });
      await expect(named).toBeVisible();
      await lab.type('Remove-Item C:\\Labs\\answers.json');
      expect(await lab.type('Test-Path C:\\Labs\\answers.json')).toMatch(/\nFalse\n/);
      await named.click();
      await page.getByTestId('go-moment').click();
      await expect(named).toHaveAttribute('aria-current', 'true');
      await lab.prompt();
      expect(await lab.type('Test-Path C:\\Labs\\answers.json')).toMatch(/\nTrue\n/);
      await expect(page.getByTestId('moment-rows').getByText('left behind').first()).toBeVisible();
      expect(await lab.points()).toBe(earned);
      await lab.openScript('C:\\Labs\\Answers.ps1');
      await lab.expectBeginning(answers);
    });

    await test.step('the engine is killed: it starts again and nothing is lost', async () => {
      await lab.type('$kept = "before the kill"; $kept');
      const pid = await lab.enginePid();
      if (pid === undefined) throw new Error('No engine host is running.');
      process.kill(pid, 'SIGKILL');
      await expect(page.getByText('The engine ended unexpectedly.')).toBeVisible();
      await expect.poll(() => lab.enginePid(), { timeout: 60_000 }).not.toBe(pid);
      await expect(page.getByText('The engine is starting again')).toBeHidden({ timeout: 60_000 });
      await lab.prompt();
      expect(await lab.type('"$kept, still"')).toContain('before the kill, still');
      expect(await lab.points()).toBe(earned);
      await lab.openScript('C:\\Labs\\Answers.ps1');
      await lab.expectBeginning(answers);
    });

    await test.step('the table', async () => {
      await lab.goToStep('table');
      await page.getByTestId('action-script').click();
      await expect(page.getByRole('tab', { name: 'Get-AppState.ps1', selected: true })).toBeVisible();
      await lab.write(authored('solution/Get-AppState.ps1'));
      expect(await lab.runScript()).toMatch(/^device +[0-9a-f-]{36} +\w+/m);
      await lab.checkStep();
      await expect(lab.check('table')).toHaveAttribute('data-state', 'passed');
    });

    await test.step('a prediction, locked, and the wait', async () => {
      await lab.goToStep('wait');
      await page.getByRole('button', { name: 'New script' }).click();
      await lab.write(authored('solution/predict-retry.ps1'));
      const screen = await lab.runScript();
      const answer = /^grs-\d{4}-\d\d-\d\d \d\d:\d\d$/m.exec(screen)?.[0];
      if (answer === undefined) throw new Error(`No prediction in:\n${screen}`);
      await page.locator(`[data-testid="prediction-next-attempt"] input[value="${answer}"]`).check();
      await page.getByTestId('lock-prediction').click();
      // The device is looked at once more before the answer is locked.
      await expect(page.getByText('The outcome is shown when it can be seen')).toBeVisible({
        timeout: 60_000,
      });
      const now = async () => Number(await page.getByTestId('clock-now').getAttribute('data-now'));
      for (const hours of [8, 8, 8, 8]) {
        const before = await now();
        await page.getByTestId('action-clock').click();
        await expect.poll(now, { timeout: 60_000 }).toBeGreaterThanOrEqual(before + hours * hour);
      }
      await lab.checkStep();
      await expect(lab.check('retried')).toHaveAttribute('data-state', 'passed');
      await expect(page.getByTestId('prediction-next-attempt')).toContainText('Right.');
    });

    await test.step('finished: every point but the hint', async () => {
      await page.getByTestId('finish-lab').click();
      await page.getByTestId('confirm-finish').click();
      await expect(page.getByTestId('result')).toContainText('Passed', { timeout: 60_000 });
      await expect(page.getByTestId('result-points')).toHaveText('98 of 100');
    });
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});
