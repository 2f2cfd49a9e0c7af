import { rule } from './rule.ts';

/** Dependencies and supersedence: what apps of one subgraph mean to each other. */
const learnDependencies = 'Microsoft Learn: Add, assign, and monitor a Win32 app (dependencies)';
const learnSupersedence = 'Microsoft Learn: Add Win32 app supersedence';

export const dependencyWanted = rule('win32.dependency.wanted', {
  says: 'What a wanted app needs is installed first, recursively, whether it is targeted or not, where the relation installs automatically.',
  confidence: 'documented',
  sources: [learnDependencies],
  workshop: ['W14'],
});
export const dependencyBlocks = rule('win32.dependency.blocks', {
  says: 'An app whose dependency is missing after its turn is not attempted: its state says whether the dependency failed, has unmet requirements, waits for a restart or is not installed automatically.',
  confidence: 'documented',
  sources: [learnDependencies, 'byteben/MEM: Get-Win32AppResults.ps1'],
  workshop: ['W14'],
});
export const dependencyLater = rule('win32.dependency.missing-later', {
  says: 'An installed app one of whose dependencies is missing stays a success, and its state names the dependency that is missing.',
  confidence: 'inferred',
  sources: ['The states 1004 to 1007 of byteben/MEM: Get-Win32AppResults.ps1 can mean nothing else'],
});
export const supersedes = rule('win32.supersedence', {
  says: 'A superseding app takes effect only where it is targeted itself and applicable; the app that it supersedes is then not installed any more, whether that one is targeted or not.',
  confidence: 'documented',
  sources: [learnSupersedence],
});
export const replacesFirst = rule('win32.supersedence.replace', {
  says: 'With "Uninstall previous version" the superseded app is removed first, and the superseding one is not installed while detection still finds it.',
  confidence: 'documented',
  sources: [learnSupersedence],
});
export const replacesLater = rule('win32.supersedence.replace-later', {
  says: 'A replaced app that is found beside the app that replaces it is removed.',
  confidence: 'documented',
  sources: [learnSupersedence],
});
export const supersedenceChain = rule('win32.supersedence.chain', {
  says: 'In a chain all apps are superseded by the last one that takes effect.',
  confidence: 'documented',
  sources: [learnSupersedence],
});
export const supersedenceStates = rule('win32.supersedence.states', {
  says: 'The states of a superseded app and of the one that supersedes it name each other: removed, detected, uninstall failed or pending.',
  confidence: 'inferred',
  sources: [
    'byteben/MEM: Get-Win32AppResults.ps1 names the states',
    'fadwen/IntuneScriptLab quotes the texts of two of them',
  ],
});
export const relationConflict = rule('win32.relation.conflict', {
  says: 'Supersedence goes before dependency: an app that needs a superseded app reports a conflict. Two apps that one app needs both do not supersede each other.',
  confidence: 'documented',
  sources: [learnSupersedence],
});
export const relationProgress = rule('win32.relation.progress', {
  says: 'An app that waits for its dependencies or for the removal of an app it replaces says so in its state.',
  confidence: 'inferred',
  sources: ['byteben/MEM: Get-Win32AppResults.ps1 names the states 2007 and 2010'],
});
export const filteredOut = rule('win32.filter.out', {
  says: 'A subgraph whose apps an assignment filter keeps from the device is not looked at: nothing is stored of it.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', 'Agent logs of 2026'],
});
export const reportingImpact = rule('win32.state.reporting-impact', {
  says: 'The reporting state names the related apps that bear on an app, and how.',
  confidence: 'observed',
  sources: ['fadwen/IntuneScriptLab', 'IME log interpreter in Python'],
});
