import type { HostError, TaskInfo } from '../../powershell/host.ts';
import type { Instant } from '../../../base/time.ts';
import { dateAndTime, localTime } from '../local-time.ts';
import { createTask } from './schtasks-create.ts';
import { ask, waitingProgram } from './simple.ts';
import type { Call } from './simple.ts';

const full = (task: TaskInfo): string => task.path + task.name;
const time = (call: Call, at: Instant | undefined, none: string): string =>
  at === undefined ? none : dateAndTime(localTime(at, call.host), ' ');

const refused = (call: Call, error: HostError): number => {
  call.fail(
    error.code === 'access-denied'
      ? 'ERROR: Access is denied.'
      : error.code === 'disabled'
        ? 'ERROR: The scheduled task is disabled.'
        : 'ERROR: The system cannot find the file specified.',
  );
  return 1;
};

function query(call: Call, tasks: readonly TaskInfo[], options: ReadonlyMap<string, string>): void {
  const format = (options.get('fo') ?? 'table').toLowerCase();
  const verbose = options.has('v');
  const none = '11/30/1999 12:00:00 AM';
  const details = (task: TaskInfo): (readonly [string, string])[] => [
    ['HostName', call.host.computer.name],
    ['TaskName', full(task)],
    ['Next Run Time', time(call, task.nextRun, 'N/A')],
    ['Status', task.state],
    ['Logon Mode', 'Interactive/Background'],
    ...(verbose
      ? ([
          ['Last Run Time', time(call, task.lastRun, none)],
          ['Last Result', String(task.lastResult)],
          ['Author', 'N/A'],
          ['Task To Run', `${task.execute} ${task.arguments}`.trim()],
          ['Start In', 'N/A'],
          ['Comment', 'N/A'],
          ['Scheduled Task State', task.state === 'Disabled' ? 'Disabled' : 'Enabled'],
          ['Run As User', task.principal],
        ] as const)
      : []),
  ];
  const brief = (task: TaskInfo): (readonly [string, string])[] => [
    ['TaskName', full(task)],
    ['Next Run Time', time(call, task.nextRun, 'N/A')],
    ['Status', task.state],
  ];
  if (format === 'csv') {
    const rows = tasks.map((task) => (verbose ? details(task) : brief(task)));
    const csv = (cells: readonly string[]): string => cells.map((cell) => `"${cell}"`).join(',');
    if (!options.has('nh') && rows[0]) call.line(csv(rows[0].map(([name]) => name)));
    for (const row of rows) call.line(csv(row.map(([, value]) => value)));
    return;
  }
  for (const folder of [...new Set(tasks.map((task) => task.path))]) {
    const own = tasks.filter((task) => task.path === folder);
    call.line('', `Folder: ${folder.length > 1 ? folder.replace(/\\$/, '') : folder}`);
    if (format === 'list') {
      const width = verbose ? 38 : 15;
      own.forEach((task, i) => {
        if (i > 0) call.line();
        for (const [name, value] of details(task)) call.line(`${`${name}:`.padEnd(width)}${value}`);
      });
      continue;
    }
    const cells = (a: string, b: string, c: string): string =>
      `${a.slice(0, 40).padEnd(40)} ${b.slice(0, 22).padEnd(22)} ${c.slice(0, 15).padEnd(15)}`;
    if (!options.has('nh'))
      call.line(
        cells('TaskName', 'Next Run Time', 'Status'),
        `${'='.repeat(40)} ${'='.repeat(22)} ${'='.repeat(15)}`,
      );
    for (const task of own) call.line(cells(task.name, time(call, task.nextRun, 'N/A'), task.state));
  }
}

/** Options that are followed by a value. */
const valued = new Set('tn,fo,s,u,p,ru,rp,tr,sc,mo,d,m,i,st,et,sd,ed,ri,du,rl,ec,delay,xml'.split(','));

/** schtasks.exe: /create, /query, /run, /end, /change, /delete. */
export const schtasks = waitingProgram('schtasks.exe', function* (call) {
  const [verbText = '/query', ...rest] = call.args;
  const verb = verbText.toLowerCase();
  const options = new Map<string, string>();
  for (let i = 0; i < rest.length; i++) {
    const name = /^[/-](\w+)$/.exec(rest[i] as string)?.[1]?.toLowerCase();
    if (name === undefined) {
      call.fail(
        `ERROR: Invalid argument/option - '${rest[i]}'.`,
        `Type "SCHTASKS ${verbText.toUpperCase()} /?" for usage.`,
      );
      return 1;
    }
    const takes = valued.has(name);
    options.set(name, takes ? (rest[++i] ?? '') : '');
  }
  const { tasks } = call.host;
  const wanted = options.get('tn');
  const name = wanted === undefined ? undefined : `\\${wanted.replace(/^\\/, '')}`.toLowerCase();
  if (verb === '/query' || verb === '-query') {
    const found = tasks
      .list()
      .filter(
        (task) => name === undefined || full(task).toLowerCase() === name || task.path.toLowerCase() === name,
      );
    if (name !== undefined && found.length === 0) return refused(call, { code: 'not-found', message: '' });
    query(call, found, options);
    return 0;
  }
  if (verb === '/create') {
    if (options.has('xml')) {
      call.fail('ERROR: The request is not supported.');
      return 1;
    }
    return yield* createTask(call, options);
  }
  if (!['/run', '/end', '/change', '/delete'].includes(verb)) {
    call.fail(`ERROR: Invalid argument/option - '${verbText}'.`, 'Type "SCHTASKS /?" for usage.');
    return 1;
  }
  if (name === undefined) {
    call.fail(
      "ERROR: Invalid syntax. Mandatory option '/TN' is missing.",
      `Type "SCHTASKS ${verb.toUpperCase()} /?" for usage.`,
    );
    return 1;
  }
  const task = tasks.list().find((one) => full(one).toLowerCase() === name);
  if (!task) return refused(call, { code: 'not-found', message: '' });
  const shown = wanted ?? '';
  switch (verb) {
    case '/run': {
      const done = tasks.start(task.path, task.name);
      if (!done.ok) return refused(call, done.error);
      call.line(`SUCCESS: Attempted to run the scheduled task "${shown}".`);
      return 0;
    }
    case '/end':
      call.line(`SUCCESS: The scheduled task "${shown}" has been terminated successfully.`);
      return 0;
    case '/change': {
      if (!options.has('enable') && !options.has('disable')) {
        call.fail(
          'ERROR: Invalid syntax. At least one option is required.',
          'Type "SCHTASKS /CHANGE /?" for usage.',
        );
        return 1;
      }
      const done = tasks.setEnabled(task.path, task.name, options.has('enable'));
      if (!done.ok) return refused(call, done.error);
      call.line(`SUCCESS: The parameters of scheduled task "${shown}" have been changed.`);
      return 0;
    }
    default: {
      if (!options.has('f')) {
        const answer = yield* ask(`WARNING: Are you sure you want to remove the task "${shown}" (Y/N)? `);
        if (!/^y/i.test(answer ?? '')) return 0;
      }
      const done = tasks.unregister(task.path, task.name);
      if (!done.ok) return refused(call, done.error);
      call.line(`SUCCESS: The scheduled task "${shown}" was successfully deleted.`);
      return 0;
    }
  }
});
