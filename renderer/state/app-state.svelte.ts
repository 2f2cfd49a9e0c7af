import { callMain, onEnginePort, onHostGone } from '../bridge.ts';
import type { IpcResponse } from '../../src/protocol/ipc.ts';
import { LabSession } from './lab-session.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { Preferences } from './preferences.svelte.ts';

export type LabSummary = IpcResponse<'labs.list'>['labs'][number];

/** The whole window: the course, or one lab. */
export class AppState {
  readonly preferences = new Preferences();
  readonly notices = new Notices();
  labs = $state.raw<readonly LabSummary[] | null>(null);
  info = $state.raw<IpcResponse<'app.info'> | null>(null);
  session = $state.raw<LabSession | null>(null);
  opening = $state<string | null>(null);
  overlay = $state<'palette' | 'goto' | 'keyboard' | 'about' | null>(null);

  start(): () => void {
    const offPort = onEnginePort((port) => this.session?.attach(port));
    const offGone = onHostGone((text) => {
      if (this.session) this.session.restarting = true;
      this.notices.add({ level: 'warning', text });
    });
    void this.#load();
    return () => {
      offPort();
      offGone();
    };
  }

  async openLab(lab: string, fresh: boolean): Promise<void> {
    this.opening = lab;
    const session = new LabSession(lab, this.notices, this.preferences.layoutOf(lab));
    // The port can arrive before the answer, so the session must be there first.
    this.session = session;
    try {
      await callMain('lab.open', { lab, fresh });
    } catch (error) {
      this.notices.report(error);
      session.close();
      this.session = null;
    } finally {
      this.opening = null;
    }
  }

  async closeLab(): Promise<void> {
    this.session?.close();
    this.session = null;
    this.overlay = null;
    await callMain('lab.close', {}).catch(this.notices.report);
    await this.#readLabs();
  }

  async #load(): Promise<void> {
    try {
      await this.preferences.load();
      this.info = await callMain('app.info', {});
      if (this.info.notice !== null) this.notices.add({ level: 'info', text: this.info.notice });
    } catch (error) {
      this.notices.report(error);
    }
    await this.#readLabs();
  }

  async #readLabs(): Promise<void> {
    try {
      this.labs = (await callMain('labs.list', {})).labs;
    } catch (error) {
      this.labs = [];
      this.notices.report(error);
    }
  }
}
