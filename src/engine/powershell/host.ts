import type { Bytes } from '../../base/bytes.ts';
import type { ConsoleId, ProcessId } from '../../base/ids.ts';
import type { Result } from '../../base/result.ts';
import type { Duration, Instant } from '../../base/time.ts';

/**
 * The port through which a running script reaches the device, and the only one. The world implements it over the
 * draft of its current step; tests implement it in memory. Every call is synchronous. What must wait is not a call:
 * the interpreter yields a `Suspend` (below) and is resumed with the answer.
 */
export interface Host {
  readonly clock: ClockPort;
  readonly computer: ComputerPort;
  readonly identity: Identity;
  readonly registry: RegistryPort;
  readonly files: FilePort;
  readonly services: ServicePort;
  readonly processes: ProcessPort;
  readonly cim: CimPort;
  readonly eventLog: EventLogPort;
  readonly tasks: TaskPort;
  readonly certificates: CertificatePort;
  readonly network: NetworkPort;
  /** `\r\n` on a device; `\n` where recorded cases run. */
  readonly newline: '\r\n' | '\n';
  /** Environment block of this process, as it was started; names compare without case. */
  readonly environment: ReadonlyMap<string, string>;
  /** Unsigned 32-bit, a function of seed, device, purpose and a count per purpose: one draw more shifts no other purpose. */
  random(purpose: string): number;
}

/** Why a call was refused. `message` is the Win32 or .NET text a script would see; `path` the object it concerns. */
export interface HostError {
  readonly code:
    | 'not-found'
    | 'parent-not-found'
    | 'already-exists'
    | 'access-denied'
    | 'not-empty'
    | 'invalid-name'
    | 'is-directory'
    | 'not-a-directory'
    | 'in-use'
    | 'wrong-type'
    | 'disk-full'
    | 'not-running'
    | 'already-running'
    | 'cannot-stop'
    | 'disabled'
    | 'unreachable'
    | 'timeout'
    | 'not-supported';
  readonly message: string;
  readonly path?: string;
}

export type HostResult<T> = Result<T, HostError>;

export interface ClockPort {
  /** Device time now, advanced by the cost of what this script has done so far. */
  now(): Instant;
  /** Charges work to the script. The interpreter calls it for statements and cmdlets, never by host speed. */
  spend(cost: Duration): void;
  /** Windows time zone id of the device, e.g. `W. Europe Standard Time`, and its IANA id. */
  readonly zone: { readonly windowsId: string; readonly ianaId: string };
  /** Offset of local time from UTC at an instant, in microseconds, daylight saving included. */
  offsetAt(at: Instant): Duration;
  /** Sets the clock; the zone by its Windows id; the clock to the true time. Absent: it cannot be set. */
  setTime?(at: Instant): HostResult<void>;
  setZone?(windowsId: string): HostResult<void>;
  synchronise?(): HostResult<void>;
}

export interface ComputerPort {
  readonly name: string;
  /** DNS or workgroup name. */
  readonly domain: string;
  /** e.g. `10.0.26100.4652` */
  readonly osVersion: string;
  readonly osCaption: string;
  readonly is64Bit: boolean;
  readonly processorCount: number;
  readonly bootTime: Instant;
  readonly culture: string;
}

/** Who runs, which decides what may be read and written. */
export interface Identity {
  /** `DOMAIN\user` form: `NT AUTHORITY\SYSTEM`, `AzureAD\AdeleVance`. */
  readonly name: string;
  readonly sid: string;
  readonly isSystem: boolean;
  /** Member of Administrators with a full token. */
  readonly elevated: boolean;
  /** False in a 32-bit process: registry and System32 are redirected. */
  readonly process64Bit: boolean;
  /** Profile folder, e.g. `C:\Users\AdeleVance`. */
  readonly profile: string;
  readonly sessionId: number;
  readonly processId: ProcessId;
  readonly interactive: boolean;
}

export type RegistryHive = 'HKLM' | 'HKCU' | 'HKU' | 'HKCR' | 'HKCC';

/** A key as scripts name it; `path` has no leading or trailing backslash, '' is the hive's root. */
export interface RegistryPath {
  readonly hive: RegistryHive;
  readonly path: string;
}

/** `view` overrides the redirection of a 32-bit process, as RegistryKey.OpenBaseKey does. */
export type RegistryView = 'default' | '64' | '32';

export type RegistryValue =
  | { readonly kind: 'String'; readonly data: string }
  /** Data as stored, variables not expanded. */
  | { readonly kind: 'ExpandString'; readonly data: string }
  | { readonly kind: 'MultiString'; readonly data: readonly string[] }
  /** Unsigned 32 bit. */
  | { readonly kind: 'DWord'; readonly data: number }
  /** Unsigned 64 bit. */
  | { readonly kind: 'QWord'; readonly data: bigint }
  | { readonly kind: 'Binary'; readonly data: Bytes }
  | { readonly kind: 'None'; readonly data: Bytes };

export interface RegistryKeyInfo {
  /** Name as stored (case kept), without its parents. */
  readonly name: string;
  readonly subKeyCount: number;
  readonly valueCount: number;
  readonly lastWrite: Instant;
}

export interface RegistryPort {
  key(path: RegistryPath, view?: RegistryView): HostResult<RegistryKeyInfo>;
  /** Names of the direct sub-keys, as stored, in the order the registry gives them. */
  subKeys(path: RegistryPath, view?: RegistryView): HostResult<readonly string[]>;
  /** Value names in the order they were made; the default value is ''. */
  valueNames(path: RegistryPath, view?: RegistryView): HostResult<readonly string[]>;
  value(path: RegistryPath, name: string, view?: RegistryView): HostResult<RegistryValue>;
  /** Makes the key and its parents. `created` is false where it was there. */
  createKey(path: RegistryPath, view?: RegistryView): HostResult<{ readonly created: boolean }>;
  /** With `recurse` false a key with sub-keys is refused with `not-empty`. */
  deleteKey(path: RegistryPath, recurse: boolean, view?: RegistryView): HostResult<void>;
  renameKey(path: RegistryPath, newName: string, view?: RegistryView): HostResult<void>;
  setValue(path: RegistryPath, name: string, value: RegistryValue, view?: RegistryView): HostResult<void>;
  deleteValue(path: RegistryPath, name: string, view?: RegistryView): HostResult<void>;
}

export interface FileInfo {
  readonly kind: 'file' | 'directory';
  /** Name as stored (case kept). */
  readonly name: string;
  /** Full path as stored. */
  readonly path: string;
  /** Bytes; 0 for a directory. */
  readonly length: number;
  readonly created: Instant;
  readonly modified: Instant;
  readonly accessed: Instant;
  readonly readOnly: boolean;
  readonly hidden: boolean;
  readonly system: boolean;
  readonly archive: boolean;
  /** From the version resource, where the file has one. */
  readonly version?: FileVersion;
}

export interface FileVersion {
  readonly fileVersion: string;
  readonly productVersion: string;
  readonly productName: string;
  readonly companyName: string;
  readonly fileDescription: string;
}

/** Paths are absolute Windows paths (`C:\ProgramData\x`); `/` counts as `\`. Relative ones never arrive here. */
export interface FilePort {
  info(path: string): HostResult<FileInfo>;
  /** Direct children in the order of the volume (by name without case). */
  list(path: string): HostResult<readonly FileInfo[]>;
  read(path: string): HostResult<Bytes>;
  write(path: string, content: Bytes): HostResult<void>;
  append(path: string, content: Bytes): HostResult<void>;
  createDirectory(path: string): HostResult<FileInfo>;
  /** With `recurse` false a folder that is not empty is refused with `not-empty`. */
  remove(path: string, recurse: boolean): HostResult<void>;
  move(from: string, to: string): HostResult<void>;
  setTimes(
    path: string,
    times: { readonly created?: Instant; readonly modified?: Instant; readonly accessed?: Instant },
  ): HostResult<void>;
  setAttributes(
    path: string,
    attributes: { readonly readOnly?: boolean; readonly hidden?: boolean },
  ): HostResult<void>;
  drives(): readonly {
    readonly name: string;
    readonly label: string;
    readonly size: number;
    readonly free: number;
  }[];
}

export type ServiceStatus =
  'Stopped' | 'StartPending' | 'StopPending' | 'Running' | 'ContinuePending' | 'PausePending' | 'Paused';
export type ServiceStartMode = 'Automatic' | 'AutomaticDelayed' | 'Manual' | 'Disabled';

export interface ServiceInfo {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly status: ServiceStatus;
  readonly startMode: ServiceStartMode;
  readonly account: string;
  readonly binaryPath: string;
  readonly processId: ProcessId | undefined;
  readonly dependsOn: readonly string[];
  readonly dependents: readonly string[];
  readonly canStop: boolean;
}

/** Start and stop only ask: the state then passes through its pending stage. Wait with `Suspend` kind `service`. */
export interface ServicePort {
  list(): readonly ServiceInfo[];
  get(name: string): HostResult<ServiceInfo>;
  start(name: string): HostResult<void>;
  stop(name: string): HostResult<void>;
  configure(
    name: string,
    change: {
      readonly startMode?: ServiceStartMode;
      readonly displayName?: string;
      readonly description?: string;
    },
  ): HostResult<void>;
  /** Registers a service, stopped. Absent: the device cannot make services this way. */
  create?(service: {
    readonly name: string;
    readonly displayName: string;
    readonly description: string;
    readonly binaryPath: string;
    readonly startMode: ServiceStartMode;
    readonly account: string;
    readonly dependsOn: readonly string[];
  }): HostResult<void>;
  /** Removes a service that is stopped. */
  remove?(name: string): HostResult<void>;
}

export interface ProcessInfo {
  readonly id: ProcessId;
  /** Image name without `.exe`, as Get-Process shows it. */
  readonly name: string;
  readonly path: string | undefined;
  readonly commandLine: string;
  readonly parentId: ProcessId | undefined;
  readonly user: string;
  readonly sessionId: number;
  readonly started: Instant;
  /** Bytes. */
  readonly workingSet: number;
  readonly handles: number;
  /** Microseconds of processor time. */
  readonly cpu: Duration;
  readonly is64Bit: boolean;
}

export interface ProcessStart {
  /** Program as given: bare name (searched in PATH), path, document or URI (`intunemanagementextension://syncapp`). */
  readonly file: string;
  /** Command line after the program, as one string, quoted as given. */
  readonly arguments: string;
  readonly workingDirectory: string;
  readonly stdin?: Bytes;
  /** Streams the parent wants; otherwise they go to the console of the parent. */
  readonly capture: { readonly stdout: boolean; readonly stderr: boolean };
  readonly verb?: 'open' | 'runas';
  /** No window: whoever asks there is never answered. */
  readonly hidden?: boolean;
  /** A 32-bit process has switched file system redirection off: System32 is the real one. */
  readonly noRedirection?: boolean;
  readonly newConsole?: boolean;
  readonly environment?: ReadonlyMap<string, string>;
  /** The user at the desk instead of who asks: only SYSTEM can. Absent: who asks. */
  readonly account?: 'session-user';
}

export interface ProcessPort {
  list(): readonly ProcessInfo[];
  get(id: ProcessId): HostResult<ProcessInfo>;
  kill(id: ProcessId): HostResult<void>;
  /** Full path of a program by name, as PATH and PATHEXT find it. */
  which(name: string): string | undefined;
  /** Starts a program; its end is awaited by yielding `Suspend` kind `process`. */
  start(request: ProcessStart): HostResult<{ readonly id: ProcessId }>;
}

/** A CIM or WMI instance: its class and properties in declared order. */
export interface CimInstance {
  readonly className: string;
  readonly namespace: string;
  readonly properties: readonly (readonly [string, CimValue])[];
  /** Names of the key properties. */
  readonly keys: readonly string[];
}
export type CimValue =
  | null
  | string
  | boolean
  | { readonly type: 'uint8' | 'uint16' | 'uint32' | 'sint16' | 'sint32'; readonly value: number }
  | { readonly type: 'uint64' | 'sint64'; readonly value: bigint }
  | { readonly type: 'real64'; readonly value: number }
  | { readonly type: 'datetime'; readonly value: Instant }
  | { readonly type: 'array'; readonly value: readonly CimValue[] };

export interface CimPort {
  /** Instances of a class; `not-found` for an unknown class or namespace (`Invalid class`, `Invalid namespace`). */
  instances(namespace: string, className: string): HostResult<readonly CimInstance[]>;
  invoke(
    instance: CimInstance,
    method: string,
    args: ReadonlyMap<string, CimValue>,
  ): HostResult<ReadonlyMap<string, CimValue>>;
}

export interface EventRecord {
  readonly logName: string;
  readonly provider: string;
  readonly id: number;
  readonly level: number;
  readonly levelName: string;
  readonly at: Instant;
  readonly message: string;
  readonly recordId: number;
}

export interface EventLogPort {
  logs(): readonly string[];
  read(logName: string): HostResult<readonly EventRecord[]>;
  write(record: Omit<EventRecord, 'recordId' | 'at'>): HostResult<void>;
}

export interface TaskInfo {
  readonly name: string;
  /** Folder with both backslashes: `\Microsoft\Windows\EnterpriseMgmt\`. */
  readonly path: string;
  readonly state: 'Ready' | 'Running' | 'Disabled';
  readonly execute: string;
  readonly arguments: string;
  readonly principal: string;
  readonly lastRun: Instant | undefined;
  readonly nextRun: Instant | undefined;
  readonly lastResult: number;
  readonly description: string;
  readonly highest: boolean;
  readonly hidden: boolean;
  readonly triggers: readonly TaskTriggerInfo[];
}

/** What starts a scheduled task; as the device keeps it. */
export type TaskTriggerInfo = (
  | { readonly kind: 'time'; readonly start: string }
  | { readonly kind: 'daily'; readonly start: string; readonly days: number }
  | {
      readonly kind: 'weekly';
      readonly start: string;
      readonly weeks: number;
      readonly daysOfWeek: readonly number[];
    }
  | { readonly kind: 'boot' }
  | { readonly kind: 'logon'; readonly user: string | null }
  | {
      readonly kind: 'session';
      readonly change: 'lock' | 'unlock' | 'connect' | 'disconnect';
      readonly user: string | null;
    }
  | { readonly kind: 'registration' }
  | {
      readonly kind: 'event';
      readonly log: string;
      readonly provider: string | null;
      readonly ids: readonly number[];
    }
) & {
  readonly repeat?: { readonly every: Duration; readonly within: Duration | null };
  readonly randomDelay?: Duration;
  readonly delay?: Duration;
  readonly enabled?: boolean;
};

export interface TaskPort {
  list(): readonly TaskInfo[];
  start(path: string, name: string): HostResult<void>;
  setEnabled(path: string, name: string, enabled: boolean): HostResult<void>;
  unregister(path: string, name: string): HostResult<void>;
  /** Registers a task or replaces the one of its name. Absent: the device cannot make tasks this way. */
  register?(task: {
    readonly path: string;
    readonly name: string;
    readonly execute: string;
    readonly arguments: string;
    readonly principal: string;
    readonly highest?: boolean;
    readonly description?: string;
    readonly triggers?: readonly TaskTriggerInfo[];
    readonly settings?: {
      readonly startWhenAvailable: boolean;
      readonly multipleInstances: 'IgnoreNew' | 'Parallel' | 'Queue' | 'StopExisting';
      readonly hidden: boolean;
    };
  }): HostResult<void>;
}

export interface CertificateInfo {
  readonly store: 'LocalMachine' | 'CurrentUser';
  /** `My`, `Root`, `CA`, `TrustedPublisher`. */
  readonly container: string;
  readonly thumbprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly serialNumber: string;
  readonly hasPrivateKey: boolean;
  readonly friendlyName?: string;
  /** The certificate itself (DER); absent for those that only a name stands for. */
  readonly encoded?: Bytes;
  /** Object identifiers of its purposes; absent: any. */
  readonly purposes?: readonly string[];
}

/** What Windows says of an Authenticode signature. */
export interface SignatureInfo {
  readonly status: 'Valid' | 'UnknownError' | 'NotSigned' | 'HashMismatch' | 'NotTrusted' | 'Incompatible';
  /** Windows' own text of an error; '' where PowerShell has words for the status. */
  readonly text: string;
  readonly signer: CertificateInfo | undefined;
  /** The signer's certificate is in the store of trusted publishers. */
  readonly trustedPublisher: boolean;
}

export interface CertificateRequest {
  readonly store: 'LocalMachine' | 'CurrentUser';
  readonly subject: string;
  readonly dnsNames: readonly string[];
  /** Object identifiers. */
  readonly purposes: readonly string[];
  readonly isAuthority: boolean;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  /** Bits of the RSA key. */
  readonly keySize: number;
  /** `SHA256`, `SHA1` … */
  readonly hash: string;
  readonly friendlyName: string;
  /** Who signs it; absent: it signs itself. */
  readonly signer?: CertificateInfo;
}

/** Certificate stores of the machine and of the user of the process. What is absent, the device cannot do. */
export interface CertificatePort {
  list(): readonly CertificateInfo[];
  /** Makes a certificate with its key in the store `My`. */
  create?(request: CertificateRequest): HostResult<CertificateInfo>;
  /** Puts a certificate into the store that it names. */
  add?(certificate: CertificateInfo): HostResult<void>;
  remove?(certificate: CertificateInfo): HostResult<void>;
  /** Reads a certificate (DER); undefined where the bytes are none. */
  read?(encoded: Bytes): CertificateInfo | undefined;
  /** Checks the signature block of a script's text. */
  checkScript?(text: string): SignatureInfo;
  /** The text with a new signature block; the certificate's key must be at hand. */
  signScript?(
    text: string,
    certificate: CertificateInfo,
    options: { readonly chain: 'signer' | 'notroot' | 'all'; readonly hash: string },
  ): HostResult<string>;
}

export interface NetworkPort {
  /** Whether a host answers on a port, over the simulated network only. */
  reach(host: string, port: number): HostResult<{ readonly address: string; readonly latency: Duration }>;
  adapters(): readonly {
    readonly name: string;
    readonly address: string;
    readonly mac: string;
    readonly up: boolean;
  }[];
}

/**
 * What a running script waits for. A generator of the interpreter yields one and is resumed with a `Resume` of the
 * same kind. Yielding `safepoint` only gives the scheduler the chance to run what is due, to publish and to stop.
 */
export type Suspend =
  | { readonly kind: 'safepoint' }
  | { readonly kind: 'until'; readonly at: Instant }
  | { readonly kind: 'process'; readonly id: ProcessId; readonly deadline?: Instant }
  | {
      readonly kind: 'service';
      readonly name: string;
      readonly status: ServiceStatus;
      readonly deadline?: Instant;
    }
  /** A line from the console: a command at a shell's prompt, or the answer to a question (Read-Host, a choice, pause). */
  | {
      readonly kind: 'line';
      readonly prompt: string;
      readonly secret: boolean;
      readonly purpose?: 'command';
    }
  | { readonly kind: 'http'; readonly request: HttpRequest };

export type Resume =
  | { readonly kind: 'safepoint' }
  | { readonly kind: 'until' }
  | { readonly kind: 'process'; readonly exit: ProcessExit | undefined }
  | { readonly kind: 'service'; readonly reached: boolean }
  /** `undefined` where nobody can answer: the host is not interactive. */
  | { readonly kind: 'line'; readonly text: string | undefined }
  | { readonly kind: 'http'; readonly response: HostResult<HttpResponse> };

export interface ProcessExit {
  readonly exitCode: number;
  readonly stdout: Bytes;
  readonly stderr: Bytes;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Bytes;
  readonly timeout: Duration;
}

export interface HttpResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Bytes;
}

/** Where a script's output goes: a console of the device, or the pipes of its parent. */
export interface OutputPort {
  readonly console: ConsoleId | undefined;
  /** Width in columns; 0 means unbounded (redirected). */
  readonly width: number;
  readonly colour: boolean;
  write(stream: 'out' | 'error', text: string): void;
}
