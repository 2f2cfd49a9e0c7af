import { utf8Decode, utf8Encode } from '../../base/bytes.ts';
import { plus, seconds } from '../../base/time.ts';
import * as msg from '../agent/messages/executor-messages.ts';
import type { Message } from '../agent/messages/message.ts';
import * as rules from '../agent/rules/executor-rules.ts';
import type { Rule } from '../agent/rules/rule.ts';
import type { LogParameter } from '../device/change.ts';
import type { Resume, Suspend } from '../powershell/host.ts';
import type { Call } from '../console/programs/simple.ts';
import { waitingProgram } from '../console/programs/simple.ts';

/** What one command line asks for. */
interface Order {
  readonly mode: 'powershell' | 'powershellDetection' | 'remediationScript';
  readonly script: string;
  readonly output: string;
  readonly error: string;
  readonly timeout: string;
  readonly seconds: number;
  readonly folder: string;
  readonly enforceSignature: boolean;
  /** Only of detection scripts and remediations. */
  readonly exitFile: string | undefined;
  readonly run64Bit: boolean;
  readonly parameters: string;
}

const modes = {
  powershell: msg.powershellOption,
  powershellDetection: msg.detectionOption,
  remediationScript: msg.remediationOption,
} as const;

/** Exit code of a process that was killed because it ran out of time. */
const killedExit = 2147483647;

/**
 * AgentExecutor.exe of the agent: `-powershell script out err timeout seconds psFolder enforce bitness`, and the same with
 * an exit code file for `-powershellDetection` and `-remediationScript`. Anybody may start it.
 */
export const agentExecutor = waitingProgram('agentexecutor.exe', function* (call) {
  const log = (rule: Rule, message: Message, ...parameters: readonly LogParameter[]): void =>
    call.context.log?.(rule, message, parameters);
  log(rules.executorStarts, msg.invoked);
  const option = call.args[0]?.replace(/^-/, '').toLowerCase() ?? '';
  const mode = (Object.keys(modes) as Order['mode'][]).find((one) => one.toLowerCase() === option);
  if (mode === undefined) return 0;
  const order = orderOf(mode, call.args.slice(1));
  log(rules.executorArguments, msg.parser);
  log(rules.executorArguments, msg.getParameters);
  log(rules.executorArguments, msg.parseParameters);
  log(rules.executorStarts, msg.argument, mode, order.script);
  log(rules.executorStarts, modes[mode]);
  for (const path of [order.script, order.output, order.error, order.timeout, order.exitFile])
    if (path !== undefined) log(rules.executorArguments, msg.path, path);
  if (order.script === '' || order.output === '' || order.error === '') {
    log(rules.executorArguments, msg.missingParameter);
    return 1;
  }
  return yield* runScript(call, order, log);
});

function orderOf(mode: Order['mode'], args: readonly string[]): Order {
  const [script = '', output = '', error = '', timeout = '', time = '', folder = '', enforce] = args;
  const head = {
    mode,
    script,
    output,
    error,
    timeout,
    // The default is from the program's code.
    seconds: /^\d+$/.test(time) ? Number(time) : 60_000,
    folder,
    enforceSignature: enforce === undefined || enforce === '1',
  };
  if (mode === 'powershell')
    return { ...head, exitFile: undefined, run64Bit: args[7] === '1', parameters: args.slice(8).join(' ') };
  return {
    ...head,
    exitFile: args[7] ?? '',
    // A text that is no truth value counts as true: 32-bit.
    run64Bit: args[8]?.toLowerCase() === 'false',
    parameters: args.slice(9).join(' '),
  };
}

type Log = (rule: Rule, message: Message, ...parameters: readonly LogParameter[]) => void;

function* runScript(call: Call, order: Order, log: Log): Generator<Suspend, number, Resume> {
  const { host } = call;
  const policy = order.enforceSignature ? 'allsigned' : 'bypass';
  log(rules.executorStarts, msg.prepare);
  log(
    rules.executionPolicy,
    msg.commandLine,
    policy,
    order.script,
    order.mode === 'remediationScript'
      ? '<ScriptParams not logged for remediation scripts>'
      : order.parameters,
  );
  if (order.run64Bit) log(rules.bitness, msg.redirectionOff);
  const shell = `${order.folder}\\powershell.exe`;
  log(rules.bitness, msg.powershellPath, shell);
  const started = host.processes.start({
    file: shell,
    arguments: `-NoProfile -executionPolicy ${policy} -file  "${order.script}" ${order.parameters}`,
    workingDirectory: call.context.workingDirectory,
    capture: { stdout: true, stderr: true },
    hidden: true,
    noRedirection: order.run64Bit,
  });
  if (!started.ok) {
    log(rules.executorStarts, msg.startError, started.error.message);
    return 1;
  }
  const { id } = started.value;
  log(rules.executorStarts, msg.created, id);
  const deadline = plus(host.clock.now(), seconds(order.seconds));
  const answer = yield { kind: 'process', id, deadline };
  const exit = answer.kind === 'process' ? answer.exit : undefined;
  if (exit === undefined) {
    host.processes.kill(id);
    log(rules.executorTimeout, msg.timedOut, order.seconds);
    host.files.write(order.timeout, utf8Encode('1'));
    return killedExit;
  }
  // Both streams are read by lines; each line and the end of the stream get a line break.
  const output = withLineEnd(utf8Decode(exit.stdout));
  const error = withLineEnd(utf8Decode(exit.stderr));
  log(rules.executorResult, msg.exitCode, exit.exitCode);
  log(rules.executorResult, msg.outLength, output.length);
  log(rules.executorResult, msg.errorLength, error.length);
  log(rules.executorResult, msg.errorText, error);
  log(rules.executorResult, exit.exitCode === 0 ? msg.succeeded : msg.failed);
  host.files.write(order.output, utf8Encode(output));
  host.files.write(order.error, utf8Encode(error));
  const silent = exit.exitCode !== 0 || error.trim() === '';
  const reported = order.mode === 'powershellDetection' && !silent ? -1 : exit.exitCode;
  if (order.exitFile) host.files.write(order.exitFile, utf8Encode(String(reported)));
  log(rules.executorResult, msg.written, output, error);
  if (order.run64Bit) log(rules.bitness, msg.redirectionOn);
  // The process of a remediation ends with the script's code before it comes to this line.
  if (order.mode !== 'remediationScript') log(rules.executorResult, msg.completed);
  return exit.exitCode;
}

const withLineEnd = (text: string): string => `${text.replace(/(\r?\n)+$/, '')}\r\n`;
