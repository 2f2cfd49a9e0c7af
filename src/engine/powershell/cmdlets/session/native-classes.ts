import { fail } from '../../../../base/result.ts';
import type { DotNetMember, TypeContext } from '../../types/dotnet-type.ts';
import { staticMethod } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';

/** A class that is copied from script to script: how it is known, and what its public methods do on a device. */
interface KnownClass {
  /** Functions of Windows that it reaches for. */
  readonly imports: readonly string[];
  /** Its method, with the parameters as the original has them. */
  readonly method: RegExp;
  readonly members: readonly DotNetMember[];
}

const text = (value: Value | undefined): string => (isNull(value ?? null) ? '' : toText(value as Value));

/**
 * CreateProcessAsUser with the token of the session at the desk. Only SYSTEM has that token (SE_TCB_NAME):
 * https://learn.microsoft.com/windows/win32/api/wtsapi32/nf-wtsapi32-wtsqueryusertoken
 */
function startAsUser(args: readonly Value[], { host }: TypeContext): Value {
  const failed = (step: string): never => {
    throw dotNetError('System.Exception', `StartProcessAsCurrentUser: ${step}`);
  };
  if (!host.identity.isSystem) return failed('GetSessionUserToken failed.');
  const path = text(args[0]);
  const line = text(args[1]);
  // With an application name the command line is given as it is: its first word stands for the program.
  const started =
    path === '' && line === ''
      ? fail({ code: 'not-found', message: '' } as const)
      : host.processes.start({
          file: path === '' ? (line.split(' ')[0] as string) : path,
          arguments: (path === '' ? line.split(' ').slice(1).join(' ') : line).trim(),
          workingDirectory: text(args[2]) || 'C:\\Windows\\System32',
          capture: { stdout: false, stderr: false },
          newConsole: true,
          hidden: args[3] !== undefined && unwrap(args[3]) === false,
          account: 'session-user',
        });
  if (!started.ok) {
    const code = { 'not-found': 2, 'access-denied': 5 }[started.error.code as string] ?? 1008;
    return failed(`CreateProcessAsUser failed.  Error Code -${code}`);
  }
  return true;
}

const classes: readonly KnownClass[] = [
  {
    // https://github.com/murrayju/CreateProcessAsUser, the class that scripts running as SYSTEM use to show something.
    imports: ['CreateProcessAsUser', 'WTSQueryUserToken', 'DuplicateTokenEx', 'CreateEnvironmentBlock'],
    method:
      /public static (?:bool|int|uint)\s+StartProcessAsCurrentUser\s*\(\s*string appPath\s*,\s*string cmdLine = null\s*,\s*string workDir = null\s*,\s*bool visible = true\s*\)/,
    members: [
      staticMethod(
        ['bool StartProcessAsCurrentUser(string appPath)', (_s, a, c) => startAsUser(a, c)],
        ['bool StartProcessAsCurrentUser(string appPath, string cmdLine)', (_s, a, c) => startAsUser(a, c)],
        [
          'bool StartProcessAsCurrentUser(string appPath, string cmdLine, string workDir)',
          (_s, a, c) => startAsUser(a, c),
        ],
        [
          'bool StartProcessAsCurrentUser(string appPath, string cmdLine, string workDir, bool visible)',
          (_s, a, c) => startAsUser(a, c),
        ],
      ),
    ],
  },
];

/** The members of a class that is known as a whole; undefined for any other. */
export function knownClass(imports: readonly string[], body: string): readonly DotNetMember[] | undefined {
  return classes.find(
    (one) =>
      one.imports.every((name) => imports.includes(name)) && one.method.test(body.replace(/\s+/g, ' ')),
  )?.members;
}
