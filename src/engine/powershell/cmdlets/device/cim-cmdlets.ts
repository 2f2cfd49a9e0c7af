import type { CimInstance, CimValue, HostError } from '../../host.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { customObject, DotNetObject } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Value } from '../../types/value.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { cimInstance, cimInstanceType, cimState } from './cim-instance.ts';
import { fromCim, toCim } from './cim-value.ts';
import { meets, parseFilter, parseQuery } from './wql.ts';

const module_ = 'CimCmdlets';
const cimException = 'Microsoft.Management.Infrastructure.CimException';

const codes: Readonly<Partial<Record<HostError['code'], readonly [string, string]>>> = {
  'access-denied': ['0x80041003', 'Access denied '],
  'not-supported': ['0x80041055', 'This method is not implemented in any class '],
};

/** An error of CIM: its HRESULT is the error's id. */
export function cimError(context: CmdletContext, error: HostError, namespace: string, target: string): void {
  const isNamespace = /namespace/i.test(error.message);
  const [code, message] =
    codes[error.code] ??
    (isNamespace ? ['0x8004100e', 'Invalid namespace '] : ['0x80041010', 'Invalid class ']);
  context.error({
    id: `HRESULT ${code}`,
    category:
      code === '0x80041003'
        ? 'PermissionDenied'
        : code === '0x80041055'
          ? 'InvalidArgument'
          : 'MetadataError',
    message,
    exception: cimException,
    target: isNamespace ? target : `${namespace.replace(/\//g, '\\')}:${target}`,
  });
}

export const invalidQuery = (context: CmdletContext): void =>
  context.error({
    id: 'HRESULT 0x80041017',
    category: 'InvalidArgument',
    message: 'Invalid query ',
    exception: cimException,
  });

/** Instances of a class that meet a filter; what is wrong is reported and gives undefined. */
export function instancesOf(
  context: CmdletContext,
  namespace: string,
  className: string,
  filter: ReturnType<typeof parseFilter>,
): readonly CimInstance[] | undefined {
  const answer = context.host.cim.instances(namespace, className);
  if (!answer.ok) {
    cimError(context, answer.error, namespace, className);
    return undefined;
  }
  if (!filter) return answer.value;
  const result: CimInstance[] = [];
  for (const instance of answer.value) {
    const fits = meets(instance, filter);
    if (fits === undefined) {
      invalidQuery(context);
      return undefined;
    }
    if (fits) result.push(instance);
  }
  return result;
}

const namespaceOf = (context: CmdletContext): string => {
  const given = context.string('Namespace');
  return given === '' ? 'root/cimv2' : given.replace(/\\/g, '/');
};

const common: CmdletParameter[] = [
  { name: 'ComputerName', type: 'string[]', aliases: ['CN', 'ServerName'] },
  { name: 'CimSession', type: 'object' },
  { name: 'OperationTimeoutSec', type: 'int', aliases: ['OT'] },
];

export const getCimInstance: Cmdlet = {
  name: 'Get-CimInstance',
  aliases: ['gcim'],
  module: module_,
  typeName: 'Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand',
  defaultSet: 'ClassNameComputerSet',
  parameters: [
    {
      name: 'ClassName',
      type: 'string',
      sets: [{ set: 'ClassNameComputerSet', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'Query',
      type: 'string',
      sets: [{ set: 'QueryComputerSet', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputObject',
      type: 'object',
      aliases: ['CimInstance'],
      sets: [{ set: 'CimInstanceComputerSet', position: 0, mandatory: true, pipeline: true }],
    },
    { name: 'Filter', type: 'string', sets: ['ClassNameComputerSet'] },
    { name: 'Property', type: 'string[]', aliases: ['SelectProperties'], sets: ['ClassNameComputerSet'] },
    { name: 'KeyOnly', type: 'switch', sets: ['ClassNameComputerSet'] },
    { name: 'Namespace', type: 'string' },
    { name: 'QueryDialect', type: 'string', sets: ['QueryComputerSet'] },
    { name: 'Shallow', type: 'switch', sets: ['ClassNameComputerSet'] },
    ...common,
  ],
  outputTypes: ['Microsoft.Management.Infrastructure.CimInstance'],
  start: (context) => ({
    process() {
      const { host } = context;
      const namespace = namespaceOf(context);
      if (context.has('InputObject')) {
        const given = context.get('InputObject');
        if (given instanceof DotNetObject && given.type === cimInstanceType) {
          const { instance } = cimState(given);
          for (const one of instancesOf(context, instance.namespace, instance.className, undefined) ?? [])
            if (sameKeys(one, instance)) context.write(cimInstance(one, host));
        }
        return undefined;
      }
      let className = context.string('ClassName');
      let properties = context.strings('Property');
      let filter: ReturnType<typeof parseFilter>;
      if (context.has('Query')) {
        const query = parseQuery(context.string('Query'));
        if (!query) {
          invalidQuery(context);
          return undefined;
        }
        className = query.className;
        properties = [...query.properties];
        filter = query.where;
      } else if (context.has('Filter')) {
        filter = parseFilter(context.string('Filter'));
        if (!filter) {
          invalidQuery(context);
          return undefined;
        }
      }
      for (const instance of instancesOf(context, namespace, className, filter) ?? [])
        context.write(cimInstance(instance, host, context.switch('KeyOnly') ? instance.keys : properties));
      return undefined;
    },
  }),
};

const sameKeys = (a: CimInstance, b: CimInstance): boolean =>
  a.keys.every((key) => text(a, key) === text(b, key));
const text = (instance: CimInstance, key: string): string => {
  const value = instance.properties.find(([name]) => name === key)?.[1] ?? null;
  return typeof value === 'object' && value !== null && 'value' in value
    ? String(value.value)
    : String(value);
};

/** What a method gave back, as an object of its out parameters. */
export function methodResult(
  context: CmdletContext,
  values: ReadonlyMap<string, CimValue>,
  className: string,
  method: string,
): Value {
  const properties: (readonly [string, Value])[] = [];
  for (const [name, value] of values)
    if (name !== 'ReturnValue') properties.push([name, fromCim(value, context.host)]);
  properties.push(
    ['ReturnValue', fromCim(values.get('ReturnValue') ?? null, context.host)],
    ['PSComputerName', null],
  );
  const result = customObject(properties);
  result.typeNames = [
    `Microsoft.Management.Infrastructure.CimMethodResult#${className}#${method}`,
    'Microsoft.Management.Infrastructure.CimMethodResult',
    'System.Object',
  ];
  return result;
}

export const invokeCimMethod: Cmdlet = {
  name: 'Invoke-CimMethod',
  aliases: ['icim'],
  module: module_,
  typeName: 'Microsoft.Management.Infrastructure.CimCmdlets.InvokeCimMethodCommand',
  defaultSet: 'ClassNameComputerSet',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'ClassName',
      type: 'string',
      aliases: ['Class'],
      sets: [{ set: 'ClassNameComputerSet', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputObject',
      type: 'object',
      aliases: ['CimInstance'],
      sets: [{ set: 'CimInstanceComputerSet', position: 0, mandatory: true, pipeline: true }],
    },
    { name: 'Query', type: 'string', sets: [{ set: 'QueryComputerSet', mandatory: true }] },
    { name: 'MethodName', type: 'string', position: 2, mandatory: true, aliases: ['Name'] },
    { name: 'Arguments', type: 'System.Collections.IDictionary', position: 1 },
    { name: 'Namespace', type: 'string' },
    ...common,
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const method = context.string('MethodName');
      const given = context.get('Arguments');
      const args = new Map<string, CimValue>();
      if (given instanceof DictionaryValue)
        for (const { key, value } of given.entries.values()) args.set(toText(key), toCim(value, host));
      let targets: readonly CimInstance[];
      const input = context.get('InputObject');
      if (input instanceof DotNetObject && input.type === cimInstanceType)
        targets = [cimState(input).instance];
      else if (context.has('Query')) {
        const query = parseQuery(context.string('Query'));
        if (!query) {
          invalidQuery(context);
          return undefined;
        }
        targets = instancesOf(context, namespaceOf(context), query.className, query.where) ?? [];
      } else targets = [classItself(context.string('ClassName'), namespaceOf(context))];
      for (const target of targets) {
        if (!context.shouldProcess(`${target.className}`, `Invoke-CimMethod: ${method}`)) continue;
        const done = host.cim.invoke(target, method, args);
        if (done.ok) context.write(methodResult(context, done.value, target.className, method));
        else cimError(context, done.error, target.namespace, target.className);
      }
      return undefined;
    },
  }),
};

/** A class named for its static methods: an instance without properties. */
export const classItself = (className: string, namespace: string): CimInstance => ({
  className,
  namespace,
  properties: [],
  keys: [],
});

export const getCimClass: Cmdlet = {
  name: 'Get-CimClass',
  aliases: ['gcls'],
  module: module_,
  typeName: 'Microsoft.Management.Infrastructure.CimCmdlets.GetCimClassCommand',
  parameters: [
    { name: 'ClassName', type: 'string', position: 0, pipelineByName: true },
    { name: 'Namespace', type: 'string', position: 1, pipelineByName: true },
    { name: 'MethodName', type: 'string' },
    { name: 'PropertyName', type: 'string' },
    ...common,
  ],
  start: (context) => ({
    process() {
      const name = context.string('ClassName');
      const namespace = namespaceOf(context);
      const answer = context.host.cim.instances(namespace, name);
      if (!answer.ok) {
        cimError(context, answer.error, namespace, name);
        return undefined;
      }
      const [first] = answer.value;
      const wanted = context.has('PropertyName') ? wildcard(context.string('PropertyName')) : undefined;
      if (first && wanted && !first.properties.some(([own]) => wanted(own))) return undefined;
      const value = cimInstance(first ?? classItself(name, namespace), context.host);
      context.write(context.property(value, 'CimClass') ?? null);
      return undefined;
    },
  }),
};

export const cimCmdlets: readonly Cmdlet[] = [getCimInstance, invokeCimMethod, getCimClass];
