import { differences } from '../../powershell/dialects/index.ts';
import {
  optedNotToRun,
  processPolicyKey,
  scriptVerdict,
} from '../../powershell/cmdlets/device/execution-policy.ts';
import type { ExecutionPolicy } from '../../powershell/cmdlets/device/execution-policy.ts';
import { cmdlets } from '../../powershell/cmdlets/index.ts';
import { createFormatter } from '../../powershell/format/index.ts';
import type { Host, OutputPort } from '../../powershell/host.ts';
import { createSession } from '../../powershell/run/session.ts';
import type { Session } from '../../powershell/run/session.ts';
import { providers } from '../../powershell/providers/index.ts';
import { environment } from '../../powershell/run/session-objects.ts';

/** A PowerShell session with everything the product has: what powershell.exe, a console and the agent run scripts in. */
export function deviceSession(options: {
  readonly host: Host;
  readonly output: OutputPort;
  readonly dialect: 'desktop' | 'core';
  /** Folder it starts in. */
  readonly location: string;
}): Session {
  const session = createSession({ ...options, formatter: createFormatter, cmdlets, providers });
  if (!differences.engine.moduleFolders.desktopIn(options.dialect)) modulePath(session);
  session.scriptGate = (path, text) => {
    const verdict = scriptVerdict(
      path,
      text,
      options.host,
      options.dialect,
      session.state.get(processPolicyKey) as ExecutionPolicy | undefined,
    );
    // Nobody is asked in the middle of a command: the answer is the default one.
    return verdict.kind === 'run'
      ? undefined
      : verdict.kind === 'ask'
        ? optedNotToRun(path)
        : verdict.message;
  };
  return session;
}

/** pwsh puts its own folders before those that Windows gives every process (about_PSModulePath). */
function modulePath(session: Session): void {
  const all = environment(session);
  const own = [
    `${session.host.identity.profile}\\Documents\\PowerShell\\Modules`,
    'C:\\Program Files\\PowerShell\\Modules',
    'c:\\program files\\powershell\\7\\Modules',
  ];
  const given = (all.get('psmodulepath')?.value ?? '')
    .split(';')
    .filter((path) => path !== '' && !/\\Documents\\WindowsPowerShell\\Modules$/i.test(path));
  all.set('psmodulepath', { name: 'PSModulePath', value: [...own, ...given].join(';') });
  // Its own folder on the path comes first, so that pwsh inside pwsh is the same one.
  const path = all.get('path');
  const home = 'C:\\Program Files\\PowerShell\\7;';
  if (path && !path.value.startsWith(home)) all.set('path', { name: path.name, value: home + path.value });
}
