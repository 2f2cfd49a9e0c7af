import { joinPath, labFolder, samePath } from '../../state/agent-places.ts';
import type { LabSession } from '../../state/lab-session.svelte.ts';
import { ViewStore } from '../../state/view-store.svelte.ts';
import type { Problem } from './language-services.ts';

/** How long the editor rests before its text is kept as a draft, and before it is looked through for errors. */
const keepAfter = 400;
const retryAfter = 1500;
const longestFile = 50_000;

/** One script that is open in the editor. Its text lives here, so that it outlives the editor on the screen. */
export class OpenScript {
  readonly path: string;
  text = $state('');
  problems = $state.raw<readonly Problem[]>([]);
  /** Changed since the attempt last kept it. */
  unkept = $state(false);
  /** Where cursor and scroll stood, as the editor said; opaque here. */
  viewState: unknown = null;
  timer: ReturnType<typeof setTimeout> | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }
}

/** The scripts that are open, which one is in sight, and how each stands to draft and device. */
export class Scripts {
  list = $state.raw<readonly OpenScript[]>([]);
  active = $state.raw<OpenScript | null>(null);
  readonly #session: LabSession;
  readonly #device: ViewStore<'fileText'>;
  readonly #closed = new Set<string>();

  constructor(session: LabSession) {
    this.#session = session;
    this.#device = new ViewStore(session.engine, 'fileText');
    session.workspace.onTarget('script', (target) => void this.open(target));
  }

  /** How the text in sight stands to the file on the device. */
  get onDevice(): 'same' | 'different' | 'absent' | 'unknown' {
    const { data } = this.#device;
    const script = this.active;
    if (!script || !data || !samePath(data.path, script.path)) return 'unknown';
    if (!data.exists) return 'absent';
    return sameText(data.lines.join('\n'), script.text) ? 'same' : 'different';
  }

  /** Drafts as the attempt has them: new ones are opened. What is open already is newer here than there. */
  takeDrafts(files: readonly { readonly path: string; readonly text: string }[]): void {
    for (const { path, text } of files) {
      if (this.find(path) || this.#closed.has(path.toLowerCase())) continue;
      this.#add(new OpenScript(path, text));
    }
    if (!this.active) this.activate(this.list[0] ?? null);
  }

  find(path: string): OpenScript | undefined {
    return this.list.find((script) => samePath(script.path, path));
  }

  async open(path: string): Promise<void> {
    this.#closed.delete(path.toLowerCase());
    let script = this.find(path);
    if (!script) {
      const draft = this.#session.drafts.data?.files.find((file) => samePath(file.path, path));
      const text = draft?.text ?? (await this.#readDevice(path)) ?? '';
      script = this.find(path) ?? this.#add(new OpenScript(draft?.path ?? path, text));
    }
    this.activate(script);
  }

  activate(script: OpenScript | null): void {
    this.active = script;
    if (script) this.#device.show({ path: script.path, first: 0, count: longestFile });
    else this.#device.close();
  }

  create(): void {
    const taken = (path: string) =>
      this.find(path) !== undefined ||
      (this.#session.drafts.data?.files.some((file) => samePath(file.path, path)) ?? false);
    let number = 1;
    while (taken(joinPath(labFolder, `Script${number}.ps1`))) number++;
    this.activate(this.#add(new OpenScript(joinPath(labFolder, `Script${number}.ps1`), '')));
  }

  /** Takes the tab away. The draft stays in the attempt; Ctrl+P opens it again. */
  close(script: OpenScript): void {
    if (script.unkept) this.#keep(script);
    this.#closed.add(script.path.toLowerCase());
    const at = this.list.indexOf(script);
    this.list = this.list.filter((other) => other !== script);
    if (this.active === script) this.activate(this.list[Math.min(at, this.list.length - 1)] ?? null);
  }

  /** The editor's text has changed by the learner's hand. */
  edited(script: OpenScript, text: string): void {
    script.text = text;
    script.unkept = true;
    clearTimeout(script.timer);
    script.timer = setTimeout(() => this.#keep(script), keepAfter);
  }

  /** Writes the file on the device. */
  async save(script: OpenScript): Promise<void> {
    this.#keep(script);
    await this.#session.ask('file.save', { path: script.path, text: script.text });
  }

  /** Saves and runs the file, or runs the selection of it, in the console in sight. */
  async run(script: OpenScript, selection: string | null): Promise<void> {
    this.#keep(script);
    await this.#session.ask('script.run', {
      console: this.#session.consoles.active,
      path: script.path,
      text: script.text,
      selection,
    });
  }

  async diagnose(script: OpenScript): Promise<void> {
    const { text } = script;
    try {
      const { problems } = await this.#session.engine.call('editor.diagnose', {
        console: this.#session.consoles.active,
        text,
      });
      if (script.text === text) script.problems = problems;
    } catch {
      // The engine is starting again; the next change asks anew.
      return;
    }
  }

  #add(script: OpenScript): OpenScript {
    this.list = [...this.list, script];
    return script;
  }

  #keep(script: OpenScript): void {
    clearTimeout(script.timer);
    const { path, text } = script;
    this.#session.engine.call('draft.save', { path, text }).then(
      () => {
        if (script.text === text) script.unkept = false;
      },
      // A draft must not be lost while the engine starts again, so it is sent until it is taken.
      () => {
        script.timer = setTimeout(() => this.#keep(script), retryAfter);
      },
    );
  }

  async #readDevice(path: string): Promise<string | null> {
    const file = await this.#session.engine.read('fileText', { path, first: 0, count: longestFile });
    return file.exists && file.text ? file.lines.join('\n') : null;
  }
}

/** A line end at the very end, which some writers add, is no difference worth a mark. */
function sameText(a: string, b: string): boolean {
  const plain = (text: string) => text.replace(/\r\n/g, '\n').replace(/\n$/, '');
  return plain(a) === plain(b);
}
