import type { Value } from '../types/value.ts';
import type { Cmdlet, CmdletParameter, Validation } from '../cmdlets/cmdlet.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { objectType } from '../types/dotnet-type.ts';
import { resolveType } from '../types/registry.ts';

/** How a parameter takes part in one parameter set. */
export interface ParameterInSetInfo {
  /** undefined: not positional. */
  position: number | undefined;
  mandatory: boolean;
  pipeline: boolean;
  pipelineByName: boolean;
  remaining: boolean;
  helpMessage: string;
}

export interface ParameterInfo {
  readonly name: string;
  readonly lower: string;
  readonly aliases: readonly string[];
  readonly type: DotNetType;
  readonly shownType?: DotNetType;
  readonly wholeVersion?: boolean;
  /** What attributes of the script make of an argument before it is converted. */
  readonly transform?: (value: Value) => Value;
  /** Converts at all: false where no type was declared. */
  readonly typed: boolean;
  readonly isSwitch: boolean;
  /** Validations and conversions in the order PowerShell runs them. */
  readonly validations: readonly Validation[];
  readonly allowNull: boolean;
  readonly allowEmptyString: boolean;
  readonly allowEmptyCollection: boolean;
  /** By lower-case set name; `*` is all sets. */
  readonly sets: ReadonlyMap<string, ParameterInSetInfo>;
  readonly isCommon: boolean;
  /** Declared in a script: conversion errors are argument transformation errors. */
  readonly isScript: boolean;
  /** Belongs to a function that is not advanced: its [string] takes an array, joined. */
  readonly joinsArrays?: boolean;
  readonly isDynamic?: boolean;
  /** Credential and the like: only for messages. */
  readonly dontShow?: boolean;
}

export interface CommandMetadata {
  readonly parameters: readonly ParameterInfo[];
  /** Lower-case names and aliases. */
  readonly byName: ReadonlyMap<string, ParameterInfo>;
  /** Set names as written, without the set of all. */
  readonly setNames: readonly string[];
  readonly defaultSet: string;
  readonly advanced: boolean;
  readonly isCmdlet: boolean;
  /** True where some parameter takes pipeline input. */
  readonly takesPipeline: boolean;
  /** Positional parameters in order, for the quick path of plain functions. */
  readonly simple: readonly ParameterInfo[] | undefined;
  readonly shouldProcess: boolean;
  readonly confirmImpact: 'None' | 'Low' | 'Medium' | 'High';
}

const plain = (): ParameterInSetInfo => ({
  position: undefined,
  mandatory: false,
  pipeline: false,
  pipelineByName: false,
  remaining: false,
  helpMessage: '',
});

const preference = 'System.Management.Automation.ActionPreference';
const commonSpecs: readonly (readonly [string, string, readonly string[], ('core' | undefined)?])[] = [
  ['Verbose', 'switch', ['vb']],
  ['Debug', 'switch', ['db']],
  ['ErrorAction', preference, ['ea']],
  ['WarningAction', preference, ['wa']],
  ['InformationAction', preference, ['infa']],
  ['ProgressAction', preference, ['proga'], 'core'],
  ['ErrorVariable', 'string', ['ev']],
  ['WarningVariable', 'string', ['wv']],
  ['InformationVariable', 'string', ['iv']],
  ['OutVariable', 'string', ['ov']],
  ['OutBuffer', 'int', ['ob']],
  ['PipelineVariable', 'string', ['pv']],
];

export function makeParameter(
  part: Partial<Omit<ParameterInfo, 'name'>> & { readonly name: string; readonly type: DotNetType },
): ParameterInfo {
  return {
    aliases: [],
    lower: part.name.toLowerCase(),
    typed: true,
    isSwitch: part.type.fullName === 'System.Management.Automation.SwitchParameter',
    validations: [],
    allowNull: false,
    allowEmptyString: false,
    allowEmptyCollection: false,
    sets: new Map([['*', plain()]]),
    isCommon: false,
    isScript: false,
    ...part,
  };
}

function common(dialect: 'desktop' | 'core', shouldProcess: boolean): ParameterInfo[] {
  const result = commonSpecs
    .filter((s) => s[3] === undefined || s[3] === dialect)
    .map(([name, type, aliases]) =>
      makeParameter({ name, type: resolveType(type) ?? objectType, aliases, isCommon: true }),
    );
  if (shouldProcess) {
    result.push(
      makeParameter({
        name: 'WhatIf',
        type: resolveType('switch') as DotNetType,
        aliases: ['wi'],
        isCommon: true,
      }),
    );
    result.push(
      makeParameter({
        name: 'Confirm',
        type: resolveType('switch') as DotNetType,
        aliases: ['cf'],
        isCommon: true,
      }),
    );
  }
  return result;
}

export function makeMetadata(
  parameters: readonly ParameterInfo[],
  options: {
    readonly advanced: boolean;
    readonly isCmdlet: boolean;
    readonly defaultSet?: string;
    readonly shouldProcess?: boolean;
    readonly confirmImpact?: CommandMetadata['confirmImpact'];
    readonly dialect: 'desktop' | 'core';
  },
): CommandMetadata {
  const all = options.advanced
    ? [...parameters, ...common(options.dialect, options.shouldProcess ?? false)]
    : [...parameters];
  const byName = new Map<string, ParameterInfo>();
  for (const p of all) {
    byName.set(p.lower, p);
    for (const alias of p.aliases) byName.set(alias.toLowerCase(), p);
  }
  const names = new Map<string, string>();
  for (const p of all) for (const key of p.sets.keys()) if (key !== '*') names.set(key, setDisplay(p, key));
  if (options.defaultSet && !names.has(options.defaultSet.toLowerCase()))
    names.set(options.defaultSet.toLowerCase(), options.defaultSet);
  return {
    parameters: all,
    byName,
    setNames: [...names.values()],
    defaultSet: options.defaultSet ?? '',
    advanced: options.advanced,
    isCmdlet: options.isCmdlet,
    takesPipeline: parameters.some((p) => [...p.sets.values()].some((s) => s.pipeline || s.pipelineByName)),
    simple: options.advanced || parameters.some((p) => p.isSwitch) ? undefined : parameters,
    shouldProcess: options.shouldProcess ?? false,
    confirmImpact: options.confirmImpact ?? 'Medium',
  };
}
/** Set names keep the case of their first use; they are stored beside the lower-case key. */
const setNames = new WeakMap<ParameterInfo, Map<string, string>>();
const setDisplay = (p: ParameterInfo, key: string): string => setNames.get(p)?.get(key) ?? key;
export function nameSets(p: ParameterInfo, names: readonly string[]): ParameterInfo {
  setNames.set(p, new Map(names.map((n) => [n.toLowerCase(), n])));
  return p;
}

function cmdletParameter(spec: CmdletParameter): ParameterInfo {
  const base: ParameterInSetInfo = {
    position: spec.position,
    mandatory: spec.mandatory ?? false,
    pipeline: spec.pipeline ?? false,
    pipelineByName: spec.pipelineByName ?? false,
    remaining: spec.remaining ?? false,
    helpMessage: '',
  };
  const sets = new Map<string, ParameterInSetInfo>();
  const names: string[] = [];
  for (const entry of spec.sets ?? []) {
    const name = typeof entry === 'string' ? entry : entry.set;
    names.push(name);
    sets.set(name.toLowerCase(), typeof entry === 'string' ? base : { ...base, ...withoutSet(entry) });
  }
  if (sets.size === 0) sets.set('*', base);
  const type = resolveType(spec.type) ?? objectType;
  const shownType = spec.shownType === undefined ? undefined : resolveType(spec.shownType);
  return nameSets(
    makeParameter({
      name: spec.name,
      type,
      ...(shownType ? { shownType } : {}),
      ...(spec.wholeVersion ? { wholeVersion: true } : {}),
      typed: spec.type !== 'object' && spec.type !== 'psobject',
      aliases: spec.aliases ?? [],
      validations: spec.validate ?? [],
      allowNull: spec.allowNull ?? false,
      allowEmptyString: spec.allowEmptyString ?? false,
      allowEmptyCollection: spec.allowEmptyCollection ?? false,
      sets,
      ...(spec.dynamic ? { isDynamic: true } : {}),
    }),
    names,
  );
}
function withoutSet(
  entry: { readonly set: string } & Partial<ParameterInSetInfo>,
): Partial<ParameterInSetInfo> {
  const { set: _set, ...rest } = entry;
  return rest;
}

export function cmdletMetadata(
  cmdlet: Cmdlet,
  dialect: 'desktop' | 'core',
  dynamic: readonly CmdletParameter[] = [],
): CommandMetadata {
  const specs = [...cmdlet.parameters, ...dynamic].filter(
    (p) => p.dialect === undefined || p.dialect === dialect,
  );
  return makeMetadata(specs.map(cmdletParameter), {
    advanced: true,
    isCmdlet: true,
    ...(cmdlet.defaultSet === undefined ? {} : { defaultSet: cmdlet.defaultSet }),
    shouldProcess: cmdlet.shouldProcess !== undefined,
    confirmImpact: cmdlet.shouldProcess ?? 'Medium',
    dialect,
  });
}
