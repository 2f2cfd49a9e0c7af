import type { Engine } from '../bridge.ts';

export type ConsoleUser = 'admin' | 'user' | 'system';

export interface OpenConsole {
  readonly id: string;
  readonly as: ConsoleUser;
  readonly title: string;
}

const titles: Readonly<Record<ConsoleUser, string>> = {
  admin: 'Administrator: Windows PowerShell',
  user: 'Windows PowerShell',
  system: 'SYSTEM: Windows PowerShell',
};

/** The consoles of the device that the window shows. The first is the administrator's, as labs expect. */
export class Consoles {
  list = $state.raw<readonly OpenConsole[]>([{ id: 'admin', as: 'admin', title: titles.admin }]);
  active = $state('admin');
  #focus: (() => void) | undefined;

  open(as: ConsoleUser): void {
    const same = this.list.filter((console) => console.as === as).length;
    const id = same === 0 ? as : `${as}-${same + 1}`;
    const title = same === 0 ? titles[as] : `${titles[as]} ${same + 1}`;
    this.list = [...this.list, { id, as, title }];
    this.active = id;
  }

  /** The terminal in sight says how it takes the focus. */
  onFocus(focus: () => void): void {
    this.#focus = focus;
  }

  focus(): void {
    this.#focus?.();
  }

  /** Types a command and Enter in the console in sight, as an action block does. */
  async type(engine: Engine, text: string): Promise<void> {
    await engine.call('console.type', { console: this.active, text });
  }
}
