import { bytes } from '../../../base/bytes.ts';
import type {
  CimValue,
  HostError,
  RegistryHive,
  RegistryPath,
  RegistryValue,
} from '../../powershell/host.ts';
import type { CimMethod, MethodCall, MethodResult } from './cim-methods.ts';

const hives: Readonly<Record<number, RegistryHive>> = {
  0x80000000: 'HKCR',
  0x80000001: 'HKCU',
  0x80000002: 'HKLM',
  0x80000003: 'HKU',
  0x80000005: 'HKCC',
};
/** Numbers of value kinds as the registry provider gives them. */
const kinds: Readonly<Record<RegistryValue['kind'], number>> = {
  None: 0,
  String: 1,
  ExpandString: 2,
  Binary: 3,
  DWord: 4,
  MultiString: 7,
  QWord: 11,
};

const uint32 = (value: number): CimValue => ({ type: 'uint32', value });
const sint32 = (value: number): CimValue => ({ type: 'sint32', value });
const uint8 = (value: number): CimValue => ({ type: 'uint8', value });

function result(value: number, out: Readonly<Record<string, CimValue>> = {}): MethodResult {
  return {
    ok: true,
    value: new Map<string, CimValue>([...Object.entries(out), ['ReturnValue', uint32(value)]]),
  };
}

/** Win32 code of a refusal. */
const codeOf = (error: HostError): number =>
  error.code === 'access-denied' ? 5 : error.code === 'not-empty' ? 5 : 2;

function pathOf({ args }: MethodCall): RegistryPath {
  const hive = args.get('hdefkey');
  const number =
    typeof hive === 'object' && hive !== null && hive.type !== 'array' ? Number(hive.value) : 0x80000002;
  const path = args.get('ssubkeyname');
  return { hive: hives[number >>> 0] ?? 'HKLM', path: typeof path === 'string' ? path : '' };
}

const nameOf = ({ args }: MethodCall): string => {
  const name = args.get('svaluename');
  return typeof name === 'string' ? name : '';
};

function get(kind: RegistryValue['kind'], out: string, read: (value: RegistryValue) => CimValue): CimMethod {
  return (call) => {
    const value = call.ports.registry.value(pathOf(call), nameOf(call));
    if (!value.ok) return result(codeOf(value.error), { [out]: null });
    return value.value.kind === kind ? result(0, { [out]: read(value.value) }) : result(1, { [out]: null });
  };
}

function set(argument: string, make: (value: CimValue) => RegistryValue | undefined): CimMethod {
  return (call) => {
    const value = make(call.args.get(argument) ?? null);
    if (value === undefined) return result(87);
    const done = call.ports.registry.setValue(pathOf(call), nameOf(call), value);
    return result(done.ok ? 0 : codeOf(done.error));
  };
}

const texts = (values: readonly string[]): CimValue => ({ type: 'array', value: values });
const textOf = (value: RegistryValue): string => (typeof value.data === 'string' ? value.data : '');
const numberOf = (value: CimValue): number | undefined =>
  typeof value === 'object' && value !== null && value.type !== 'array' ? Number(value.value) : undefined;
const listOf = (value: CimValue): readonly CimValue[] =>
  typeof value === 'object' && value !== null && value.type === 'array' ? value.value : [];

/** Methods of StdRegProv, done through the registry as the caller sees it. */
export const registryMethods: Readonly<Record<string, CimMethod>> = {
  'stdregprov.createkey'(call) {
    const done = call.ports.registry.createKey(pathOf(call));
    return result(done.ok ? 0 : codeOf(done.error));
  },
  'stdregprov.deletekey'(call) {
    const done = call.ports.registry.deleteKey(pathOf(call), false);
    return result(done.ok ? 0 : codeOf(done.error));
  },
  'stdregprov.deletevalue'(call) {
    const done = call.ports.registry.deleteValue(pathOf(call), nameOf(call));
    return result(done.ok ? 0 : codeOf(done.error));
  },
  'stdregprov.enumkey'(call) {
    const names = call.ports.registry.subKeys(pathOf(call));
    return names.ok
      ? result(0, { sNames: texts(names.value) })
      : result(codeOf(names.error), { sNames: null });
  },
  'stdregprov.enumvalues'(call) {
    const { registry } = call.ports;
    const path = pathOf(call);
    const names = registry.valueNames(path);
    if (!names.ok) return result(codeOf(names.error), { sNames: null, Types: null });
    const types = names.value.map((name) => {
      const value = registry.value(path, name);
      return sint32(value.ok ? kinds[value.value.kind] : 0);
    });
    return result(0, { sNames: texts(names.value), Types: { type: 'array', value: types } });
  },
  'stdregprov.getstringvalue': get('String', 'sValue', textOf),
  'stdregprov.getexpandedstringvalue': get('ExpandString', 'sValue', textOf),
  'stdregprov.getdwordvalue': get('DWord', 'uValue', (value) => uint32(Number(value.data))),
  'stdregprov.getqwordvalue': get('QWord', 'uValue', (value) => ({
    type: 'uint64',
    value: typeof value.data === 'bigint' ? value.data : 0n,
  })),
  'stdregprov.getmultistringvalue': get('MultiString', 'sValue', (value) =>
    texts(value.kind === 'MultiString' ? value.data : []),
  ),
  'stdregprov.getbinaryvalue': get('Binary', 'uValue', (value) => ({
    type: 'array',
    value: Array.from(textOf(value), (unit) => uint8(unit.charCodeAt(0))),
  })),
  'stdregprov.setstringvalue': set('svalue', (value) =>
    typeof value === 'string' ? { kind: 'String', data: value } : undefined,
  ),
  'stdregprov.setexpandedstringvalue': set('svalue', (value) =>
    typeof value === 'string' ? { kind: 'ExpandString', data: value } : undefined,
  ),
  'stdregprov.setdwordvalue': set('uvalue', (value) => {
    const number = numberOf(value);
    return number === undefined ? undefined : { kind: 'DWord', data: number >>> 0 };
  }),
  'stdregprov.setmultistringvalue': set('svalue', (value) => ({
    kind: 'MultiString',
    data: listOf(value).map((one) => (typeof one === 'string' ? one : '')),
  })),
  'stdregprov.setbinaryvalue': set('uvalue', (value) => ({
    kind: 'Binary',
    data: bytes(
      listOf(value)
        .map((one) => String.fromCharCode((numberOf(one) ?? 0) & 0xff))
        .join(''),
    ),
  })),
};
