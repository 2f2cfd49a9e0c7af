import type { Bytes } from '../../base/bytes.ts';
import { bytes, utf8Encode } from '../../base/bytes.ts';
import { processId } from '../../base/ids.ts';
import type { ProcessId } from '../../base/ids.ts';
import { fail, ok } from '../../base/result.ts';
import { duration, instant } from '../../base/time.ts';
import type { Duration, Instant } from '../../base/time.ts';
import type {
  FileInfo,
  Host,
  HostError,
  HostResult,
  ProcessExit,
  ProcessInfo,
  RegistryPath,
  RegistryValue,
  ServiceInfo,
  Suspend,
  Resume,
} from '../../engine/powershell/host.ts';

interface FileNode {
  kind: 'file' | 'directory';
  name: string;
  path: string;
  content: string;
  created: Instant;
  modified: Instant;
  accessed: Instant;
  readOnly: boolean;
  hidden: boolean;
}
interface KeyNode {
  name: string;
  readonly keys: Map<string, KeyNode>;
  readonly values: Map<string, { name: string; value: RegistryValue }>;
  lastWrite: Instant;
}

const refuse = (code: HostError['code'], message: string, path?: string): { ok: false; error: HostError } =>
  fail(path === undefined ? { code, message } : { code, message, path });

/** A device in memory, enough for scripts: one drive C:, a registry, services and programs that tests put in. */
export class MemoryHost implements Host {
  readonly newline: '\r\n' | '\n';
  private nowValue: number;
  private readonly nodes = new Map<string, FileNode>();
  private readonly hives = new Map<string, KeyNode>();
  private readonly serviceTable = new Map<string, ServiceInfo>();
  private readonly programs = new Map<
    string,
    (args: string) => { exitCode: number; stdout?: string; stderr?: string }
  >();
  private readonly exits = new Map<ProcessId, ProcessExit>();
  private nextProcess = 4000;
  private readonly draws = new Map<string, number>();
  readonly environment = new Map<string, string>([
    ['TEMP', 'C:\\Windows\\TEMP'],
    ['TMP', 'C:\\Windows\\TEMP'],
    ['SystemRoot', 'C:\\Windows'],
    ['windir', 'C:\\Windows'],
    ['SystemDrive', 'C:'],
    ['ProgramData', 'C:\\ProgramData'],
    ['ProgramFiles', 'C:\\Program Files'],
    ['ProgramFiles(x86)', 'C:\\Program Files (x86)'],
    ['COMPUTERNAME', 'BW-W11-5'],
    ['USERNAME', 'AdeleVance'],
    ['USERPROFILE', 'C:\\Users\\AdeleVance'],
    ['HOME', 'C:\\Users\\AdeleVance'],
    ['APPDATA', 'C:\\Users\\AdeleVance\\AppData\\Roaming'],
    ['LOCALAPPDATA', 'C:\\Users\\AdeleVance\\AppData\\Local'],
    ['PATH', 'C:\\Windows\\system32;C:\\Windows'],
    ['PATHEXT', '.COM;.EXE;.BAT;.CMD'],
  ]);

  constructor(options: { readonly newline?: '\r\n' | '\n'; readonly now?: Instant } = {}) {
    this.newline = options.newline ?? '\r\n';
    this.nowValue = options.now ?? 1_767_225_600_000_000;
    for (const path of [
      'C:',
      'C:\\Windows',
      'C:\\Windows\\System32',
      'C:\\Windows\\TEMP',
      'C:\\ProgramData',
      'C:\\Users',
      'C:\\Users\\AdeleVance',
      'C:\\Program Files',
    ])
      this.makeDirectory(path);
    for (const hive of ['HKLM', 'HKCU', 'HKU', 'HKCR', 'HKCC']) this.hives.set(hive, this.key_(hive));
  }

  // --- for tests ---------------------------------------------------------------------------------------------------

  addProgram(
    name: string,
    run: (args: string) => { exitCode: number; stdout?: string; stderr?: string },
  ): void {
    this.programs.set(name.toLowerCase(), run);
  }
  addService(service: Partial<ServiceInfo> & { readonly name: string }): void {
    this.serviceTable.set(service.name.toLowerCase(), {
      displayName: service.name,
      description: '',
      status: 'Running',
      startMode: 'Automatic',
      account: 'LocalSystem',
      binaryPath: `C:\\Windows\\System32\\${service.name}.exe`,
      processId: undefined,
      dependsOn: [],
      dependents: [],
      canStop: true,
      ...service,
    });
  }
  writeText(path: string, text: string): void {
    this.files.write(path, utf8Encode(text));
  }
  advance(by: Duration): void {
    this.nowValue += by;
  }
  /** Answers what a script waits for, at once. `lines` are typed in turn. */
  answer(wanted: Suspend, lines: string[] = []): Resume {
    switch (wanted.kind) {
      case 'safepoint':
        return { kind: 'safepoint' };
      case 'until':
        if (wanted.at > this.nowValue) this.nowValue = wanted.at;
        return { kind: 'until' };
      case 'process':
        return { kind: 'process', exit: this.exits.get(wanted.id) };
      case 'service':
        return {
          kind: 'service',
          reached: this.serviceTable.get(wanted.name.toLowerCase())?.status === wanted.status,
        };
      case 'line':
        return { kind: 'line', text: lines.shift() };
      case 'http':
        return { kind: 'http', response: refuse('unreachable', 'The remote name could not be resolved') };
    }
  }

  // --- Host --------------------------------------------------------------------------------------------------------

  random(purpose: string): number {
    const n = (this.draws.get(purpose) ?? 0) + 1;
    this.draws.set(purpose, n);
    let h = 2166136261;
    for (const c of `${purpose}:${n}`) h = Math.imul(h ^ c.charCodeAt(0), 16777619);
    h ^= h >>> 15;
    return Math.imul(h, 2246822519) >>> 0;
  }

  readonly clock = {
    now: (): Instant => instant(this.nowValue),
    spend: (cost: Duration): void => {
      this.nowValue += cost;
    },
    zone: { windowsId: 'UTC', ianaId: 'UTC' },
    offsetAt: (): Duration => duration(0),
  };
  readonly computer = {
    name: 'BW-W11-5',
    domain: 'WORKGROUP',
    osVersion: '10.0.26100.4652',
    osCaption: 'Microsoft Windows 11 Enterprise',
    is64Bit: true,
    processorCount: 4,
    bootTime: instant(1_767_139_200_000_000),
    culture: 'en-US',
  };
  readonly identity = {
    name: 'AzureAD\\AdeleVance',
    sid: 'S-1-12-1-1-2-3-4',
    isSystem: false,
    elevated: true,
    process64Bit: true,
    profile: 'C:\\Users\\AdeleVance',
    sessionId: 1,
    processId: processId(3000),
    interactive: false,
  };

  private key_(name: string): KeyNode {
    return { name, keys: new Map(), values: new Map(), lastWrite: instant(this.nowValue) };
  }
  private findKey(path: RegistryPath): KeyNode | undefined {
    let node = this.hives.get(path.hive);
    for (const part of path.path === '' ? [] : path.path.split('\\'))
      node = node?.keys.get(part.toLowerCase());
    return node;
  }
  readonly registry: Host['registry'] = {
    key: (path) => {
      const node = this.findKey(path);
      return node
        ? ok({
            name: node.name,
            subKeyCount: node.keys.size,
            valueCount: node.values.size,
            lastWrite: node.lastWrite,
          })
        : refuse('not-found', 'The system cannot find the file specified.', path.path);
    },
    subKeys: (path) => {
      const node = this.findKey(path);
      return node
        ? ok([...node.keys.values()].map((k) => k.name))
        : refuse('not-found', 'The system cannot find the file specified.', path.path);
    },
    valueNames: (path) => {
      const node = this.findKey(path);
      return node
        ? ok([...node.values.values()].map((v) => v.name))
        : refuse('not-found', 'The system cannot find the file specified.', path.path);
    },
    value: (path, name) => {
      const found = this.findKey(path)?.values.get(name.toLowerCase());
      return found
        ? ok(found.value)
        : refuse('not-found', 'The system cannot find the file specified.', path.path);
    },
    createKey: (path) => {
      let node = this.hives.get(path.hive) as KeyNode;
      let created = false;
      for (const part of path.path === '' ? [] : path.path.split('\\')) {
        let next = node.keys.get(part.toLowerCase());
        if (!next) {
          node.keys.set(part.toLowerCase(), (next = this.key_(part)));
          created = true;
        }
        node = next;
      }
      return ok({ created });
    },
    deleteKey: (path, recurse) => {
      const at = path.path.lastIndexOf('\\');
      const parent = this.findKey({ hive: path.hive, path: at < 0 ? '' : path.path.slice(0, at) });
      const name = path.path.slice(at + 1).toLowerCase();
      const node = parent?.keys.get(name);
      if (!parent || !node)
        return refuse('not-found', 'The system cannot find the file specified.', path.path);
      if (node.keys.size > 0 && !recurse) return refuse('not-empty', 'The key has subkeys.', path.path);
      parent.keys.delete(name);
      return ok(undefined);
    },
    renameKey: (path, newName) => {
      const at = path.path.lastIndexOf('\\');
      const parent = this.findKey({ hive: path.hive, path: at < 0 ? '' : path.path.slice(0, at) });
      const node = parent?.keys.get(path.path.slice(at + 1).toLowerCase());
      if (!parent || !node)
        return refuse('not-found', 'The system cannot find the file specified.', path.path);
      parent.keys.delete(node.name.toLowerCase());
      node.name = newName;
      parent.keys.set(newName.toLowerCase(), node);
      return ok(undefined);
    },
    setValue: (path, name, value) => {
      const node = this.findKey(path);
      if (!node) return refuse('not-found', 'The system cannot find the file specified.', path.path);
      const known = node.values.get(name.toLowerCase());
      if (known) known.value = value;
      else node.values.set(name.toLowerCase(), { name, value });
      node.lastWrite = instant(this.nowValue);
      return ok(undefined);
    },
    deleteValue: (path, name) => {
      const node = this.findKey(path);
      return node?.values.delete(name.toLowerCase())
        ? ok(undefined)
        : refuse('not-found', 'The system cannot find the file specified.', path.path);
    },
  };

  private static normal(path: string): string {
    return path.replace(/\//g, '\\').replace(/\\+$/, '');
  }
  private find(path: string): FileNode | undefined {
    return this.nodes.get(MemoryHost.normal(path).toLowerCase());
  }
  private static parent(path: string): string {
    return path.slice(0, Math.max(path.lastIndexOf('\\'), 0));
  }
  private put(kind: 'file' | 'directory', path: string, content: string): FileNode {
    const at = instant(this.nowValue);
    const node: FileNode = {
      kind,
      name: path.slice(path.lastIndexOf('\\') + 1),
      path,
      content,
      created: at,
      modified: at,
      accessed: at,
      readOnly: false,
      hidden: false,
    };
    this.nodes.set(path.toLowerCase(), node);
    return node;
  }
  private makeDirectory(given: string): FileNode | undefined {
    const path = MemoryHost.normal(given);
    const known = this.find(path);
    if (known) return known.kind === 'directory' ? known : undefined;
    const parent = MemoryHost.parent(path);
    if (parent !== '' && !this.makeDirectory(parent)) return undefined;
    return this.put('directory', path, '');
  }
  private info(node: FileNode): FileInfo {
    const root = /^[a-z]:$/i.test(node.path);
    return {
      kind: node.kind,
      name: root ? `${node.name}\\` : node.name,
      path: root ? `${node.path}\\` : node.path,
      length: node.content.length,
      created: node.created,
      modified: node.modified,
      accessed: node.accessed,
      readOnly: node.readOnly,
      hidden: node.hidden,
      system: false,
      archive: node.kind === 'file',
    };
  }
  private children(node: FileNode): FileNode[] {
    const prefix = `${node.path.toLowerCase()}\\`;
    const found: FileNode[] = [];
    for (const [key, child] of this.nodes)
      if (key.startsWith(prefix) && !key.slice(prefix.length).includes('\\')) found.push(child);
    return found.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  }
  private missing(path: string): { ok: false; error: HostError } {
    const parent = this.find(MemoryHost.parent(MemoryHost.normal(path)));
    return parent
      ? refuse('not-found', `Could not find file '${path}'.`, path)
      : refuse('parent-not-found', `Could not find a part of the path '${path}'.`, path);
  }
  readonly files: Host['files'] = {
    info: (path) => {
      const node = this.find(path);
      return node ? ok(this.info(node)) : this.missing(path);
    },
    list: (path) => {
      const node = this.find(path);
      if (!node) return this.missing(path);
      if (node.kind === 'file')
        return refuse('not-a-directory', `The directory name is invalid. : '${path}'`, path);
      return ok(this.children(node).map((n) => this.info(n)));
    },
    read: (path) => {
      const node = this.find(path);
      if (!node) return this.missing(path);
      if (node.kind === 'directory')
        return refuse('is-directory', `Access to the path '${path}' is denied.`, path);
      return ok(node.content as Bytes);
    },
    write: (path, content) => {
      const node = this.find(path);
      if (node?.kind === 'directory')
        return refuse('is-directory', `Access to the path '${path}' is denied.`, path);
      if (node?.readOnly) return refuse('access-denied', `Access to the path '${path}' is denied.`, path);
      if (node) {
        node.content = bytes(content);
        node.modified = instant(this.nowValue);
        return ok(undefined);
      }
      const full = MemoryHost.normal(path);
      if (this.find(MemoryHost.parent(full))?.kind !== 'directory')
        return refuse('parent-not-found', `Could not find a part of the path '${path}'.`, path);
      this.put('file', full, bytes(content));
      return ok(undefined);
    },
    append: (path, content) => {
      const node = this.find(path);
      if (!node) return this.files.write(path, content);
      if (node.kind === 'directory' || node.readOnly)
        return refuse('access-denied', `Access to the path '${path}' is denied.`, path);
      node.content += content;
      node.modified = instant(this.nowValue);
      return ok(undefined);
    },
    createDirectory: (path) => {
      const node = this.makeDirectory(path);
      return node
        ? ok(this.info(node))
        : refuse('already-exists', `An item with the specified name ${path} already exists.`, path);
    },
    remove: (path, recurse) => {
      const node = this.find(path);
      if (!node) return this.missing(path);
      const inside = this.children(node);
      if (inside.length > 0 && !recurse)
        return refuse('not-empty', `Directory ${path} cannot be removed because it is not empty.`, path);
      for (const child of inside) this.files.remove(child.path, true);
      this.nodes.delete(node.path.toLowerCase());
      return ok(undefined);
    },
    move: (from, to) => {
      const node = this.find(from);
      if (!node) return this.missing(from);
      const target = MemoryHost.normal(to);
      if (this.find(target))
        return refuse('already-exists', 'Cannot create a file when that file already exists.', to);
      const moved = [
        node,
        ...[...this.nodes.values()].filter((n) =>
          n.path.toLowerCase().startsWith(`${node.path.toLowerCase()}\\`),
        ),
      ];
      const before = node.path;
      for (const one of moved) {
        this.nodes.delete(one.path.toLowerCase());
        one.path = target + one.path.slice(before.length);
        one.name = one.path.slice(one.path.lastIndexOf('\\') + 1);
        this.nodes.set(one.path.toLowerCase(), one);
      }
      return ok(undefined);
    },
    setTimes: (path, times) => {
      const node = this.find(path);
      if (!node) return this.missing(path);
      Object.assign(node, times);
      return ok(undefined);
    },
    setAttributes: (path, attributes) => {
      const node = this.find(path);
      if (!node) return this.missing(path);
      Object.assign(node, attributes);
      return ok(undefined);
    },
    drives: () => [{ name: 'C', label: 'Windows', size: 128_000_000_000, free: 64_000_000_000 }],
  };

  readonly services: Host['services'] = {
    list: () =>
      [...this.serviceTable.values()].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1)),
    get: (name) => {
      const found = this.serviceTable.get(name.toLowerCase());
      return found ? ok(found) : refuse('not-found', `Service ${name} was not found on computer '.'.`, name);
    },
    start: (name) => this.change(name, { status: 'Running' }),
    stop: (name) => this.change(name, { status: 'Stopped' }),
    configure: (name, change) => this.change(name, change),
  };
  private change(name: string, change: Partial<ServiceInfo>): HostResult<void> {
    const found = this.serviceTable.get(name.toLowerCase());
    if (!found) return refuse('not-found', `Service ${name} was not found on computer '.'.`, name);
    this.serviceTable.set(name.toLowerCase(), { ...found, ...change });
    return ok(undefined);
  }

  private readonly processTable: ProcessInfo[] = [
    {
      id: processId(3000),
      name: 'pwsh',
      path: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe',
      commandLine: 'pwsh.exe',
      parentId: undefined,
      user: 'AzureAD\\AdeleVance',
      sessionId: 1,
      started: instant(1_767_225_500_000_000),
      workingSet: 80_000_000,
      handles: 500,
      cpu: duration(1_000_000),
      is64Bit: true,
    },
  ];
  readonly processes: Host['processes'] = {
    list: () => this.processTable,
    get: (id) => {
      const found = this.processTable.find((p) => p.id === id);
      return found ? ok(found) : refuse('not-found', `Process with an Id of ${id} is not running.`);
    },
    kill: () => ok(undefined),
    which: (name) => {
      const bare = name
        .toLowerCase()
        .replace(/\.exe$/, '')
        .replace(/^.*\\/, '');
      if (this.programs.has(bare)) return `C:\\Windows\\System32\\${bare}.exe`;
      const file = this.find(name);
      return file?.kind === 'file' && /\.(exe|cmd|bat|com)$/i.test(name) ? file.path : undefined;
    },
    start: (request) => {
      const bare = request.file
        .toLowerCase()
        .replace(/\.exe$/, '')
        .replace(/^.*\\/, '');
      const program = this.programs.get(bare);
      if (!program) return refuse('not-found', 'The system cannot find the file specified.', request.file);
      const id = processId(this.nextProcess);
      this.nextProcess += 4;
      const result = program(request.arguments);
      this.exits.set(id, {
        exitCode: result.exitCode,
        stdout: utf8Encode(result.stdout ?? ''),
        stderr: utf8Encode(result.stderr ?? ''),
      });
      return ok({ id });
    },
  };
  readonly cim: Host['cim'] = {
    instances: () => refuse('not-found', 'Invalid class'),
    invoke: () => refuse('not-supported', 'Invalid method'),
  };
  readonly eventLog: Host['eventLog'] = {
    logs: () => ['Application', 'System', 'Security'],
    read: () => ok([]),
    write: () => ok(undefined),
  };
  readonly tasks: Host['tasks'] = {
    list: () => [],
    start: () => refuse('not-found', 'The system cannot find the file specified.'),
    setEnabled: () => refuse('not-found', 'The system cannot find the file specified.'),
    unregister: () => refuse('not-found', 'The system cannot find the file specified.'),
  };
  readonly certificates: Host['certificates'] = { list: () => [] };
  readonly network: Host['network'] = {
    reach: () => refuse('unreachable', 'No such host is known.'),
    adapters: () => [],
  };
}
