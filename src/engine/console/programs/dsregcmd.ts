import type { RegistryPath } from '../../powershell/host.ts';
import { childKey } from '../registry-path.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

const base: RegistryPath = { hive: 'HKLM', path: 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin' };

/** Values of the first key below a key; undefined where there is none. */
function firstBelow(
  call: Call,
  key: RegistryPath,
): { readonly name: string; readonly text: (name: string) => string } | undefined {
  const names = call.host.registry.subKeys(key, '64');
  const name = names.ok ? names.value[0] : undefined;
  if (name === undefined) return undefined;
  return {
    name,
    text: (value) => {
      const found = call.host.registry.value(childKey(key, name), value, '64');
      return found.ok && found.value.kind === 'String' ? found.value.data : '';
    },
  };
}

/** dsregcmd.exe /status, from what the join left in registry and certificate store. */
export const dsregcmd = program('dsregcmd.exe', (call) => {
  const verb = (call.args[0] ?? '').toLowerCase();
  const { host } = call;
  if (verb !== '/status' && verb !== '/status_old') {
    if (verb === '/leave' || verb === '/join') {
      call.fail('The request is not supported.');
      return 50;
    }
    call.line(
      'DSREGCMD switches',
      '                        /? : Displays the help message for DSREGCMD',
      '                   /status : Displays the device join status',
      '                     /join : Schedules and monitors the Autojoin task to Hybrid Join the device',
      '                    /leave : Performs Hybrid Unjoin',
      '',
    );
    return verb === '/?' || verb === '' ? 0 : 1;
  }
  const join = firstBelow(call, childKey(base, 'JoinInfo'));
  const tenant = join ? firstBelow(call, childKey(base, 'TenantInfo')) : undefined;
  const certificate = host.certificates
    .list()
    .find((one) => one.store === 'LocalMachine' && one.thumbprint.toLowerCase() === join?.name.toLowerCase());
  const joined = join !== undefined;
  const userIsCloud = host.identity.sid.startsWith('S-1-12-1-');
  const yes = (on: boolean): string => (on ? 'YES' : 'NO');
  const section = (title: string, rows: readonly (readonly [string, string])[]): void => {
    call.line(
      `+${'-'.repeat(70)}+`,
      `| ${title.padEnd(69)}|`,
      `+${'-'.repeat(70)}+`,
      '',
      ...rows.map(([name, value]) => `${name.padStart(26)} : ${value}`),
      '',
    );
  };
  call.line();
  section('Device State', [
    ['AzureAdJoined', yes(joined)],
    ['EnterpriseJoined', 'NO'],
    ['DomainJoined', 'NO'],
    ['Device Name', host.computer.name],
  ]);
  if (join) {
    section('Device Details', [
      ['DeviceId', certificate?.subject.replace(/^CN=/i, '') ?? ''],
      ['Thumbprint', join.name],
      ['KeyProvider', 'Microsoft Platform Crypto Provider'],
      ['TpmProtected', 'YES'],
      ['DeviceAuthStatus', 'SUCCESS'],
    ]);
    section('Tenant Details', [
      ['TenantName', tenant?.text('DisplayName') ?? ''],
      ['TenantId', join.text('TenantId') || (tenant?.name ?? '')],
      ['MdmUrl', tenant?.text('MdmEnrollmentUrl') ?? ''],
      ['MdmTouUrl', tenant?.text('MdmTermsOfUseUrl') ?? ''],
      ['MdmComplianceUrl', tenant?.text('MdmComplianceUrl') ?? ''],
    ]);
  }
  section('User State', [
    ['NgcSet', 'NO'],
    ['WorkplaceJoined', 'NO'],
    ['WamDefaultSet', joined && userIsCloud ? 'YES' : 'NO'],
    ...(joined && userIsCloud
      ? ([
          ['WamDefaultAuthority', 'organizations'],
          ['WamDefaultId', 'https://login.microsoft.com'],
        ] as const)
      : []),
  ]);
  section('SSO State', [
    ['AzureAdPrt', yes(joined && userIsCloud)],
    ['EnterprisePrt', 'NO'],
  ]);
  section('Diagnostic Data', [
    ['AadRecoveryEnabled', 'NO'],
    ['Executing Account Name', host.identity.name],
    [
      'KeySignTest',
      joined && (host.identity.isSystem || host.identity.elevated) ? 'PASSED' : 'MUST Run elevated to test.',
    ],
  ]);
  return 0;
});
