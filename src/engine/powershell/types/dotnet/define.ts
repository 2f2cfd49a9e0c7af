import type { DotNetMember, MethodOverload, TypeContext } from '../dotnet-type.ts';
import type { Value } from '../value.ts';
import { automationNull } from '../value.ts';

type Get = (self: Value, context: TypeContext) => Value;
type SetValue = (self: Value, value: Value, context: TypeContext) => void;
type Call = (self: Value, args: Value[], context: TypeContext) => Value | void;

/** A readable property; with `set` a writable one. */
export function property(name: string, typeName: string, get: Get, set?: SetValue): DotNetMember {
  return set
    ? { kind: 'property', name, isStatic: false, typeName, get, set }
    : { kind: 'property', name, isStatic: false, typeName, get };
}
export function staticProperty(name: string, typeName: string, get: Get, set?: SetValue): DotNetMember {
  return set
    ? { kind: 'property', name, isStatic: true, typeName, get, set }
    : { kind: 'property', name, isStatic: true, typeName, get };
}

const overload = ([signature, call]: readonly [string, Call]): MethodOverload => ({
  signature,
  call: (self, args, context) => {
    const result = call(self, args, context);
    return result === undefined ? automationNull : result;
  },
});
const nameOf = (signature: string): string => {
  const head = signature.slice(0, signature.indexOf('(')).trim();
  return head.slice(head.lastIndexOf(' ') + 1);
};

/** An instance method from its overloads, each with the signature Get-Member prints. */
export function method(...overloads: readonly (readonly [string, Call])[]): DotNetMember {
  return {
    kind: 'method',
    name: nameOf((overloads[0] as readonly [string, Call])[0]),
    isStatic: false,
    overloads: overloads.map(overload),
  };
}
export function staticMethod(...overloads: readonly (readonly [string, Call])[]): DotNetMember {
  return {
    kind: 'method',
    name: nameOf((overloads[0] as readonly [string, Call])[0]),
    isStatic: true,
    overloads: overloads.map(overload),
  };
}
/** Constructor overloads: signatures `name(args)`. */
export function constructors(...overloads: readonly (readonly [string, Call])[]): MethodOverload[] {
  return overloads.map(overload);
}
