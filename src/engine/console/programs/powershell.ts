import { differences } from '../../powershell/dialects/index.ts';
import { utf8Decode } from '../../../base/bytes.ts';
import { processPolicyKey, scriptVerdict } from '../../powershell/cmdlets/device/execution-policy.ts';
import type { Resume, Suspend } from '../../powershell/host.ts';
import { scriptText } from '../../powershell/run/command-lookup.ts';
import { askAboutPublisher } from '../powershell/publisher-question.ts';
import type { ExecutionResult, Session } from '../../powershell/run/session.ts';
import { absolutePath } from '../device-path.ts';
import { deviceSession } from '../powershell/device-session.ts';
import { parseOptions } from '../powershell/options.ts';
import type { PowerShellOptions } from '../powershell/options.ts';
import { promptText } from '../powershell/prompt-text.ts';
import { profilePaths } from '../powershell/profile-paths.ts';
import { scriptArguments } from '../powershell/script-arguments.ts';
import type { Program, ProgramContext, ProgramRun } from '../program.ts';

type Dialect = 'desktop' | 'core';

const banner = (dialect: Dialect): string[] =>
  differences.programs.banner.desktopIn(dialect)
    ? [
        'Windows PowerShell',
        'Copyright (C) Microsoft Corporation. All rights reserved.',
        '',
        'Install the latest PowerShell for new features and improvements! https://aka.ms/PSWindows',
        '',
      ]
    : ['PowerShell 7.6.5'];

/** The error text of a script file the execution policy refuses, framed as powershell.exe frames it. */
function refusalText(message: string, newline: string, dialect: Dialect): string {
  const lines = differences.programs.banner.desktopIn(dialect)
    ? [
        message,
        '    + CategoryInfo          : SecurityError: (:) [], ParentContainsErrorRecordException',
        '    + FullyQualifiedErrorId : UnauthorizedAccess',
        '',
      ]
    : [message];
  return lines.join(newline) + newline;
}

class PowerShell {
  private readonly context: ProgramContext;
  private readonly dialect: Dialect;
  private readonly options: PowerShellOptions;
  private readonly session: Session;
  private readonly newline: string;

  constructor(context: ProgramContext, dialect: Dialect, options: PowerShellOptions) {
    this.context = context;
    this.dialect = dialect;
    this.options = options;
    this.newline = context.host.newline;
    this.session = deviceSession({
      host: context.host,
      output: context.output,
      dialect,
      location: options.workingDirectory
        ? absolutePath(options.workingDirectory, context.workingDirectory)
        : context.workingDirectory,
    });
    if (options.executionPolicy) this.session.state.set(processPolicyKey, options.executionPolicy);
    context.onInterrupt?.(() => this.session.stop());
    context.onSession?.(this.session);
  }

  *run(): ProgramRun {
    const { run, noExit, noLogo, noProfile } = this.options;
    const talks = run.kind === 'interactive' || noExit;
    if (talks && !noLogo) for (const line of banner(this.dialect)) this.line(line);
    if (!noProfile) {
      const ended = yield* this.profiles();
      if (ended !== undefined) return ended;
    }
    switch (run.kind) {
      case 'command': {
        const result = yield* this.session.execute(run.text);
        if (result.kind === 'exited' || !noExit) return commandExit(result);
        break;
      }
      case 'stdin':
        return yield* this.lines(utf8Decode(this.context.stdin ?? ('' as never)).split(/\r?\n/));
      case 'file': {
        const result = yield* this.file(run.path, run.args);
        if (typeof result === 'number') return result;
        if (result.kind === 'exited' || !noExit) return result.exitCode;
        break;
      }
      case 'interactive':
      case 'help':
      case 'version':
        break;
    }
    if (this.context.stdin !== undefined)
      return yield* this.lines(utf8Decode(this.context.stdin).split(/\r?\n/));
    return yield* this.prompt();
  }

  private line(text: string): void {
    this.context.output.write('out', text + this.newline);
  }

  private *profiles(): Generator<Suspend, number | undefined, Resume> {
    const { host } = this.context;
    for (const path of profilePaths(host, this.dialect)) {
      const content = host.files.read(path);
      if (!content.ok) continue;
      const text = scriptText(content.value, differences.files.scriptEncoding.desktopIn(this.dialect));
      const refused = yield* this.refusal(path, text);
      if (refused !== undefined) {
        this.context.output.write('error', refusalText(refused, this.newline, this.dialect));
        continue;
      }
      const result = yield* this.session.execute(text, { fileName: path });
      if (result.kind === 'exited') return result.exitCode;
    }
    return undefined;
  }

  /** Why a script file may not run; undefined where it may. Asks about a publisher that is not known yet. */
  private *refusal(path: string, text: string): Generator<Suspend, string | undefined, Resume> {
    const { host } = this.context;
    const { executionPolicy } = this.options;
    const verdict = scriptVerdict(
      path,
      text,
      host,
      this.dialect,
      executionPolicy === 'Undefined' ? undefined : executionPolicy,
    );
    if (verdict.kind === 'run') return undefined;
    if (verdict.kind === 'refused') return verdict.message;
    return yield* askAboutPublisher(path, verdict.signer, host, (line) => this.line(line));
  }

  private *file(
    given: string,
    args: readonly string[],
  ): Generator<Suspend, ExecutionResult | number, Resume> {
    const { host, output } = this.context;
    const path = absolutePath(given, this.session.location.fileSystemPath());
    const content = host.files.read(path);
    if (
      !/\.ps1$/i.test(path) &&
      differences.programs.fileWithoutEnding.desktopIn(this.dialect) &&
      content.ok
    ) {
      output.write(
        'error',
        `Processing -File '${given}' failed because the file does not have a '.ps1' extension. Specify a valid Windows PowerShell script file name, and then try again.${this.newline}`,
      );
      return -196608;
    }
    if (!content.ok) {
      if (differences.programs.fileWithoutEnding.desktopIn(this.dialect)) {
        output.write(
          'error',
          `The argument '${given}' to the -File parameter does not exist. Provide the path to an existing '.ps1' file as an argument to the -File parameter.${this.newline}`,
        );
        return -196608;
      }
      output.write(
        'error',
        `The argument '${given}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.${this.newline}`,
      );
      return 64;
    }
    const text = scriptText(content.value, differences.files.scriptEncoding.desktopIn(this.dialect));
    const refused = yield* this.refusal(path, text);
    if (refused !== undefined) {
      output.write('error', refusalText(refused, this.newline, this.dialect));
      return 1;
    }
    return yield* this.session.execute(text, {
      fileName: path,
      asScript: true,
      commandLine: scriptArguments(args, this.dialect),
    });
  }

  /** Commands from standard input, one line at a time. */
  private *lines(lines: readonly string[]): ProgramRun {
    let code = 0;
    for (const text of lines) {
      if (text.trim() === '') continue;
      const result = yield* this.session.execute(text);
      if (result.kind === 'exited') return result.exitCode;
      code = result.success ? 0 : 1;
    }
    return code;
  }

  /** The prompt loop of a PowerShell started inside a console; ends with `exit` or when nobody answers. */
  private *prompt(): ProgramRun {
    let code = 0;
    for (;;) {
      if (this.options.nonInteractive) return code;
      const answer = yield {
        kind: 'line',
        prompt: yield* promptText(this.session),
        secret: false,
        purpose: 'command',
      };
      if (answer.kind !== 'line' || answer.text === undefined) return code;
      if (answer.text.trim() === '') continue;
      this.session.history.push(answer.text);
      const result = yield* this.session.execute(answer.text);
      if (result.kind === 'exited') return result.exitCode;
      code = result.success ? 0 : 1;
    }
  }
}

/** `-Command`: the code of `exit`, else whether the last statement succeeded. */
function commandExit(result: ExecutionResult): number {
  if (result.kind === 'exited') return result.exitCode;
  return result.kind === 'completed' && result.success ? 0 : 1;
}

const help = (dialect: Dialect): string[] =>
  differences.programs.hostOptions.desktopIn(dialect)
    ? [
        '',
        'PowerShell[.exe] [-PSConsoleFile <file> | -Version <version>]',
        '    [-NoLogo] [-NoExit] [-Sta] [-Mta] [-NoProfile] [-NonInteractive]',
        '    [-InputFormat {Text | XML}] [-OutputFormat {Text | XML}]',
        '    [-WindowStyle <style>] [-EncodedCommand <Base64EncodedCommand>]',
        '    [-ConfigurationName <string>]',
        '    [-File <filePath> <args>] [-ExecutionPolicy <ExecutionPolicy>]',
        '    [-Command { - | <script-block> [-args <arg-array>]',
        '                  | <string> [<CommandParameters>] } ]',
        '',
        'PowerShell[.exe] -Help | -? | /?',
        '',
      ]
    : [
        '',
        'Usage: pwsh[.exe] [-Login] [[-File] <filePath> [args]]',
        '                  [-Command { - | <script-block> [-args <arg-array>]',
        '                                | <string> [<CommandParameters>] } ]',
        '                  [[-CommandWithArgs <string> [<CommandParameters>]]',
        '                  [-ConfigurationFile <filePath>] [-ConfigurationName <string>]',
        '                  [-CustomPipeName <string>] [-EncodedCommand <Base64EncodedCommand>]',
        '                  [-ExecutionPolicy <ExecutionPolicy>] [-InputFormat {Text | XML}]',
        '                  [-Interactive] [-MTA] [-NoExit] [-NoLogo] [-NonInteractive] [-NoProfile]',
        '                  [-NoProfileLoadTime] [-OutputFormat {Text | XML}] [-SettingsFile <filePath>]',
        '                  [-SSHServerMode] [-STA] [-Version] [-WindowStyle <style>]',
        '                  [-WorkingDirectory <directoryPath>]',
        '',
      ];

const program = (name: string, dialect: Dialect): Program => ({
  name,
  *run(context) {
    const parsed = parseOptions(context.arguments, dialect);
    const { newline } = context.host;
    if (!parsed.ok) {
      context.output.write('error', parsed.message + newline);
      return parsed.exitCode;
    }
    const { kind } = parsed.options.run;
    if (kind === 'help' || kind === 'version') {
      for (const line of kind === 'help' ? help(dialect) : ['PowerShell 7.6.5'])
        context.output.write('out', line + newline);
      return 0;
    }
    return yield* new PowerShell(context, dialect, parsed.options).run();
  },
});

/** Windows PowerShell 5.1. */
export const powershell: Program = program('powershell.exe', 'desktop');
/** PowerShell 7. */
export const pwsh: Program = program('pwsh.exe', 'core');
