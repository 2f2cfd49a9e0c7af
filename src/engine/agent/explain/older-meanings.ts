import * as checkInRules from '../rules/check-in-rules.ts';
import * as detection from '../messages/detection-messages.ts';
import * as enforcement from '../rules/enforcement-rules.ts';
import * as evaluation from '../rules/evaluation-rules.ts';
import { errorCodeMeaning } from './error-meaning.ts';
import type { Meaning, Reading } from './reading.ts';
import { meaning } from './reading.ts';
import type { RuleSaid, Track } from './story.ts';

/**
 * Agents of 2019 to 2022: one chain of steps per app, in IntuneManagementExtension.log. Present agents have no such
 * lines. Origin: admin notes with a whole run, Microsoft's support tip on the flow of a Win32 app, an interpreter of such
 * logs in Python, reset scripts.
 */
function begins(line: Reading): Track | undefined {
  const { id = '', name } = line.p;
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  const app = line.story.track('app', id);
  if (name) app.name ??= name;
  line.work.app = app;
  line.work.older = true;
  return app;
}

/** Older agents have no line with the result of detection: the last rule says it. */
function olderDetection(line: Reading): void {
  const { app } = line.work;
  if (!app || line.work.older !== true) return;
  const detected = line.p['detected'] === 'True';
  app.facts.detected = detected;
  const { looked } = app.facts;
  delete app.facts.looked;
  line.say(
    app,
    `${detected ? 'detected' : 'not detected'}${looked === undefined ? '' : `: ${looked}`}`,
    evaluation.detectionRuns,
  );
}

const step = (words: string, what: string, rule: RuleSaid | null = null): Meaning =>
  meaning(words, (line) => {
    line.say(line.work.app, what, rule);
  });

export const olderMeanings: readonly Meaning[] = [
  meaning(detection.ruleCompleted, olderDetection),
  meaning('[Win32App] Tried in last 24 hours, No need to exec. skip execution', (line) => {
    line.say(line.work.app, 'tried in the last 24 hours: not tried now', evaluation.grsBlocks, 'warning');
  }),
  step(
    '[Win32App] GRS is expired. kick off download & install',
    'GRS is over: an attempt is made',
    evaluation.grsWindow,
  ),
  meaning(
    '[Win32App] Extended requirement rules processing complete. isApplicationApplicable: {state}',
    (line) => {
      const met = line.p['state'] === 'Applicable';
      line.say(
        line.work.app,
        met ? 'requirements are met' : `not applicable: ${line.p['state']}`,
        evaluation.extendedRequirements,
        met ? 'information' : 'warning',
      );
    },
  ),
  meaning('Job has failed. Error: {code}', (line) => {
    const code = parseInt(line.p['code'] ?? '', 16);
    line.say(
      line.work.app,
      `the download by Delivery Optimization failed: ${errorCodeMeaning(code) ?? line.p['code']}`,
      enforcement.downloadFails,
      'error',
    );
  }),
  step(
    '[Win32App] file hash validation pass, starts decrypting',
    'the package has the right hash',
    enforcement.contentVerified,
  ),
  step('[Win32App] CDN mode, download completes.', 'downloaded straight from the content host'),
  meaning("[Win32App] ExecManager: processing targeted app (name='{name}', id='{id}') {rest}", (line) => {
    line.say(begins(line), 'the app is processed', checkInRules.subgraphs);
  }),
  meaning('[Win32App] ProcessAppWithDependencies starts for {id} with name {name}', begins),
  meaning('---->>[Win32App] Processing app (id={id}, name = {name}) with mode = {mode}', (line) => {
    line.say(
      begins(line),
      line.p['mode'] === 'DetectInstall' ? 'detected, and installed where missing' : 'detected only',
    );
  }),
  meaning('[Win32App] ===Step=== Start to Present app {id}', begins),
  step('[Win32App] ===Step=== Detection rules', 'detection begins', evaluation.detectionRuns),
  step('[Win32App] ===Step=== Check applicability', 'requirements are checked', evaluation.applicabilityRuns),
  step(
    '[Win32App] ===Step=== Check Extended requirement rules',
    'further requirement rules are checked',
    evaluation.extendedRequirements,
  ),
  step('[Win32App] ===Step=== Check detection without existing AppResult', 'there is no earlier result'),
  step('[Win32App] ===Step=== Download', 'download begins', enforcement.contentDownload),
  step(
    '[Win32App] ===Step=== Detection rules after Execution',
    'detection after the install begins',
    enforcement.detectionDecides,
  ),
  step(
    '[Win32App] ===Step=== Set ComplianceStateMessage with applicationDetectedAfterExecution',
    'what detection found is stored',
    enforcement.complianceState,
  ),
  step(
    '[Win32App] ===Step=== Set EnforcementStateMessage',
    'how the attempt went is stored',
    enforcement.enforcementState,
  ),
  step('Cleaning up staged content {folder}', 'the unpacked content is removed', enforcement.contentRemoved),
  meaning('[Win32App] Post processed result for ({id},{name}) is {result}', (line) => {
    const failed = line.p['result'] !== 'Success';
    line.say(
      begins(line),
      `result: ${line.p['result']}`,
      enforcement.enforcementState,
      failed ? 'error' : 'information',
    );
  }),
];
