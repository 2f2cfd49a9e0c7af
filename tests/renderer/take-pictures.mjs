// `node tests/renderer/take-pictures.mjs FOLDER [name …]`: pictures of the window's states, to be looked at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { builtWindow } from './built-window.mjs';

const [folder = 'out/pictures', ...only] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const built = await builtWindow();
const small = { width: 1280, height: 800 };
const large = { width: 1920, height: 1080 };

async function lab(page) {
  await page.getByTestId('continue-registry-state').click();
  await page.getByTestId('points').waitFor();
  await page.waitForTimeout(400);
}

const key =
  'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\00000000-0000-0000-0000-000000000000\\2d1a9f0c-6f0e-4f1c-8a64-6f6fbb0c9a52_1';

async function goTo(page, text) {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').fill(text);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
}

const pictures = {
  start: async (page) => page.getByTestId('continue-registry-state').waitFor(),
  lab,
  registry: async (page) => {
    await lab(page);
    await goTo(page, key);
  },
  message: async (page) => {
    await lab(page);
    await goTo(page, `${key}\\EnforcementStateMessage`);
    await page.getByText('EnforcementState', { exact: false }).last().waitFor();
    await page.getByRole('row', { name: /EnforcementStateMessage/ }).click();
    await page.waitForTimeout(300);
  },
  script: async (page) => {
    await lab(page);
    await page.getByTestId('action-script').click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await page.waitForTimeout(800);
  },
  complete: async (page) => {
    await lab(page);
    await page.getByTestId('action-script').click();
    await page.locator('.monaco-editor .view-line').first().waitFor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('if ($x) {{ Get-');
    await page.waitForTimeout(900);
  },
  logs: async (page) => {
    await lab(page);
    await page.getByTestId('tab-logs').click();
    await page.waitForTimeout(500);
  },
  'log-line': async (page) => {
    await lab(page);
    await page.getByTestId('tab-logs').click();
    await page.waitForTimeout(300);
    await page.getByTestId('log-filter').fill('1603');
    await page.waitForTimeout(400);
    await page.getByTestId('log-lines').focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await page.waitForTimeout(300);
  },
  preview: async (page) => {
    await lab(page);
    await goTo(page, 'C:\\Labs\\states.json');
  },
  files: async (page) => {
    await lab(page);
    await goTo(page, 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs');
  },
  moments: async (page) => {
    await lab(page);
    await page.getByTestId('tab-moments').click();
    await page.waitForTimeout(200);
  },
  explain: async (page) => {
    await lab(page);
    await goTo(page, key);
    await page
      .getByRole('button', { name: /Explain/ })
      .first()
      .hover();
    await page.getByTestId('explain-card').waitFor();
    await page.waitForTimeout(300);
  },
  passed: async (page) => {
    await lab(page);
    await page.getByTestId('clock-next').click();
    await page.waitForTimeout(600);
  },
  palette: async (page) => {
    await lab(page);
    await page.keyboard.press('Control+Shift+P');
    await page.waitForTimeout(300);
  },
  keyboard: async (page) => {
    await lab(page);
    await page.keyboard.press('Control+k');
    await page.waitForTimeout(300);
  },
  menu: async (page) => {
    await lab(page);
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.waitForTimeout(200);
  },
  split: async (page) => {
    await lab(page);
    await goTo(page, key);
    await page.getByTestId('tab-script').click();
    await page.waitForTimeout(300);
    await page.keyboard.press('Control+\\');
    await page.waitForTimeout(1200);
  },
  result: async (page) => {
    await lab(page);
    await page.getByRole('radio').last().click();
    await page.getByTestId('lock-prediction').click();
    await page.evaluate(() => undefined);
    await page.getByTestId('step-predict').click();
    await page.getByTestId('next-step').isVisible();
    await page.waitForTimeout(200);
  },
};

for (const [name, act] of Object.entries(pictures)) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const [theme, size] of [
    ['light', small],
    ['dark', small],
    ['dark', large],
    ['light', large],
    ['contrast', small],
  ]) {
    if (
      size === large &&
      !['registry', 'script', 'split', 'logs', 'files', 'moments', 'start'].includes(name)
    )
      continue;
    if (theme === 'contrast' && !['registry', 'lab', 'script', 'logs', 'moments'].includes(name)) continue;
    const page = await built.page(`theme=${theme}`, size);
    try {
      await act(page);
    } catch (error) {
      console.error(`${name}: ${error.message.split('\n')[0]}`);
    }
    await page.screenshot({ path: join(folder, `${name}-${theme}-${size.width}.png`) });
    await page.close();
  }
}
await built.close();
for (const problem of new Set(built.problems)) console.error(problem);
