import { deviceSession } from '../../../../src/engine/console/powershell/device-session.ts';
import type { Session } from '../../../../src/engine/powershell/run/session.ts';
import { DeviceUnderTest } from '../../../support/device-host.ts';

let made: Session | undefined;

/** A session of Windows PowerShell at its prompt; the editor changes nothing in it, so one serves all tests. */
export const editorSession = (): Session =>
  (made ??= deviceSession({
    host: new DeviceUnderTest().host(),
    output: { console: undefined, width: 0, colour: false, write: () => undefined },
    dialect: 'desktop',
    location: 'C:\\Labs',
  }));
