import { MessageChannelMain, utilityProcess } from 'electron';
import type { UtilityProcess, WebContents } from 'electron';

export interface AttemptPlace {
  readonly lab: string;
  readonly labFolder: string;
  readonly attemptFolder: string;
}

/** How long a host may stay silent after Ctrl+C before it is ended (design section 3). */
const interruptLimit = 150;
const restartLimit = 5;

/**
 * Supervises the engine host of the open attempt: starts it, gives its port to the window, starts it again when it
 * dies. All data goes over the port; this process only watches.
 */
export class EngineHostProcess {
  readonly #entry: string;
  readonly #window: WebContents;
  #place: AttemptPlace | undefined;
  #child: UtilityProcess | undefined;
  #restarts = 0;

  constructor(entry: string, window: WebContents) {
    this.#entry = entry;
    this.#window = window;
  }

  /** Process id of the running host, for tests that kill it. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  open(place: AttemptPlace): Promise<void> {
    this.close();
    this.#place = place;
    this.#restarts = 0;
    return this.#start(false);
  }

  close(): void {
    const child = this.#child;
    this.#place = undefined;
    this.#child = undefined;
    child?.kill();
  }

  /** Asks the host to stop the foreground of a console, and ends it where no answer comes in time. */
  interrupt(console: string): void {
    const child = this.#child;
    if (!child) return;
    const timer = setTimeout(() => {
      if (this.#child !== child) return;
      this.#child = undefined;
      child.kill();
      this.#window.send(
        'host-gone',
        'The command could not be stopped in time, so the engine was restarted without it.',
      );
      void this.#start(true);
    }, interruptLimit);
    const answered = (message: unknown) => {
      if (!isMessage(message, 'interrupted')) return;
      clearTimeout(timer);
      child.off('message', answered);
    };
    child.on('message', answered);
    child.postMessage({ kind: 'interrupt', console });
  }

  #start(dropInFlight: boolean): Promise<void> {
    const place = this.#place;
    if (!place) return Promise.resolve();
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'sidecar-engine', stdio: 'inherit' });
    this.#child = child;
    child.on('exit', (code) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      if (this.#restarts >= restartLimit) {
        this.#window.send(
          'host-gone',
          `The engine ended with code ${code} ${restartLimit} times. Go back to the course and open the lab again; nothing is lost.`,
        );
        return;
      }
      this.#restarts++;
      this.#window.send('host-gone', 'The engine ended unexpectedly. It was started again from the journal.');
      void this.#start(false);
    });
    return new Promise((resolve) => {
      const ready = (message: unknown) => {
        if (!isMessage(message, 'ready')) return;
        child.off('message', ready);
        const { port1, port2 } = new MessageChannelMain();
        child.postMessage({ kind: 'client' }, [port1]);
        this.#window.postMessage('port', null, [port2]);
        resolve();
      };
      child.on('message', ready);
      child.postMessage({ kind: 'open', ...place, dropInFlight });
    });
  }
}

function isMessage(value: unknown, kind: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}
