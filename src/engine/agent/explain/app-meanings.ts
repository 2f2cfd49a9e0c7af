import type { Instant } from '../../../base/time.ts';
import { days, plus } from '../../../base/time.ts';
import { fromEnglishText, fromUtcText, utcText } from '../utc-text.ts';
import * as action from '../messages/action-messages.ts';
import * as checkIn from '../messages/check-in-messages.ts';
import * as detection from '../messages/detection-messages.ts';
import * as install from '../messages/install-messages.ts';
import * as subgraph from '../messages/subgraph-messages.ts';
import * as checkInRules from '../rules/check-in-rules.ts';
import * as enforcement from '../rules/enforcement-rules.ts';
import * as evaluation from '../rules/evaluation-rules.ts';
import { filteredOut } from '../rules/relation-rules.ts';
import { errorCodeMeaning, exitCodeMeaning, hex } from './error-meaning.ts';
import { deltaOf, policiesOf } from './payloads.ts';
import type { Meaning, Reading } from './reading.ts';
import { meaning } from './reading.ts';
import type { RuleSaid, Track } from './story.ts';

/** The app that a line names, or the one that its thread works on. */
function appOf(line: Reading, id = line.p['app']): Track | undefined {
  if (id !== undefined && isId(id)) {
    const app = line.story.track('app', id);
    if (line.work.app !== app) line.work.app = app;
    return app;
  }
  return line.work.app;
}

/** What is not met is named by some lines only: a plain "not applicable" leaves what is known. */
function noteApplicability(app: Track, state: string): void {
  const { applicability } = app.facts;
  if (state === 'NotApplicable' && applicability !== undefined && applicability !== 'Applicable') return;
  if (state !== '') app.facts.applicability = state;
}

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

const grsOver = (since: Instant): string => utcText(plus(since, days(1)));

/** Time of a GRS value, noted for the app. */
function noteGrs(line: Reading, time: string | undefined): Instant | undefined {
  const app = appOf(line);
  const at = fromUtcText(time ?? '');
  if (app && at !== undefined) {
    app.facts.grs = at;
    const { hash, scope } = line.p;
    if (hash !== undefined) app.facts.hash = hash;
    if (scope !== undefined) app.facts.scope = scope;
  }
  return at;
}

/** What GRS allows is said once it matters: when the app is looked at. */
function verdict(line: Reading, words: string): void {
  line.work.grs = words;
}

function looks(line: Reading, words: string): string {
  const { grs } = line.work;
  delete line.work.grs;
  return grs === undefined ? words : `${words}; ${grs}`;
}

function noteHash(line: Reading): void {
  const { hash } = line.p;
  if (hash !== undefined && line.work.app) line.work.app.facts.hash = hash;
}

/** What a detection rule looked at, for the result that follows. */
const looked =
  (words: (p: Readonly<Record<string, string>>) => string) =>
  (line: Reading): void => {
    if (line.work.app) line.work.app.facts.looked = words(line.p);
  };

const stateNames: Readonly<Record<string, string>> = {
  InProgress: 'in progress',
  InProgressDownloadCompleted: 'content is there, install pending',
  InProgressPendingReboot: 'waits for a restart',
  ErrorWithImmediateRetry: 'failed, tried again at once',
};

function stateChanged(line: Reading, rule: RuleSaid): void {
  const app = appOf(line);
  const delta = deltaOf(line.p['delta'] ?? '');
  const state = delta['EnforcementState'];
  if (!app || !state) return;
  const next = String(state.new);
  const code = delta['EnforcementErrorCode']?.new;
  app.facts.enforcement = next;
  if (typeof code === 'number') app.facts.errorCode = code;
  const reason =
    typeof code === 'number' && code !== 0
      ? `: ${errorCodeMeaning(code) ?? `code ${code} (${hex(code)})`}`
      : '';
  line.say(
    app,
    `state ${next}${stateNames[next] === undefined ? '' : ` (${stateNames[next]})`}${reason}`,
    rule,
    next.startsWith('Error') ? 'error' : 'information',
  );
}

const exitText = (code: number): string => {
  const meaning = exitCodeMeaning(code);
  return `exit code ${code}${meaning === null ? '' : ` (${meaning})`}`;
};

/** Win32 and Store apps: what each line says of the app it is about. */
export const appMeanings: readonly Meaning[] = [
  meaning(checkIn.policies, (line) => {
    for (const { id, name, intent, revision } of policiesOf(line.p['policies'] ?? '')) {
      const app = line.story.track('app', id);
      app.name = name;
      app.facts.intent = intent;
      app.facts.revision = revision;
    }
  }),
  meaning(subgraph.starts, (line) => {
    const [first] = (line.p['apps'] ?? '').split(/,\s*/);
    appOf(line, first);
  }),

  // GRS: whether an attempt may be made.
  meaning(subgraph.grsFound, (line) => {
    noteGrs(line, line.p['time']);
  }),
  meaning(subgraph.grsExpired, (line) => {
    noteGrs(line, line.p['time']);
    verdict(line, `GRS is over: the last attempt, ${line.p['time']} UTC, is more than 24 hours ago`);
  }),
  meaning(subgraph.grsNotExpired, (line) => {
    const at = noteGrs(line, line.p['time']);
    const until = at === undefined ? '' : `: no attempt before ${grsOver(at)} UTC`;
    verdict(line, `GRS holds since ${line.p['time']} UTC${until}`);
  }),
  meaning(subgraph.grsNone, (line) => {
    appOf(line);
    noteHash(line);
    verdict(line, 'no GRS value is stored: an attempt may be made');
  }),
  meaning(subgraph.grsOverruled, (line) => {
    line.say(
      appOf(line),
      'GRS holds, but somebody asked for the app in Company Portal: it is installed now',
      checkInRules.availableRequest,
    );
  }),
  meaning(subgraph.grsSaved, (line) => {
    const at = noteGrs(line, line.p['time']);
    if (at === undefined) return;
    line.say(
      appOf(line),
      `attempt noted as GRS value ${line.p['time']} UTC: the next one not before ${grsOver(at)} UTC`,
      enforcement.grsSaved,
    );
  }),
  meaning(subgraph.grsCleared, (line) => {
    const app = appOf(line);
    if (app) app.facts.grs = null;
    line.say(app, 'GRS value cleared: the next check-in tries again', enforcement.downloadFails, 'warning');
  }),
  meaning(action.inGrs, (line) => {
    line.say(
      appOf(line),
      'missing and wanted, but in GRS: not installed now',
      evaluation.grsBlocks,
      'warning',
    );
  }),

  // Re-evaluation: whether the app is looked at.
  meaning(subgraph.previousEvaluation, (line) => {
    const at = fromUtcText(line.p['time'] ?? '');
    if (at !== undefined && line.p['hash'] !== undefined) line.story.noteEvaluation(line.p['hash'], at);
  }),
  meaning(subgraph.notDue, (line) => {
    noteHash(line);
    line.say(
      line.work.app,
      'not looked at: 8 hours since the last evaluation have not passed',
      evaluation.reevaluationInterval,
    );
  }),
  meaning(
    '[Win32App][V3Processor] Reevaluation interval is not expired for subgraph {rest}. Skipping processing',
    (line) => {
      line.say(
        line.work.app,
        'not looked at: 8 hours since the last evaluation have not passed',
        evaluation.reevaluationInterval,
      );
    },
  ),
  meaning(subgraph.due, (line) => {
    noteHash(line);
    line.say(line.work.app, looks(line, 'looked at: 8 hours have passed'), evaluation.reevaluationInterval);
  }),
  meaning(subgraph.neverEvaluated, (line) => {
    noteHash(line);
    line.say(line.work.app, looks(line, 'looked at for the first time'), evaluation.newSubgraph);
  }),
  meaning(subgraph.intervalIgnored, (line) => {
    noteHash(line);
    line.say(line.work.app, looks(line, 'looked at before its time'), evaluation.reevaluationIgnored);
  }),
  meaning(subgraph.evaluationSet, (line) => {
    const at = fromUtcText(line.p['time'] ?? '');
    if (at === undefined) return;
    line.story.clock(line.local, at);
    const { hash } = line.p;
    if (hash === undefined) return;
    line.story.noteEvaluation(hash, at);
    if (line.work.app) line.work.app.facts.hash = hash;
  }),
  meaning(subgraph.needsUser, (line) => {
    line.say(
      line.work.app,
      'not looked at: it installs for a user, and nobody is signed in',
      evaluation.userlessApp,
    );
  }),
  meaning(
    '[Win32App][V3Processor] All apps in the subgraph are not applicable due to assignment filters. Skipping processing.',
    (line) => {
      line.say(line.work.app, 'not looked at: an assignment filter leaves this device out', filteredOut);
    },
  ),

  // Detection.
  meaning(
    detection.fileFound,
    looked(({ path }) => `${path} exists`),
  ),
  meaning(
    detection.fileMissing,
    looked(({ path }) => `${path} does not exist`),
  ),
  meaning(
    detection.fileVersion,
    looked(({ actual, compare }) => `version ${actual} compared with ${compare}`),
  ),
  meaning(
    detection.registryChecked,
    looked(({ path, name, value }) => `registry ${path}, ${name}: ${value}`),
  ),
  meaning(
    detection.registryExists,
    looked(({ path, name }) => `registry ${path}${name ? `, ${name}` : ''}`),
  ),
  meaning(
    detection.msiMissing,
    looked(({ code }) => `product ${code} is not installed`),
  ),
  meaning(
    detection.msiFound,
    looked(({ code }) => `product ${code} is installed`),
  ),
  meaning(
    detection.scriptChecked,
    looked(({ exitCode }) => `the script ended with ${exitCode}`),
  ),
  meaning(subgraph.detectionResult, (line) => {
    const app = appOf(line);
    if (!app) return;
    const detected = line.p['state'] === 'Detected';
    app.facts.detected = detected;
    const { looked: at } = app.facts;
    delete app.facts.looked;
    line.say(
      app,
      `${detected ? 'detected' : 'not detected'}${at === undefined ? '' : `: ${at}`}`,
      evaluation.detectionRuns,
    );
  }),
  meaning(subgraph.detectionFailed, (line) => {
    line.say(
      appOf(line),
      'detection failed: the agent cannot evaluate the rule (0x87D30004)',
      evaluation.detectionError,
      'error',
    );
  }),

  // Applicability.
  meaning(subgraph.applicabilityResult, (line) => {
    const app = appOf(line);
    const state = line.p['state'] ?? '';
    if (app) noteApplicability(app, state);
    line.say(
      app,
      state === 'Applicable'
        ? 'requirements are met'
        : `not applicable: ${app?.facts.applicability ?? state}`,
      evaluation.applicabilityRuns,
      state === 'Applicable' ? 'information' : 'warning',
    );
  }),
  meaning(subgraph.applicabilityDelta, (line) => {
    const app = appOf(line);
    const next = deltaOf(line.p['delta'] ?? '')['ApplicabilityState']?.new;
    if (!app || typeof next !== 'string') return;
    noteApplicability(app, next);
    if (next !== 'Applicable')
      line.say(app, `what is not met: ${next}`, evaluation.applicabilityRuns, 'warning');
  }),

  // Content.
  meaning(install.downloadInvoked, (line) => {
    line.say(appOf(line), `content of revision ${line.p['revision']} is fetched`, enforcement.contentInfo);
  }),
  meaning(install.cacheFound, (line) => {
    line.say(appOf(line), 'content lies in the cache: no download', enforcement.contentReused);
  }),
  meaning(install.cacheMiss, (line) => {
    const app = appOf(line);
    if (app && line.p['name']) app.name ??= line.p['name'];
    line.say(app, 'download begins', enforcement.contentDownload);
  }),
  meaning(install.hashPass, (line) => {
    line.say(line.work.app, 'the package has the right hash', enforcement.contentVerified);
  }),
  meaning(install.decryptionFailed, (line) => {
    line.say(appOf(line), 'the package cannot be decrypted', enforcement.contentVerified, 'error');
  }),
  meaning(install.unzipping, (line) => {
    line.say(line.work.app, `unpacked to ${line.p['folder']}`, enforcement.contentUnpacked);
  }),
  meaning(install.downloadCompleted, (line) => {
    const status = line.p['status'] ?? '';
    if (status !== 'Success')
      line.say(line.work.app, `the download ended with ${status}`, enforcement.downloadFails, 'error');
  }),
  meaning('[Win32App DO] DO download is not finished after {seconds} seconds, timeout', (line) => {
    line.say(
      line.work.app,
      `the download took longer than ${line.p['seconds']} seconds`,
      enforcement.downloadFails,
      'error',
    );
  }),
  meaning(
    '[Win32App DO] DO downloading is not finished within timeout, jobId = {job}, fileId = {file}',
    (line) => {
      line.say(line.work.app, 'the download was not finished in time', enforcement.downloadFails, 'error');
    },
  ),

  // Execution.
  meaning(install.executionInvoked, (line) => {
    const app = appOf(line);
    if (app) app.facts.attempts = 0;
    line.say(
      app,
      `${line.p['type'] === 'Uninstall' ? 'uninstall' : 'install'} begins`,
      enforcement.installContext,
    );
  }),
  meaning(install.executeRetry, (line) => {
    const { app } = line.work;
    const attempt = Number(line.p['attempt']) + 1;
    if (app) app.facts.attempts = attempt;
    if (attempt > 1) line.say(app, `try ${attempt}`, enforcement.immediateRetry);
  }),
  meaning(install.installBehavior, (line) => {
    line.work.commandFollows = true;
  }),
  meaning(install.notCreated, (line) => {
    const code = Number(line.p['error']);
    line.say(
      line.work.app,
      `the install command could not be started: ${exitCodeMeaning(code) ?? `error ${code}`}`,
      enforcement.installProcess,
      'error',
    );
  }),
  meaning(install.timedOut, (line) => {
    line.say(
      line.work.app,
      'the installer ran longer than its app allows',
      enforcement.installTimeout,
      'error',
    );
  }),
  meaning(install.exitCode, (line) => {
    exitRead(line);
  }),
  meaning('lpExitCode {exitCode}', (line) => {
    exitRead(line);
  }),
  meaning(install.definedAs, (line) => {
    exitIs(line);
  }),
  meaning('lpExitCode is defined as {type}', (line) => {
    exitIs(line);
  }),
  meaning(install.notMapped, (line) => {
    const code = Number(line.p['exitCode']);
    line.say(
      appOf(line),
      `${exitText(code)}, which the app does not list: failed`,
      enforcement.failedExitCode,
      'error',
    );
  }),
  meaning(
    '[Win32App][ExecutionActionHandler] Handler completed with action status: {status}.',
    () => undefined,
  ),
  meaning(install.executionDelta, (line) => {
    stateChanged(line, enforcement.enforcementState);
  }),
  meaning(install.downloadDelta, (line) => {
    stateChanged(line, enforcement.downloadState);
  }),
  meaning(action.state, (line) => {
    const app = appOf(line);
    if (!app) return;
    noteApplicability(app, line.p['applicability'] ?? '');
    delete app.facts.waits;
    const waits = waitsFor(line);
    if (waits === null) return;
    app.facts.waits = waits;
    line.say(app, waits, evaluation.scheduled);
  }),
  meaning(action.unexpected, (line) => {
    line.say(
      appOf(line),
      `found ${line.p['found']} before the install: nothing is done`,
      enforcement.detectionBeforeInstall,
    );
  }),
];

/**
 * The start time or deadline that keeps an app from what its assignment wants; null where none does. The line has both
 * as the device's culture writes them: what is not written as en-US does is not judged.
 */
function waitsFor({ p, local }: Reading): string | null {
  const uninstall = p['intent'] === 'RequiredUninstall';
  if (!uninstall && p['intent'] !== 'RequiredInstall') return null;
  if (p['detection'] !== (uninstall ? 'Detected' : 'NotDetected') || p['applicability'] !== 'Applicable')
    return null;
  const comes = (text: string): boolean => (fromEnglishText(text) ?? 0) > local;
  const { start = '', deadline = '' } = p;
  if (comes(start)) return `its start time, ${start} on the device's clock, has not come: only reported`;
  if (!comes(deadline)) return null;
  const meanwhile = uninstall ? 'not removed before it' : 'the content is fetched, not installed before it';
  return `its deadline, ${deadline} on the device's clock, has not come: ${meanwhile}`;
}

function exitRead(line: Reading): void {
  const code = Number(line.p['exitCode']);
  line.work.exitCode = code;
  if (line.work.app) line.work.app.facts.exitCode = code;
}

function exitIs(line: Reading): void {
  const type = line.p['type'] ?? '';
  const code = line.work.exitCode;
  line.say(
    line.work.app,
    code === undefined ? `the exit code means ${type}` : `${exitText(code)}, which the app lists as ${type}`,
    type === 'Retry' ? enforcement.immediateRetry : enforcement.mappedExitCode,
    type === 'Failed' ? 'error' : type === 'Retry' ? 'warning' : 'information',
  );
}
