import { differences } from '../../powershell/dialects/index.ts';
import { splitArguments } from '../command-line.ts';
import { parsePolicy } from '../../powershell/cmdlets/device/execution-policy.ts';
import type { ExecutionPolicy } from '../../powershell/cmdlets/device/execution-policy.ts';

/** What a command line of powershell.exe or pwsh.exe asks for. */
export interface PowerShellOptions {
  readonly run:
    | { readonly kind: 'interactive' }
    | { readonly kind: 'command'; readonly text: string }
    | { readonly kind: 'stdin' }
    | { readonly kind: 'file'; readonly path: string; readonly args: readonly string[] }
    | { readonly kind: 'help' }
    | { readonly kind: 'version' };
  readonly noExit: boolean;
  readonly noLogo: boolean;
  readonly noProfile: boolean;
  readonly nonInteractive: boolean;
  readonly executionPolicy: ExecutionPolicy | undefined;
  readonly workingDirectory: string | undefined;
}

export type OptionsResult =
  | { readonly ok: true; readonly options: PowerShellOptions }
  /** `message` goes to standard error. */
  | { readonly ok: false; readonly message: string; readonly exitCode: number };

type Dialect = 'desktop' | 'core';

/** Names with the shortest prefix each accepts. `value`: takes an argument. */
const names: readonly { name: string; least: string; value?: boolean; only?: Dialect; also?: string[] }[] = [
  { name: 'command', least: 'c' },
  { name: 'file', least: 'f' },
  { name: 'encodedcommand', least: 'e', also: ['ec'] },
  { name: 'executionpolicy', least: 'ex', value: true, also: ['ep'] },
  { name: 'noprofile', least: 'nop' },
  { name: 'nologo', least: 'nol' },
  { name: 'noexit', least: 'noe' },
  { name: 'noninteractive', least: 'noni' },
  { name: 'windowstyle', least: 'w', value: true },
  { name: 'inputformat', least: 'inp', value: true, also: ['if'] },
  { name: 'outputformat', least: 'o', value: true, also: ['of'] },
  { name: 'configurationname', least: 'config', value: true },
  { name: 'encodedarguments', least: 'encodeda', value: true, also: ['ea'] },
  { name: 'sta', least: 's' },
  { name: 'mta', least: 'mta' },
  { name: 'version', least: 'v', value: true, only: 'desktop' },
  { name: 'version', least: 'v', only: 'core' },
  { name: 'psconsolefile', least: 'pscf', value: true, only: 'desktop' },
  { name: 'workingdirectory', least: 'wo', value: true, only: 'core', also: ['wd'] },
  { name: 'commandwithargs', least: 'commandw', only: 'core', also: ['cwa'] },
  { name: 'settingsfile', least: 'settings', value: true, only: 'core' },
  { name: 'custompipename', least: 'cus', value: true, only: 'core' },
  { name: 'login', least: 'l', only: 'core' },
  { name: 'interactive', least: 'i', only: 'core' },
];

function optionNamed(given: string, dialect: Dialect): (typeof names)[number] | undefined {
  const lower = given.toLowerCase();
  const fits = names.filter((option) => option.only === undefined || option.only === dialect);
  return (
    fits.find((option) => option.name === lower || option.also?.includes(lower)) ??
    fits.find((option) => option.name.startsWith(lower) && lower.startsWith(option.least))
  );
}

/** UTF-16LE text of a base64 string; undefined where it is none. */
function decodeCommand(text: string): string | undefined {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const clean = text.trim();
  if (clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return undefined;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const char of clean.replace(/=+$/, '')) {
    bits = (bits << 6) | alphabet.indexOf(char);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 255);
      bits &= (1 << held) - 1;
    }
  }
  let result = '';
  for (let i = 0; i + 1 < bytes.length; i += 2)
    result += String.fromCharCode((bytes[i] as number) | ((bytes[i + 1] as number) << 8));
  return result;
}

/** The prefix of a `-File` argument that does not name a script. */
const badParameter = (dialect: Dialect): number =>
  differences.programs.exitOfBadOption.desktopIn(dialect) ? -196608 : 64;

export function parseOptions(commandLine: string, dialect: Dialect): OptionsResult {
  const args = splitArguments(commandLine);
  let run: PowerShellOptions['run'] = { kind: 'interactive' };
  let noExit = false;
  let noLogo = false;
  let noProfile = false;
  let nonInteractive = false;
  let executionPolicy: ExecutionPolicy | undefined;
  let workingDirectory: string | undefined;
  const refuse = (message: string): OptionsResult => ({
    ok: false,
    message,
    exitCode: badParameter(dialect),
  });
  const command = (rest: readonly string[]): PowerShellOptions['run'] =>
    rest.length === 1 && rest[0] === '-' ? { kind: 'stdin' } : { kind: 'command', text: rest.join(' ') };

  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!/^[-/–—―]./.test(arg)) {
      run = differences.programs.hostOptions.desktopIn(dialect)
        ? command(args.slice(i))
        : arg === '-'
          ? { kind: 'stdin' }
          : { kind: 'file', path: arg, args: args.slice(i + 1) };
      break;
    }
    const given = arg.replace(/^(--|[-/–—―])/, '');
    if (given === '?' || /^h(elp?)?$/i.test(given)) {
      run = { kind: 'help' };
      break;
    }
    const option = optionNamed(given, dialect);
    if (!option) {
      if (!differences.programs.hostOptions.desktopIn(dialect))
        return refuse(
          `The argument '${arg}' is not recognized as the name of a script file. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`,
        );
      // What starts with a dash and is no parameter begins the command.
      run = command(args.slice(i));
      break;
    }
    const needed = (): string | undefined => args[++i];
    if (option.name === 'command' || option.name === 'commandwithargs') {
      if (i + 1 >= args.length)
        return refuse(
          'Cannot process the command because of a missing parameter. A command must follow -Command.',
        );
      run = command(args.slice(i + 1));
      break;
    }
    if (option.name === 'file') {
      const path = needed();
      if (path === undefined)
        return refuse(
          'Cannot process the command because of a missing parameter. A file path must follow -File.',
        );
      run = path === '-' ? { kind: 'stdin' } : { kind: 'file', path, args: args.slice(i + 1) };
      break;
    }
    switch (option.name) {
      case 'encodedcommand': {
        const text = needed();
        const decoded = text === undefined ? undefined : decodeCommand(text);
        if (decoded === undefined)
          return refuse(
            'Cannot process the command because the value specified with -EncodedCommand is not properly encoded. The value must be Base64 encoded.',
          );
        run = { kind: 'command', text: decoded };
        break;
      }
      case 'executionpolicy': {
        const text = needed() ?? '';
        executionPolicy = /^default$/i.test(text) ? 'Restricted' : parsePolicy(text);
        if (executionPolicy === undefined)
          return refuse(
            `Cannot process the command because of an invalid execution policy: "${text}". Specify one of: Unrestricted, RemoteSigned, AllSigned, Restricted, Default, Bypass, Undefined.`,
          );
        break;
      }
      case 'noprofile':
        noProfile = true;
        break;
      case 'nologo':
        noLogo = true;
        break;
      case 'noexit':
        noExit = true;
        break;
      case 'noninteractive':
        nonInteractive = true;
        break;
      case 'workingdirectory':
        workingDirectory = needed();
        break;
      case 'version':
        if (!differences.programs.hostOptions.desktopIn(dialect)) run = { kind: 'version' };
        else needed();
        break;
      default:
        if (option.value) needed();
    }
  }
  return {
    ok: true,
    options: { run, noExit, noLogo, noProfile, nonInteractive, executionPolicy, workingDirectory },
  };
}
