import type { CommandInfo } from '../../run/command-info.ts';

/** Comment-based help of a function or script: the text of each section by its lower-case name. */
export interface CommentHelp {
  readonly sections: ReadonlyMap<string, readonly string[]>;
  /** `.PARAMETER Name` texts by lower-case name. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly examples: readonly string[];
}

const sectionLine = /^\s*\.([A-Za-z]+)(?:[ \t]+(\S+))?\s*$/;

/** The help comment inside a block: a `<# #>` or a run of `#` lines that has a section. */
function helpComment(text: string): string | undefined {
  for (const match of text.matchAll(/<#([\s\S]*?)#>|(?:^[ \t]*#(?!requires).*(?:\r?\n|$))+/gim)) {
    const body =
      match[1] ??
      match[0]
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*#\s?/, ''))
        .join('\n');
    if (/^\s*\.(SYNOPSIS|DESCRIPTION|PARAMETER|EXAMPLE|NOTES|LINK|INPUTS|OUTPUTS)\b/im.test(body))
      return body;
  }
  return undefined;
}

/** Help of a command written in its own text, or in the lines just above a function. */
export function commentHelp(command: CommandInfo): CommentHelp | undefined {
  const { block } = command;
  if (!block) return undefined;
  const extent = block.ast.extent as {
    readonly source?: { readonly text: string };
    readonly startOffset: number;
  };
  const inside = helpComment(block.text);
  const before = extent.source?.text.slice(0, extent.startOffset) ?? '';
  const above =
    /(?:<#[\s\S]*?#>|(?:^[ \t]*#.*\r?\n)+)\s*(?:function|filter)\s+\S+\s*(?:\([^)]*\)\s*)?$/im.exec(before);
  const text = inside ?? (above ? helpComment(above[0]) : undefined);
  if (text === undefined) return undefined;
  const sections = new Map<string, string[]>();
  const parameters = new Map<string, string>();
  const examples: string[] = [];
  let name = '';
  let argument = '';
  let lines: string[] = [];
  const flush = (): void => {
    const body = unindented(lines);
    if (name === 'parameter') parameters.set(argument.toLowerCase(), body);
    else if (name === 'example') examples.push(body);
    else if (name !== '') sections.set(name, [...(sections.get(name) ?? []), body || argument]);
  };
  for (const line of text.split(/\r?\n/)) {
    const section = sectionLine.exec(line);
    if (!section) {
      lines.push(line);
      continue;
    }
    flush();
    name = (section[1] as string).toLowerCase();
    argument = section[2] ?? '';
    lines = [];
  }
  flush();
  return { sections, parameters, examples };
}

/** Lines without the blanks they share and without blank ones at both ends. */
function unindented(lines: readonly string[]): string {
  const shared = Math.min(
    ...lines.filter((l) => l.trim() !== '').map((l) => (/^\s*/.exec(l) as RegExpExecArray)[0].length),
    200,
  );
  return lines
    .map((l) => l.slice(shared).trimEnd())
    .join('\n')
    .replace(/^\n+|\n+$/g, '');
}
