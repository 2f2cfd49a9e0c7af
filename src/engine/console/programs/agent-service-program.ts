import { program } from './simple.ts';

/**
 * The agent's service program when somebody runs it himself: as any .NET service it says that it is one. Given a URI of
 * its protocol it hands that over instead; Windows does that before it gets here.
 */
export const agentServiceProgram = program('microsoft.management.services.intunewindowsagent.exe', (call) => {
  call.line(
    'Cannot start service from the command line or a debugger.  A Windows Service must first be installed (using installutil.exe) and then started with the ServerExplorer, Windows Services Administrative tool or the NET START command.',
  );
  return 0;
});
