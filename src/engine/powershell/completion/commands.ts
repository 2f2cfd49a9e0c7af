import { syntaxOf } from '../cmdlets/commands/command-members.ts';
import type { CommandInfo } from '../run/command-info.ts';
import type { Scope } from '../run/scope.ts';
import type { Session } from '../run/session.ts';
import { wildcard } from '../types/wildcard.ts';
import { item, order } from './item.ts';
import type { CompletionItem } from './item.ts';

const keywords =
  'begin break catch class continue data do dynamicparam else elseif end enum exit filter finally for foreach function if in param process return switch throw trap try until using while'.split(
    ' ',
  );

function describe(command: CommandInfo): string {
  if (command.kind === 'Alias') return command.definition;
  if (command.kind === 'Application' || command.kind === 'ExternalScript') return command.definition;
  return syntaxOf(command).join('\n').trim();
}

/** Commands whose name begins with a word: functions and cmdlets, aliases, programs of the search path. */
export function commandItems(session: Session, word: string, withKeywords: boolean): CompletionItem[] {
  const test = wildcard(`${word}*`);
  const found = new Map<string, CompletionItem>();
  const add = (name: string, detail: string): void => {
    const lower = name.toLowerCase();
    if (!found.has(lower) && test(name)) found.set(lower, item('command', 'Command', name, name, detail));
  };
  for (let scope: Scope | undefined = session.frame.scope; scope; scope = scope.parent) {
    for (const command of scope.functions?.values() ?? [])
      if (test(command.name)) add(command.name, describe(command));
    for (const alias of scope.aliases?.values() ?? []) add(alias.name, alias.definition);
  }
  for (const command of session.cmdletTable.values())
    if (test(command.name)) add(command.name, describe(command));
  const items = [...found.values()].sort((a, b) => order(a.label, b.label));
  const programs =
    word === '' ? [] : programItems(session, test).filter((one) => !found.has(one.text.toLowerCase()));
  const own =
    withKeywords && word !== ''
      ? keywords.filter((one) => test(one)).map((one) => item('keyword', 'Keyword', one))
      : [];
  return [...items, ...programs, ...own];
}

/** Programs in the folders of PATH. */
function programItems(session: Session, test: (name: string) => boolean): CompletionItem[] {
  const { host } = session;
  const items = new Map<string, CompletionItem>();
  const variable = (name: string): string => {
    for (const [own, value] of host.environment) if (own.toLowerCase() === name) return value;
    return '';
  };
  const extensions = variable('pathext').toLowerCase().split(';');
  for (const folder of variable('path').split(';')) {
    const list = folder === '' ? undefined : host.files.list(folder.replace(/\\$/, ''));
    for (const file of list?.ok ? list.value : []) {
      const dot = file.name.lastIndexOf('.');
      const extension = dot < 0 ? '' : file.name.slice(dot).toLowerCase();
      if (
        file.kind !== 'file' ||
        !test(file.name) ||
        (!extensions.includes(extension) && extension !== '.ps1')
      )
        continue;
      const lower = file.name.toLowerCase();
      if (!items.has(lower)) items.set(lower, item('command', 'Command', file.name, file.name, file.path));
    }
  }
  return [...items.values()].sort((a, b) => order(a.label, b.label));
}
