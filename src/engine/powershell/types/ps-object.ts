import { SequenceValue } from './collections.ts';
import type { DotNetMember } from './dotnet-type.ts';
import { defineEnum, defineType, resolveType, typeShortName } from './registry.ts';
import { enumValue } from './enum-text.ts';
import { runtimeError } from './errors.ts';
import { extendedMembers } from './extended-members.ts';
import { callMethod, callStatic, getProperty, setProperty } from './member.ts';
import { DotNetObject, PSArray, PSCustomObject, stringType } from './objects.ts';
import { arrayListType, ListValue } from './collections.ts';
import { elementsOf } from './enumerate.ts';
import { toText } from './text.ts';
import { typeNamesOf, typeOf } from './type-of.ts';
import { DotNetType } from './dotnet-type.ts';
import type { PSMember, Value, PSReference } from './value.ts';
import { automationNull, MemberBag, PSWrapped } from './value.ts';
import { wildcard } from './wildcard.ts';

/* `$x.PSObject` and what hangs on it: member collections and PSMemberInfo objects. */

const memberKinds =
  resolveType('System.Management.Automation.PSMemberTypes') ??
  defineEnum(
    'System.Management.Automation.PSMemberTypes',
    'AliasProperty=1,CodeProperty=2,Property=4,NoteProperty=8,ScriptProperty=16,Properties=31,PropertySet=32,Method=64,CodeMethod=128,ScriptMethod=256,Methods=448,ParameterizedProperty=512,MemberSet=1024,Event=2048,Dynamic=4096,InferredProperty=8192,All=16383',
    true,
  );

interface MemberState {
  readonly name: string;
  readonly kind: string;
  /** The object the member belongs to; undefined for one made by hand and not yet added. */
  owner: Value | undefined;
  readonly own: PSMember | undefined;
  readonly dotNet: DotNetMember | undefined;
  /** Of a note property made by hand. */
  value: Value;
}
const m = (self: Value): MemberState => (self as DotNetObject<MemberState>).state;
const isMethodKind = (kind: string): boolean =>
  kind === 'Method' || kind === 'ScriptMethod' || kind === 'CodeMethod';

function valueOf(self: Value): Value {
  const state = m(self);
  if (isMethodKind(state.kind)) return self;
  if (state.owner === undefined) return state.value;
  return getProperty(state.owner, state.name) ?? null;
}
function typeNameOfValue(self: Value): string {
  const state = m(self);
  if (state.dotNet?.kind === 'property')
    return resolveType(state.dotNet.typeName)?.fullName ?? state.dotNet.typeName;
  if (state.kind !== 'NoteProperty')
    return isMethodKind(state.kind) ? `System.Management.Automation.PS${state.kind}` : 'System.Object';
  const value = valueOf(self);
  return typeOf(value)?.displayName ?? 'System.Object';
}
function definition(self: Value): string {
  const state = m(self);
  if (state.dotNet?.kind === 'method') return state.dotNet.overloads.map((o) => o.signature).join(', ');
  if (state.own?.kind === 'CodeMethod') return state.own.definition;
  if (state.kind === 'ScriptMethod') return `System.Object ${state.name}();`;
  if (state.kind === 'NoteProperty') {
    const type = typeOf(valueOf(self));
    return `${type ? typeShortName(type) : 'object'} ${state.name}=${toText(valueOf(self))}`;
  }
  if (state.dotNet?.kind === 'property')
    return `${state.dotNet.typeName} ${state.name} {get;${state.dotNet.set ? 'set;' : ''}}`;
  return state.name;
}

const baseType = defineType('System.Management.Automation.PSMemberInfo', {
  assembly: 'System.Management.Automation',
  members: [
    {
      kind: 'property',
      name: 'MemberType',
      isStatic: false,
      typeName: 'System.Management.Automation.PSMemberTypes',
      get: (s) => enumValue(memberKinds, m(s).kind),
    },
    {
      kind: 'property',
      name: 'Value',
      isStatic: false,
      typeName: 'System.Object',
      get: valueOf,
      set: (s, v) => {
        const state = m(s);
        if (state.owner === undefined) state.value = v;
        else setProperty(state.owner, state.name, v);
      },
    },
    { kind: 'property', name: 'Name', isStatic: false, typeName: 'string', get: (s) => m(s).name },
    { kind: 'property', name: 'TypeNameOfValue', isStatic: false, typeName: 'string', get: typeNameOfValue },
    {
      kind: 'property',
      name: 'IsInstance',
      isStatic: false,
      typeName: 'bool',
      get: (s) => m(s).own !== undefined,
    },
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: definition }],
    },
    {
      kind: 'method',
      name: 'Copy',
      isStatic: false,
      overloads: [
        {
          signature: 'psmemberinfo Copy()',
          call: (s) => new DotNetObject((s as DotNetObject).type, { ...m(s) }),
        },
      ],
    },
  ],
});
const settable = (self: Value): boolean => {
  const { own, dotNet, kind } = m(self);
  if (dotNet) return dotNet.kind === 'property' && dotNet.set !== undefined;
  if (own?.kind === 'ScriptProperty') return own.setter !== null;
  return (
    kind === 'NoteProperty' ||
    kind === 'AliasProperty' ||
    (own?.kind === 'CodeProperty' && own.set !== undefined)
  );
};
const propertyType = defineType('System.Management.Automation.PSPropertyInfo', {
  baseType,
  members: [
    { kind: 'property', name: 'IsSettable', isStatic: false, typeName: 'bool', get: settable },
    { kind: 'property', name: 'IsGettable', isStatic: false, typeName: 'bool', get: () => true },
  ],
});
const methodType = defineType('System.Management.Automation.PSMethodInfo', {
  baseType,
  members: [
    {
      kind: 'property',
      name: 'OverloadDefinitions',
      isStatic: false,
      typeName: 'System.Collections.ObjectModel.Collection[string]',
      get: (s) => {
        const { dotNet } = m(s);
        return new PSArray(
          dotNet?.kind === 'method'
            ? dotNet.overloads.map((o) => (dotNet.isStatic ? `static ${o.signature}` : o.signature))
            : [definition(s)],
          stringType,
        );
      },
    },
    {
      kind: 'method',
      name: 'Invoke',
      isStatic: false,
      overloads: [
        {
          signature: 'System.Object Invoke(Params System.Object[] arguments)',
          call: (s, a) => invokeMember(s, [...(elementsOf(a[0] ?? null) ?? [])]),
        },
      ],
    },
  ],
});
const infoTypes = new Map<string, DotNetType>();
for (const kind of [
  'NoteProperty',
  'ScriptProperty',
  'AliasProperty',
  'CodeProperty',
  'Property',
  'PropertySet',
  'MemberSet',
])
  infoTypes.set(kind, defineType(`System.Management.Automation.PS${kind}`, { baseType: propertyType }));
for (const kind of ['Method', 'ScriptMethod', 'CodeMethod'])
  infoTypes.set(kind, defineType(`System.Management.Automation.PS${kind}`, { baseType: methodType }));

const info = (state: MemberState): DotNetObject<MemberState> =>
  new DotNetObject(infoTypes.get(state.kind) ?? baseType, state);
const byHand = (name: Value | undefined, kind: string, own: PSMember | undefined, value: Value): Value =>
  info({ name: toText(name ?? null), kind, owner: undefined, own, dotNet: undefined, value });

(infoTypes.get('NoteProperty') as DotNetType).constructors = [
  {
    signature: 'psnoteproperty new(string name, System.Object value)',
    call: (_s, a) => byHand(a[0], 'NoteProperty', undefined, a[1] ?? null),
  },
];
(infoTypes.get('ScriptProperty') as DotNetType).constructors = [
  {
    signature: 'psscriptproperty new(string name, scriptblock getterScript)',
    call: (_s, a) =>
      byHand(
        a[0],
        'ScriptProperty',
        { kind: 'ScriptProperty', name: toText(a[0] as Value), getter: a[1] as PSReference, setter: null },
        null,
      ),
  },
  {
    signature: 'psscriptproperty new(string name, scriptblock getterScript, scriptblock setterScript)',
    call: (_s, a) =>
      byHand(
        a[0],
        'ScriptProperty',
        {
          kind: 'ScriptProperty',
          name: toText(a[0] as Value),
          getter: a[1] as PSReference | null,
          setter: a[2] as PSReference | null,
        },
        null,
      ),
  },
];
for (const part of ['getter', 'setter'] as const)
  (infoTypes.get('ScriptProperty') as DotNetType).addMember({
    kind: 'property',
    name: part === 'getter' ? 'GetterScript' : 'SetterScript',
    isStatic: false,
    typeName: 'scriptblock',
    get: (s) => {
      const { own } = m(s);
      return own?.kind === 'ScriptProperty' ? own[part] : null;
    },
  });
(infoTypes.get('AliasProperty') as DotNetType).constructors = [
  {
    signature: 'psaliasproperty new(string name, string referencedMemberName)',
    call: (_s, a) =>
      byHand(
        a[0],
        'AliasProperty',
        { kind: 'AliasProperty', name: toText(a[0] as Value), target: toText(a[1] as Value) },
        null,
      ),
  },
];
(infoTypes.get('AliasProperty') as DotNetType).addMember({
  kind: 'property',
  name: 'ReferencedMemberName',
  isStatic: false,
  typeName: 'string',
  get: (s) => {
    const { own } = m(s);
    return own?.kind === 'AliasProperty' ? own.target : null;
  },
});
(infoTypes.get('ScriptMethod') as DotNetType).addMember({
  kind: 'property',
  name: 'Script',
  isStatic: false,
  typeName: 'scriptblock',
  get: (s) => {
    const { own } = m(s);
    return own?.kind === 'ScriptMethod' ? own.script : null;
  },
});
(infoTypes.get('PropertySet') as DotNetType).constructors = [
  {
    signature:
      'pspropertyset new(string name, System.Collections.Generic.IEnumerable[string] referencedPropertyNames)',
    call: (_s, a) =>
      byHand(
        a[0],
        'PropertySet',
        {
          kind: 'PropertySet',
          name: toText(a[0] as Value),
          properties: (elementsOf(a[1] ?? null) ?? []).map((one) => toText(one)),
        },
        null,
      ),
  },
];
(infoTypes.get('ScriptMethod') as DotNetType).constructors = [
  {
    signature: 'psscriptmethod new(string name, scriptblock script)',
    call: (_s, a) =>
      byHand(
        a[0],
        'ScriptMethod',
        { kind: 'ScriptMethod', name: toText(a[0] as Value), script: a[1] as PSReference },
        null,
      ),
  },
];

/** What a type need not list. */
const everyObject: ReadonlyMap<string, DotNetMember> = new Map(
  ['type GetType()', 'int GetHashCode()', 'bool Equals(System.Object obj)', 'string ToString()'].map(
    (signature): [string, DotNetMember] => {
      const name = /(\w+)\(/.exec(signature)?.[1] ?? '';
      const call = (self: Value, args: Value[]): Value => callMethod(self, name, args);
      return [
        name.toLowerCase(),
        { kind: 'method', name, isStatic: false, overloads: [{ signature, call }] },
      ];
    },
  ),
);

/** A method without call parentheses. */
export function methodInfo(target: Value, name: string): Value {
  if (target instanceof DotNetType) {
    const found = target.findMember(name.toLowerCase(), true);
    const constructor: DotNetMember = {
      kind: 'method',
      name: 'new',
      isStatic: true,
      overloads: target.constructors,
    };
    return info({
      name,
      kind: 'Method',
      owner: target,
      own: undefined,
      dotNet: found ?? constructor,
      value: null,
    });
  }
  const dotNet = typeOf(target)?.findMember(name.toLowerCase()) ?? everyObject.get(name.toLowerCase());
  return info({ name, kind: 'Method', owner: target, own: undefined, dotNet, value: null });
}
export const isMethodInfo = (value: Value): boolean =>
  value instanceof DotNetObject &&
  isMethodKind((value.state as Partial<MemberState> | null)?.kind ?? '') &&
  value.type.isAssignableTo(methodType);

/** The member that a member made by hand stands for; undefined for any other value. */
export function memberStoodFor(value: Value): PSMember | undefined {
  if (!(value instanceof DotNetObject) || !value.type.isAssignableTo(baseType)) return undefined;
  const { own, kind, name } = m(value);
  return own ?? (kind === 'NoteProperty' ? { kind, name, value: valueOf(value) } : undefined);
}

/** Calls a PSMethod object. */
export function invokeMember(self: Value, args: Value[]): Value {
  const { owner, name, dotNet } = m(self);
  if (owner instanceof DotNetType && dotNet?.isStatic) return callStatic(owner, name, args);
  return callMethod(owner ?? null, name, args);
}

/** All members of an object: its own, those of type data, those of .NET. */
function allMembers(owner: Value): DotNetObject<MemberState>[] {
  const found = new Map<string, DotNetObject<MemberState>>();
  const add = (name: string, state: Omit<MemberState, 'owner' | 'name' | 'value'>): void => {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, info({ name, ...state, owner, value: null }));
  };
  if (typeof owner === 'object' && owner !== null)
    for (const own of owner.members ?? []) add(own.name, { kind: own.kind, own, dotNet: undefined });
  for (const own of extendedMembers(owner)) add(own.name, { kind: own.kind, own, dotNet: undefined });
  const target = owner instanceof PSWrapped ? owner.base : owner;
  const type = typeOf(target);
  for (const name of type?.adapter?.names(target) ?? [])
    add(name, { kind: 'Property', own: undefined, dotNet: undefined });
  for (let t: DotNetType | null = type; t; t = t.baseType)
    for (const dotNet of t.instanceMembers.values())
      if (dotNet.kind === 'property' ? !type?.adapter?.hidesMembers : !dotNet.hidden)
        add(dotNet.name, {
          kind: dotNet.kind === 'property' ? 'Property' : 'Method',
          own: undefined,
          dotNet,
        });
  // Methods every object has, whether or not its type lists them here.
  for (const name of ['Equals', 'GetHashCode', 'GetType', 'ToString'])
    add(name, { kind: 'Method', own: undefined, dotNet: undefined });
  return [...found.values()];
}

type Part = 'properties' | 'methods' | 'members';
const collectionTypes: Record<Part, string> = {
  properties: 'System.Management.Automation.PSPropertyInfo',
  methods: 'System.Management.Automation.PSMethodInfo',
  members: 'System.Management.Automation.PSMemberInfo',
};

/** `$x.PSObject.Properties`, `.Methods` and `.Members`: live views of one object. */
export class MemberCollection extends SequenceValue {
  readonly owner: Value;
  private readonly part: Part;
  constructor(owner: Value, part: Part) {
    super(collectionType, () => this.list());
    this.owner = owner;
    this.part = part;
  }
  list(): Value[] {
    const all = allMembers(this.owner);
    if (this.part === 'members') return all;
    return all.filter(
      (one) => isMethodKind(one.state.kind) === (this.part === 'methods') && !/Set$/.test(one.state.kind),
    );
  }
  find(name: string): Value {
    const lower = name.toLowerCase();
    return this.list().find((one) => m(one).name.toLowerCase() === lower) ?? null;
  }
}
const c = (self: Value): MemberCollection => self as MemberCollection;
const collectionType: DotNetType = defineType(
  'System.Management.Automation.PSMemberInfoIntegratingCollection`1',
  {
    genericArguments: [resolveType(collectionTypes.properties) ?? baseType],
    interfaces: ['System.Collections.IEnumerable'],
    members: [
      { kind: 'property', name: 'Count', isStatic: false, typeName: 'int', get: (s) => c(s).list().length },
      {
        kind: 'method',
        name: 'get_Item',
        isStatic: false,
        hidden: true,
        overloads: [
          {
            signature: 'System.Object get_Item(string name)',
            call: (s, a) => c(s).find(toText(a[0] as Value)),
          },
        ],
      },
      {
        kind: 'method',
        name: 'Add',
        isStatic: false,
        overloads: [
          {
            signature: 'void Add(System.Object member)',
            call: (s, a) => addMember(c(s).owner, a[0] as Value),
          },
          {
            signature: 'void Add(System.Object member, bool preValidated)',
            call: (s, a) => addMember(c(s).owner, a[0] as Value),
          },
        ],
      },
      {
        kind: 'method',
        name: 'Remove',
        isStatic: false,
        overloads: [
          {
            signature: 'void Remove(string name)',
            call: (s, a) => {
              const { owner } = c(s);
              if (typeof owner === 'object' && owner !== null) owner.members?.delete(toText(a[0] as Value));
              return automationNull;
            },
          },
        ],
      },
      {
        kind: 'method',
        name: 'Match',
        isStatic: false,
        overloads: [
          {
            signature: 'System.Object Match(string name)',
            call: (s, a) => {
              const test = wildcard(toText(a[0] as Value));
              return new ListValue(
                arrayListType,
                c(s)
                  .list()
                  .filter((one) => test(m(one).name)),
              );
            },
          },
        ],
      },
    ],
  },
);

/** Adds a PSMemberInfo made by hand to an object. */
export function addMember(owner: Value, member: Value): Value {
  if (typeof owner !== 'object' || owner === null || !(member instanceof DotNetObject)) return automationNull;
  const state = m(member);
  const bag = (owner.members ??= new MemberBag());
  if (bag.get(state.name))
    throw runtimeError(
      'ExtendedTypeSystemException',
      `Exception calling "Add" with "1" argument(s): "Cannot add a member with the name "${state.name}" because a member with that name already exists. If you want to overwrite the member anyway, use the Force parameter to overwrite it."`,
      'NotSpecified',
      null,
      'System.Management.Automation.MethodInvocationException',
    );
  bag.set(state.own ?? { kind: 'NoteProperty', name: state.name, value: valueOf(member) });
  return automationNull;
}

const o = (self: Value): Value => (self as DotNetObject<{ readonly owner: Value }>).state.owner;
const psObjectType = defineType('System.Management.Automation.PSMemberSet', {
  baseType,
  members: [
    {
      kind: 'property',
      name: 'Members',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => new MemberCollection(o(s), 'members'),
    },
    {
      kind: 'property',
      name: 'Properties',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => new MemberCollection(o(s), 'properties'),
    },
    {
      kind: 'property',
      name: 'Methods',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => new MemberCollection(o(s), 'methods'),
    },
    { kind: 'property', name: 'ImmediateBaseObject', isStatic: false, typeName: 'System.Object', get: o },
    { kind: 'property', name: 'BaseObject', isStatic: false, typeName: 'System.Object', get: o },
    {
      kind: 'property',
      name: 'TypeNames',
      isStatic: false,
      typeName: 'System.Collections.ObjectModel.Collection[string]',
      get: (s) => typeNameList(o(s)),
    },
    {
      kind: 'method',
      name: 'Copy',
      isStatic: false,
      overloads: [{ signature: 'psobject Copy()', call: (s) => copyObject(o(s)) }],
    },
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: (s) => toText(o(s)) }],
    },
  ],
});
export const psObject = (owner: Value): Value => new DotNetObject(psObjectType, { owner });

/** The live list of type names: what a script inserts changes the object. */
function typeNameList(owner: Value): Value {
  const type = resolveType('System.Collections.ObjectModel.Collection[string]') ?? arrayListType;
  const names = [...typeNamesOf(owner)];
  if (typeof owner !== 'object' || owner === null) return new ListValue(type, names);
  owner.typeNames ??= names;
  return new ListValue(type, owner.typeNames);
}

/** A shallow copy: members are copied, their values are not. */
function copyObject(owner: Value): Value {
  if (!(owner instanceof PSCustomObject)) return owner;
  const copy = new PSCustomObject();
  for (const member of owner.members) copy.members.set({ ...member });
  if (owner.typeNames) copy.typeNames = [...owner.typeNames];
  return copy;
}
