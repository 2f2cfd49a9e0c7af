import type { DotNetType, MethodOverload } from './dotnet-type.ts';
import { objectType } from './dotnet-type.ts';
import { DictionaryValue, ListValue } from './collections.ts';
import { convertTo, numericKindOf } from './convert.ts';
import { ConversionError, runtimeError } from './errors.ts';
import { isNumeric, kindOf } from './numeric.ts';
import {
  arrayTypeOf,
  booleanType,
  charType,
  CharValue,
  DotNetObject,
  EnumValue,
  PSArray,
  PSCustomObject,
  stringType,
} from './objects.ts';
import { resolveType } from './registry.ts';
import { ScriptBlockValue } from './script-block.ts';
import { toText } from './text.ts';
import { typeOf } from './type-of.ts';
import { typeConverters } from './type-converters.ts';
import type { Value } from './value.ts';
import { automationNull, PSWrapped } from './value.ts';

export interface SignatureParameter {
  readonly name: string;
  readonly typeName: string;
  readonly isParams: boolean;
  readonly optional: boolean;
  readonly isRef: boolean;
}
export interface Signature {
  readonly returnType: string;
  readonly name: string;
  readonly parameters: readonly SignatureParameter[];
  readonly required: number;
  readonly isParams: boolean;
}

const parsed = new Map<string, Signature>();

function splitParameters(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '[') depth++;
    else if (c === ']') depth--;
    else if (c === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== '') parts.push(last);
  return parts;
}

/** `static`-less definition as Get-Member prints it: `string Substring(int startIndex, int length)`. */
export function parseSignature(text: string): Signature {
  const known = parsed.get(text);
  if (known) return known;
  const open = text.indexOf('(');
  const head = text.slice(0, open).trim();
  const space = head.lastIndexOf(' ');
  const parameters = splitParameters(text.slice(open + 1, text.lastIndexOf(')'))).map(
    (part): SignatureParameter => {
      let rest = part;
      const isParams = /^params /i.test(rest);
      if (isParams) rest = rest.slice(7);
      const isRef = /^(\[ref\]|out|ref) ?/i.test(rest);
      if (isRef) rest = rest.replace(/^(\[ref\]|out|ref) ?/i, '');
      const optional = / = /.test(rest);
      if (optional) rest = rest.slice(0, rest.indexOf(' = '));
      const gap = rest.lastIndexOf(' ');
      return {
        name: gap < 0 ? rest : rest.slice(gap + 1),
        typeName: gap < 0 ? 'object' : rest.slice(0, gap),
        isParams,
        optional,
        isRef,
      };
    },
  );
  const signature: Signature = {
    returnType: space < 0 ? 'void' : head.slice(0, space),
    name: head.slice(space + 1),
    parameters,
    required: parameters.filter((p) => !p.optional && !p.isParams).length,
    isParams: parameters.at(-1)?.isParams ?? false,
  };
  parsed.set(text, signature);
  return signature;
}

function parameterType(name: string, owner: DotNetType): DotNetType | undefined {
  const generic = owner.genericArguments;
  if (generic.length > 0) {
    const element = (n: string): DotNetType | undefined =>
      n === 'T' || n === 'TKey' || n === 'T1'
        ? generic[0]
        : n === 'TValue' || n === 'T2'
          ? generic[1]
          : undefined;
    const direct = element(name);
    if (direct) return direct;
    if (name === 'T[]' && generic[0]) return arrayTypeOf(generic[0]);
    if (/IEnumerable\[T\]$|IList\[T\]$|ICollection\[T\]$/.test(name) && generic[0])
      return arrayTypeOf(generic[0]);
  }
  const type = resolveType(name);
  if (!type) return /^(T|TKey|TValue|TResult)$/.test(name) ? objectType : undefined;
  return type;
}

/** How well a value fits a parameter; lower is better, undefined: not at all. */
function cost(value: Value, type: DotNetType): number | undefined {
  const bare = value instanceof PSWrapped ? value.base : value;
  if (type === objectType) return bare === null || bare === automationNull ? 2 : 20;
  if (bare === null || bare === automationNull) return type.isValueType ? 40 : type === stringType ? 3 : 2;
  const own = typeOf(bare) as DotNetType;
  if (own === type) return 0;
  if (own.isAssignableTo(type)) return type.kind === 'interface' ? 3 : 1;
  const kind = numericKindOf(type);
  if (kind) {
    if (isNumeric(bare)) {
      const from = kindOf(bare) as string;
      const order = [
        'sbyte',
        'byte',
        'int16',
        'uint16',
        'int32',
        'uint32',
        'int64',
        'uint64',
        'single',
        'double',
        'decimal',
        'biginteger',
      ];
      const d = order.indexOf(kind) - order.indexOf(from);
      return d > 0
        ? kind === 'uint32' || kind === 'uint64' || kind === 'uint16'
          ? 8 + d
          : kind === 'decimal'
            ? 7
            : 2 + d / 4
        : 12 - d;
    }
    if (bare instanceof CharValue) return kind === 'int32' ? 6 : 9;
    if (bare instanceof EnumValue) return kind === 'int32' ? 6 : 9;
    if (typeof bare === 'string') return 25;
    if (typeof bare === 'boolean') return 26;
    return undefined;
  }
  if (type === charType) {
    if (typeof bare === 'string') return bare.length === 1 ? 5 : 45;
    return isNumeric(bare) ? 15 : undefined;
  }
  if (type === stringType) {
    if (bare instanceof CharValue) return 6;
    return bare instanceof PSArray ? 32 : 30;
  }
  if (type === booleanType) return 28;
  if (type.kind === 'enum') return typeof bare === 'string' ? 10 : isNumeric(bare) ? 14 : 35;
  if (type.kind === 'delegate') return bare instanceof ScriptBlockValue ? 4 : undefined;
  if (type.elementType) {
    if (bare instanceof PSArray || bare instanceof ListValue) {
      let worst = 4;
      for (const item of bare.items) {
        const one = cost(item, type.elementType);
        if (one === undefined) return undefined;
        if (one + 4 > worst) worst = one + 4;
      }
      return worst;
    }
    if (typeof bare === 'string' && type.elementType === charType) return 7;
    const one = cost(bare, type.elementType);
    return one === undefined ? undefined : one + 16;
  }
  if (type.kind === 'interface') return bare instanceof PSArray || bare instanceof ListValue ? 5 : undefined;
  if (typeConverters.has(type.fullName)) return typeof bare === 'string' ? 22 : 27;
  if (typeof bare === 'string' && type.findMember('parse', true)) return 23;
  if (bare instanceof DictionaryValue || bare instanceof PSCustomObject) return 33;
  return type.constructors.length > 0 ? 38 : undefined;
}

export interface BoundCall {
  readonly overload: MethodOverload;
  readonly args: Value[];
}

const single = new WeakMap<
  readonly MethodOverload[],
  { readonly signature: Signature; readonly types: (DotNetType | undefined)[] }
>();

/** Chooses an overload and converts the arguments; throws PowerShell's own errors. */
export function bindOverload(
  name: string,
  owner: DotNetType,
  overloads: readonly MethodOverload[],
  args: readonly Value[],
): BoundCall {
  // The usual case: one overload, exact argument types.
  if (overloads.length === 1 && owner.genericArguments.length === 0) {
    const overload = overloads[0] as MethodOverload;
    let info = single.get(overloads);
    if (!info) {
      const signature = parseSignature(overload.signature);
      info = { signature, types: signature.parameters.map((p) => parameterType(p.typeName, owner)) };
      single.set(overloads, info);
    }
    if (!info.signature.isParams && info.signature.parameters.length === args.length) {
      let exact = true;
      for (let i = 0; i < args.length && exact; i++) {
        const t = info.types[i];
        if (t !== objectType && (typeOf(args[i] as Value) !== t || args[i] instanceof PSWrapped))
          exact = false;
      }
      if (exact) return { overload, args: args as Value[] };
    }
  }
  let best: MethodOverload | undefined;
  let bestCost = Infinity;
  let bestExpanded = false;
  for (const overload of overloads) {
    const signature = parseSignature(overload.signature);
    const count = signature.parameters.length;
    for (const expanded of signature.isParams ? [false, true] : [false]) {
      if (
        expanded
          ? args.length < signature.required
          : args.length > count ||
            args.length < signature.required ||
            (signature.isParams && args.length !== count)
      )
        continue;
      let total = expanded ? 10 : signature.parameters.length - args.length;
      for (let i = 0; i < args.length && total < Infinity; i++) {
        const inTail = expanded && i >= count - 1;
        const parameter = signature.parameters[inTail ? count - 1 : i] as SignatureParameter;
        const type = parameterType(parameter.typeName, owner);
        const target = inTail ? type?.elementType : type;
        const one = parameter.isRef ? 1 : target ? cost(args[i] as Value, target) : undefined;
        total = one === undefined ? Infinity : total + one;
      }
      if (total < bestCost) {
        best = overload;
        bestCost = total;
        bestExpanded = expanded;
      }
    }
  }
  if (!best) {
    const byCount = overloads.filter((o) => {
      const s = parseSignature(o.signature);
      return s.isParams
        ? args.length >= s.required
        : args.length >= s.required && args.length <= s.parameters.length;
    });
    if (byCount.length !== 1)
      throw runtimeError(
        'MethodCountCouldNotFindBest',
        `Cannot find an overload for "${name}" and the argument count: "${args.length}".`,
        'NotSpecified',
        null,
        'System.Management.Automation.MethodException',
      );
    best = byCount[0] as MethodOverload;
    bestExpanded = parseSignature(best.signature).isParams;
  }
  const signature = parseSignature(best.signature);
  const converted: Value[] = [];
  const count = signature.parameters.length;
  const plain = bestExpanded ? count - 1 : args.length;
  for (let i = 0; i < plain && i < args.length; i++)
    converted.push(
      convertArgument(name, owner, signature.parameters[i] as SignatureParameter, args[i] as Value),
    );
  if (bestExpanded) {
    const tail = signature.parameters[count - 1] as SignatureParameter;
    const element = parameterType(tail.typeName, owner)?.elementType ?? objectType;
    converted.push(
      new PSArray(
        args.slice(count - 1).map((a) => convertTo(a, element)),
        element,
      ),
    );
  }
  return { overload: best, args: converted };
}

function convertArgument(
  method: string,
  owner: DotNetType,
  parameter: SignatureParameter,
  value: Value,
): Value {
  const type = parameterType(parameter.typeName, owner);
  if (!type || parameter.isRef) return value;
  if (value === automationNull) value = null;
  // $null becomes an empty text; only [NullString]::Value is null to .NET.
  if (type === stringType && value === null) return '';
  if (type === stringType && value instanceof DotNetObject && value.type.name === 'NullString') return null;
  try {
    return convertTo(value, type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    throw runtimeError(
      'MethodArgumentConversionInvalidCastArgument',
      `Cannot convert argument "${parameter.name}", with value: "${toText(value)}", for "${method === 'new' ? '.ctor' : method}" to type "${type.displayName}": "${error.message}"`,
      'NotSpecified',
      null,
      'System.Management.Automation.MethodException',
      error.inner,
    );
  }
}
