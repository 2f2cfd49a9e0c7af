import { readFailureActions, writeFailureActions } from '../failure-actions.ts';
import type { FailureAction } from '../failure-actions.ts';
import type { RegistryPath } from '../../powershell/host.ts';
import type { Call } from './simple.ts';

const keyOf = (name: string): RegistryPath => ({
  hive: 'HKLM',
  path: `SYSTEM\\CurrentControlSet\\Services\\${name}`,
});

/** `restart/60000/""/0`: kinds and milliseconds in turn; an empty kind is no action. Undefined where it is none. */
function readActions(text: string): readonly FailureAction[] | undefined {
  if (text === '') return [];
  const parts = text.split('/');
  const actions: FailureAction[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const kind = (parts[i] ?? '').replace(/"/g, '').toLowerCase();
    const delay = Number(parts[i + 1] ?? '');
    if (!['', 'restart', 'reboot', 'run'].includes(kind) || !Number.isFinite(delay)) return undefined;
    actions.push({ kind: kind === '' ? 'none' : (kind as FailureAction['kind']), delay });
  }
  return actions;
}

/** sc failure: what Windows does when a service's process ends by itself. Null where the arguments are wrong. */
export function setFailure(call: Call, name: string, args: readonly string[]): boolean | null {
  let reset: number | null = 0;
  let actions: readonly FailureAction[] | undefined;
  for (let i = 0; i < args.length; i += 2) {
    const option = (args[i] ?? '').toLowerCase();
    const value = args[i + 1] ?? '';
    if (option === 'reset=') reset = /^infinite$/i.test(value) ? null : Number(value);
    else if (option === 'actions=') actions = readActions(value);
    else if (option !== 'reboot=' && option !== 'command=') return null;
  }
  if (actions === undefined || (reset !== null && !Number.isFinite(reset))) return null;
  const data = writeFailureActions({ reset, actions });
  return call.host.registry.setValue(keyOf(name), 'FailureActions', { kind: 'Binary', data }).ok;
}

const words: Readonly<Record<FailureAction['kind'], string>> = {
  none: 'NONE',
  restart: 'RESTART',
  reboot: 'REBOOT',
  run: 'RUN PROCESS',
};

/** sc qfailure. */
export function showFailure(call: Call, name: string): void {
  const stored = call.host.registry.value(keyOf(name), 'FailureActions');
  const settings =
    stored.ok && stored.value.kind === 'Binary' ? readFailureActions(stored.value.data) : undefined;
  const lines = (settings?.actions ?? []).map(
    ({ kind, delay }, i) =>
      `${(i === 0 ? '        FAILURE_ACTIONS              : ' : '').padEnd(39)}${words[kind]} -- Delay = ${delay} milliseconds.`,
  );
  call.line(
    '[SC] QueryServiceConfig2 SUCCESS',
    '',
    `SERVICE_NAME: ${name}`,
    `        RESET_PERIOD (in seconds)    : ${settings ? (settings.reset ?? 'INFINITE') : 0}`,
    '        REBOOT_MESSAGE               : ',
    '        COMMAND_LINE                 : ',
    ...lines,
  );
}
