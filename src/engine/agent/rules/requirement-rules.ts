import { rule } from './rule.ts';

/** What the device must have besides Windows itself. */
export const hardwareRequirements = rule('win32.requirements.hardware', {
  says: 'Memory, processor speed and number of logical processors are compared where the app asks for them; the first that falls short makes the app not applicable.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Add, assign, and monitor a Win32 app', 'Agent logs of 2026'],
  workshop: ['W16'],
});
