import { MessageChannelMain, utilityProcess } from 'electron';
import type { UtilityProcess, WebContents } from 'electron';
import { SidecarError } from '../../src/base/error.ts';
import type { FromHost, ToHost } from '../engine-host/messages.ts';

export interface AttemptPlace {
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
      this.#start(true).catch((error: unknown) => this.#gone(error));
    }, interruptLimit);
    const answered = (message: FromHost) => {
      if (message.kind !== 'interrupted') return;
      clearTimeout(timer);
      child.off('message', answered);
    };
    child.on('message', answered);
    send(child, { kind: 'interrupt', console });
  }

  #start(dropInFlight: boolean): Promise<void> {
    const place = this.#place;
    if (!place) return Promise.resolve();
    const child = utilityProcess.fork(this.#entry, [], { serviceName: 'sidecar-engine', stdio: 'inherit' });
    this.#child = child;
    return new Promise((resolve, reject) => {
      let waiting = true;
      child.on('exit', (code) => {
        if (this.#child !== child) return;
        this.#child = undefined;
        if (this.#restarts >= restartLimit) {
          const ended = `The engine ended with code ${code} ${restartLimit} times. Go back to the course and open the lab again; nothing is lost.`;
          if (waiting) reject(new SidecarError('engine-ended', ended));
          else this.#window.send('host-gone', ended);
          return;
        }
        this.#restarts++;
        this.#window.send(
          'host-gone',
          'The engine ended unexpectedly. It was started again from the journal.',
        );
        this.#start(false).then(resolve, (error: unknown) => {
          if (waiting) reject(error as Error);
          else this.#gone(error);
        });
      });
      const opened = (message: FromHost) => {
        if (message.kind === 'interrupted') return;
        child.off('message', opened);
        waiting = false;
        if (message.kind === 'failed') {
          // It would fail again.
          if (this.#child === child) this.close();
          reject(new SidecarError('lab-not-opened', message.message));
          return;
        }
        const { port1, port2 } = new MessageChannelMain();
        child.postMessage({ kind: 'client' } satisfies ToHost, [port1]);
        this.#window.postMessage('port', null, [port2]);
        resolve();
      };
      child.on('message', opened);
      send(child, { kind: 'open', ...place, dropInFlight });
    });
  }

  #gone(error: unknown): void {
    this.#window.send('host-gone', error instanceof Error ? error.message : String(error));
  }
}

function send(child: UtilityProcess, message: ToHost): void {
  child.postMessage(message);
}
