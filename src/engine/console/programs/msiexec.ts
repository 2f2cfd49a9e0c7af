import type { Bytes } from '../../../base/bytes.ts';
import type { RegistryPath } from '../../powershell/host.ts';
import { absolutePath } from '../device-path.ts';
import { install, remove } from '../msi/install.ts';
import { MsiLog } from '../msi/msi-log.ts';
import { readPackage } from '../msi/msi-package.ts';
import { installedProduct } from '../msi/products.ts';
import { requestShutdown, shutdownFlags } from '../restart.ts';
import { waitingProgram } from './simple.ts';
import type { Call, ProgramSteps } from './simple.ts';

/** Exit codes of Windows Installer that this program returns besides those of the installation itself. */
const codes = {
  alreadyRunning: 1618,
  unknownProduct: 1605,
  cannotOpen: 1619,
  badPackage: 1620,
  invalidCommandLine: 1639,
  restartStarted: 1641,
  restartRequired: 3010,
} as const;

interface Options {
  readonly verb: 'install' | 'remove' | 'repair';
  readonly target: string;
  readonly quiet: boolean;
  readonly restart: 'never' | 'always' | 'as needed';
  readonly log: string | undefined;
  readonly properties: ReadonlyMap<string, string>;
}

function parse(args: readonly string[]): Options | undefined {
  let verb: Options['verb'] | undefined;
  let target: string | undefined;
  let quiet = false;
  let restart: Options['restart'] = 'as needed';
  let log: string | undefined;
  const properties = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const property = /^([A-Za-z_][\w.]*)=(.*)$/s.exec(arg);
    if (property) {
      properties.set((property[1] as string).toUpperCase(), property[2] as string);
      continue;
    }
    const option = /^[/-](.+)$/.exec(arg)?.[1];
    if (option === undefined) return undefined;
    const lower = option.toLowerCase();
    const action = /^(i|x|package|uninstall|f[pomusecdva]*|a)(\{.*\}|.+\.msi)?$/i.exec(option);
    if (action) {
      const name = (action[1] as string).toLowerCase();
      if (name === 'a') return undefined;
      verb = name === 'i' || name === 'package' ? 'install' : name.startsWith('f') ? 'repair' : 'remove';
      target = action[2] ?? args[++i];
    } else if (/^q(n|b|r|f)?[+!-]*$/.test(lower) || lower === 'quiet' || lower === 'passive')
      quiet = lower === 'q' || lower === 'quiet' || lower.startsWith('qn');
    else if (lower === 'norestart') restart = 'never';
    else if (lower === 'forcerestart') restart = 'always';
    else if (lower === 'promptrestart') restart = 'as needed';
    else if (/^l[iwearucmopvx*+!]*$/.test(lower) || lower === 'log') log = args[++i];
    else return undefined;
  }
  const reboot = properties.get('REBOOT')?.toLowerCase();
  if (reboot?.startsWith('r') || reboot?.startsWith('s')) restart = 'never';
  if (reboot?.startsWith('f')) restart = 'always';
  return verb && target !== undefined ? { verb, target, quiet, restart, log, properties } : undefined;
}

/** Held while an installation runs: one at a time on a device. */
const inProgress: RegistryPath = {
  hive: 'HKLM',
  path: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\InProgress',
};

function* work(call: Call, options: Options, log: MsiLog): ProgramSteps {
  const { host, context } = call;
  const isCode = /^\{.*\}$/.test(options.target);
  const path = isCode ? undefined : absolutePath(options.target, context.workingDirectory);
  let content: Bytes | undefined;
  if (path !== undefined) {
    const read = host.files.read(path);
    if (!read.ok) {
      log.client(`Note: 1: 2203 2: ${path} 3: -2147287038 `);
      log.plain(
        'This installation package could not be opened.  Verify that the package exists and that you can access it, or contact the application vendor to verify that this is a valid Windows Installer package.',
      );
      log.client('MainEngineThread is returning 1619');
      return codes.cannotOpen;
    }
    content = read.value;
  }
  const given = content === undefined ? undefined : readPackage(content);
  if (content !== undefined && !given) {
    log.plain(
      'This installation package could not be opened.  Contact the application vendor to verify that this is a valid Windows Installer package.',
    );
    log.client('MainEngineThread is returning 1620');
    return codes.badPackage;
  }
  const code = given?.productCode ?? options.target;
  const known = installedProduct(host, code.toUpperCase());
  if (options.verb !== 'install' || !given) {
    if (!known) {
      log.plain('This action is only valid for products that are currently installed.');
      log.client('MainEngineThread is returning 1605');
      return codes.unknownProduct;
    }
  }
  if (host.registry.key(inProgress, '64').ok) {
    log.server('Failed to grab execution mutex. System error 258.');
    log.plain(
      'Another installation is already in progress.  Complete that installation before proceeding with this install.',
    );
    log.client('MainEngineThread is returning 1618');
    return codes.alreadyRunning;
  }
  const held = host.registry.createKey(inProgress, '64');
  try {
    const job = { host, log, properties: options.properties };
    if (options.verb === 'remove' && known) return yield* remove(known, job);
    if (given && content && options.verb === 'install')
      return yield* install(given, path as string, content, job);
    if (!known) return codes.unknownProduct;
    const cached = host.files.read(known.cachePath);
    return cached.ok ? yield* install(known.package, known.cachePath, cached.value, job) : codes.cannotOpen;
  } finally {
    if (held.ok) host.registry.deleteKey(inProgress, true, '64');
  }
}

/** msiexec.exe over the sample packages of `msi/msi-package.ts`: /i, /x, /f, /q, /l, /norestart and properties. */
export const msiexec = waitingProgram('msiexec.exe', function* (call) {
  const { host } = call;
  if (call.args.length === 1 && /^[/-]([?h]|help)$/i.test(call.args[0] as string)) return 0;
  const options = parse(call.args);
  if (!options) return codes.invalidCommandLine;
  const log = new MsiLog(host);
  log.client(`Command Line: ${call.context.arguments}`);
  const code = yield* work(call, options, log);
  const target = readTarget(call, options);
  let result = code;
  if (code === 0 && target && options.verb === 'install') {
    if (options.restart === 'always' || (options.restart === 'as needed' && options.quiet)) {
      const asked = requestShutdown(host, shutdownFlags.reboot, 0, `Restart to complete ${target}`);
      result = asked.ok ? codes.restartStarted : codes.restartRequired;
    } else result = codes.restartRequired;
  }
  if (options.log !== undefined)
    host.files.write(absolutePath(options.log, call.context.workingDirectory), log.content());
  return result;
});

/** Name of the product whose package wants a restart; undefined where none does. */
function readTarget(call: Call, options: Options): string | undefined {
  if (options.restart === 'always') return options.target;
  const content = call.host.files.read(absolutePath(options.target, call.context.workingDirectory));
  const found = content.ok ? readPackage(content.value) : undefined;
  return found?.restart ? found.productName : undefined;
}
