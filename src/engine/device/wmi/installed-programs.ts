import { sha1 } from '@noble/hashes/legacy.js';
import type { DeviceDraft } from '../device-draft.ts';
import type { RegistryHiveName } from '../registry/registry-value.ts';
import { toUint8Array, utf8Encode } from '../../../base/bytes.ts';
import { valuesOf, subKeysOf } from '../registry/key-node.ts';

type Registry = Pick<DeviceDraft, 'registry'>;

/** An entry of Programs and Features as the registry holds it. */
export interface InstalledProgram {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly installDate: string;
  readonly installLocation: string;
  readonly installSource: string;
  readonly language: number;
  readonly uninstallString: string;
  readonly windowsInstaller: boolean;
  readonly systemComponent: boolean;
  /** View of the machine's hive; a user's has one for both. */
  readonly bitness: 32 | 64;
}

const uninstall = 'Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** What the machine's uninstall keys say, in both views; only entries with a name. */
export const installedPrograms = (device: Registry): readonly InstalledProgram[] => [
  ...programsUnder(device, 'HKLM', `SOFTWARE\\${uninstall}`, 64),
  ...programsUnder(device, 'HKLM', `SOFTWARE\\WOW6432Node\\${uninstall}`, 32),
];

/** Programs of users whose hive is loaded. */
const userPrograms = (device: Registry): readonly InstalledProgram[] =>
  subKeysOf(device.registry.root('HKU')).flatMap(({ name }) =>
    /^S-1-(5-21|12-1)-[-\d]+$/.test(name)
      ? programsUnder(device, 'HKU', `${name}\\Software\\${uninstall}`, 64)
      : [],
  );

/** A program as the Win32_InstalledWin32Program class has it, and when it was installed (`yyyymmdd`, or ''). */
export interface Win32Program {
  readonly programId: string;
  readonly name: string;
  readonly version: string;
  readonly vendor: string;
  /** 65535: none. */
  readonly language: number;
  readonly msiPackageCode: string;
  /** With braces; '' for what Windows Installer did not install. */
  readonly msiProductCode: string;
  readonly installDate: string;
}

const noLanguage = 65_535;

/**
 * What Windows' own inventory finds: programs of the machine in both views and of signed-in users, without components
 * that hide themselves. By id, each once.
 */
export function installedWin32Programs(device: Registry): readonly Win32Program[] {
  const found = new Map<string, Win32Program>();
  for (const program of [...installedPrograms(device), ...userPrograms(device)]) {
    if (program.systemComponent) continue;
    const msi = program.windowsInstaller && /^\{[0-9a-f-]{36}\}$/i.test(program.key);
    const language = program.language === 0 ? noLanguage : program.language;
    const programId = programIdOf(program, language);
    found.set(programId, {
      programId,
      name: program.name,
      version: program.version,
      vendor: program.publisher,
      language,
      msiPackageCode: '',
      msiProductCode: msi ? program.key : '',
      installDate: program.installDate,
    });
  }
  return [...found.values()].sort((a, b) => (a.programId < b.programId ? -1 : 1));
}

function programsUnder(
  device: Registry,
  hive: RegistryHiveName,
  path: string,
  bitness: 32 | 64,
): readonly InstalledProgram[] {
  const root = device.registry.find(hive, path);
  if (root === undefined) return [];
  return subKeysOf(root).flatMap((key) => {
    const values = new Map(valuesOf(key).map((value) => [value.folded, value.value]));
    const text = (name: string): string => {
      const value = values.get(name.toUpperCase());
      return value?.kind === 'String' || value?.kind === 'ExpandString' ? value.data : '';
    };
    const number = (name: string): number => {
      const value = values.get(name.toUpperCase());
      return value?.kind === 'DWord' ? value.data : 0;
    };
    if (text('DisplayName') === '') return [];
    return [
      {
        key: key.name,
        name: text('DisplayName'),
        version: text('DisplayVersion'),
        publisher: text('Publisher'),
        installDate: text('InstallDate'),
        installLocation: text('InstallLocation'),
        installSource: text('InstallSource'),
        language: number('Language'),
        uninstallString: text('UninstallString'),
        windowsInstaller: number('WindowsInstaller') === 1,
        systemComponent: number('SystemComponent') === 1,
        bitness,
      },
    ];
  });
}

const ids = new Map<string, string>();

/**
 * 44 hexadecimal digits in the form of the ids that devices show: four zeros, 32 digits of a hash, four zeros, the
 * language with its bytes swapped. What is hashed is inferred: name, publisher and version, as an upgrade is another id.
 */
function programIdOf({ name, version, publisher }: InstalledProgram, language: number): string {
  const text = `${name}\n${publisher}\n${version}\n${language}`;
  let id = ids.get(text);
  if (id === undefined) {
    const digits = [...sha1(toUint8Array(utf8Encode(text)))].map((byte) => hex(byte, 2)).join('');
    id = `0000${digits.slice(0, 32)}0000${hex(language & 0xff, 2)}${hex(language >>> 8, 2)}`;
    if (ids.size >= 4096) ids.clear();
    ids.set(text, id);
  }
  return id;
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
