import type { ErrorRecord, ScriptPosition } from '../types/error-record.ts';
import { CommandInfo } from '../run/command-info.ts';
import { plainText } from './display-text.ts';
import { typeOf } from '../types/type-of.ts';
import { isNull } from '../types/value.ts';

const longest = 69;

/** `At line:1 char:1` with the source line and the mark below it; '' where the place is not known. */
export function positionMessage(position: ScriptPosition | undefined, desktop: boolean): string {
  if (!position) return '';
  const lines = [
    `At ${position.file === undefined ? 'line' : position.file}:${position.line} char:${position.column}`,
  ];
  let source = position.lineText.trimEnd();
  if (source !== '') {
    let before = Math.min(position.column - 1, source.length);
    let length =
      position.line === position.endLine && position.endColumn <= source.length + 1
        ? position.endColumn - position.column
        : source.length - position.column + 1;
    length = Math.max(0, length);
    if (source.includes('\t')) {
      const expand = (text: string): string => text.replace(/\t/g, '    ');
      const head = expand(source.slice(0, before));
      const middle = expand(source.slice(before, before + length));
      source = head + middle + expand(source.slice(before + length));
      before = head.length;
      length = middle.length;
    }
    const dots = desktop ? '...' : '…';
    let left = '';
    let right = '';
    if (source.length > longest) {
      let prefix = Math.min(before, 12);
      length = Math.min(length, longest - prefix);
      const after = source.length - before - length;
      let suffix = Math.min(after, 8, longest - prefix - length);
      prefix = Math.min(before, longest - suffix - length);
      suffix = Math.min(after, longest - prefix - length);
      if (prefix < before) left = `${dots} `;
      if (suffix < after) right = ` ${dots}`;
      source = source.slice(before - prefix, before + length + suffix);
      before = prefix;
    }
    lines.push(
      `+ ${left}${source}${right}`,
      `+ ${' '.repeat(before + left.length)}${'~'.repeat(Math.max(1, length))}`,
    );
  }
  return lines.join('\n');
}

function shorten(text: string, desktop: boolean): string {
  if (text.length <= 40) return text;
  return desktop ? `${text.slice(0, 15)}...${text.slice(-15)}` : `${text.slice(0, 19)}…${text.slice(-19)}`;
}

/** The parts of CategoryInfo. */
export function categoryParts(record: ErrorRecord): {
  activity: string;
  reason: string;
  targetName: string;
  targetType: string;
} {
  const command = record.invocation?.myCommand;
  const { target } = record;
  return {
    activity: record.activity ?? (command instanceof CommandInfo ? command.name : ''),
    reason: record.reason ?? record.exception.type.name,
    targetName: record.targetName ?? (isNull(target) ? '' : plainText(target)),
    targetType: record.targetTypeName ?? (isNull(target) ? '' : (typeOf(target)?.name ?? '')),
  };
}

/** `InvalidData: (x:String) [Get-Thing], Exception`. */
export function categoryText(record: ErrorRecord, desktop: boolean): string {
  const { activity, reason, targetName, targetType } = categoryParts(record);
  const short = (text: string): string => shorten(text, desktop);
  const oneLine = (text: string): string => text.replace(/\r?\n/g, ' ');
  return `${record.category}: (${short(oneLine(targetName))}:${short(oneLine(targetType))}) [${short(activity)}], ${short(reason)}`;
}

const messageOf = (record: ErrorRecord): string => record.details?.message || record.exception.message;
const isNative = (record: ErrorRecord): boolean =>
  record.errorId === 'NativeCommandError' || record.errorId === 'NativeCommandErrorMessage';

/** Who failed, as NormalView names it: '' where the message starts the line. */
function commandName(record: ErrorRecord): string {
  const invocation = record.invocation;
  if (!invocation) return '';
  const command = invocation.myCommand;
  if (command instanceof CommandInfo) {
    if (command.kind === 'ExternalScript') return command.definition;
    if (/^[&.]?$/.test(invocation.invocationName)) return command.name;
    return invocation.invocationName;
  }
  return invocation.invocationName;
}

/** NormalView. `width` is the console's: Windows PowerShell cuts the category lines by it. */
export function normalView(record: ErrorRecord, desktop: boolean, width: number): string {
  if (isNative(record) && (!desktop || record.errorId === 'NativeCommandErrorMessage'))
    return messageOf(record);
  const name = commandName(record);
  const parser = record.category === 'ParserError';
  const command = record.invocation?.myCommand;
  const parts = [(name === '' ? '' : `${name} : `) + messageOf(record)];
  if (command instanceof CommandInfo || !parser) {
    const position = positionMessage(record.invocation?.position, desktop);
    if (position !== '') parts.push(position);
  }
  const category = `+ CategoryInfo          : ${categoryText(record, desktop)}`;
  const id = `+ FullyQualifiedErrorId : ${record.fullyQualifiedErrorId}`;
  if (!desktop) return [...parts, category, id].join('\n');
  const chunk = Math.max(20, width - 6);
  const cut = (text: string): string => {
    const pieces: string[] = [];
    for (let i = 0; i < text.length; i += chunk) pieces.push(`    ${text.slice(i, i + chunk)}`);
    return pieces.join('');
  };
  parts.push(cut(category), cut(id));
  if (!record.details?.message) parts.push(' ');
  return parts.join('\n');
}

export function categoryView(record: ErrorRecord, desktop: boolean): string {
  return categoryText(record, desktop);
}

/** What ConciseView puts before the colon. */
function conciseReason(record: ErrorRecord): string {
  const { invocation } = record;
  const command = invocation?.myCommand;
  if (record.exception.thrown) return 'Exception';
  if (command instanceof CommandInfo && command.kind !== 'Script') return command.name;
  const { activity, reason } = categoryParts(record);
  if (activity !== '') return activity;
  if (invocation?.invocationName) return invocation.invocationName;
  if (record.category !== 'NotSpecified') return record.category;
  return reason === '' ? 'Error' : reason;
}

/** A message behind the bar: broken at blanks where the line is longer than the console is wide. */
function barred(message: string, prefix: string, width: number): string[] {
  const lines: string[] = [];
  let rest = message.replace(/\r?\n|\t/g, ' ');
  while (prefix.length + rest.length > width) {
    const cut = rest.lastIndexOf(' ', width - prefix.length);
    if (cut <= 0) break;
    lines.push(prefix + rest.slice(0, cut));
    rest = rest.slice(cut).trim();
  }
  return [...lines, prefix + rest];
}

/** ConciseView: the default of PowerShell 7. Code in files, and code of many lines, is shown with its line. */
export function conciseView(record: ErrorRecord, width: number): string {
  if (isNative(record)) return messageOf(record);
  const position = record.invocation?.position;
  const parser = record.category === 'ParserError';
  const reason = conciseReason(record);
  const own = record.details?.message;
  const message =
    !own && parser && record.exception.message.includes('~\n')
      ? ((record.exception.message.split('~\n')[1] as string).split('\n\n')[0] as string)
      : messageOf(record);
  const file = position?.file;
  const detailed = position && (parser || file !== undefined || position.line > 1);
  let text: string;
  if (!position || !detailed || /\.psm1$/i.test(file ?? '')) text = `${reason}: ${message}`;
  else {
    const [, source = '', mark = ''] = positionMessage(position, false).split('\n');
    const number = String(position.line);
    const wide = ' '.repeat(Math.max(0, number.length - 4));
    const prefix = `${wide}     | `;
    text = [
      `${reason}: ${file === undefined ? '' : `${file}:${position.line}`}`,
      `${wide}Line |`,
      `${number.padStart(4)} | ${source.slice(1)}`,
      ...(mark === '' ? [] : [prefix + mark.slice(1)]),
      ...barred(message, prefix, width),
    ].join('\n');
  }
  const advice = record.details?.recommendedAction;
  return advice ? `${text}\n  Recommendation: ${advice}` : text;
}
