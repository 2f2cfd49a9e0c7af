import { ipcMain } from 'electron';
import type { IpcMainInvokeEvent } from 'electron';
import { SidecarError } from '../../src/base/error.ts';
import { ipc } from '../../src/protocol/ipc.ts';
import type { Envelope, IpcChannel, IpcRequest, IpcResponse } from '../../src/protocol/ipc.ts';
import { origin } from './app-protocol.ts';

/** The one way a channel gets its handler: the sender is checked, then the request is parsed, then the action runs. */
export function handle<C extends IpcChannel>(
  channel: C,
  action: (request: IpcRequest<C>) => Promise<IpcResponse<C>> | IpcResponse<C>,
): void {
  ipcMain.handle(
    channel,
    async (event: IpcMainInvokeEvent, raw: unknown): Promise<Envelope<IpcResponse<C>>> => {
      if (!fromOurWindow(event))
        return { ok: false, code: 'sender-refused', message: 'This frame may not call the application.' };
      const parsed = ipc[channel].request.safeParse(raw);
      if (!parsed.success) {
        return {
          ok: false,
          code: 'request-malformed',
          message: `Request to ${channel} is malformed: ${parsed.error.message}`,
        };
      }
      try {
        return { ok: true, value: await action(parsed.data as IpcRequest<C>) };
      } catch (error) {
        const code = error instanceof SidecarError ? error.code : 'unexpected';
        return { ok: false, code, message: error instanceof Error ? error.message : String(error) };
      }
    },
  );
}

function fromOurWindow(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  // Node's URL gives no origin for a scheme of our own, so the address itself is compared.
  return frame !== null && frame.parent === null && frame.url.startsWith(`${origin}/`);
}
