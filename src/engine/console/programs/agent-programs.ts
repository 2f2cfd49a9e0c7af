import type { Program } from '../program.ts';

/**
 * A program of the Intune Management Extension that works beside its service: what it does are stages of the agent,
 * which end its process. It only waits.
 */
const worksAsStages = (name: string): Program => ({
  name,
  *run() {
    for (;;) yield { kind: 'service', name: '', status: 'Stopped' };
  },
});

export const agentPrograms: ReadonlySet<Program> = new Set([
  worksAsStages('clienthealtheval.exe'),
  worksAsStages('clientcertcheck.exe'),
]);
