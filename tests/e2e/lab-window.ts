import { _electron, expect } from '@playwright/test';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '../../src/protocol/ipc.ts';

export type Theme = Settings['theme'];

/** The application as a learner has it in front of them, with data of its own. */
export class LabWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly #data: string;
  readonly #problems: string[] = [];

  private constructor(app: ElectronApplication, page: Page, data: string) {
    this.app = app;
    this.page = page;
    this.#data = data;
    page.on('pageerror', (error) => this.#problems.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' || /Content Security Policy|TrustedHTML|TrustedScript/.test(text))
        this.#problems.push(text);
    });
  }

  /** Starts the runtime that SIDECAR_ELECTRON names. Screen reader support is on, so that the console has a text. */
  static async start(theme: Theme = 'light'): Promise<LabWindow> {
    const executablePath = process.env['SIDECAR_ELECTRON'];
    if (!executablePath)
      throw new Error(
        'SIDECAR_ELECTRON must name an Electron executable; npm test e2e sets it to the one it finds.',
      );
    const data = mkdtempSync(join(tmpdir(), 'sidecar-e2e-'));
    mkdirSync(data, { recursive: true });
    const settings: Settings = { theme, zoom: 1, screenReader: true, layouts: {} };
    writeFileSync(join(data, 'settings.json'), JSON.stringify(settings));
    const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({
      executablePath,
      args: [...root, '--disable-gpu'],
      env: { ...(process.env as Record<string, string>), SIDECAR_DATA: data },
    });
    const page = await app.firstWindow();
    return new LabWindow(app, page, data);
  }

  /** What the window complained about: errors of scripts, and what the content policy refused. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.#data, { recursive: true, force: true });
  }

  async openLab(): Promise<void> {
    await this.page.getByTestId('start-registry-state').click();
    await expect(this.page.getByTestId('points')).toBeVisible({ timeout: 60_000 });
    await this.prompt();
  }

  // --- guide

  async goToStep(id: string): Promise<void> {
    const head = this.page.getByTestId(`step-${id}`);
    if ((await head.getAttribute('aria-current')) !== 'step') await head.click();
    await expect(head).toHaveAttribute('aria-current', 'step');
  }

  check(id: string): Locator {
    return this.page.getByTestId(`check-${id}`);
  }

  /** Presses Check and says what each check of the step came to. */
  async checkStep(): Promise<void> {
    const button = this.page.getByTestId('check-step');
    await button.click();
    await expect(button).toBeEnabled({ timeout: 60_000 });
  }

  async points(): Promise<number> {
    return Number.parseInt(await this.page.getByTestId('points').innerText(), 10);
  }

  // --- console

  get console(): Locator {
    return this.page.getByTestId('console-admin');
  }

  /** Every line of the console's screen, from xterm's tree for screen readers. */
  async screen(): Promise<string> {
    const rows = await this.console.locator('.xterm-accessibility-tree > div').allInnerTexts();
    return rows
      .map((row) => row.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits until the last line is a prompt that nothing was typed at. */
  async prompt(): Promise<void> {
    await expect
      .poll(async () => (await this.screen()).split('\n').at(-1) ?? '', { timeout: 60_000 })
      .toMatch(/^PS [^>]*>$/);
  }

  /** Types a command with the keyboard and waits for the next prompt. Returns the screen then. */
  async type(command: string): Promise<string> {
    await this.console.locator('textarea').focus();
    await this.page.keyboard.type(command);
    await expect.poll(() => this.screen()).toContain(command.slice(0, 40));
    await this.page.keyboard.press('Enter');
    await this.prompt();
    return this.screen();
  }

  // --- panes

  async showPane(name: 'registry' | 'script' | 'logs' | 'files' | 'moments'): Promise<Locator> {
    await this.page.getByTestId(`tab-${name}`).click();
    const pane = this.page.locator(`[data-pane="${name}"]`);
    await expect(pane).toBeVisible();
    return pane;
  }

  /** Goes where Ctrl+P leads: a key, a file, a log. */
  async goTo(target: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.page.getByRole('combobox').fill(target);
    await this.page.keyboard.press('Enter');
  }

  /** Runs a command by its title. */
  async command(title: string): Promise<void> {
    await this.page.keyboard.press('Control+Shift+P');
    await this.page.getByRole('combobox').fill(title);
    await this.page.keyboard.press('Enter');
  }

  // --- editor

  async openScript(path: string): Promise<void> {
    await this.goTo(path);
    await expect(this.page.locator('.monaco-editor .view-line').first()).toBeVisible();
    await expect(
      this.page.getByRole('tab', { name: path.split('\\').at(-1) ?? '', selected: true }),
    ).toBeVisible();
  }

  async focusEditor(): Promise<void> {
    // Monaco takes keys by a hidden text area, in newer browsers by an edit context.
    await this.page.locator('.monaco-editor').locator('.inputarea, .native-edit-context').focus();
    await expect(this.page.locator('.monaco-editor.focused')).toBeVisible();
  }

  /** Replaces the whole script by pasting. */
  async write(text: string): Promise<void> {
    await this.focusEditor();
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.press('Control+v');
    // What was pasted is in the editor, not only on its way there.
    const last = text.trimEnd().split('\n').at(-1)?.trim() ?? '';
    await expect.poll(() => this.lines()).toContainEqual(expect.stringContaining(last));
    await expect(this.page.getByText('Draft kept')).toBeVisible();
  }

  /** The lines in sight, in no order. */
  async lines(): Promise<string[]> {
    const lines = await this.page.locator('.monaco-editor .view-line').allInnerTexts();
    return lines.map((line) => line.replaceAll('\u00a0', ' ').trimEnd());
  }

  /** The script in sight begins with the first line of this text. */
  async expectBeginning(text: string): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('Control+Home');
    const first = text.split('\n')[0] ?? '';
    await expect.poll(() => this.lines()).toContain(first);
  }

  /** F5 in the editor; returns the screen once the script has ended. */
  async runScript(): Promise<string> {
    const before = await this.screen();
    await this.page.keyboard.press('F5');
    await expect.poll(() => this.screen(), { timeout: 30_000 }).not.toBe(before);
    await this.prompt();
    return this.screen();
  }

  // --- processes

  /** Process id of the engine host that serves the open lab. */
  async enginePid(): Promise<number | undefined> {
    return this.app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'sidecar-engine')?.pid,
    );
  }
}
