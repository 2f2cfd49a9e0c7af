import { resolveType } from '../types/registry.ts';
import { objectType } from '../types/dotnet-type.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { runtimeError } from '../types/errors.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import { elementsOf } from '../types/enumerate.ts';
import { isNumeric, toDouble } from '../types/numeric.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import { unwrap } from '../types/value.ts';
import type { CommandMetadata, ParameterInfo, ParameterInSetInfo } from '../run/parameters.ts';
import { makeMetadata, makeParameter, nameSets } from '../run/parameters.ts';
import type { Session } from '../run/session.ts';
import { attributeName, namedArgument, validationsOf } from './attributes.ts';
import { transformationOf } from './attribute-classes.ts';
import { constantOf } from './constants.ts';
import type { CodeUnit, Expr, Stmt } from './code.ts';
import { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileBlock } from './statement.ts';
import type { AttributeAst, NamedBlockAst, ParameterAst, ScriptBlockAst } from '../parse/tree.ts';
import { isPureExpressionPipeline } from '../parse/tree.ts';
import { typeFromName } from './type-name.ts';
export { parseScript } from './parse-script.ts';

/** The compiled form of a script block value, made on first use. */
export function codeOf(block: ScriptBlockValue): CodeUnit {
  return block.code as CodeUnit;
}

/** Compiles a script block; `parameters` are those a function names in parentheses. */
export function unitFor(
  ast: ScriptBlockAst,
  file: string | undefined,
  session: Session,
  using: readonly string[] = [],
  parameters?: readonly ParameterAst[],
): CodeUnit {
  const known = session.compiled.get(ast);
  if (known) return known;
  const unit = new LazyUnit(ast, file, session, [...using, ...usingOf(ast)], parameters);
  session.compiled.set(ast, unit);
  return unit;
}

const usingOf = (ast: ScriptBlockAst): string[] =>
  (ast.usingStatements ?? [])
    .filter((u) => u.usingStatementKind.toLowerCase() === 'namespace')
    .map((u) => u.name?.value ?? '');

interface Parts {
  readonly begin: Stmt | undefined;
  readonly process: Stmt | undefined;
  readonly end: Stmt | undefined;
  readonly clean: Stmt | undefined;
  readonly expression: Expr | undefined;
  readonly defaults: ReadonlyMap<string, Expr>;
  readonly context: CompileContext;
}

/** Compiled on first use: functions that are never called cost nothing. */
class LazyUnit implements CodeUnit {
  private readonly ast: ScriptBlockAst;
  readonly file: string | undefined;
  private readonly session: Session;
  private readonly using: readonly string[];
  private readonly parameterNodes: readonly ParameterAst[];
  private made: Parts | undefined;
  private metadata: CommandMetadata | undefined;
  readonly usesArgs: boolean;
  readonly usesInput: boolean;
  readonly usesInvocation: boolean;
  readonly advanced: boolean;
  readonly hasParameters: boolean;

  constructor(
    ast: ScriptBlockAst,
    file: string | undefined,
    session: Session,
    using: readonly string[],
    parameters: readonly ParameterAst[] | undefined,
  ) {
    this.ast = ast;
    this.file = file;
    this.session = session;
    this.using = using;
    this.parameterNodes = parameters ?? ast.paramBlock?.parameters ?? [];
    const { text } = ast.extent;
    this.usesArgs = /[$@]\{?args/i.test(text);
    this.usesInput = /[$@]\{?input/i.test(text);
    this.usesInvocation = /myinvocation|psboundparameters|pscmdlet|get-variable/i.test(text);
    this.advanced =
      (ast.paramBlock?.attributes ?? []).some(
        (a) => a.kind === 'AttributeAst' && attributeName(a as AttributeAst) === 'cmdletbinding',
      ) ||
      this.parameterNodes.some((p) =>
        p.attributes.some(
          (a) => a.kind === 'AttributeAst' && attributeName(a as AttributeAst) === 'parameter',
        ),
      );
    this.hasParameters = this.parameterNodes.length > 0;
  }

  private get parts(): Parts {
    return (this.made ??= this.compile());
  }
  private compile(): Parts {
    const { ast } = this;
    const context = new CompileContext(this.session, this.file, this.using);
    const block = (node: NamedBlockAst | null | undefined): Stmt | undefined =>
      node ? compileBlock(node, context) : undefined;
    const defaults = new Map<string, Expr>();
    for (const parameter of this.parameterNodes) {
      if (parameter.defaultValue)
        defaults.set(
          parameter.name.variablePath.userPath.toLowerCase(),
          compileExpression(parameter.defaultValue, context),
        );
    }
    const only =
      !ast.beginBlock &&
      !ast.processBlock &&
      ast.endBlock?.statements.length === 1 &&
      !ast.endBlock.traps?.length
        ? ast.endBlock.statements[0]
        : undefined;
    const expression =
      only &&
      isPureExpressionPipeline(only) &&
      !this.hasParameters &&
      !isStep(only.pipelineElements[0].expression)
        ? compileExpression(only.pipelineElements[0].expression, context)
        : undefined;
    return {
      begin: block(ast.beginBlock),
      process: block(ast.processBlock),
      end: block(ast.endBlock),
      clean: block(ast.cleanBlock),
      expression,
      defaults,
      context,
    };
  }

  get slots(): number {
    // Slots are given out while compiling; all of it is compiled by now.
    return this.parts.context.slots.size;
  }
  get begin(): Stmt | undefined {
    return this.parts.begin;
  }
  get process(): Stmt | undefined {
    return this.parts.process;
  }
  get end(): Stmt | undefined {
    return this.parts.end;
  }
  get clean(): Stmt | undefined {
    return this.parts.clean;
  }
  get expression(): Expr | undefined {
    return this.parts.expression;
  }
  get defaults(): ReadonlyMap<string, Expr> {
    return this.parts.defaults;
  }
  get sync(): boolean {
    const { begin, process, end } = this.parts;
    return (!begin || begin.sync) && (!process || process.sync) && (!end || end.sync);
  }

  parameters(dialect: 'desktop' | 'core'): CommandMetadata {
    return (this.metadata ??= this.describe(dialect));
  }

  private describe(dialect: 'desktop' | 'core'): CommandMetadata {
    const context = new CompileContext(this.session, this.file, this.using);
    const binding = (this.ast.paramBlock?.attributes ?? []).find(
      (a): a is AttributeAst =>
        a.kind === 'AttributeAst' && attributeName(a as AttributeAst) === 'cmdletbinding',
    );
    const positionalBinding = binding ? namedArgument(binding, 'PositionalBinding', context) : undefined;
    const explicit = this.parameterNodes.some((p) =>
      p.attributes.some(
        (a) =>
          a.kind === 'AttributeAst' &&
          attributeName(a as AttributeAst) === 'parameter' &&
          ((a as AttributeAst).namedArguments ?? []).some((n) => n.argumentName.toLowerCase() === 'position'),
      ),
    );
    const automatic = !explicit && (positionalBinding === undefined || isTrue(positionalBinding));
    let next = 0;
    const parameters = this.parameterNodes.map((node) => {
      const info = describeParameter(node, context, automatic ? next : undefined, this.advanced);
      if (automatic && !info.isSwitch) next++;
      return info;
    });
    const defaultSet = binding ? namedArgument(binding, 'DefaultParameterSetName', context) : undefined;
    const should = binding ? namedArgument(binding, 'SupportsShouldProcess', context) : undefined;
    return makeMetadata(parameters, {
      advanced: this.advanced,
      isCmdlet: false,
      ...(defaultSet === undefined ? {} : { defaultSet: toText(defaultSet) }),
      shouldProcess: should !== undefined && isTrue(should),
      dialect,
    });
  }
}
const isStep = (node: { readonly kind: string; readonly tokenKind?: string }): boolean =>
  node.kind === 'UnaryExpressionAst' && /plusplus|minusminus/i.test(node.tokenKind ?? '');

function describeParameter(
  node: ParameterAst,
  context: CompileContext,
  automatic: number | undefined,
  advanced: boolean,
): ParameterInfo {
  const name = node.name.variablePath.userPath;
  let type: DotNetType = objectType;
  let typed = false;
  const aliases: string[] = [];
  const sets = new Map<string, ParameterInSetInfo>();
  const names: string[] = [];
  let allowNull = false;
  let allowEmptyString = false;
  let allowEmptyCollection = false;
  for (const attribute of node.attributes) {
    if (attribute.kind === 'TypeConstraintAst') {
      const found =
        typeFromName(attribute.typeName, context.using) ??
        resolveType(attribute.typeName.fullName, context.using);
      if (!found)
        throw runtimeError(
          'TypeNotFound',
          `Unable to find type [${attribute.typeName.fullName}].`,
          'InvalidOperation',
          attribute.typeName.fullName,
        );
      type = found;
      typed = found !== objectType;
      continue;
    }
    const a = attribute as AttributeAst;
    switch (attributeName(a)) {
      case 'parameter': {
        const flag = (n: string): boolean => {
          const value = namedArgument(a, n, context);
          return value !== undefined && isTrue(value);
        };
        const position = namedArgument(a, 'Position', context);
        const bare = position === undefined ? undefined : unwrap(position);
        const set = namedArgument(a, 'ParameterSetName', context);
        const help = namedArgument(a, 'HelpMessage', context);
        const key = set === undefined || toText(set) === '__AllParameterSets' ? '*' : toText(set);
        if (key !== '*') names.push(key);
        sets.set(key === '*' ? '*' : key.toLowerCase(), {
          position: bare !== undefined && isNumeric(bare) ? toDouble(bare) : automatic,
          mandatory: flag('Mandatory'),
          pipeline: flag('ValueFromPipeline'),
          pipelineByName: flag('ValueFromPipelineByPropertyName'),
          remaining: flag('ValueFromRemainingArguments'),
          helpMessage: help === undefined ? '' : toText(help),
        });
        break;
      }
      case 'alias':
        for (const argument of a.positionalArguments ?? []) {
          const value = constantOf(argument, context);
          for (const item of elementsOf(value) ?? [value]) aliases.push(toText(item));
        }
        break;
      case 'allownull':
        allowNull = true;
        break;
      case 'allowemptystring':
        allowEmptyString = true;
        break;
      case 'allowemptycollection':
        allowEmptyCollection = true;
        break;
      default:
        break;
    }
  }
  if (sets.size === 0)
    sets.set('*', {
      position: automatic,
      mandatory: false,
      pipeline: false,
      pipelineByName: false,
      remaining: false,
      helpMessage: '',
    });
  const transform = transformationOf(node.attributes, context);
  const info = makeParameter({
    name,
    type,
    typed: typed || transform !== undefined,
    ...(transform ? { transform } : {}),
    aliases,
    sets,
    allowNull,
    allowEmptyString,
    allowEmptyCollection,
    validations: validationsOf(node.attributes, context),
    isScript: true,
    joinsArrays: !advanced,
  });
  if (info.isSwitch)
    for (const set of sets.values()) if (set.position === automatic) set.position = undefined;
  return nameSets(info, names);
}
