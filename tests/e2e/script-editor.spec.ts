import { expect, test } from '@playwright/test';
import { LabWindow } from './lab-window.ts';

test('the script editor knows PowerShell: hover, signature, rename, format, definition, fix', async () => {
  test.setTimeout(180_000);
  const lab = await LabWindow.start();
  const { page } = lab;
  try {
    await lab.openLab();
    await lab.openScript('C:\\Labs\\Answers.ps1');
    const top = async () => {
      await lab.focusEditor();
      await page.keyboard.press('Control+Home');
    };

    const sorted = async () => (await lab.lines()).sort();

    await test.step('hover says what a command takes', async () => {
      await lab.write('Start-Sleep -Seconds 1');
      await page
        .locator('.monaco-editor .view-line')
        .first()
        .hover({ position: { x: 30, y: 9 } });
      await expect(page.locator('.monaco-hover').first()).toContainText('Start-Sleep [-Seconds] <int>');
      await page.keyboard.press('Escape');
    });

    await test.step('rename changes the variable of its function and no other', async () => {
      await lab.write('$n = 1\nfunction Get-It($n) {\n    "$n"\n}\n$n');
      await top();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('F2');
      const box = page.locator('.rename-box input');
      await expect(box).toHaveValue('n');
      await box.fill('count');
      await page.keyboard.press('Enter');
      await expect
        .poll(sorted)
        .toEqual(['$count = 1', 'function Get-It($n) {', '    "$n"', '}', '$count'].sort());
    });

    await test.step('formatting indents and puts blanks where they belong', async () => {
      await lab.write('if($env:x){\nGet-Item   \n}else{\n1\n}');
      await top();
      await page.keyboard.press('Shift+Alt+F');
      await expect.poll(sorted).toEqual(['if ($env:x) {', '    Get-Item', '} else {', '    1', '}'].sort());
    });

    await test.step('a finding of the linter is mended', async () => {
      await lab.write('gci C:\\');
      await expect(page.getByTestId('script-problem')).toContainText("'gci' is an alias of 'Get-ChildItem'");
      await top();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Control+.');
      await page.getByText('Replace gci with Get-ChildItem').click();
      await expect.poll(sorted).toEqual(['Get-ChildItem C:\\']);
    });

    await test.step('go to definition jumps to the function', async () => {
      await lab.write('function Get-It { 1 }\n\nGet-It');
      await lab.focusEditor();
      await page.keyboard.press('Control+End');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('F12');
      await expect(page.getByText('Ln 1, Col 10')).toBeVisible();
    });
    expect(lab.problems).toEqual([]);
  } finally {
    await lab.close();
  }
});
