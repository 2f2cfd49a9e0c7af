import type { TypeContext } from '../../types/dotnet-type.ts';
import { assign } from '../../types/dotnet/arguments.ts';
import { Boxed, DotNetObject } from '../../types/objects.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import { defineType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';

type NativeFunction = (args: readonly Value[], context: TypeContext) => Value;

const number = (value: Value | undefined): number => {
  const bare = value === undefined ? null : unwrap(value);
  return isNumeric(bare) ? toDouble(bare) : bare === true ? 1 : 0;
};
const noHandle = (): Value => new DotNetObject(defineType('System.IntPtr'), 0n);

/** Pictures behind the desktop: `SPI_SETDESKWALLPAPER`. */
const setWallpaper = 20;

/**
 * Functions of Windows that scripts reach through `[DllImport]`, by library and name. Each does here what it does on
 * Windows as far as the device has the part; windows are never seen, so handles of them are zero.
 */
const functions: Readonly<Record<string, NativeFunction>> = {
  // https://learn.microsoft.com/windows/win32/api/oobenotification/nf-oobenotification-oobecomplete
  'kernel32!OOBEComplete': (args, { host }) => {
    const running = host.registry.value({ hive: 'HKLM', path: 'SYSTEM\\Setup' }, 'OOBEInProgress');
    const complete = !(running.ok && running.value.kind === 'DWord' && running.value.data !== 0);
    assign(args[0], complete ? 1 : 0);
    return 1;
  },
  'user32!SystemParametersInfo': (args, { host }) => {
    if (number(args[0]) !== setWallpaper || isNull(args[2] ?? null)) return 0;
    const key = { hive: 'HKCU', path: 'Control Panel\\Desktop' } as const;
    const made = host.registry.createKey(key);
    const value = { kind: 'String', data: toText(args[2] as Value) } as const;
    return made.ok && host.registry.setValue(key, 'WallPaper', value).ok ? 1 : 0;
  },
  'kernel32!GetConsoleWindow': noHandle,
  'user32!GetForegroundWindow': noHandle,
  'user32!FindWindow': noHandle,
  // There is no such window: FALSE.
  'user32!ShowWindow': () => false,
  'user32!ShowWindowAsync': () => false,
  'user32!SetForegroundWindow': () => false,
  // Nobody listens to the message: what it announces is in the registry already.
  'user32!SendMessageTimeout': (args) => {
    assign(args[6], 0);
    return 1;
  },
  'shell32!SHChangeNotify': () => null,
  // ES_CONTINUOUS: the state before.
  'kernel32!SetThreadExecutionState': () => new Boxed('uint32', 0x80000000),
  'kernel32!GetTickCount64': (_args, { host }) =>
    BigInt(Math.floor((host.clock.now() - host.computer.bootTime) / 1000)),
  'kernel32!GetCurrentProcessId': (_args, { host }) => new Boxed('uint32', Number(host.identity.processId)),
};
const byName = new Map(Object.entries(functions).map(([name, run]) => [name.toLowerCase(), run]));

/** A function by its library (without `.dll`) and name; the A and W forms are the same one. */
export function nativeFunction(library: string, name: string): NativeFunction | undefined {
  const key = `${library}!${name}`.toLowerCase();
  return byName.get(key) ?? (/[AW]$/.test(name) ? byName.get(key.slice(0, -1)) : undefined);
}
