import { parseText } from '../../parse/index.ts';
import { parseException } from '../../compile/parse-failure.ts';
import { context } from '../../types/ambient.ts';
import { psCollection } from '../../types/collection-methods.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { method, property, staticMethod } from '../../types/dotnet/define.ts';
import type { DotNetMember } from '../../types/dotnet-type.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { DotNetError } from '../../types/errors.ts';
import { getProperty } from '../../types/member.ts';
import { ScriptBlockValue, scriptBlockType } from '../../types/script-block.ts';
import { objectText, toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import { callBlock } from '../invoke.ts';
import { Scope, Variable } from '../scope.ts';
import type { Session } from '../session.ts';
import { astValue } from './ast.ts';
import { extentValue } from './extent.ts';

const block = (self: Value): ScriptBlockValue => self as ScriptBlockValue;
const session = (): Session => context().session as Session;

/** `[scriptblock]::Create`: errors of the text are those of a .NET call. */
function create(text: string): Value {
  const { errors } = parseText(text);
  const [first, ...others] = errors;
  if (first) throw new DotNetError(parseException([first, ...others]));
  return session().scriptBlock(text);
}

/** A copy that keeps the variables of the scope it is made in. */
function closure(self: ScriptBlockValue): Value {
  const owner = session();
  const { frame } = owner;
  const scope = new Scope(owner.globalScope);
  scope.isScript = true;
  for (const [lower, variable] of frame.scope.variables) {
    if (variable.constant || variable.allScope) continue;
    const copy = new Variable(variable.name, variable.read());
    copy.type = variable.type;
    scope.variables.set(lower, copy);
  }
  const result = new ScriptBlockValue(self.ast, self.code, self.file, scope);
  result.isFilter = self.isFilter;
  return result;
}

function invoke(self: ScriptBlockValue, args: readonly Value[]): Value {
  const owner = session();
  return owner.drain(callBlock(owner, self, args, owner.frame));
}
const collected = (result: Value): Value =>
  psCollection(result === automationNull ? [] : [...(elementsOf(result) ?? [result])]);

function invokeWithContext(self: ScriptBlockValue, a: readonly Value[]): Value {
  const owner = session();
  const scope = new Scope((self.scope as Scope | undefined) ?? owner.frame.scope);
  const [functions, variables, args] = a;
  if (functions instanceof DictionaryValue)
    for (const { key, value } of functions.entries.values())
      if (value instanceof ScriptBlockValue) owner.defineFunction(toText(key), value, scope, false);
  for (const item of elementsOf(variables ?? null) ?? []) {
    const name = toText(getProperty(item, 'Name') ?? null);
    scope.variables.set(name.toLowerCase(), new Variable(name, getProperty(item, 'Value') ?? null));
  }
  const bound = new ScriptBlockValue(self.ast, self.code, self.file, scope);
  return collected(invoke(bound, elementsOf(args ?? null) ?? []));
}

const members: DotNetMember[] = [
  property('Ast', 'System.Management.Automation.Language.Ast', (s) => {
    const { ast, definition } = block(s);
    return definition ? astValue(definition, ast) : astValue(ast, ast);
  }),
  property('Attributes', 'object', () => psCollection([])),
  property('DebuggerHidden', 'bool', () => false),
  property('File', 'string', (s) => block(s).file ?? null),
  property('IsConfiguration', 'bool', () => false),
  property('IsFilter', 'bool', (s) => block(s).isFilter || block(s).ast.processBlock?.unnamed === true),
  property('Module', 'psmoduleinfo', (s) => (block(s).scope as Scope | undefined)?.module ?? null),
  property('StartPosition', 'object', (s) => extentValue(block(s).ast.extent)),
  staticMethod(['scriptblock Create(string script)', (_s, a) => create(toText(a[0] ?? null))]),
  method(['void CheckRestrictedLanguage(System.Object a, System.Object b, bool c)', () => automationNull]),
  method(['scriptblock GetNewClosure()', (s) => closure(block(s))]),
  method([
    'System.Collections.ObjectModel.Collection[psobject] Invoke(Params System.Object[] args)',
    (s, a) => collected(invoke(block(s), elementsOf(a[0] ?? null) ?? [])),
  ]),
  method([
    'System.Object InvokeReturnAsIs(Params System.Object[] args)',
    (s, a) => invoke(block(s), elementsOf(a[0] ?? null) ?? []),
  ]),
  method([
    'System.Collections.ObjectModel.Collection[psobject] InvokeWithContext(System.Object functionsToDefine, System.Object variablesToDefine, Params System.Object[] args)',
    (s, a) => invokeWithContext(block(s), a),
  ]),
  method(['string ToString()', (s) => objectText(s)]),
];
for (const member of members) scriptBlockType.addMember(member);
