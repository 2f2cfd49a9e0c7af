import { plus, seconds } from '../../../base/time.ts';
import { cimText } from '../cim-text.ts';
import { program, waitingProgram } from './simple.ts';
import type { Call } from './simple.ts';

/** `   Host Name . . . . . . . . . . . . : x`: dots up to the colon, without a blank before the first where the label ends odd. */
function row(label: string, value: string): string {
  const rest = 33 - label.length;
  return `   ${label}${rest % 2 === 0 ? '' : '.'}${' .'.repeat(Math.floor(rest / 2))} : ${value}`;
}

/** Network configurations that have an address, as Win32_NetworkAdapterConfiguration tells them. */
const configurations = (call: Call) => {
  const found = call.host.cim.instances('root/cimv2', 'Win32_NetworkAdapterConfiguration');
  return found.ok ? found.value : [];
};

const bare = (text: string): string => /"([^"]*)"/.exec(text)?.[1] ?? text;

/** ipconfig.exe: plain, /all, /flushdns, /renew, /release. */
export const ipconfig = program('ipconfig.exe', (call) => {
  const option = call.args[0]?.toLowerCase();
  const { host } = call;
  call.line('', 'Windows IP Configuration', '');
  if (option === '/flushdns') {
    call.line('Successfully flushed the DNS Resolver Cache.');
    return 0;
  }
  if (option === '/displaydns') return 0;
  if (option !== undefined && !['/all', '/renew', '/release', '/registerdns'].includes(option)) {
    call.line(
      `Error: unrecognized or incomplete command line.`,
      '',
      'USAGE:',
      '    ipconfig [/allcompartments] [/? | /all | /renew | /release | /flushdns | /displaydns ]',
    );
    return 1;
  }
  const all = option === '/all';
  if (all)
    call.line(
      row('Host Name', host.computer.name),
      row('Primary Dns Suffix ', ''),
      row('Node Type', 'Hybrid'),
      row('IP Routing Enabled', 'No'),
      row('WINS Proxy Enabled', 'No'),
      '',
    );
  for (const adapter of host.network.adapters()) {
    const own = configurations(call).find(
      (one) => cimText(one, 'MACAddress').replace(/[:-]/g, '') === adapter.mac.replace(/[:-]/g, ''),
    );
    call.line('', `Ethernet adapter ${adapter.name}:`, '');
    if (!adapter.up) {
      call.line(row('Media State', 'Media disconnected'), row('Connection-specific DNS Suffix ', ''));
      continue;
    }
    call.line(row('Connection-specific DNS Suffix ', ''));
    if (all)
      call.line(
        row('Description', own ? cimText(own, 'Description') : 'Microsoft Hyper-V Network Adapter'),
        row('Physical Address', adapter.mac.replace(/:/g, '-').toUpperCase()),
        row('DHCP Enabled', own && cimText(own, 'DHCPEnabled') === 'FALSE' ? 'No' : 'Yes'),
        row('Autoconfiguration Enabled', 'Yes'),
      );
    call.line(
      row('IPv4 Address', adapter.address + (all ? '(Preferred)' : '')),
      row('Subnet Mask', own ? bare(cimText(own, 'IPSubnet')) || '255.255.255.0' : '255.255.255.0'),
      row('Default Gateway', own ? bare(cimText(own, 'DefaultIPGateway')) : ''),
    );
    if (all && own) call.line(row('DNS Servers', bare(cimText(own, 'DNSServerSearchOrder'))));
  }
  return 0;
});

/** ping.exe: -n, -t counts as four, -w. */
export const ping = waitingProgram('ping.exe', function* (call) {
  let count = 4;
  let target: string | undefined;
  for (let i = 0; i < call.args.length; i++) {
    const arg = call.args[i] as string;
    if (/^[-/]n$/i.test(arg)) count = Number(call.args[++i] ?? 4) || 4;
    else if (/^[-/][wlir]$/i.test(arg)) i++;
    else if (!/^[-/]/.test(arg)) target = arg;
  }
  if (target === undefined) {
    call.line(
      '',
      'Usage: ping [-t] [-a] [-n count] [-l size] [-f] [-i TTL] [-v TOS]',
      '            [-r count] [-s count] [[-j host-list] | [-k host-list]]',
      '            [-w timeout] [-R] [-S srcaddr] [-c compartment] [-p]',
      '            [-4] [-6] target_name',
      '',
    );
    return 1;
  }
  const isAddress = /^\d+(\.\d+){3}$/.test(target);
  const isOwn =
    /^(127\.|localhost$)/i.test(target) || target.toLowerCase() === call.host.computer.name.toLowerCase();
  const answer = isOwn
    ? { ok: true as const, value: { address: '127.0.0.1', latency: 0 } }
    : call.host.network.reach(target, 0);
  if (!answer.ok && !isAddress && answer.error.code !== 'timeout') {
    call.line(`Ping request could not find host ${target}. Please check the name and try again.`);
    return 1;
  }
  const address = answer.ok ? answer.value.address : target;
  call.line('', `Pinging ${isAddress ? target : `${target} [${address}]`} with 32 bytes of data:`);
  const milliseconds = answer.ok ? Math.round(answer.value.latency / 1000) : 0;
  const shown = milliseconds < 1 ? 'time<1ms' : `time=${milliseconds}ms`;
  for (let i = 0; i < count; i++) {
    if (i > 0 || !answer.ok)
      yield { kind: 'until', at: plus(call.host.clock.now(), seconds(answer.ok ? 1 : 4)) };
    call.line(
      answer.ok ? `Reply from ${address}: bytes=32 ${shown} TTL=${isOwn ? 128 : 117}` : 'Request timed out.',
    );
  }
  const lost = answer.ok ? 0 : count;
  call.line(
    '',
    `Ping statistics for ${address}:`,
    `    Packets: Sent = ${count}, Received = ${count - lost}, Lost = ${lost} (${lost === 0 ? 0 : 100}% loss),`,
  );
  if (answer.ok)
    call.line(
      'Approximate round trip times in milli-seconds:',
      `    Minimum = ${milliseconds}ms, Maximum = ${milliseconds}ms, Average = ${milliseconds}ms`,
    );
  return lost > 0 ? 1 : 0;
});

/** nslookup.exe, non-interactive. */
export const nslookup = program('nslookup.exe', (call) => {
  const name = call.args.find((arg) => !arg.startsWith('-'));
  const server = configurations(call)
    .map((one) => bare(cimText(one, 'DNSServerSearchOrder')))
    .find((one) => one !== '');
  call.line('Server:  UnKnown', `Address:  ${server ?? '0.0.0.0'}`, '');
  if (name === undefined) return 0;
  const answer = call.host.network.reach(name, 443);
  if (!answer.ok) {
    call.fail(`*** UnKnown can't find ${name}: Non-existent domain`);
    return 1;
  }
  call.line(`Name:    ${name}`, `Address:  ${answer.value.address}`, '');
  return 0;
});
