import type { DeviceReader } from '../device-reader.ts';

const settings = 'Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

/** Where a user's proxy settings are; `S-1-5-18` is the system's, whose hive is the default one. */
export const proxyKey = (sid: string): string => `${sid === 'S-1-5-18' ? '.DEFAULT' : sid}\\${settings}`;

/**
 * The proxy through which a program of a user sends a request, as `http://host:port/`; null where it goes straight to
 * its host. As Windows' Internet settings say it: one server for all, or one for each protocol, and hosts left out.
 */
export function proxyOf(read: Pick<DeviceReader, 'value'>, sid: string, url: string): string | null {
  const key = proxyKey(sid);
  const enabled = read.value('HKU', key, 'ProxyEnable')?.value;
  if (enabled?.kind !== 'DWord' || enabled.data !== 1) return null;
  const text = (name: string): string => {
    const value = read.value('HKU', key, name)?.value;
    return value?.kind === 'String' ? value.data : '';
  };
  const [, scheme = 'http', host = ''] = /^([a-z]+):\/\/([^/:?#]+)/i.exec(url) ?? [];
  const leftOut = text('ProxyOverride')
    .split(';')
    .map((one) => one.trim().toLowerCase())
    .some((one) =>
      one === '<local>'
        ? !host.includes('.')
        : one !== '' &&
          new RegExp(`^${one.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(
            host.toLowerCase(),
          ),
    );
  if (leftOut) return null;
  const servers = text('ProxyServer').split(';');
  const own = servers.find((one) => one.toLowerCase().startsWith(`${scheme.toLowerCase()}=`));
  const server = own?.slice(own.indexOf('=') + 1) ?? servers.find((one) => !one.includes('='));
  if (server === undefined || server === '') return null;
  return `http://${server.replace(/^https?:\/\//i, '').replace(/\/$/, '')}/`;
}
