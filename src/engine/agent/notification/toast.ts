import { toBase64 } from '../../../base/base64.ts';
import { toUint8Array, utf8Encode } from '../../../base/bytes.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/restart-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { toastSetting, toastShown, toastText } from '../rules/restart-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import type { Session } from '../win32/work.ts';

/** Notifications about an app, by the agent's names; the words are ours. */
const aboutApps = {
  ToastDownloadingMessage: {
    title: 'Software installation',
    text: (app: string) => `${app} is being downloaded and will be installed.`,
  },
  ToastDependencyAppInstall: {
    title: 'Software installation',
    text: (app: string) => `${app} is needed by another app and will be installed.`,
  },
  ToastSuccessMessage: {
    title: 'Software installation',
    text: (app: string) => `${app} was installed.`,
  },
  ToastFailureMessage: {
    title: 'Software installation failed',
    text: (app: string) => `${app} could not be installed.`,
  },
  ToastRestartMessage: {
    title: 'Restart needed',
    text: (app: string) => `Restart the device to finish the installation of ${app}.`,
  },
} as const;

export type AppToast = keyof typeof aboutApps;

/** Shows a notification about an app in the session it is worked on, where the assignment wants it and a user is there. */
export function showAppToast(
  to: StepBuilder,
  read: DeviceReader,
  session: Session,
  policy: AppPolicy,
  name: AppToast,
): void {
  const wanted = name === 'ToastRestartMessage' ? policy.toasts !== 'none' : policy.toasts === 'all';
  if (!wanted) return;
  const { title, text } = aboutApps[name];
  const user = read.users.find(({ sid, sessionId }) => sid === session.sid && sessionId !== null);
  if (user === undefined) return;
  logToast(to, name, policy.name, session.session, policy.toasts);
  to.change(toastText, {
    kind: 'toast',
    sid: user.sid,
    name,
    subject: policy.id,
    title,
    text: text(policy.name),
  });
}

/** The lines of one notification: who asks for it, and what draws it. `wanted`: which ones the assignment asks for. */
export function logToast(
  to: StepBuilder,
  name: string,
  app: string,
  session: number,
  wanted: AppPolicy['toasts'],
): void {
  to.log(toastSetting, msg.toast, [name, toBase64(toUint8Array(utf8Encode(app))), '', session], {
    compared: { notifications: wanted },
  }).log(toastShown, msg.toastArgument, [name]);
}
