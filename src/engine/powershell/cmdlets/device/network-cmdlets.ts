import { differences } from '../../dialects/index.ts';
import { plus, seconds } from '../../../../base/time.ts';
import type { CimInstance } from '../../host.ts';
import type { Steps } from '../../run/steps.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { array, Boxed, byte, customObject, stringArray } from '../../types/objects.ts';
import type { Value } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { fromCim } from './cim-value.ts';

const configurations = (context: CmdletContext): readonly CimInstance[] => {
  const found = context.host.cim.instances('root/cimv2', 'Win32_NetworkAdapterConfiguration');
  return found.ok ? found.value : [];
};
const cimProperty = (instance: CimInstance | undefined, name: string, context: CmdletContext): Value => {
  const found = instance?.properties.find(([own]) => own.toLowerCase() === name.toLowerCase());
  return found ? fromCim(found[1], context.host) : null;
};
const mac = (text: string): string => text.replace(/[:-]/g, '').toUpperCase();
/** First text of a property that may be a list. */
const firstText = (value: Value, context: CmdletContext): string => {
  const items = value === null ? [] : [...(elementsOf(value) ?? [value])];
  return items.length > 0 ? context.text(items[0] ?? '') : '';
};

const isOwn = (name: string, context: CmdletContext): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|::1|\.)$/i.test(name) ||
  name.toLowerCase() === context.host.computer.name.toLowerCase();

function reach(context: CmdletContext, name: string, port: number) {
  return isOwn(name, context)
    ? { ok: true as const, value: { address: '127.0.0.1', latency: 0 } }
    : context.host.network.reach(name, port);
}

export const testConnection: Cmdlet = {
  name: 'Test-Connection',
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.TestConnectionCommand',
  parameters: [
    {
      name: 'ComputerName',
      type: 'string[]',
      position: 0,
      mandatory: true,
      pipelineByName: true,
      aliases: ['CN', 'IPAddress', '__SERVER', 'Server', 'Destination'],
      dialect: 'desktop',
    },
    {
      name: 'TargetName',
      type: 'string[]',
      position: 0,
      mandatory: true,
      pipeline: true,
      pipelineByName: true,
      aliases: ['ComputerName'],
      dialect: 'core',
    },
    { name: 'Count', type: 'int' },
    { name: 'BufferSize', type: 'int', aliases: ['Size', 'Bytes', 'BS'] },
    { name: 'Delay', type: 'int' },
    { name: 'Quiet', type: 'switch' },
    { name: 'TcpPort', type: 'int', dialect: 'core' },
    { name: 'TimeoutSeconds', type: 'int', dialect: 'core' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const desktop = differences.commands.testConnection.desktopIn(context.dialect);
      const { host } = context;
      const count = context.number('Count', 4);
      for (const name of context.strings(desktop ? 'ComputerName' : 'TargetName')) {
        if (context.has('TcpPort')) {
          context.write(reach(context, name, context.number('TcpPort', 0)).ok);
          continue;
        }
        const answer = reach(context, name, 0);
        if (context.switch('Quiet')) {
          if (!answer.ok) yield { kind: 'until', at: plus(host.clock.now(), seconds(4)) };
          context.write(answer.ok);
          continue;
        }
        if (!answer.ok) {
          yield { kind: 'until', at: plus(host.clock.now(), seconds(4)) };
          context.error({
            id: 'TestConnectionException',
            category: 'ResourceUnavailable',
            message: desktop
              ? `Testing connection to computer '${name}' failed: ${answer.error.code === 'timeout' ? 'Error due to lack of resources' : 'No such host is known'}`
              : `Testing connection to computer '${name}' failed: Cannot resolve the target name.`,
            exception: 'System.Net.NetworkInformation.PingException',
            target: name,
          });
          continue;
        }
        const milliseconds = Math.round(answer.value.latency / 1000);
        for (let i = 0; i < count; i++) {
          if (i > 0) yield { kind: 'until', at: plus(host.clock.now(), seconds(1)) };
          context.write(
            desktop
              ? customObject(
                  [
                    ['Source', host.computer.name],
                    ['Destination', name],
                    ['Address', name],
                    ['IPV4Address', answer.value.address],
                    ['IPV6Address', null],
                    ['BufferSize', new Boxed('uint32', context.number('BufferSize', 32))],
                    ['Bytes', context.number('BufferSize', 32)],
                    ['ResponseTime', new Boxed('uint32', milliseconds)],
                    ['StatusCode', new Boxed('uint32', 0)],
                    ['Time(ms)', milliseconds],
                  ],
                  'System.Management.ManagementObject#root\\cimv2\\Win32_PingStatus',
                )
              : customObject(
                  [
                    ['Ping', i + 1],
                    ['Source', host.computer.name],
                    ['Destination', name],
                    ['Address', answer.value.address],
                    ['DisplayAddress', answer.value.address],
                    ['Latency', BigInt(milliseconds)],
                    ['Status', 'Success'],
                    ['BufferSize', context.number('BufferSize', 32)],
                  ],
                  'Microsoft.PowerShell.Commands.TestConnectionCommand+PingStatus',
                ),
          );
        }
      }
    },
  }),
};

const ports: Readonly<Record<string, number>> = { HTTP: 80, RDP: 3389, SMB: 445, WINRM: 5985 };

export const testNetConnection: Cmdlet = {
  name: 'Test-NetConnection',
  aliases: ['TNC'],
  module: 'NetTCPIP',
  typeName: 'Test-NetConnection',
  commandType: 'Function',
  parameters: [
    { name: 'ComputerName', type: 'string', position: 0, pipeline: true, aliases: ['RemoteAddress', 'cn'] },
    {
      name: 'CommonTCPPort',
      type: 'string',
      position: 1,
      validate: [{ kind: 'set', values: ['HTTP', 'RDP', 'SMB', 'WINRM'] }],
    },
    { name: 'Port', type: 'int', aliases: ['RemotePort'] },
    { name: 'TraceRoute', type: 'switch' },
    { name: 'InformationLevel', type: 'string' },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const name = context.has('ComputerName') ? context.string('ComputerName') : 'internetbeacon.msedge.net';
      const port = context.has('CommonTCPPort')
        ? ports[context.string('CommonTCPPort').toUpperCase()]
        : context.has('Port')
          ? context.number('Port', 0)
          : undefined;
      const ping = reach(context, name, 0);
      const tcp = port === undefined ? undefined : reach(context, name, port);
      const adapter = host.network.adapters().find((one) => one.up);
      const address = tcp?.ok ? tcp.value.address : ping.ok ? ping.value.address : null;
      if (address === null) context.warning(`Name resolution of ${name} failed`);
      else if (tcp && !tcp.ok) context.warning(`TCP connect to (${address} : ${port ?? 0}) failed`);
      if (/^quiet$/i.test(context.string('InformationLevel'))) {
        context.write(tcp ? tcp.ok : ping.ok);
        return undefined;
      }
      context.write(
        customObject(
          [
            ['ComputerName', name],
            ['RemoteAddress', address],
            ...(port === undefined ? [] : ([['RemotePort', port]] as const)),
            ['InterfaceAlias', adapter?.name ?? null],
            ['SourceAddress', adapter?.address ?? null],
            ...(tcp
              ? ([['TcpTestSucceeded', tcp.ok]] as const)
              : ([
                  ['PingSucceeded', ping.ok],
                  ['PingReplyDetails (RTT)', `${ping.ok ? Math.round(ping.value.latency / 1000) : 0} ms`],
                ] as const)),
          ],
          'TestNetConnectionResult',
        ),
      );
      return undefined;
    },
  }),
};

export const resolveDnsName: Cmdlet = {
  name: 'Resolve-DnsName',
  module: 'DnsClient',
  typeName: 'Microsoft.DnsClient.Commands.ResolveDnsName',
  parameters: [
    { name: 'Name', type: 'string', position: 0, mandatory: true, pipeline: true, pipelineByName: true },
    { name: 'Type', type: 'string', position: 1 },
    { name: 'Server', type: 'string[]' },
    { name: 'DnsOnly', type: 'switch' },
    { name: 'QuickTimeout', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const name = context.string('Name');
      const answer = reach(context, name, 443);
      if (!answer.ok && answer.error.code !== 'timeout') {
        context.error({
          id: 'DNS_ERROR_RCODE_NAME_ERROR',
          category: 'ResourceUnavailable',
          message: `${name} : DNS name does not exist`,
          exception: 'System.ComponentModel.Win32Exception',
          target: name,
        });
        return undefined;
      }
      if (!answer.ok) return undefined;
      context.write(
        customObject(
          [
            ['Name', name],
            ['Type', 'A'],
            ['TTL', 300],
            ['Section', 'Answer'],
            ['IPAddress', answer.value.address],
          ],
          'Microsoft.DnsClient.Commands.DnsRecord_A',
        ),
      );
      return undefined;
    },
  }),
};

export const getNetAdapter: Cmdlet = {
  name: 'Get-NetAdapter',
  module: 'NetAdapter',
  typeName: 'Get-NetAdapter',
  commandType: 'Function',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      position: 0,
      aliases: ['ifAlias', 'InterfaceAlias'],
      pipelineByName: true,
    },
    { name: 'Physical', type: 'switch' },
    { name: 'IncludeHidden', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const tests = context.has('Name') ? context.strings('Name').map((name) => wildcard(name)) : undefined;
      context.host.network.adapters().forEach((adapter, i) => {
        if (tests && !tests.some((test) => test(adapter.name))) return;
        const own = configurations(context).find(
          (one) => mac(context.text(cimProperty(one, 'MACAddress', context) ?? '')) === mac(adapter.mac),
        );
        context.write(
          customObject(
            [
              ['Name', adapter.name],
              [
                'InterfaceDescription',
                cimProperty(own, 'Description', context) ?? 'Microsoft Hyper-V Network Adapter',
              ],
              ['ifIndex', new Boxed('uint32', i + 4)],
              ['Status', adapter.up ? 'Up' : 'Disconnected'],
              ['MacAddress', adapter.mac.replace(/:/g, '-').toUpperCase()],
              ['LinkSpeed', adapter.up ? '1 Gbps' : '0 bps'],
              ['MediaConnectionState', adapter.up ? 'Connected' : 'Disconnected'],
              ['InterfaceAlias', adapter.name],
              ['InterfaceIndex', new Boxed('uint32', i + 4)],
            ],
            'Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/MSFT_NetAdapter',
          ),
        );
      });
      return undefined;
    },
  }),
};

export const getNetIPAddress: Cmdlet = {
  name: 'Get-NetIPAddress',
  module: 'NetTCPIP',
  typeName: 'Get-NetIPAddress',
  commandType: 'Function',
  parameters: [
    { name: 'IPAddress', type: 'string[]', position: 0 },
    { name: 'InterfaceAlias', type: 'string[]', aliases: ['ifAlias'] },
    { name: 'InterfaceIndex', type: 'int[]', aliases: ['ifIndex'] },
    { name: 'AddressFamily', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      const only6 = context.strings('AddressFamily').some((family) => /ipv6/i.test(family));
      const names = context.has('InterfaceAlias')
        ? context.strings('InterfaceAlias').map((name) => wildcard(name))
        : undefined;
      const wanted = context.has('IPAddress')
        ? context.strings('IPAddress').map((one) => wildcard(one))
        : undefined;
      context.host.network.adapters().forEach((adapter, i) => {
        if (!adapter.up || only6 || (names && !names.some((test) => test(adapter.name)))) return;
        if (wanted && !wanted.some((test) => test(adapter.address))) return;
        context.write(
          customObject(
            [
              ['IPAddress', adapter.address],
              ['InterfaceIndex', new Boxed('uint32', i + 4)],
              ['InterfaceAlias', adapter.name],
              ['AddressFamily', 'IPv4'],
              ['Type', 'Unicast'],
              ['PrefixLength', byte(24)],
              ['PrefixOrigin', 'Dhcp'],
              ['SuffixOrigin', 'Dhcp'],
              ['AddressState', 'Preferred'],
            ],
            'Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/MSFT_NetIPAddress',
          ),
        );
      });
      return undefined;
    },
  }),
};

export const getNetIPConfiguration: Cmdlet = {
  name: 'Get-NetIPConfiguration',
  aliases: ['gip'],
  module: 'NetTCPIP',
  typeName: 'Get-NetIPConfiguration',
  commandType: 'Function',
  parameters: [
    { name: 'InterfaceAlias', type: 'string', position: 0, aliases: ['ifAlias'], pipelineByName: true },
    { name: 'InterfaceIndex', type: 'int', aliases: ['ifIndex'], pipelineByName: true },
    { name: 'All', type: 'switch' },
    { name: 'Detailed', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      context.host.network.adapters().forEach((adapter, i) => {
        if (context.has('InterfaceAlias') && !wildcard(context.string('InterfaceAlias'))(adapter.name))
          return;
        if (context.has('InterfaceIndex') && context.number('InterfaceIndex', 0) !== i + 4) return;
        const own = configurations(context).find(
          (one) => mac(context.text(cimProperty(one, 'MACAddress', context) ?? '')) === mac(adapter.mac),
        );
        const gateway = firstText(cimProperty(own, 'DefaultIPGateway', context), context);
        const dns = firstText(cimProperty(own, 'DNSServerSearchOrder', context), context);
        context.write(
          customObject(
            [
              ['InterfaceAlias', adapter.name],
              ['InterfaceIndex', i + 4],
              [
                'InterfaceDescription',
                cimProperty(own, 'Description', context) ?? 'Microsoft Hyper-V Network Adapter',
              ],
              ['NetProfile.Name', adapter.up ? 'Network' : null],
              ['IPv4Address', array(adapter.up ? [customObject([['IPAddress', adapter.address]])] : [])],
              ['IPv4DefaultGateway', gateway === '' ? null : customObject([['NextHop', gateway]])],
              ['DNSServer', customObject([['ServerAddresses', stringArray(dns === '' ? [] : [dns])]])],
            ],
            'NetIPConfiguration',
          ),
        );
      });
      return undefined;
    },
  }),
};

export const networkCmdlets: readonly Cmdlet[] = [
  testConnection,
  testNetConnection,
  resolveDnsName,
  getNetAdapter,
  getNetIPAddress,
  getNetIPConfiguration,
];
