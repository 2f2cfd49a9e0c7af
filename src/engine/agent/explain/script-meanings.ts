import type { Instant } from '../../../base/time.ts';
import { plus, seconds } from '../../../base/time.ts';
import * as executor from '../rules/executor-rules.ts';
import * as remediations from '../rules/health-script-rules.ts';
import * as scripts from '../rules/script-rules.ts';
import { fromUtcText } from '../utc-text.ts';
import { exitCodeMeaning } from './error-meaning.ts';
import { scriptNamesOf } from './payloads.ts';
import type { Meaning, Reading } from './reading.ts';
import { meaning } from './reading.ts';
import type { Track } from './story.ts';

function scriptOf(line: Reading, kind: 'script' | 'remediation' = 'script'): Track | undefined {
  const id = line.p['policy'];
  if (id === undefined) return line.work.script;
  const script = line.story.known('remediation', id) ?? line.story.track(kind, id);
  line.work.script = script;
  return script;
}

/** A script that AgentExecutor runs, by the path of its file: `…\{user}_{policy}.ps1`, `…\{policy}_{rev}\detect.ps1`. */
function scriptAt(line: Reading, path: string): Track | undefined {
  const id = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  const platform = new RegExp(`\\\\Scripts\\\\${id}_(${id})\\.ps1`, 'i').exec(path)?.[1];
  const remediation = new RegExp(`\\\\HealthScripts\\\\(${id})_\\d+\\\\`, 'i').exec(path)?.[1];
  const app = new RegExp(`\\\\DetectionScripts\\\\(${id})_\\d+\\.ps1`, 'i').exec(path)?.[1];
  const { story } = line;
  return platform !== undefined
    ? story.track('script', platform)
    : remediation !== undefined
      ? story.track('remediation', remediation)
      : app !== undefined
        ? story.track('app', app)
        : undefined;
}

const exited = (code: string | undefined): string => {
  const number = Number(code);
  const means = number === 0 || number === 1 ? null : exitCodeMeaning(number);
  return `${code}${means === null ? '' : ` (${means})`}`;
};

const firstLine = (text: string | undefined): string => {
  const [line = ''] = (text ?? '').trim().split('\n');
  return line.length > 200 ? `${line.slice(0, 200)} …` : line;
};

/** Platform scripts: what the main log says. */
const platform: readonly Meaning[] = [
  meaning('[PowerShell] response payload is {payload}', (line) => {
    for (const { id, name } of scriptNamesOf(line.p['payload'] ?? ''))
      line.story.track('script', id).name = name;
  }),
  meaning('[PowerShell] Get {n} policies for user {user} in session {session}', (line) => {
    line.say(
      line.story.track('check-in'),
      `${line.p['n']} scripts in the answer of the service`,
      scripts.scriptRequest,
    );
  }),
  meaning('[PowerShell] Policy {policy} for user {user} has download count = {n}', (line) => {
    line.say(scriptOf(line), `tried ${line.p['n']} times so far; three tries in all`, scripts.scriptRuns);
  }),
  meaning('[PowerShell] Processing policy with id = {policy} for user {user}', (line) => {
    line.say(scriptOf(line), 'the script is run', scripts.scriptPrepared);
  }),
  meaning('[PowerShell] The policy needs be run as {who}', (line) => {
    line.say(
      line.work.script,
      `it runs as ${line.p['who'] === 'User' ? 'the signed-in user' : 'SYSTEM'}`,
      scripts.scriptLaunch,
    );
  }),
  meaning('PowerShell: Enforce signature check = {check}', (line) => {
    if (line.p['check'] === 'True')
      line.say(line.work.script, 'its signature is enforced', scripts.scriptSignature);
  }),
  meaning('[PowerShell] User Id = {user}, Policy id = {policy}, policy result = {result}', (line) => {
    const failed = line.p['result'] !== 'Success';
    line.say(
      scriptOf(line),
      `result: ${line.p['result']}`,
      scripts.scriptOutcome,
      failed ? 'error' : 'information',
    );
  }),
  meaning('[PowerShell] Fail, the details are {details}', (line) => {
    line.say(line.work.script, `failed: ${firstLine(line.p['details'])}`, scripts.scriptOutcome, 'error');
  }),
  meaning('[PowerShell] Script Default Timer is set to {hours} hour', (line) => {
    line.say(
      line.story.track('service'),
      `scripts are asked for every ${line.p['hours']} hours`,
      scripts.scriptTimer,
    );
  }),
  meaning('[PowerShell] PS Script found, Timer is changed to {hours} hour', (line) => {
    line.say(
      line.story.track('service'),
      `a script was found: asked for every ${line.p['hours']} hours from now on`,
      scripts.scriptTimer,
    );
  }),
];

/** Scripts that may run at the same time; a hostile log may begin as many as it likes. */
const mostRuns = 32;

/**
 * A run has ended: of those that still run the newest that had begun by then. What the lines that follow say is said of
 * its script.
 */
function runEnds({ work }: Reading, begunBy: Instant): void {
  const { runs = [] } = work;
  const slack = seconds(1);
  const ended = [...runs].reverse().find(({ at }) => at <= plus(begunBy, slack));
  if (!ended) return;
  work.script = ended.script;
  work.runs = runs.filter((run) => run !== ended);
}

/** AgentExecutor.log: the run itself. */
const runs: readonly Meaning[] = [
  meaning('cmd line for running powershell is {arguments}', (line) => {
    const { arguments: given = '' } = line.p;
    const script = scriptAt(line, given);
    if (!script) return;
    line.work.script = script;
    line.work.runs = [...(line.work.runs ?? []), { script, at: line.local }].slice(-mostRuns);
    const policy = /-executionPolicy (\w+)/i.exec(given)?.[1];
    line.say(
      script,
      `AgentExecutor starts PowerShell${policy === undefined ? '' : `, execution policy ${policy}`}`,
      executor.executionPolicy,
    );
  }),
  meaning('Powershell exit code is {exitCode}', (line) => {
    runEnds(line, line.local);
    line.say(
      line.work.script,
      `PowerShell ended with ${exited(line.p['exitCode'])}`,
      executor.executorResult,
    );
  }),
  meaning('error from script ={text}', (line) => {
    const words = firstLine(line.p['text']);
    if (words !== '')
      line.say(line.work.script, `error output: ${words}`, executor.executorResult, 'warning');
  }),
  meaning('Powershell script is failed to execute', (line) => {
    // For a detection script an exit code other than 0 is an answer, not a failure.
    if (line.work.script?.kind === 'script')
      line.say(line.work.script, 'the script failed', executor.executorResult, 'error');
  }),
  meaning('Error:Powershell script execution timed out. timeout = {seconds} seconds', (line) => {
    runEnds(line, plus(line.local, seconds(-Number(line.p['seconds']))));
    line.say(
      line.work.script,
      `the script ran longer than ${line.p['seconds']} seconds`,
      executor.executorTimeout,
      'error',
    );
  }),
];

const remediation = (words: string, say: (line: Reading, script: Track) => void): Meaning =>
  meaning(words, (line) => {
    const script = scriptOf(line, 'remediation');
    if (script) say(line, script);
  });

const compliant = (line: Reading): boolean => /^true$/i.test(line.p['result'] ?? '');

/** HealthScripts.log: remediations and custom compliance. */
const health: readonly Meaning[] = [
  remediation('[HS] ProcessScript PolicyId: {policy} PolicyType: {type}', (line, script) => {
    line.say(
      script,
      line.p['type'] === '8' ? 'the compliance script is due' : 'the remediation is due',
      remediations.schedules,
    );
  }),
  remediation('[HS] Processing policy with id = {policy}', () => undefined),
  remediation('[HS] exit code of the script is {exitCode}', (line, script) => {
    line.say(script, `the detection script ended with ${exited(line.p['exitCode'])}`, remediations.verdict);
  }),
  remediation(
    '[HS] the pre-remdiation detection script compliance result for {policy} is {result}',
    (line, script) => {
      line.say(
        script,
        compliant(line) ? 'detection: nothing to remedy' : 'detection: to be remedied',
        remediations.verdict,
        compliant(line) ? 'information' : 'warning',
      );
    },
  ),
  remediation('[HS] remediation script exit code is {exitCode}', (line, script) => {
    line.say(
      script,
      `the remediation script ended with ${exited(line.p['exitCode'])}`,
      remediations.remediationEnds,
    );
  }),
  remediation('[HS] the post detection script result for {policy} is {result}', afterRemediation),
  remediation(
    '[HS] the post-remdiation detection script compliance result for {policy} is {result}',
    afterRemediation,
  ),
  remediation('[HS] err output = {text}', (line, script) => {
    const words = firstLine(line.p['text']);
    if (words !== '') line.say(script, `error output: ${words}`, remediations.healthOutput, 'warning');
  }),
  remediation('[HS] std output = {text}', (line, script) => {
    const words = firstLine(line.p['text']);
    if (words !== '') line.say(script, `output: ${words}`, remediations.healthOutput);
  }),
  remediation(
    '[HS] Runner: script {policy}, run State = RunLater, next Run Time = {time}',
    (line, script) => {
      const at = fromUtcText(line.p['time'] ?? '');
      if (at !== undefined) script.facts.nextRun = at;
    },
  ),
  remediation(
    '[HS] inspect daily schedule for policy {policy}, UTC = {utc}, Interval = {interval}, Time = {time}',
    (line, script) => {
      line.say(
        script,
        `scheduled every ${line.p['interval']} days at ${line.p['time']}`,
        remediations.schedules,
      );
    },
  ),
  remediation(
    '[HS] inspect hourly schedule for policy {policy}: UTC = {utc}, Interval = {interval}, Time = {time}',
    (line, script) => {
      line.say(script, `scheduled every ${line.p['interval']} hours`, remediations.schedules);
    },
  ),
];

function afterRemediation(line: Reading, script: Track): void {
  line.say(
    script,
    compliant(line) ? 'detection afterwards: remedied' : 'detection afterwards: still to be remedied',
    remediations.remediationEnds,
    compliant(line) ? 'information' : 'error',
  );
}

/** Scripts, remediations and custom compliance. */
export const scriptMeanings: readonly Meaning[] = [...platform, ...runs, ...health];
