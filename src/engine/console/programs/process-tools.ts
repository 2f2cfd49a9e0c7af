import type { CimInstance, ProcessInfo } from '../../powershell/host.ts';
import { processId } from '../../../base/ids.ts';
import { cimText, cimValueText } from '../cim-text.ts';
import { dateAndTime, localTime } from '../local-time.ts';
import { matchesPattern } from '../device-path.ts';
import { requestShutdown, shutdownFlags } from '../restart.ts';
import { parseQuery, meets } from '../../powershell/cmdlets/device/wql.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const image = (process: ProcessInfo): string =>
  process.id === 0 || process.id === 4 || /\.(exe|com|scr|tmp)$/i.test(process.name)
    ? process.name
    : `${process.name}.exe`;
const sessionName = (process: ProcessInfo): string => (process.sessionId === 0 ? 'Services' : 'Console');

/** Filters of tasklist and taskkill: `imagename eq x`, `pid gt 5`, `session ne 0`. */
function filter(text: string): ((process: ProcessInfo) => boolean) | undefined {
  const match = /^(\w+)\s+(eq|ne|gt|lt|ge|le)\s+(.*)$/i.exec(text.trim());
  if (!match) return undefined;
  const [, name = '', operator = '', wanted = ''] = match;
  const read = (p: ProcessInfo): string | number | undefined => {
    switch (name.toLowerCase()) {
      case 'imagename':
        return image(p);
      case 'pid':
        return p.id;
      case 'session':
        return p.sessionId;
      case 'username':
        return p.user;
      case 'memusage':
        return Math.round(p.workingSet / 1024);
      case 'status':
        return 'RUNNING';
      default:
        return undefined;
    }
  };
  return (p) => {
    const value = read(p);
    if (value === undefined) return false;
    if (typeof value === 'string') {
      const same = matchesPattern(value, wanted);
      return operator.toLowerCase() === 'ne' ? !same : same;
    }
    const by = value - Number(wanted);
    switch (operator.toLowerCase()) {
      case 'eq':
        return by === 0;
      case 'ne':
        return by !== 0;
      case 'gt':
        return by > 0;
      case 'lt':
        return by < 0;
      case 'ge':
        return by >= 0;
      default:
        return by <= 0;
    }
  };
}

/** Arguments after switches that take one. */
function valuesOf(args: readonly string[], name: string): string[] {
  const found: string[] = [];
  args.forEach((arg, i) => {
    if (arg.toLowerCase() === name && args[i + 1] !== undefined) found.push(args[i + 1] as string);
  });
  return found;
}

/** tasklist.exe: /svc, /v, /fo, /nh, /fi. */
export const tasklist = program('tasklist.exe', (call) => {
  const args = call.args;
  const has = (name: string): boolean => args.some((arg) => arg.toLowerCase() === name);
  const format = (valuesOf(args, '/fo')[0] ?? 'table').toLowerCase();
  const filters: ((process: ProcessInfo) => boolean)[] = [];
  for (const text of valuesOf(args, '/fi')) {
    const test = filter(text);
    if (!test) {
      call.fail('ERROR: The search filter cannot be recognized.');
      return 1;
    }
    filters.push(test);
  }
  const found = call.host.processes.list().filter((p) => filters.every((test) => test(p)));
  if (found.length === 0) {
    call.line('INFO: No tasks are running which match the specified criteria.');
    return 0;
  }
  const services = (p: ProcessInfo): string =>
    call.host.services
      .list()
      .filter((s) => s.processId === p.id)
      .map((s) => s.name)
      .join(', ') || 'N/A';
  const memory = (p: ProcessInfo): string => `${grouped(Math.round(p.workingSet / 1024))} K`;
  const bySvc = has('/svc');
  const headings = bySvc
    ? ['Image Name', 'PID', 'Services']
    : [
        'Image Name',
        'PID',
        'Session Name',
        'Session#',
        'Mem Usage',
        ...(has('/v') ? ['Status', 'User Name'] : []),
      ];
  const rows = found.map((p) =>
    bySvc
      ? [image(p), String(p.id), services(p)]
      : [
          image(p),
          String(p.id),
          sessionName(p),
          String(p.sessionId),
          memory(p),
          ...(has('/v') ? ['Running', p.user] : []),
        ],
  );
  if (format === 'csv') {
    const csv = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(',');
    if (!has('/nh')) call.line(csv(headings));
    call.line(...rows.map(csv));
    return 0;
  }
  if (format === 'list') {
    const width = Math.max(...headings.map((h) => h.length)) + 2;
    for (const row of rows) {
      call.line();
      headings.forEach((heading, i) => call.line(`${`${heading}:`.padEnd(width)}${row[i] ?? ''}`));
    }
    return 0;
  }
  const widths = bySvc ? [25, 8, 44] : [25, 8, 16, 11, 12, ...(has('/v') ? [15, 50] : [])];
  const right = bySvc ? [1] : [1, 3, 4];
  const format_ = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => {
        const width = widths[i] as number;
        return right.includes(i) ? cell.slice(0, width).padStart(width) : cell.slice(0, width).padEnd(width);
      })
      .join(' ');
  if (!has('/nh')) call.line('', format_(headings), widths.map((w) => '='.repeat(w)).join(' '));
  call.line(...rows.map(format_));
  return 0;
});

/** taskkill.exe: /im, /pid, /f, /t, /fi. */
export const taskkill = program('taskkill.exe', (call) => {
  const args = call.args;
  const force = args.some((arg) => /^\/f$/i.test(arg));
  const tree = args.some((arg) => /^\/t$/i.test(arg));
  const images = valuesOf(args, '/im');
  const ids = valuesOf(args, '/pid');
  const filters = valuesOf(args, '/fi').map(filter);
  if (images.length === 0 && ids.length === 0 && filters.length === 0) {
    call.fail(
      'ERROR: Invalid syntax. Neither /FI nor /PID nor /IM were specified.',
      'Type "TASKKILL /?" for usage.',
    );
    return 1;
  }
  const all = call.host.processes.list();
  let code = 0;
  const end = (process: ProcessInfo): void => {
    const done = call.host.processes.kill(process.id);
    const label =
      images.length > 0
        ? `process "${image(process)}" with PID ${process.id}`
        : `process with PID ${process.id}`;
    if (!done.ok) {
      call.fail(
        `ERROR: The ${label} could not be terminated.`,
        `Reason: ${done.error.code === 'access-denied' ? 'Access is denied.' : done.error.message}`,
      );
      code = 1;
    } else if (force) call.line(`SUCCESS: The ${label} has been terminated.`);
    else call.line(`SUCCESS: Sent termination signal to the ${label}.`);
  };
  const withChildren = (process: ProcessInfo): void => {
    if (tree)
      for (const child of all)
        if (child.parentId === process.id && child.id !== process.id) withChildren(child);
    end(process);
  };
  const chosen = (process: ProcessInfo): boolean => filters.every((test) => test?.(process) ?? false);
  for (const pattern of images) {
    const found = all.filter((p) => matchesPattern(image(p), pattern) && chosen(p));
    if (found.length === 0) {
      call.fail(`ERROR: The process "${pattern}" not found.`);
      code = 128;
    }
    for (const process of found) withChildren(process);
  }
  for (const text of ids) {
    const found = call.host.processes.get(processId(Number(text)));
    if (!found.ok) {
      call.fail(`ERROR: The process "${text}" not found.`);
      code = 128;
    } else withChildren(found.value);
  }
  if (images.length === 0 && ids.length === 0)
    for (const process of all.filter(chosen)) withChildren(process);
  return code;
});

const aliases: Readonly<Record<string, string>> = {
  os: 'Win32_OperatingSystem',
  bios: 'Win32_BIOS',
  computersystem: 'Win32_ComputerSystem',
  cpu: 'Win32_Processor',
  csproduct: 'Win32_ComputerSystemProduct',
  diskdrive: 'Win32_DiskDrive',
  logicaldisk: 'Win32_LogicalDisk',
  nic: 'Win32_NetworkAdapter',
  nicconfig: 'Win32_NetworkAdapterConfiguration',
  process: 'Win32_Process',
  product: 'Win32_Product',
  qfe: 'Win32_QuickFixEngineering',
  service: 'Win32_Service',
  startup: 'Win32_StartupCommand',
  timezone: 'Win32_TimeZone',
  useraccount: 'Win32_UserAccount',
};

/** wmic.exe: `ALIAS [where …] get a,b [/value] [/format:list|csv]`, `path Class …`. */
export const wmic = program('wmic.exe', (call) => {
  const match =
    /^\s*(?:\/namespace:(\S+)\s+)?(?:path\s+|class\s+)?(\w+)(?:\s+where\s+("[^"]*"|\([^)]*\)|\S+))?(?:\s+(get|list|call)\s*(.*))?$/i.exec(
      call.context.arguments,
    );
  if (!match) {
    call.fail('Invalid Verb Switch.');
    return 44135;
  }
  const [, namespace, name = '', whereText, verb = 'list', rest = ''] = match;
  const className = aliases[name.toLowerCase()] ?? (/^(win32|cim)_/i.test(name) ? name : undefined);
  if (className === undefined) {
    call.fail(`${name} - Alias not found.`);
    return 44125;
  }
  const answer = call.host.cim.instances(
    (namespace ?? 'root/cimv2').replace(/^\\\\/, '').replace(/\\+/g, '/'),
    className,
  );
  if (!answer.ok) {
    call.fail(
      'Node - ' + call.host.computer.name.toUpperCase(),
      'ERROR:',
      `Description = ${answer.error.message}`,
    );
    return 1;
  }
  const condition = whereText?.replace(/^["(]|[")]$/g, '');
  const query = parseQuery(`SELECT * FROM x${condition === undefined ? '' : ` WHERE ${condition}`}`);
  if (!query) {
    call.fail('Node - ' + call.host.computer.name.toUpperCase(), 'ERROR:', 'Description = Invalid query');
    return 44135;
  }
  const found = answer.value.filter((one) => !query.where || meets(one, query.where) === true);
  if (found.length === 0) {
    call.line('No Instance(s) Available.', '');
    return 0;
  }
  if (verb.toLowerCase() === 'call') return invoke(call, found, rest);
  const format =
    /\/format:(\w+)/i.exec(rest)?.[1]?.toLowerCase() ?? (/\/value/i.test(rest) ? 'list' : 'table');
  const named = rest
    .replace(/\/\S+/g, '')
    .replace(/^(brief|full)\s*$/i, '')
    .trim();
  const names =
    named === '' || named === '*'
      ? (found[0] as CimInstance).properties.map(([own]) => own)
      : named
          .split(/\s*,\s*/)
          .map(
            (one) =>
              found[0]?.properties.find(([own]) => own.toLowerCase() === one.toLowerCase())?.[0] ?? one,
          );
  if (/[^,\s]\s+[^,\s]/.test(named)) {
    call.fail('Invalid GET Expression.');
    return 44135;
  }
  if (names.some((one) => !found[0]?.properties.some(([own]) => own === one))) {
    call.fail(`Node - ${call.host.computer.name.toUpperCase()}`, 'ERROR:', 'Description = Invalid query');
    return 1;
  }
  // wmic sorts its columns by name.
  const columns = [...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
  if (format === 'list') {
    for (const one of found)
      call.line('', '', ...columns.map((column) => `${column}=${cimText(one, column)}`));
    call.line('', '', '');
    return 0;
  }
  if (format === 'csv') {
    call.line('', ['Node', ...columns].join(','));
    for (const one of found)
      call.line([call.host.computer.name, ...columns.map((column) => cimText(one, column))].join(','));
    return 0;
  }
  const widths = columns.map(
    (column) => Math.max(column.length, ...found.map((one) => cimText(one, column).length)) + 2,
  );
  call.line(columns.map((column, i) => column.padEnd(widths[i] as number)).join(''));
  for (const one of found)
    call.line(columns.map((column, i) => cimText(one, column).padEnd(widths[i] as number)).join(''));
  call.line('');
  return 0;
});

function invoke(call: Call, targets: readonly CimInstance[], rest: string): number {
  const method = /^\w+/.exec(rest)?.[0] ?? '';
  for (const target of targets) {
    const done = call.host.cim.invoke(target, method, new Map());
    if (!done.ok) {
      call.fail('ERROR:', `Description = ${done.error.message}`);
      return 1;
    }
    call.line(
      'Method execution successful.',
      'Out Parameters:',
      'instance of __PARAMETERS',
      '{',
      ...[...done.value].map(([name, value]) => `\t${name} = ${cimValueText(value)};`),
      '};',
      '',
    );
  }
  return 0;
}

const first = (call: Call, className: string): CimInstance | undefined => {
  const found = call.host.cim.instances('root/cimv2', className);
  return found.ok ? found.value[0] : undefined;
};

/** systeminfo.exe. */
export const systeminfo = program('systeminfo.exe', (call) => {
  const { host } = call;
  const os = first(call, 'Win32_OperatingSystem');
  const computer = first(call, 'Win32_ComputerSystem');
  const bios = first(call, 'Win32_BIOS');
  const build = host.computer.osVersion.split('.').slice(0, 3).join('.');
  const megabytes = (bytes: number): string => `${grouped(Math.round(bytes / 1048576))} MB`;
  const memory = Number(computer ? cimText(computer, 'TotalPhysicalMemory') : 0);
  const free = Number(os ? cimText(os, 'FreePhysicalMemory') : 0) * 1024;
  const row = (label: string, value: string): void => call.line(`${`${label}:`.padEnd(27)}${value}`);
  call.line();
  row('Host Name', host.computer.name);
  row('OS Name', host.computer.osCaption);
  row('OS Version', `${build} N/A Build ${build.split('.')[2] ?? ''}`);
  row('OS Manufacturer', 'Microsoft Corporation');
  row('OS Configuration', 'Standalone Workstation');
  row('Registered Owner', os ? cimText(os, 'RegisteredUser') : '');
  row('Product ID', os ? cimText(os, 'SerialNumber') : '');
  row('System Boot Time', dateAndTime(localTime(host.computer.bootTime, host)));
  row('System Manufacturer', computer ? cimText(computer, 'Manufacturer') : '');
  row('System Model', computer ? cimText(computer, 'Model') : '');
  row('System Type', host.computer.is64Bit ? 'x64-based PC' : 'X86-based PC');
  row('BIOS Version', bios ? cimText(bios, 'SMBIOSBIOSVersion') : '');
  row('Windows Directory', 'C:\\Windows');
  row('System Directory', 'C:\\Windows\\System32');
  row('Boot Device', '\\Device\\HarddiskVolume1');
  row('System Locale', `${host.computer.culture.toLowerCase()};English (United States)`);
  row('Total Physical Memory', megabytes(memory));
  row('Available Physical Memory', megabytes(free));
  row('Domain', host.computer.domain);
  row('Logon Server', `\\\\${host.computer.name}`);
  return 0;
});

/** shutdown.exe: /r, /s, /l, /a, /t, /f, /c. */
export const shutdown = program('shutdown.exe', (call) => {
  const args = call.args.map((arg) => arg.toLowerCase());
  const is = (letter: string): boolean => args.includes(`/${letter}`) || args.includes(`-${letter}`);
  const value = (letter: string): string | undefined => {
    const at = args.findIndex((arg) => arg === `/${letter}` || arg === `-${letter}`);
    return at < 0 ? undefined : call.args[at + 1];
  };
  const flag =
    is('r') || is('g')
      ? shutdownFlags.reboot
      : is('s') || is('p')
        ? shutdownFlags.shutdown | shutdownFlags.powerOff
        : is('l')
          ? shutdownFlags.logOff
          : undefined;
  if (is('a')) {
    call.fail('Unable to abort the system shutdown because no shutdown was in progress.(1116)');
    return 1116;
  }
  if (flag === undefined) {
    call.line(
      'Usage: shutdown [/i | /l | /s | /sg | /r | /g | /a | /p | /h | /e | /o] [/hybrid] [/soft] [/fw] [/f]',
      '    [/m \\\\computer][/t xxx][/d [p|u:]xx:yy [/c "comment"]]',
    );
    return 1;
  }
  const delay = Number(value('t') ?? (is('p') ? 0 : 30));
  if (!(delay >= 0 && delay <= 315360000)) {
    call.fail('The parameter is incorrect.(87)');
    return 87;
  }
  const done = requestShutdown(
    call.host,
    flag | (is('f') ? shutdownFlags.force : 0),
    delay,
    value('c') ?? '',
  );
  if (!done.ok) {
    call.fail(done.error.code === 'access-denied' ? 'Access is denied.(5)' : done.error.message);
    return 5;
  }
  return 0;
});
