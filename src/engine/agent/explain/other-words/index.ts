import { agentExecutorWords } from './agent-executor.ts';
import { appActionProcessorWords } from './app-action-processor.ts';
import { appWorkloadWords } from './app-workload.ts';
import { clientHealthWords } from './client-health.ts';
import { healthScriptsWords } from './health-scripts.ts';
import { intuneManagementExtensionWords } from './intune-management-extension.ts';
import { olderAgentsWords } from './older-agents.ts';

/**
 * Messages of real agents that the simulated one does not write, so that a real log is read without gaps. Only their
 * words are known here: they are steps that say nothing of their own about an app or a script. Values have no meaning
 * beyond their place.
 */
export const otherWords: readonly string[] = [
  ...intuneManagementExtensionWords,
  ...appWorkloadWords,
  ...appActionProcessorWords,
  ...agentExecutorWords,
  ...healthScriptsWords,
  ...clientHealthWords,
  ...olderAgentsWords,
];
