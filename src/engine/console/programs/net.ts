import type { CimInstance, HostError, ServiceInfo } from '../../powershell/host.ts';
import { cimText } from '../cim-text.ts';
import { waitingProgram } from './simple.ts';
import type { Call, ProgramSteps } from './simple.ts';

/** `System error 5 has occurred.` and the text of it. */
function systemError(call: Call, code: number, message: string): number {
  call.fail(`System error ${code} has occurred.`, '', message, '');
  return 2;
}

function helpMessage(call: Call, text: string, number: number): number {
  call.fail(text, '', `More help is available by typing NET HELPMSG ${number}.`, '');
  return 2;
}

function find(call: Call, name: string): ServiceInfo | undefined {
  const wanted = name.toLowerCase();
  return call.host.services
    .list()
    .find((s) => s.name.toLowerCase() === wanted || s.displayName.toLowerCase() === wanted);
}

function refused(call: Call, error: HostError, service: ServiceInfo): number {
  switch (error.code) {
    case 'access-denied':
      return systemError(call, 5, 'Access is denied.');
    case 'already-running':
      return helpMessage(call, 'The requested service has already been started.', 2182);
    case 'not-running':
      return helpMessage(call, `The ${service.displayName} service is not started.`, 3521);
    case 'cannot-stop':
      return helpMessage(call, 'The requested pause, continue, or stop is not valid for this service.', 2191);
    case 'disabled':
      return systemError(
        call,
        1058,
        'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
      );
    default:
      return systemError(call, 2, error.message);
  }
}

function* startStop(call: Call, verb: 'start' | 'stop', given: string): ProgramSteps {
  const service = find(call, given);
  if (!service) return helpMessage(call, 'The service name is invalid.', 2185);
  const { services } = call.host;
  const running = service.status === 'Running';
  if (verb === 'start' && running) return refused(call, { code: 'already-running', message: '' }, service);
  if (verb === 'stop' && service.status === 'Stopped')
    return refused(call, { code: 'not-running', message: '' }, service);
  const asked = verb === 'start' ? services.start(service.name) : services.stop(service.name);
  if (!asked.ok) return refused(call, asked.error, service);
  call.line(`The ${service.displayName} service is ${verb === 'start' ? 'starting' : 'stopping'}.`);
  const wanted = verb === 'start' ? 'Running' : 'Stopped';
  const answer = yield { kind: 'service', name: service.name, status: wanted };
  if (answer.kind !== 'service' || !answer.reached) {
    return verb === 'start'
      ? helpMessage(call, `The ${service.displayName} service could not be started.`, 3523)
      : helpMessage(call, `The ${service.displayName} service could not be stopped.`, 3524);
  }
  call.line(
    `The ${service.displayName} service was ${verb === 'start' ? 'started' : 'stopped'} successfully.`,
    '',
  );
  return 0;
}

const instances = (call: Call, className: string): readonly CimInstance[] => {
  const found = call.host.cim.instances('root/cimv2', className);
  return found.ok ? found.value : [];
};

function users(call: Call): number {
  const names = instances(call, 'Win32_UserAccount').map((user) => cimText(user, 'Name'));
  call.line('', `User accounts for \\\\${call.host.computer.name}`, '', '-'.repeat(79));
  for (let i = 0; i < names.length; i += 3)
    call.line(
      names
        .slice(i, i + 3)
        .map((name) => name.padEnd(25))
        .join(''),
    );
  call.line('The command completed successfully.', '');
  return 0;
}

function user(call: Call, name: string): number {
  const found = instances(call, 'Win32_UserAccount').find(
    (one) => cimText(one, 'Name').toLowerCase() === name.toLowerCase(),
  );
  if (!found) return helpMessage(call, 'The user name could not be found.', 2221);
  const row = (label: string, value: string): string => label.padEnd(29) + value;
  call.line(
    row('User name', cimText(found, 'Name')),
    row('Full Name', cimText(found, 'FullName')),
    row('Comment', cimText(found, 'Description')),
    row('Account active', cimText(found, 'Disabled') === 'TRUE' ? 'No' : 'Yes'),
    '',
    row('Local Group Memberships', membership(call, cimText(found, 'Name'))),
    row('Global Group memberships', '*None'),
    'The command completed successfully.',
    '',
  );
  return 0;
}

/** `\\PC\root\cimv2:Win32_Group.Domain="PC",Name="Users"` */
const referenced = (text: string): string => /Name="([^"]*)"/.exec(text)?.[1] ?? '';

function membership(call: Call, name: string): string {
  return instances(call, 'Win32_GroupUser')
    .filter((link) => referenced(cimText(link, 'PartComponent')).toLowerCase() === name.toLowerCase())
    .map((link) => `*${referenced(cimText(link, 'GroupComponent'))}`)
    .join(' ');
}

function localGroup(call: Call, name: string | undefined): number {
  const groups = instances(call, 'Win32_Group').map((group) => ({
    name: cimText(group, 'Name'),
    comment: cimText(group, 'Description'),
  }));
  if (name === undefined) {
    call.line('', `Aliases for \\\\${call.host.computer.name}`, '', '-'.repeat(79));
    call.line(...groups.map((group) => `*${group.name}`), 'The command completed successfully.', '');
    return 0;
  }
  const group = groups.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!group) {
    call.fail('System error 1376 has occurred.', '', 'The specified local group does not exist.', '');
    return 2;
  }
  call.line(
    `Alias name     ${group.name}`,
    `Comment        ${group.comment}`,
    '',
    'Members',
    '',
    '-'.repeat(79),
  );
  for (const link of instances(call, 'Win32_GroupUser')) {
    if (referenced(cimText(link, 'GroupComponent')).toLowerCase() !== group.name.toLowerCase()) continue;
    const part = cimText(link, 'PartComponent');
    const domain = /Domain="([^"]*)"/.exec(part)?.[1] ?? '';
    const isLocal = domain === '' || domain.toLowerCase() === call.host.computer.name.toLowerCase();
    call.line(isLocal ? referenced(part) : `${domain}\\${referenced(part)}`);
  }
  call.line('The command completed successfully.', '');
  return 0;
}

const syntax = [
  'The syntax of this command is:',
  '',
  'NET',
  '    [ ACCOUNTS | COMPUTER | CONFIG | CONTINUE | FILE | GROUP | HELP |',
  '      HELPMSG | LOCALGROUP | PAUSE | SESSION | SHARE | START |',
  '      STATISTICS | STOP | TIME | USE | USER | VIEW ]',
  '',
];

const net_ = (name: string): ReturnType<typeof waitingProgram> =>
  waitingProgram(name, function* (call) {
    const verb = (call.args[0] ?? '').toLowerCase();
    const [name, ...rest] = call.args.slice(1).filter((arg) => !/^\/(y|yes|n|no)$/i.test(arg));
    switch (verb) {
      case 'start': {
        if (name !== undefined) return yield* startStop(call, 'start', name);
        call.line('These Windows services are started:', '');
        const running = call.host.services.list().filter((s) => s.status === 'Running');
        call.line(
          ...running
            .map((s) => `   ${s.displayName}`)
            .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
          '',
          'The command completed successfully.',
          '',
        );
        return 0;
      }
      case 'stop':
        if (name !== undefined) return yield* startStop(call, 'stop', name);
        break;
      case 'user':
      case 'users':
        if (rest.length === 0) return name === undefined ? users(call) : user(call, name);
        if (!call.host.identity.elevated && !call.host.identity.isSystem)
          return systemError(call, 5, 'Access is denied.');
        break;
      case 'localgroup':
        if (rest.length === 0) return localGroup(call, name);
        if (!call.host.identity.elevated && !call.host.identity.isSystem)
          return systemError(call, 5, 'Access is denied.');
        break;
    }
    call.fail(...syntax);
    return 1;
  });

/** net.exe: start, stop, user and localgroup. */
export const net = net_('net.exe');
/** What net.exe starts for most of its commands; answers to the same. */
export const net1 = net_('net1.exe');
