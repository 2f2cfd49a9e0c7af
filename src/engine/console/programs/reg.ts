import type {
  HostError,
  RegistryPath,
  RegistryValue,
  RegistryView,
  Resume,
  Suspend,
} from '../../powershell/host.ts';
import { absolutePath } from '../device-path.ts';
import { readRegFile, writeRegFile } from '../reg-file.ts';
import { childKey, keyText, parseKey } from '../registry-path.ts';
import { dataText, parseValue, typeNames } from '../registry-text.ts';
import { ask, waitingProgram } from './simple.ts';
import type { Call, ProgramSteps } from './simple.ts';

const done = 'The operation completed successfully.';
const notFound = 'ERROR: The system was unable to find the specified registry key or value.';

class UsageError extends Error {
  readonly code = 'reg-usage';
}

interface Options {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly view: RegistryView;
}

/** Switches after the key; `taking` are those with a value. */
function parse(args: readonly string[], verb: string, taking: string, bare: string): Options {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  let view: RegistryView = 'default';
  for (let i = 0; i < args.length; i++) {
    const name = /^[/-](.+)$/.exec(args[i] as string)?.[1]?.toLowerCase();
    if (name === 'reg:32' || name === 'reg:64') view = name === 'reg:32' ? '32' : '64';
    else if (name !== undefined && taking.split(' ').includes(name)) {
      const value = args[++i];
      if (value === undefined || values.has(name)) throw new UsageError(verb);
      values.set(name, value);
    } else if (name !== undefined && bare.split(' ').includes(name)) flags.add(name);
    else throw new UsageError(verb);
  }
  return { flags, values, view };
}

const errorText = (error: HostError): string =>
  error.code === 'access-denied' ? 'ERROR: Access is denied.' : notFound;

function keyOf(call: Call, text: string | undefined, verb: string): RegistryPath | undefined {
  if (text === undefined || /^[/-]\w/.test(text)) throw new UsageError(verb);
  const key = parseKey(text);
  if (!key) call.fail('ERROR: Invalid key name.', `Type "REG ${verb} /?" for usage.`);
  return key;
}

function* query(call: Call, args: readonly string[]): ProgramSteps {
  const key = keyOf(call, args[0], 'QUERY');
  if (!key) return 1;
  let rest = args.slice(1);
  // /v may stand alone in a search: values of any name.
  const lone = rest.findIndex(
    (a, i) =>
      /^[/-]v$/i.test(a) &&
      (rest[i + 1] === undefined || /^[/-](f|s|k|d|c|e|t|ve|z|se|reg:\d\d)$/i.test(rest[i + 1] as string)),
  );
  const anyName = lone >= 0;
  if (anyName) rest = rest.filter((_, i) => i !== lone);
  const { flags, values, view } = parse(rest, 'QUERY', 'v f t se', 've s k d c e z');
  const { registry } = call.host;
  const separator = values.get('se') ?? '\\0';
  const wantedName = flags.has('ve') ? '' : values.get('v');
  const pattern = values.get('f');
  const types = values.get('t')?.toUpperCase().split(',');
  const top = registry.key(key, view);
  if (!top.ok) {
    call.fail(errorText(top.error));
    return 1;
  }
  const shown = (name: string, value: RegistryValue): string =>
    `    ${name === '' ? '(Default)' : name}    ${typeNames[value.kind]}${flags.has('z') ? ` (${typeNumber(value)})` : ''}    ${dataText(value, separator)}`;
  const fits = (text: string): boolean => {
    if (pattern === undefined) return true;
    const fold = (s: string): string => (flags.has('c') ? s : s.toLowerCase());
    if (flags.has('e')) return fold(text) === fold(pattern);
    if (/[*?]/.test(pattern)) {
      const source = pattern
        .replace(/[.+^${}()|[\]\\]/g, '\\$&')
        .replace(/\*/g, '.*')
        .replace(/\?/g, '.');
      return new RegExp(`^${source}$`, flags.has('c') ? '' : 'i').test(text);
    }
    return fold(text).includes(fold(pattern));
  };
  const searchKeys =
    pattern !== undefined && (flags.has('k') || (!flags.has('d') && !anyName && wantedName === undefined));
  const searchNames = pattern !== undefined && (anyName || (!flags.has('k') && !flags.has('d')));
  const searchData = pattern !== undefined && (flags.has('d') || (!flags.has('k') && !anyName));
  let matches = 0;
  function* walk(at: RegistryPath, isTop: boolean): Generator<Suspend, void, Resume> {
    const names = registry.valueNames(at, view);
    const lines: string[] = [];
    for (const name of names.ok ? names.value : []) {
      if (wantedName !== undefined && name.toLowerCase() !== wantedName.toLowerCase()) continue;
      const value = registry.value(at, name, view);
      if (!value.ok) continue;
      if (types && !types.includes(typeNames[value.value.kind])) continue;
      if (
        pattern !== undefined &&
        !((searchNames && fits(name)) || (searchData && fits(dataText(value.value, separator))))
      )
        continue;
      lines.push(shown(name, value.value));
    }
    // The default value of a key is shown on asking even where it was never set.
    if (wantedName === '' && lines.length === 0 && isTop && pattern === undefined && !flags.has('s'))
      lines.push('    (Default)    REG_SZ    (value not set)');
    const keyMatches = searchKeys && !isTop && fits(at.path.slice(at.path.lastIndexOf('\\') + 1));
    if (lines.length > 0 || keyMatches) {
      call.line('', keyText(at), ...lines);
      matches += lines.length + (keyMatches ? 1 : 0);
    } else if (flags.has('s') && pattern === undefined && wantedName === undefined && !isTop) {
      call.line('', keyText(at));
    }
    const children = registry.subKeys(at, view);
    if (flags.has('s') || (isTop && pattern !== undefined && searchKeys && !flags.has('s'))) {
      for (const child of children.ok ? children.value : []) {
        yield { kind: 'safepoint' };
        if (flags.has('s')) yield* walk(childKey(at, child), false);
        else if (fits(child)) {
          call.line('', keyText(childKey(at, child)));
          matches++;
        }
      }
    } else if (wantedName === undefined && pattern === undefined) {
      call.line();
      for (const child of children.ok ? children.value : []) call.line(keyText(childKey(at, child)));
    }
  }
  yield* walk(key, true);
  if (pattern !== undefined || (flags.has('s') && wantedName !== undefined)) {
    call.line('', `End of search: ${matches} match(es) found.`);
    return matches > 0 ? 0 : 1;
  }
  if (wantedName !== undefined) {
    if (matches === 0) {
      call.fail('', notFound);
      return 1;
    }
    call.line();
  }
  return 0;
}

const typeNumber = (value: RegistryValue): number =>
  ({ None: 0, String: 1, ExpandString: 2, Binary: 3, DWord: 4, MultiString: 7, QWord: 11 })[value.kind];

function* add(call: Call, args: readonly string[]): ProgramSteps {
  const key = keyOf(call, args[0], 'ADD');
  if (!key) return 1;
  const { flags, values, view } = parse(args.slice(1), 'ADD', 'v t d s', 've f');
  const { registry } = call.host;
  const made = registry.createKey(key, view);
  if (!made.ok) {
    call.fail(errorText(made.error));
    return 1;
  }
  if (values.has('v') || flags.has('ve') || values.has('d') || values.has('t')) {
    const name = values.get('v') ?? '';
    const value = parseValue(values.get('t') ?? 'REG_SZ', values.get('d') ?? '', values.get('s') ?? '\\0');
    if (!value) throw new UsageError('ADD');
    if (!flags.has('f') && registry.value(key, name, view).ok) {
      const answer = yield* ask(`Value ${name === '' ? '(Default)' : name} exists, overwrite(Yes/No)? `);
      if (!/^y/i.test(answer ?? '')) {
        call.line('The operation was canceled by the user.');
        return 1;
      }
    }
    const set = registry.setValue(key, name, value, view);
    if (!set.ok) {
      call.fail(errorText(set.error));
      return 1;
    }
  }
  call.line(done);
  return 0;
}

function* remove(call: Call, args: readonly string[]): ProgramSteps {
  const key = keyOf(call, args[0], 'DELETE');
  if (!key) return 1;
  const { flags, values, view } = parse(args.slice(1), 'DELETE', 'v', 've va f');
  const { registry } = call.host;
  if (!registry.key(key, view).ok) {
    call.fail(errorText({ code: 'not-found', message: '' }));
    return 1;
  }
  const name = flags.has('ve') ? '' : values.get('v');
  if (!flags.has('f')) {
    const question =
      name !== undefined
        ? `Delete the registry value ${name === '' ? '(Default)' : name} (Yes/No)? `
        : flags.has('va')
          ? `Delete all values under the registry key ${keyText(key)} (Yes/No)? `
          : `Permanently delete the registry key ${keyText(key)} (Yes/No)? `;
    const answer = yield* ask(question);
    if (!/^y/i.test(answer ?? '')) {
      call.line('The operation was canceled by the user.');
      return 1;
    }
  }
  if (name === undefined && !flags.has('va')) {
    const deleted = registry.deleteKey(key, true, view);
    if (!deleted.ok) {
      call.fail(errorText(deleted.error));
      return 1;
    }
  } else {
    const names = name === undefined ? registry.valueNames(key, view) : { ok: true as const, value: [name] };
    for (const one of names.ok ? names.value : []) {
      const deleted = registry.deleteValue(key, one, view);
      if (!deleted.ok) {
        call.fail(errorText(deleted.error));
        return 1;
      }
    }
  }
  call.line(done);
  return 0;
}

/** A key and all below it with their values. */
export function* keyTree(
  call: Call,
  key: RegistryPath,
  view: RegistryView,
): Generator<{ readonly key: RegistryPath; readonly values: readonly (readonly [string, RegistryValue])[] }> {
  const { registry } = call.host;
  const names = registry.valueNames(key, view);
  const values: (readonly [string, RegistryValue])[] = [];
  for (const name of names.ok ? names.value : []) {
    const value = registry.value(key, name, view);
    if (value.ok) values.push([name, value.value]);
  }
  yield { key, values };
  const children = registry.subKeys(key, view);
  for (const child of children.ok ? children.value : []) yield* keyTree(call, childKey(key, child), view);
}

function* exportKey(call: Call, args: readonly string[]): ProgramSteps {
  const key = keyOf(call, args[0], 'EXPORT');
  if (!key) return 1;
  const file = args[1];
  if (file === undefined) throw new UsageError('EXPORT');
  const { flags, view } = parse(args.slice(2), 'EXPORT', '', 'y');
  const top = call.host.registry.key(key, view);
  if (!top.ok) {
    call.fail(errorText(top.error));
    return 1;
  }
  const path = absolutePath(file, call.context.workingDirectory);
  if (!flags.has('y') && call.host.files.info(path).ok) {
    const answer = yield* ask(`File ${file} already exists. Overwrite (Yes/No)? `);
    if (!/^y/i.test(answer ?? '')) {
      call.line('The operation was canceled by the user.');
      return 1;
    }
  }
  const written = call.host.files.write(path, writeRegFile(keyTree(call, key, view)));
  if (!written.ok) {
    call.fail('ERROR: Unable to write to the file. There may be a disk or file system error.');
    return 1;
  }
  call.line(done);
  return 0;
}

export function importFile(call: Call, args: readonly string[]): number {
  const file = args[0];
  if (file === undefined) throw new UsageError('IMPORT');
  const { view } = parse(args.slice(1), 'IMPORT', '', '');
  const content = call.host.files.read(absolutePath(file, call.context.workingDirectory));
  const steps = content.ok ? readRegFile(content.value) : undefined;
  if (!steps) {
    call.fail(
      content.ok
        ? `ERROR: The specified file is not a registry script. You can only import registry files.`
        : 'ERROR: The system was unable to find the specified file.',
    );
    return 1;
  }
  const { registry } = call.host;
  for (const step of steps) {
    const result =
      step.kind === 'key'
        ? registry.createKey(step.key, view)
        : step.kind === 'delete-key'
          ? registry.deleteKey(step.key, true, view)
          : step.kind === 'value'
            ? registry.setValue(step.key, step.name, step.value, view)
            : registry.deleteValue(step.key, step.name, view);
    if (!result.ok && result.error.code === 'access-denied') {
      call.fail('ERROR: Error accessing the registry.');
      return 1;
    }
  }
  // reg.exe prints this on standard error.
  call.fail(done);
  return 0;
}

function copyKey(call: Call, args: readonly string[]): number {
  const from = keyOf(call, args[0], 'COPY');
  const to = from && keyOf(call, args[1], 'COPY');
  if (!from || !to) return 1;
  const { flags, view } = parse(args.slice(2), 'COPY', '', 's f');
  const { registry } = call.host;
  if (!registry.key(from, view).ok) {
    call.fail(notFound);
    return 1;
  }
  for (const { key, values } of keyTree(call, from, view)) {
    const target = key.path === from.path ? to : childKey(to, key.path.slice(from.path.length + 1));
    if (key.path !== from.path && !flags.has('s')) break;
    const made = registry.createKey(target, view);
    if (!made.ok) {
      call.fail(errorText(made.error));
      return 1;
    }
    for (const [name, value] of values) registry.setValue(target, name, value, view);
  }
  call.line(done);
  return 0;
}

/** Where Windows keeps which file a loaded hive came from. */
const hiveList: RegistryPath = { hive: 'HKLM', path: 'SYSTEM\\CurrentControlSet\\Control\\hivelist' };
const hiveName = (key: RegistryPath): string =>
  `\\REGISTRY\\${key.hive === 'HKU' ? 'USER' : 'MACHINE'}\\${key.path}`;
const volume = '\\Device\\HarddiskVolume3';

/** A key directly below HKLM or HKU: hives are loaded nowhere else. */
function hiveRoot(call: Call, text: string | undefined, verb: string): RegistryPath | undefined {
  const key = keyOf(call, text, verb);
  if (!key || (key.path !== '' && !key.path.includes('\\') && /^HK(LM|U)$/.test(key.hive))) return key;
  call.fail('ERROR: Invalid key name.', `Type "REG ${verb} /?" for usage.`);
  return undefined;
}

/**
 * A hive file becomes a key of its own while it is loaded. Ours are registration files inside, as `save` and `unload`
 * write them; the default profile's is empty until somebody changed it.
 */
function load(call: Call, args: readonly string[]): number {
  const key = hiveRoot(call, args[0], 'LOAD');
  const file = args[1];
  if (!key) return 1;
  if (file === undefined) throw new UsageError('LOAD');
  const path = absolutePath(file, call.context.workingDirectory);
  const content = call.host.files.read(path);
  if (!content.ok || call.host.registry.key(key).ok) {
    call.fail(
      content.ok
        ? 'ERROR: The parameter is incorrect.'
        : content.error.code === 'access-denied'
          ? 'ERROR: A required privilege is not held by the client.'
          : 'ERROR: The system was unable to find the specified file.',
    );
    return 1;
  }
  const { registry } = call.host;
  const made = registry.createKey(key);
  if (!made.ok) {
    call.fail('ERROR: A required privilege is not held by the client.');
    return 1;
  }
  const below = (path: string): RegistryPath =>
    path.includes('\\') ? childKey(key, path.slice(path.indexOf('\\') + 1)) : key;
  for (const step of readRegFile(content.value) ?? []) {
    if (step.kind === 'key') registry.createKey(below(step.key.path));
    else if (step.kind === 'value') registry.setValue(below(step.key.path), step.name, step.value);
  }
  registry.createKey(hiveList);
  registry.setValue(hiveList, hiveName(key), { kind: 'String', data: volume + path.slice(2) });
  call.line(done);
  return 0;
}

/** Writes the key back to its file and takes it off the registry. */
function unload(call: Call, args: readonly string[]): number {
  const key = hiveRoot(call, args[0], 'UNLOAD');
  if (!key) return 1;
  const listed = call.host.registry.value(hiveList, hiveName(key));
  const path =
    listed.ok && listed.value.kind === 'String' ? `C:${listed.value.data.slice(volume.length)}` : undefined;
  if (path === undefined || !call.host.registry.key(key).ok) {
    call.fail('ERROR: The parameter is incorrect.');
    return 1;
  }
  call.host.files.write(path, writeRegFile(keyTree(call, key, 'default')));
  call.host.registry.deleteKey(key, true);
  call.host.registry.deleteValue(hiveList, hiveName(key));
  call.line(done);
  return 0;
}

const help = [
  '',
  'REG Operation [Parameter List]',
  '',
  '  Operation  [ QUERY   | ADD    | DELETE  | COPY    |',
  '               SAVE    | LOAD   | UNLOAD  | RESTORE |',
  '               COMPARE | EXPORT | IMPORT  | FLAGS ]',
  '',
  'Return Code: (Except for REG COMPARE)',
  '',
  '  0 - Successful',
  '  1 - Failed',
  '',
  'For help on a specific operation type:',
  '',
  '  REG Operation /?',
  '',
];

/** reg.exe: QUERY, ADD, DELETE, EXPORT, IMPORT, COPY, LOAD and UNLOAD. */
export const reg = waitingProgram('reg.exe', function* (call) {
  const verb = (call.args[0] ?? '').toUpperCase();
  const args = call.args.slice(1);
  if (verb === '/?' || verb === '-?') {
    call.line(...help);
    return 0;
  }
  try {
    switch (verb) {
      case 'QUERY':
        return yield* query(call, args);
      case 'ADD':
        return yield* add(call, args);
      case 'DELETE':
        return yield* remove(call, args);
      case 'EXPORT':
        return yield* exportKey(call, args);
      case 'IMPORT':
        return importFile(call, args);
      case 'COPY':
        return copyKey(call, args);
      case 'LOAD':
        return load(call, args);
      case 'UNLOAD':
        return unload(call, args);
      default:
        call.fail('ERROR: Invalid syntax.', 'Type "REG /?" for usage.');
        return 1;
    }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    call.fail('ERROR: Invalid syntax.', `Type "REG ${verb} /?" for usage.`);
    return 1;
  }
});
