import { differences } from '../../dialects/index.ts';
import { stringArray } from '../../types/objects.ts';
import { array } from '../../types/objects.ts';
import { hooks } from '../../types/hooks.ts';
import { DotNetError } from '../../types/errors.ts';
import { allMatches, regexIgnoreCase, regexOf } from '../../types/regex-port.ts';
import type { CompiledRegex, RegexMatch } from '../../types/regex-port.ts';
import { toText } from '../../types/text.ts';
import { defineType } from '../../types/registry.ts';
import { DotNetObject } from '../../types/objects.ts';
import { method, property } from '../../types/dotnet/define.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { pathOfInfo } from '../../providers/file-info.ts';
import { leafOf } from '../../providers/paths.ts';
import { decodeText, utf8NoBom } from '../../providers/encoding.ts';
import { expandPath } from '../../providers/resolve.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';
import { linesOf } from '../content/get-content.ts';
import { encodingArgument, encodingParameter } from '../content/encoding-argument.ts';
import { nameTest } from '../items/targets.ts';

const contextType = recordType(
  'Microsoft.PowerShell.Commands.MatchInfoContext',
  'PreContext:string[] PostContext:string[] DisplayPreContext:string[] DisplayPostContext:string[]',
);

interface MatchState {
  readonly line: Value;
  readonly lineNumber: number;
  readonly path: string;
  readonly pattern: string;
  readonly ignoreCase: boolean;
  readonly matches: readonly Value[];
  before: readonly string[] | undefined;
  after: string[] | undefined;
}
const state = (self: Value): MatchState => (self as DotNetObject<MatchState>).state;

/** `path:line:text`, each line of context marked; only the text where there is no file. */
function matchText(of: MatchState, path: string): string {
  const line = toText(of.line);
  const place = (n: number, text: string): string => (path === 'InputStream' ? text : `${path}:${n}:${text}`);
  if (!of.before && !of.after) return place(of.lineNumber, line);
  const lines = [
    ...(of.before ?? []).map((text, i, all) => `  ${place(of.lineNumber - all.length + i, text)}`),
    `> ${place(of.lineNumber, line)}`,
    ...(of.after ?? []).map((text, i) => `  ${place(of.lineNumber + i + 1, text)}`),
  ];
  return lines.join('\n');
}
/** A path below a folder without that folder. */
function below(path: string, folder: string): string {
  const base = folder.endsWith('\\') ? folder : `${folder}\\`;
  return path.toLowerCase().startsWith(base.toLowerCase()) ? path.slice(base.length) : path;
}

export const matchInfoType = defineType('Microsoft.PowerShell.Commands.MatchInfo', {
  members: [
    property('IgnoreCase', 'bool', (s) => state(s).ignoreCase),
    property('LineNumber', 'int', (s) => state(s).lineNumber),
    property('Line', 'string', (s) => state(s).line),
    property('Filename', 'string', (s) =>
      state(s).path === 'InputStream' ? 'InputStream' : leafOf(state(s).path),
    ),
    property('Path', 'string', (s) => state(s).path),
    property('Pattern', 'string', (s) => state(s).pattern),
    property('Context', 'Microsoft.PowerShell.Commands.MatchInfoContext', (s) => {
      const { before, after } = state(s);
      if (!before && !after) return null;
      return makeRecord(contextType, {
        PreContext: stringArray([...(before ?? [])]),
        PostContext: stringArray([...(after ?? [])]),
        DisplayPreContext: stringArray([...(before ?? [])]),
        DisplayPostContext: stringArray([...(after ?? [])]),
      });
    }),
    property('Matches', 'System.Text.RegularExpressions.Match[]', (s) => array([...state(s).matches])),
    method([
      'string RelativePath(string directory)',
      (s, args) => below(state(s).path, toText(args[0] as Value)),
    ]),
    method(
      ['string ToString()', (s) => matchText(state(s), state(s).path)],
      [
        'string ToString(string directory)',
        (s, args) => matchText(state(s), below(state(s).path, toText(args[0] as Value))),
      ],
    ),
    method([
      'string ToEmphasizedString(string directory)',
      (s, args) => matchText(state(s), below(state(s).path, toText(args[0] as Value))),
    ]),
  ],
});

interface Pattern {
  readonly text: string;
  readonly regex: CompiledRegex;
}

function patterns(context: CmdletContext): Pattern[] {
  const options = context.switch('CaseSensitive') ? 0 : regexIgnoreCase;
  return context.strings('Pattern').map((text) => {
    try {
      return {
        text,
        regex: regexOf(
          context.switch('SimpleMatch') ? text.replace(/[\\*+?|{[()^$.# \t\n\r\f\v]/g, '\\$&') : text,
          options,
        ),
      };
    } catch (error) {
      if (!(error instanceof DotNetError)) throw error;
      return context.fail({
        id: 'InvalidRegex',
        category: 'InvalidArgument',
        message: `The string ${text} is not a valid regular expression: ${error.message}`,
        exception: 'System.ArgumentException',
        target: text,
      });
    }
  });
}

/** Goes through lines one at a time; matches wait until their lines of context are there. */
class Search {
  private readonly context: CmdletContext;
  private readonly patterns: readonly Pattern[];
  private readonly before: number;
  private readonly after: number;
  private readonly recent: string[] = [];
  private open: { readonly match: MatchState; left: number }[] = [];
  private line = 0;
  found = false;
  constructor(context: CmdletContext, all: readonly Pattern[]) {
    this.context = context;
    this.patterns = all;
    const given = context.list('Context').map((v) => Number(toText(v)));
    this.before = given[0] ?? 0;
    this.after = given.length > 1 ? (given[1] as number) : (given[0] ?? 0);
  }

  add(value: Value, text: string, path: string): void {
    this.line++;
    const hit = this.match(text);
    for (const one of this.open) {
      one.match.after?.push(text);
      one.left--;
    }
    this.flush(false);
    if (hit) this.report(hit, value, path);
    this.recent.push(text);
    if (this.recent.length > this.before) this.recent.shift();
  }
  private report(
    hit: { readonly pattern: Pattern; readonly matches: readonly RegexMatch[] },
    value: Value,
    path: string,
  ): void {
    const { context } = this;
    this.found = true;
    if (context.switch('Quiet')) return;
    if (context.switch('Raw')) {
      context.write(value);
      return;
    }
    const wanted = context.has('Context');
    const text = toText(value);
    const match: MatchState = {
      line: text,
      lineNumber: this.line,
      path,
      pattern: hit.pattern.text,
      ignoreCase: !context.switch('CaseSensitive'),
      matches: hit.matches.map((m) => hooks.matchObject(m, text, hit.pattern.regex)),
      before: wanted ? [...this.recent] : undefined,
      after: wanted ? [] : undefined,
    };
    if (wanted && this.after > 0) this.open.push({ match, left: this.after });
    else context.write(new DotNetObject(matchInfoType, match));
  }
  private match(
    text: string,
  ): { readonly pattern: Pattern; readonly matches: readonly RegexMatch[] } | undefined {
    const { context } = this;
    const negate = context.switch('NotMatch');
    for (const pattern of this.patterns) {
      const matches: RegexMatch[] = [];
      for (const match of allMatches(pattern.regex, text)) {
        matches.push(match);
        if (!context.switch('AllMatches')) break;
      }
      if (matches.length > 0)
        return negate
          ? undefined
          : {
              pattern,
              matches:
                context.switch('SimpleMatch') && differences.commands.simpleMatch.desktopIn(context.dialect)
                  ? []
                  : matches,
            };
    }
    return negate && this.patterns[0] ? { pattern: this.patterns[0], matches: [] } : undefined;
  }
  private flush(all: boolean): void {
    while (this.open[0] && (all || this.open[0].left <= 0)) {
      const { match } = this.open.shift() as { match: MatchState };
      this.context.write(new DotNetObject(matchInfoType, match));
    }
  }
  end(): void {
    this.flush(true);
  }
}

function searchFile(context: CmdletContext, all: readonly Pattern[], path: string): boolean {
  const content = context.host.files.read(path);
  if (!content.ok) {
    if (content.error.code === 'is-directory') return false;
    context.error({
      id: 'ProcessingFile',
      category: 'InvalidArgument',
      message: `The file ${path} cannot be read: ${content.error.message}`,
      exception: 'System.ArgumentException',
      target: path,
    });
    return false;
  }
  const search = new Search(context, all);
  for (const line of linesOf(
    // UTF-8 in both dialects, unlike Get-Content (about_Character_Encoding).
    decodeText(content.value, encodingArgument(context, utf8NoBom)),
  )) {
    search.add(line, line, path);
    if (search.found && (context.switch('List') || context.switch('Quiet'))) break;
  }
  search.end();
  return search.found;
}

export const selectString: Cmdlet = {
  name: 'Select-String',
  aliases: ['sls'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.SelectStringCommand',
  defaultSet: 'File',
  parameters: [
    { name: 'Culture', type: 'string', dialect: 'core' },
    {
      name: 'InputObject',
      type: 'psobject',
      allowNull: true,
      allowEmptyString: true,
      sets: [{ set: 'Object', mandatory: true, pipeline: true }],
    },
    { name: 'Pattern', type: 'string[]', position: 0, mandatory: true },
    {
      name: 'Path',
      type: 'string[]',
      sets: [{ set: 'File', position: 1, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralFile', mandatory: true, pipelineByName: true }],
    },
    { name: 'Raw', type: 'switch', dialect: 'core' },
    { name: 'SimpleMatch', type: 'switch' },
    { name: 'CaseSensitive', type: 'switch' },
    { name: 'Quiet', type: 'switch' },
    { name: 'List', type: 'switch' },
    { name: 'NoEmphasis', type: 'switch', dialect: 'core' },
    { name: 'Include', type: 'string[]' },
    { name: 'Exclude', type: 'string[]' },
    { name: 'NotMatch', type: 'switch' },
    { name: 'AllMatches', type: 'switch' },
    encodingParameter,
    { name: 'Context', type: 'int[]' },
  ],
  start(context) {
    let all: Pattern[] | undefined;
    let search: Search | undefined;
    let answered = false;
    const quiet = (found: boolean): void => {
      if (found && context.switch('Quiet') && !answered) {
        answered = true;
        context.write(true);
      }
    };
    const files = (paths: readonly string[], literal: boolean): void => {
      const test = nameTest(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal });
        if (!found.ok) {
          context.error(found.error);
          continue;
        }
        for (const at of found.value) {
          if (test && !test(leafOf(at.providerPath))) continue;
          quiet(searchFile(context, all as Pattern[], at.providerPath));
        }
      }
    };
    return {
      process() {
        all ??= patterns(context);
        if (answered) return undefined;
        if (context.has('LiteralPath')) {
          files(context.strings('LiteralPath'), true);
          return undefined;
        }
        if (context.has('Path')) {
          files(context.strings('Path'), false);
          return undefined;
        }
        const value = context.get('InputObject');
        const path = pathOfInfo(value);
        if (path !== undefined) {
          files([path], true);
          return undefined;
        }
        search ??= new Search(context, all);
        const items =
          context.expectingInput && context.input !== automationNull
            ? [value]
            : (elementsOf(value) ?? [value]);
        for (const item of items) {
          const text = isNull(item) ? '' : toText(item);
          search.add(item, text, 'InputStream');
          quiet(search.found);
        }
        return undefined;
      },
      end() {
        search?.end();
        return undefined;
      },
    };
  },
};
