import type { ConsoleId, DeviceId, EventId, ProcessId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import { fail, ok } from '../../base/result.ts';
import type { DeviceChange, QueueData } from '../device/change.ts';
import { descriptionOf } from '../device/filesystem/file-node.ts';
import { systemPrograms } from '../device/image/programs.ts';
import { agentPrograms } from '../console/programs/agent-programs.ts';
import { agentServiceProgram } from '../console/programs/agent-service-program.ts';
import { programs } from '../console/programs/index.ts';
import type { Program } from '../console/program.ts';
import type { HostResult, Identity, OutputPort, ProcessStart } from '../powershell/host.ts';
import { utf8Decode } from '../../base/bytes.ts';
import { createHost } from './host/index.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import { resolvePath } from './host/file-path.ts';
import { agentExecutor } from './agent-executor.ts';
import { environmentOf, identityOf } from './identity.ts';
import { occurred } from './effects.ts';
import { restartEntry } from './restart-entry.ts';
import { deviceRestart, processEnd } from './rules.ts';
import { reachHost } from './network.ts';
import type { ProgramRun, WhenEnded } from './program-runs.ts';
import type { Running } from './running.ts';
import { consoleKey } from './running.ts';
import { askService } from './services.ts';
import { documentProgram, isWindowProgram } from './window-programs.ts';
import type { Why } from './world-draft.ts';
import { written } from './written.ts';

export type StartOf = Extract<DeviceChange, { kind: 'process.start' }>;

const nowhere: OutputPort = { console: undefined, width: 0, colour: false, write: () => undefined };

/** What a name or path starts: the program, its image, and what stands before the arguments. */
interface Image {
  readonly program: Program;
  readonly file: string;
  readonly before: string;
  /** What stands after them. */
  readonly after?: string;
}

type Target =
  | Image
  | { readonly kind: 'uri'; readonly uri: string }
  /** A window on the desktop, with what stands before the arguments. */
  | { readonly kind: 'window'; readonly file: string; readonly before: string };

/** A process that a stage of the agent started; its change is written already. */
export function startForAgent(running: Running, device: DeviceId, change: StartOf, by: EventId): void {
  const reader = running.world.device(device);
  const user = reader.users.find((one) => one.sessionId === change.sessionId);
  const account = change.account === 'system' ? 'system' : 'user';
  const asked = identityOf(reader, account, change.bitness, change.id, user);
  const whenEnded = { entry: change.then, data: change.thenData, group: null };
  const found = resolve(running, device, change.file, change.workingDirectory, asked);
  if (!found.ok || 'kind' in found.value) {
    // CreateProcess fails: the agent sees Win32 error 2 where an exit code would be.
    endProcess(running, device, change.id, -2147024894, change.file, by, whenEnded, {
      stdout: '',
      stderr: '',
    });
    return;
  }
  const identity = identityOf(reader, account, bitsOf(found.value.file), change.id, user);
  launch(running, {
    device,
    id: change.id,
    image: found.value,
    arguments: change.arguments,
    workingDirectory: change.workingDirectory,
    identity,
    output: nowhere,
    capture: { stdout: true, stderr: true },
    parent: undefined,
    console: undefined,
    by,
    whenEnded,
    stdin: undefined,
    hidden: true,
  });
}

/**
 * What a program becomes with its arguments: the registry editor is a window unless a file is given; Explorer and the
 * agent's own program hand over a URI of a protocol that is registered.
 */
function withArguments(read: DeviceReader, target: Target, args: string): Target {
  if ('kind' in target && target.kind === 'uri') return target;
  const { file } = target;
  const image = file.slice(file.lastIndexOf('\\') + 1).toLowerCase();
  if (image === 'regedit.exe' && args.trim() === '') return { kind: 'window', file, before: '' };
  const uri = /^\s*"?([a-z][a-z0-9+.-]+):\/\/([^\s"]*)"?\s*$/i.exec(args);
  return uri !== null &&
    uriOpeners.has(image) &&
    read.value('HKLM', `SOFTWARE\\Classes\\${uri[1]}`, 'URL Protocol') !== undefined
    ? { kind: 'uri', uri: `${uri[1]}://${uri[2]}` }
    : target;
}

const uriOpeners: ReadonlySet<string> = new Set(['explorer.exe', agentServiceProgram.name]);

/** A program that a script or another program starts. */
export function startForProgram(
  running: Running,
  parent: ProgramRun,
  request: ProcessStart,
): HostResult<{ readonly id: ProcessId }> {
  const { device } = parent.start;
  const reader = running.world.device(device);
  const { identity: own, hidden } = parent.start;
  const seen = request.noRedirection === true ? { ...own, process64Bit: true } : own;
  const found = resolve(running, device, request.file, request.workingDirectory, seen);
  if (!found.ok) return found;
  const target = withArguments(reader, found.value, request.arguments);
  const id = reader.newProcessId();
  const why: Why = { cause: parent.start.startedBy, rule: null };
  if ('kind' in target && target.kind === 'window') {
    const line = `${target.before} ${request.arguments}`.trim();
    running.world.write(
      device,
      startChange(id, target.file, { ...request, arguments: line }, parent.start.identity, parent.start.id),
      why,
    );
    return ok({ id });
  }
  if ('kind' in target) {
    const started = startChange(id, request.file, request, parent.start.identity, parent.start.id);
    const by = running.world.write(device, started, why) ?? parent.start.startedBy;
    occurred(running, device, { kind: 'protocol', uri: target.uri }, by);
    running.world.write(device, { kind: 'process.end', id, exitCode: 0 }, { cause: by, rule: processEnd.id });
    parent.children.set(id, parent.exit(0));
    return ok({ id });
  }
  if (
    request.account !== undefined &&
    !(own.isSystem && reader.users.some((user) => user.sessionId !== null))
  )
    return fail({ code: 'access-denied', message: 'Access is denied', path: request.file });
  const identity: Identity =
    request.account === undefined
      ? {
          ...own,
          processId: id,
          elevated: request.verb === 'runas' || own.elevated,
          process64Bit: bitsOf(target.file) === 64,
        }
      : identityOf(reader, 'user', bitsOf(target.file), id);
  const by =
    running.world.write(device, startChange(id, target.file, request, identity, parent.start.id), why) ??
    parent.start.startedBy;
  launch(running, {
    device,
    id,
    image: target,
    arguments: request.arguments,
    workingDirectory: request.workingDirectory,
    identity,
    output: request.newConsole === true ? nowhere : parent.output,
    environment:
      request.environment ??
      (request.account === undefined
        ? inherited(reader, parent.host.environment, own, identity)
        : environmentOf(reader, identity)),
    capture: request.capture,
    parent,
    console: request.newConsole === true ? undefined : parent.start.console,
    by,
    whenEnded: undefined,
    stdin: request.stdin,
    hidden: hidden || request.hidden === true,
  });
  return ok({ id });
}

/** 32-bit programs stand in SysWOW64 and Program Files (x86). */
const bitsOf = (image: string): 32 | 64 =>
  /^[a-z]:\\(windows\\syswow64|program files \(x86\))\\/i.test(image) ? 32 : 64;

/** The environment that a child gets; Windows sets what names the bitness anew where it differs. */
function inherited(
  reader: DeviceReader,
  given: ReadonlyMap<string, string>,
  parent: Identity,
  child: Identity,
): ReadonlyMap<string, string> {
  if (parent.process64Bit === child.process64Bit) return given;
  const own = environmentOf(reader, child);
  const names = new Set(bitnessVariables.map((name) => name.toLowerCase()));
  const kept = [...given].filter(([name]) => !names.has(name.toLowerCase()));
  return new Map([
    ...kept,
    ...bitnessVariables.flatMap((name) => {
      const value = own.get(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  ]);
}

const bitnessVariables = [
  'PROCESSOR_ARCHITECTURE',
  'PROCESSOR_ARCHITEW6432',
  'ProgramFiles',
  'CommonProgramFiles',
] as const;

export interface Launch {
  readonly device: DeviceId;
  readonly id: ProcessId;
  readonly image: Image;
  readonly arguments: string;
  readonly workingDirectory: string;
  readonly identity: Identity;
  readonly output: OutputPort;
  readonly capture: { readonly stdout: boolean; readonly stderr: boolean };
  readonly parent: ProgramRun | undefined;
  readonly console: ConsoleId | undefined;
  readonly by: EventId;
  readonly whenEnded: WhenEnded | undefined;
  readonly stdin: ProcessStart['stdin'];
  readonly hidden?: boolean;
  /** What it inherits; without it, what Windows gives its user. */
  readonly environment?: ReadonlyMap<string, string>;
}

export function launch(running: Running, what: Launch): ProgramRun {
  const { world } = running;
  const { device, image, identity } = what;
  const run = running.runs.start({
    ...what,
    program: image.program,
    file: image.file,
    arguments:
      image.before === ''
        ? what.arguments
        : `${`${image.before} ${what.arguments}`.trimEnd()}${image.after ?? ''}`,
    startedBy: what.by,
    hidden: what.hidden ?? false,
    log: (run, rule, message, parameters) =>
      world.log(
        device,
        { kind: 'log', message: message.id, parameters, thread: 1 },
        { cause: causeOf(running, run), rule: rule.id },
      ),
    host: (run) =>
      createHost({
        draft: () => world.device(device),
        identity,
        environment: what.environment ?? environmentOf(world.device(device), identity),
        now: () => world.device(device).now,
        spend: (cost) =>
          world.spend(device, (world.timeOf(device) + cost) as ReturnType<typeof world.timeOf>),
        emit: (change) => writeForProgram(running, run, change),
        startProcess: (request) => startForProgram(running, run, request),
        killProcess: (id) => killForProgram(running, device, id, run),
        reach: (host) => reachHost(running, device, host),
        askService: (name, wanted) => askService(running, device, name, wanted, run.start.startedBy),
        restart: (delay) => {
          world.enqueue(device, delay, restartEntry, null, {
            cause: causeOf(running, run),
            rule: deviceRestart.id,
          });
        },
        onRead: (what) => running.access?.reads.add(what),
        onWrite: (what) => running.access?.writes.add(what),
      }),
  });
  if (agentPrograms.has(image.program))
    occurred(
      running,
      device,
      {
        kind: 'program.started',
        program: image.program.name,
        process: what.id,
        elevated: identity.elevated || identity.isSystem,
      },
      what.by,
    );
  return run;
}

function writeForProgram(running: Running, run: ProgramRun, change: DeviceChange): HostResult<void> {
  if (change.kind === 'log') return ok(undefined);
  const why: Why = { cause: causeOf(running, run), rule: null };
  const { device } = run.start;
  const result = running.world.tryWrite(device, change, why);
  if (!result.ok) return result;
  if (running.world.happened(result.value)) written(running, device, change, result.value);
  return ok(undefined);
}

/** What a program does comes from what it was last asked: the line typed in its console, else its start. */
export function causeOf(running: Running, run: ProgramRun): EventId {
  if (run.start.console === undefined) return run.start.startedBy;
  const console = running.consoles.get(`${run.start.device}/${run.start.console}`);
  return console && console.process === run ? console.by : run.start.startedBy;
}

function killForProgram(
  running: Running,
  device: DeviceId,
  id: ProcessId,
  killer: ProgramRun,
): HostResult<void> {
  const process = running.world.device(device).process(id);
  if (!process)
    return fail({ code: 'not-found', message: `Cannot find a process with the process identifier ${id}.` });
  const run = running.runs.get(device, id);
  if (run && run !== killer) {
    run.kill();
    finishRun(running, run, 1);
    return ok(undefined);
  }
  running.world.write(
    device,
    { kind: 'process.end', id, exitCode: 1 },
    { cause: causeOf(running, killer), rule: null },
  );
  running.runs.closed(device, id);
  if (process.service !== null)
    askService(running, device, process.service, 'killed', causeOf(running, killer));
  return ok(undefined);
}

/** A program has ended by itself or was killed: its exit code goes to who waits for it. */
export function finishRun(running: Running, run: ProgramRun, exitCode: number): void {
  const { device, id, file, startedBy, whenEnded } = run.start;
  const exit = running.runs.ended(run, exitCode);
  endProcess(running, device, id, exitCode, file, startedBy, whenEnded, {
    stdout: utf8Decode(exit.stdout),
    stderr: utf8Decode(exit.stderr),
  });
  // A console closes with the shell it was opened for.
  if (run.start.console === undefined) return;
  const key = consoleKey(device, run.start.console);
  if (running.consoles.get(key)?.process === run) running.consoles.delete(key);
}

function endProcess(
  running: Running,
  device: DeviceId,
  id: ProcessId,
  exitCode: number,
  file: string,
  by: EventId,
  whenEnded: WhenEnded | undefined,
  output: { readonly stdout: string; readonly stderr: string },
): void {
  const { world } = running;
  world.write(device, { kind: 'process.end', id, exitCode }, { cause: by, rule: processEnd.id });
  const { id: ended, happens } = world.emit(
    device,
    { kind: 'process.exit', process: id, exitCode, file },
    { cause: by, rule: processEnd.id },
  );
  if (!happens || !whenEnded) return;
  const data = { ...(whenEnded.data as Record<string, QueueData>), exitCode, ...output };
  world.enqueue(
    device,
    duration(0),
    whenEnded.entry,
    data,
    { cause: ended, rule: processEnd.id },
    whenEnded.group,
  );
}

/** The change that a start of a program is. `parent` null: the system started it. */
export function startChange(
  id: ProcessId,
  file: string,
  request: Pick<ProcessStart, 'arguments' | 'workingDirectory'>,
  identity: Identity,
  parent: ProcessId | null,
): StartOf {
  return {
    kind: 'process.start',
    id,
    file,
    arguments: request.arguments,
    workingDirectory: request.workingDirectory,
    account: identity.isSystem ? 'system' : 'user',
    sessionId: identity.sessionId,
    bitness: identity.process64Bit ? 64 : 32,
    ...(parent === null ? {} : { parent }),
    then: '',
    thenData: null,
  };
}

/** Finds what a name, path or URI starts, as ShellExecute and CreateProcess do between them. */
export function resolve(
  running: Running,
  device: DeviceId,
  file: string,
  workingDirectory: string,
  identity: Identity,
): HostResult<Target> {
  const reader = running.world.device(device);
  const name = file.replace(/^"(.*)"$/, '$1');
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(name)?.[1];
  if (scheme !== undefined && scheme.length > 1) {
    const known = reader.value('HKLM', `SOFTWARE\\Classes\\${scheme}`, 'URL Protocol') !== undefined;
    if (known) return ok({ kind: 'uri', uri: name });
    return fail({
      code: 'not-found',
      message: `No application is associated with the specified file for this operation.`,
      path: name,
    });
  }
  const path = findFile(running, device, name, workingDirectory, identity);
  // A folder is handed to the desktop, which shows it.
  if (path === undefined && reader.file(name)?.value.kind === 'directory')
    return ok({ kind: 'uri', uri: name });
  if (path === undefined)
    return fail({ code: 'not-found', message: 'The system cannot find the file specified', path: name });
  const lower = path.toLowerCase();
  const image = lower.slice(lower.lastIndexOf('\\') + 1);
  const program = image === agentExecutor.name ? agentExecutor : programs.get(image);
  if (program) return ok({ program, file: path, before: '' });
  const through = (shell: string, at: string, before: string, after = ''): HostResult<Target> => {
    const found = programs.get(shell);
    return found
      ? ok({ program: found, file: at, before, after })
      : fail({ code: 'not-supported', message: `${shell} cannot run here`, path });
  };
  const system = `C:\\Windows\\${identity.process64Bit ? 'System32' : 'SysWOW64'}`;
  // Quotes around the whole, as CreateProcess gives them: cmd.exe takes off the outer ones.
  if (/\.(cmd|bat)$/.test(lower)) return through('cmd.exe', `${system}\\cmd.exe`, `/c ""${path}"`, '"');
  if (lower.endsWith('.msi')) return through('msiexec.exe', `${system}\\msiexec.exe`, `/i "${path}"`);
  if (isWindowProgram(image)) return ok({ kind: 'window', file: path, before: '' });
  const opener = documentProgram(path);
  if (opener !== undefined) return ok({ kind: 'window', file: opener, before: `"${path}"` });
  const copied = /\.(exe|com)$/.test(lower) ? copyOf(reader, path) : undefined;
  if (copied) return ok({ program: copied, file: path, before: '' });
  // Better an answer that no Windows gives than one that looks as if the program had done its work.
  if (simulatedNot.has(image))
    return fail({
      code: 'not-supported',
      message: `${image} is a program of Windows that this simulated device does not run.`,
      path,
    });
  return fail({
    code: 'not-supported',
    message: 'The specified executable is not a valid application for this OS platform.',
    path,
  });
}

/** Programs of a real Windows whose file is here, and nothing behind it. */
const simulatedNot = new Set(
  systemPrograms.map(([name]) => name.toLowerCase()).filter((name) => name.endsWith('.exe')),
);

const described = new Map(
  systemPrograms.flatMap(([name, , description]) => {
    const program = programs.get(name.toLowerCase());
    return program && description !== '' ? [[description, program] as const] : [];
  }),
);

/** The program whose image was copied under another name. */
function copyOf(reader: DeviceReader, path: string): Program | undefined {
  const version = reader.file(path)?.value.version;
  // Bytes of an image are made when they are asked for, and are many.
  if (version) return described.get(version.fileDescription);
  const bytes = reader.content(path);
  return described.get((bytes && descriptionOf(bytes)) ?? '');
}

function findFile(
  running: Running,
  device: DeviceId,
  name: string,
  workingDirectory: string,
  identity: Identity,
): string | undefined {
  const reader = running.world.device(device);
  const endings = /\.[a-z0-9]+$/i.test(name) ? [''] : ['.com', '.exe', '.bat', '.cmd', ''];
  const absolute = /^[a-z]:[\\/]/i.test(name);
  const folders = absolute
    ? ['']
    : [
        workingDirectory,
        ...(environmentOf(reader, identity).get('Path') ?? '').split(';').filter((folder) => folder !== ''),
      ];
  for (const folder of folders) {
    for (const ending of endings) {
      const path = absolute ? name + ending : `${folder.replace(/\\$/, '')}\\${name}${ending}`;
      const found = reader.file(resolvePath(path, identity.process64Bit).path);
      if (found?.value.kind === 'file') return found.value.path;
    }
  }
  // App Paths is where ShellExecute looks last.
  const registered = reader.value(
    'HKLM',
    `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\App Paths\\${/\.exe$/i.test(name) ? name : `${name}.exe`}`,
    '',
  );
  return registered?.value.kind === 'String' ? registered.value.data : undefined;
}
