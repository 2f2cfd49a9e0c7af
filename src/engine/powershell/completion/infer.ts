import type { Cmdlet } from '../cmdlets/cmdlet.ts';
import { parseText } from '../parse/index.ts';
import type { Token } from '../parse/index.ts';
import type { ExpressionAst, StatementAst } from '../parse/tree.ts';
import type { Session } from '../run/session.ts';
import { DictionaryValue } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { getProperty, ownMember } from '../types/member.ts';
import { PSArray } from '../types/objects.ts';
import { resolveType } from '../types/registry.ts';
import { typeOf } from '../types/type-of.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';

/** What is known of an expression without running it: its value, or only its type; `isType` for `[x]` itself. */
export interface Known {
  readonly value?: Exclude<Value, null>;
  readonly type?: DotNetType;
  readonly isType?: boolean;
}

/** What common cmdlets give where they do not say it themselves. */
const outputs: Readonly<Record<string, string>> = {
  'get-childitem': 'System.IO.FileInfo',
  'get-content': 'string',
  'get-date': 'datetime',
  'get-filehash': 'Microsoft.PowerShell.Commands.FileHashInfo',
  'get-item': 'System.IO.FileInfo',
  'get-random': 'int',
  'join-path': 'string',
  'new-guid': 'guid',
  'new-timespan': 'timespan',
  'out-string': 'string',
  'read-host': 'string',
  'split-path': 'string',
  'test-path': 'bool',
};
const outputOf = (cmdlet: Cmdlet): string | undefined =>
  cmdlet.outputTypes?.[0] ?? outputs[cmdlet.name.toLowerCase()];

const ofType = (name: string): Known | undefined => {
  const type = resolveType(name.replace(/^\[|\]$/g, ''));
  return type ? { type } : undefined;
};
const ofValue = (value: Value | undefined): Known | undefined =>
  value === undefined || isNull(value) ? undefined : { value: value as Exclude<Value, null> };

export const typeOfKnown = (known: Known): DotNetType | undefined =>
  known.type ?? (known.value === undefined ? undefined : (typeOf(known.value) ?? undefined));

export class Inference {
  private readonly session: Session;
  private readonly before: readonly Token[];
  /** `before`: the tokens in front of the expression, for `$_`. */
  constructor(session: Session, before: readonly Token[]) {
    this.session = session;
    this.before = before;
  }

  /** Of the text of an expression. */
  text(source: string): Known | undefined {
    const { ast } = parseText(source);
    const [first] = ast.endBlock?.statements ?? [];
    return first ? this.statement(first) : undefined;
  }

  private statement(node: StatementAst): Known | undefined {
    if (node.kind !== 'PipelineAst') return undefined;
    const last = node.pipelineElements.at(-1);
    if (!last) return undefined;
    if (last.kind === 'CommandExpressionAst') return this.expression(last.expression);
    if (last.kind !== 'CommandAst') return undefined;
    const [name] = last.commandElements;
    if (name?.kind !== 'StringConstantExpressionAst') return undefined;
    const command = this.session.command(name.value);
    const cmdlet = command?.cmdlet;
    if (!cmdlet) return undefined;
    // What passes its input on gives what came in.
    if (/^(Where|Sort|Tee)-Object$/i.test(cmdlet.name) && node.pipelineElements.length > 1) {
      const rest = node.pipelineElements.at(-2);
      if (rest?.kind === 'CommandExpressionAst') return this.element(this.expression(rest.expression));
      if (rest?.kind === 'CommandAst' && rest.commandElements[0]?.kind === 'StringConstantExpressionAst') {
        const source = this.session.command(rest.commandElements[0].value)?.cmdlet;
        const output = source && outputOf(source);
        return output === undefined ? undefined : ofType(output);
      }
    }
    const output = outputOf(cmdlet);
    return output === undefined ? undefined : ofType(output);
  }

  private element(known: Known | undefined): Known | undefined {
    if (known?.value !== undefined) {
      const elements = elementsOf(known.value);
      return elements ? ofValue(elements[0]) : known;
    }
    return known?.type?.elementType ? { type: known.type.elementType } : known;
  }

  expression(node: ExpressionAst): Known | undefined {
    switch (node.kind) {
      case 'VariableExpressionAst': {
        const { userPath, drive } = node.variablePath;
        if (drive?.toLowerCase() === 'env') return ofType('string');
        const lower = node.variablePath.unqualified.toLowerCase();
        if (lower === '_' || lower === 'psitem') return this.pipelineObject();
        const found = this.session.frame.scope.find(lower) ?? this.session.globalScope.find(lower);
        return found
          ? (ofValue(found.read()) ?? (found.type ? { type: found.type } : undefined))
          : (ofValue(this.session.automatic(lower, this.session.frame)) ?? this.assigned(userPath));
      }
      case 'StringConstantExpressionAst':
        return { value: node.value };
      case 'ExpandableStringExpressionAst':
        return { value: node.value };
      case 'ConstantExpressionAst':
        return ofValue(node.value);
      case 'TypeExpressionAst': {
        const type = resolveType(node.typeName.fullName);
        return type ? { type, isType: true } : undefined;
      }
      case 'ConvertExpressionAst':
        return ofType(node.type.typeName.fullName);
      case 'ParenExpressionAst':
        return this.statement(node.pipeline);
      case 'HashtableAst':
        return ofType('hashtable');
      case 'ArrayExpressionAst':
      case 'ArrayLiteralAst':
        return ofType('System.Object[]');
      case 'ScriptBlockExpressionAst':
        return ofType('scriptblock');
      case 'MemberExpressionAst': {
        if (node.member.kind !== 'StringConstantExpressionAst') return undefined;
        return this.member(this.expression(node.expression), node.member.value, node.static);
      }
      case 'InvokeMemberExpressionAst': {
        if (node.member.kind !== 'StringConstantExpressionAst') return undefined;
        return this.result(this.expression(node.expression), node.member.value, node.static);
      }
      case 'IndexExpressionAst': {
        const target = this.expression(node.target);
        if (target?.value instanceof DictionaryValue && node.index.kind === 'StringConstantExpressionAst')
          return ofValue(target.value.get(node.index.value));
        if (target?.value instanceof PSArray && node.index.kind === 'ConstantExpressionAst')
          return ofValue(target.value.items.at(Number(node.index.value)));
        return this.element(target);
      }
      default:
        return undefined;
    }
  }

  private member(target: Known | undefined, name: string, isStatic: boolean): Known | undefined {
    if (!target) return undefined;
    const lower = name.toLowerCase();
    if (isStatic) {
      const member = target.type?.findMember(lower, true);
      return member?.kind === 'property' ? ofType(member.typeName) : undefined;
    }
    if (target.value !== undefined) {
      if (target.value instanceof DictionaryValue && target.value.has(name))
        return ofValue(target.value.get(name));
      // A script property would run script.
      if (ownMember(target.value, lower)?.kind === 'ScriptProperty') return undefined;
      const value = ofValue(getProperty(target.value, name));
      if (value) return value;
    }
    const member = typeOfKnown(target)?.findMember(lower);
    return member?.kind === 'property' ? ofType(member.typeName) : undefined;
  }

  private result(target: Known | undefined, name: string, isStatic: boolean): Known | undefined {
    const type = target && typeOfKnown(target);
    if (isStatic && name.toLowerCase() === 'new') return type ? { type } : undefined;
    const member = type?.findMember(name.toLowerCase(), isStatic);
    if (member?.kind !== 'method') return undefined;
    const returned = /^(?:static\s+)?(\S+)\s/.exec(member.overloads[0]?.signature ?? '')?.[1];
    return returned === undefined ? undefined : ofType(returned);
  }

  /** A variable the text itself gives a value. */
  private assigned(name: string): Known | undefined {
    const { before } = this;
    for (let i = before.length - 1; i > 0; i--) {
      const token = before[i] as Token;
      if (token.kindName !== 'Equals') continue;
      const left = before[i - 1] as Token;
      if (left.kindName !== 'Variable' || left.text.slice(1).toLowerCase() !== name.toLowerCase()) continue;
      let end = i + 1;
      while (end < before.length && !/^(Semi|NewLine)$/.test((before[end] as Token).kindName)) end++;
      const first = before[i + 1];
      const last = before[end - 1];
      if (!first || !last || end <= i + 1) return undefined;
      return new Inference(this.session, before.slice(0, i - 1)).text(
        first.source.text.slice(first.start, last.end),
      );
    }
    return undefined;
  }

  /** What comes down the pipeline into the block the cursor is in, or into the command itself. */
  pipelineObject(): Known | undefined {
    const { before } = this;
    let depth = 0;
    for (let i = before.length - 1; i >= 0; i--) {
      const { kindName } = before[i] as Token;
      if (kindName === 'RCurly' || kindName === 'RParen') depth++;
      else if (kindName === 'LCurly' || kindName === 'LParen' || kindName === 'DollarParen')
        depth = Math.max(0, depth - 1);
      else if (kindName === 'Pipe' && depth === 0) {
        let start = i;
        while (start > 0 && !/^(Semi|NewLine|LCurly|Equals)$/.test((before[start - 1] as Token).kindName))
          start--;
        const first = before[start];
        if (!first || start === i) return undefined;
        return this.element(
          new Inference(this.session, before.slice(0, start)).text(
            first.source.text.slice(first.start, (before[i] as Token).start),
          ),
        );
      }
    }
    return undefined;
  }
}
