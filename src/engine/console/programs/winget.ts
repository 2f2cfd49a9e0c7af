import { utf8Encode } from '../../../base/bytes.ts';
import { absolutePath } from '../device-path.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

const version = 'v1.10.390';

/** Programs of a fresh Windows that the index of packages knows; what a lab installs is in no index. */
const known: ReadonlyMap<string, string> = new Map([['microsoft edge', 'Microsoft.Edge']]);

interface Installed {
  readonly name: string;
  readonly version: string;
  readonly id: string;
  readonly listed: boolean;
}

function installed({ host }: Call): readonly Installed[] {
  const found: Installed[] = [];
  for (const [hive, scope] of [
    ['HKLM', 'Machine'],
    ['HKCU', 'User'],
  ] as const)
    for (const [view, bits] of [
      ['64', 'X64'],
      ['32', 'X86'],
    ] as const) {
      const path = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
      const names = host.registry.subKeys({ hive, path }, view);
      for (const key of names.ok ? names.value : []) {
        const read = (name: string): string => {
          const value = host.registry.value({ hive, path: `${path}\\${key}` }, name, view);
          return value.ok && value.value.kind === 'String' ? value.value.data : '';
        };
        const name = read('DisplayName');
        const arp = `ARP\\${scope}\\${bits}\\${key}`;
        if (name === '' || found.some((one) => one.name === name)) continue;
        const id = known.get(name.toLowerCase());
        found.push({ name, version: read('DisplayVersion'), id: id ?? arp, listed: id !== undefined });
      }
    }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function list(call: Call): number {
  const query = call.args
    .slice(1)
    .find((arg) => !arg.startsWith('-'))
    ?.toLowerCase();
  const rows = installed(call).filter(
    (one) => query === undefined || one.name.toLowerCase().includes(query) || one.id.toLowerCase() === query,
  );
  if (rows.length === 0) {
    call.line('No installed package found matching input criteria.');
    return -1978335212;
  }
  const wide = (header: string, of: (one: Installed) => string): number =>
    Math.max(header.length, ...rows.map((one) => of(one).length)) + 1;
  const [name, id] = [wide('Name', (one) => one.name), wide('Id', (one) => one.id)];
  const row = (a: string, b: string, c: string): string => `${a.padEnd(name)}${b.padEnd(id)}${c}`;
  const header = row('Name', 'Id', 'Version');
  call.line(header, '-'.repeat(header.length), ...rows.map((one) => row(one.name, one.id, one.version)));
  return 0;
}

function exportTo(call: Call): number {
  const at = call.args.findIndex((arg) => /^(-o|--output)$/i.test(arg));
  const file = at >= 0 ? call.args[at + 1] : undefined;
  if (file === undefined) {
    call.line("Required argument not provided: 'output'");
    return -1978335230;
  }
  const rows = installed(call);
  for (const one of rows)
    if (!one.listed) call.line(`Installed package is not available from any source: ${one.name}`);
  const packages = rows.filter((one) => one.listed).map((one) => ({ PackageIdentifier: one.id }));
  const source = {
    Argument: 'https://cdn.winget.microsoft.com/cache',
    Identifier: 'Microsoft.Winget.Source_8wekyb3d8bbwe',
    Name: 'winget',
    Type: 'Microsoft.PreIndexed.Package',
  };
  const content = {
    $schema: 'https://aka.ms/winget-packages.schema.2.0.json',
    Sources: packages.length > 0 ? [{ Packages: packages, SourceDetails: source }] : [],
    WinGetVersion: version.slice(1),
  };
  const written = call.host.files.write(
    absolutePath(file, call.context.workingDirectory),
    utf8Encode(JSON.stringify(content, null, '\t')),
  );
  return written.ok ? 0 : -1978335189;
}

/**
 * winget.exe as detection scripts use it: --version, list, export. Nothing can be installed: the simulated network has
 * no package source.
 */
export const winget = program('winget.exe', (call) => {
  const verb = (call.args[0] ?? '').toLowerCase();
  if (verb === '--version' || verb === '-v') {
    call.line(version);
    return 0;
  }
  if (verb === 'list' || verb === 'ls') return list(call);
  if (verb === 'export') return exportTo(call);
  if (/^(install|upgrade|update|search|show|source|uninstall|import)$/.test(verb)) {
    call.line("Failed when opening source(s); try the 'source reset' command if the problem persists.");
    return -1978335217;
  }
  call.line(`Unrecognized command: '${call.args[0] ?? ''}'`);
  return -1978335230;
});
