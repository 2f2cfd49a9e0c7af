import type { Host } from '../../powershell/host.ts';
import { absolutePath, fileName, parentPath } from '../device-path.ts';
import { localTime, shortDate, shortTime } from '../local-time.ts';
import type { Variables } from './variables.ts';

export interface ExpandContext {
  readonly variables: Variables;
  readonly host: Host;
  /** `%0` to `%9` and beyond; undefined at the prompt. */
  readonly args: readonly string[] | undefined;
  /** Full path of the batch file: `%~dp0` is where it lies, whatever `%0` says. */
  readonly batchPath: string | undefined;
}

/** `:a=b` and `:~1,2` after a variable's name. */
export function modified(value: string, modifier: string): string {
  if (modifier.startsWith('~')) {
    const [from = '0', length] = modifier.slice(1).split(',');
    const start = Number(from) < 0 ? Math.max(0, value.length + Number(from)) : Number(from);
    if (length === undefined) return value.slice(start);
    const count = Number(length);
    return count < 0
      ? value.slice(start, Math.max(start, value.length + count))
      : value.slice(start, start + count);
  }
  const equals = modifier.indexOf('=');
  if (equals < 1) return value;
  let search = modifier.slice(0, equals);
  const replacement = modifier.slice(equals + 1);
  const lower = value.toLowerCase();
  if (search.startsWith('*') && search.length > 1) {
    search = search.slice(1).toLowerCase();
    const found = lower.indexOf(search);
    return found < 0 ? value : replacement + value.slice(found + search.length);
  }
  search = search.toLowerCase();
  let result = '';
  for (let at = 0; ;) {
    const found = lower.indexOf(search, at);
    if (found < 0) return result + value.slice(at);
    result += value.slice(at, found) + replacement;
    at = found + search.length;
  }
}

/** `%~fs1`: what of a path is meant. */
export function pathParts(text: string, flags: string, context: ExpandContext, isBatch = false): string {
  const bare = text.replace(/"/g, '');
  const lower = flags.toLowerCase();
  if (lower === '' && !isBatch) return bare;
  if (bare === '') return '';
  const full = isBatch ? (context.batchPath ?? bare) : absolutePath(bare, context.variables.directory);
  const name = fileName(full);
  const dot = name.lastIndexOf('.');
  const info = context.host.files.info(full);
  let result = '';
  if (lower.includes('a') && info.ok)
    result += `${info.value.kind === 'directory' ? 'd' : '-'}${info.value.readOnly ? 'r' : '-'}${info.value.archive ? 'a' : '-'}------ `;
  if (lower.includes('t') && info.ok) {
    const t = localTime(info.value.modified, context.host);
    result += `${shortDate(t)} ${shortTime(t)} `;
  }
  if (lower.includes('z') && info.ok) result += `${info.value.length} `;
  if (lower.includes('f') || lower === 's') return result + full;
  if (lower.includes('d')) result += full.slice(0, 2);
  if (lower.includes('p')) {
    const folder = parentPath(full).slice(2);
    result += folder.endsWith('\\') ? folder : `${folder}\\`;
  }
  if (lower.includes('n')) result += dot > 0 ? name.slice(0, dot) : name;
  if (lower.includes('x')) result += dot > 0 ? name.slice(dot) : '';
  if (/^[azt]+$/.test(lower)) return result.trimEnd();
  return lower === '' ? bare : result;
}

/** Percent expansion of a line, before it is parsed. */
export function expandPercent(line: string, context: ExpandContext): string {
  const { args, variables } = context;
  let result = '';
  for (let i = 0; i < line.length;) {
    if (line[i] !== '%') {
      result += line[i];
      i++;
      continue;
    }
    const rest = line.slice(i + 1);
    if (args) {
      if (rest.startsWith('%')) {
        result += '%';
        i += 2;
        continue;
      }
      if (rest.startsWith('*')) {
        result += args.slice(1).join(' ');
        i += 2;
        continue;
      }
      const parameter = /^(?:~([fdpnxsatz]*))?(\d)/i.exec(rest);
      if (parameter) {
        const index = Number(parameter[2]);
        const value = args[index] ?? '';
        result +=
          parameter[1] === undefined
            ? value
            : pathParts(value, parameter[1], context, index === 0 && parameter[1] !== '');
        i += 1 + parameter[0].length;
        continue;
      }
    }
    const end = rest.indexOf('%');
    if (end > 0) {
      const inside = rest.slice(0, end);
      const colon = inside.indexOf(':', 1);
      const name = colon < 0 ? inside : inside.slice(0, colon);
      const value = variables.get(name);
      if (value !== undefined) {
        result += colon < 0 ? value : modified(value, inside.slice(colon + 1));
        i += end + 2;
        continue;
      }
      if (args) {
        // In a batch file an unknown variable is empty; its modifier's text remains.
        if (colon > 0) result += inside.slice(colon + 1);
        i += end + 2;
        continue;
      }
      result += '%';
      i++;
      continue;
    }
    if (!args) result += '%';
    i++;
  }
  return result;
}

/** `%i` and `%~nxi` of the FOR loops around a command. */
export function expandLoop(text: string, loops: ReadonlyMap<string, string>, context: ExpandContext): string {
  if (loops.size === 0 || !text.includes('%')) return text;
  let result = '';
  for (let i = 0; i < text.length;) {
    if (text[i] === '%') {
      const plain = loops.get(text[i + 1] ?? '');
      const withFlags = /^%~([fdpnxsatz]*)/i.exec(text.slice(i));
      if (withFlags) {
        // The variable is the last letter that is one: `%~nx` with loop x means flag n of x.
        const flags = withFlags[1] as string;
        const after = text[i + 2 + flags.length] ?? '';
        if (loops.has(after)) {
          result += pathParts(loops.get(after) as string, flags, context);
          i += 3 + flags.length;
          continue;
        }
        let used = flags.length;
        while (used > 0 && !loops.has(flags[used - 1] as string)) used--;
        if (used > 0) {
          result += pathParts(
            loops.get(flags[used - 1] as string) as string,
            flags.slice(0, used - 1),
            context,
          );
          i += 2 + used;
          continue;
        }
      } else if (plain !== undefined) {
        result += plain;
        i += 2;
        continue;
      }
    }
    result += text[i];
    i++;
  }
  return result;
}

/** `!name!` where delayed expansion is on. */
export function expandDelayed(text: string, variables: Variables): string {
  return text.replace(/!([^!]+)!/g, (_, inside: string) => {
    const colon = inside.indexOf(':', 1);
    const value = variables.get(colon < 0 ? inside : inside.slice(0, colon)) ?? '';
    return colon < 0 ? value : value === '' ? '' : modified(value, inside.slice(colon + 1));
  });
}
