import { sha256 } from '@noble/hashes/sha2.js';
import { zipSync } from 'fflate';
import type { Bytes } from '../../base/bytes.ts';
import { fromUint8Array, toUint8Array, utf8Encode } from '../../base/bytes.ts';
import type { StorePackage } from './app-state.ts';
import type { CloudState } from './cloud-state.ts';
import type { CloudResponse } from './cloud.ts';
import { storeContentHost } from './hosts.ts';

/** The Microsoft Store as Windows' package manager sees it: packages by id, each in its newest version only. */
export function serveStore(state: CloudState, method: string, path: string): CloudResponse {
  const id = /^\/v9\.0\/packageManifests\/([^/?]+)$/.exec(path)?.[1];
  const found = id === undefined ? undefined : state.appService.store[decodeURIComponent(id)];
  if (method !== 'GET' || found === undefined) return answer(404, JSON.stringify({ Data: null }));
  return answer(200, JSON.stringify({ Data: manifest(found) }));
}

function manifest(found: StorePackage) {
  return {
    PackageIdentifier: found.packageId,
    Versions: [
      {
        PackageVersion: found.version,
        DefaultLocale: {
          PackageLocale: 'en-us',
          PackageName: found.name,
          Publisher: found.publisher,
        },
        Installers: [
          {
            InstallerType: 'msix',
            Architecture: 'x64',
            PackageFamilyName: familyName(found),
            InstallerUrl: `http://${storeContentHost}/filestreamingservice/files/${found.packageId}/${found.version}`,
          },
        ],
      },
    ],
  };
}

/** A package's bytes from the delivery host; only of the version that the Store has. */
export function serveStoreContent(state: CloudState, method: string, path: string): CloudResponse {
  const [, id, version] = /^\/filestreamingservice\/files\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const found = id === undefined ? undefined : state.appService.store[id];
  return method === 'GET' && found?.version === version && found !== undefined
    ? { status: 200, headers: [['Content-Type', 'application/octet-stream']], body: packageBytes(found) }
    : answer(404, '');
}

const packed = new WeakMap<StorePackage, Bytes>();

/** A zip with the package's manifest and program, always the same for the same package. */
function packageBytes(found: StorePackage): Bytes {
  let bytes = packed.get(found);
  if (bytes === undefined) {
    const family = familyName(found);
    const manifestText =
      '<?xml version="1.0" encoding="utf-8"?>\r\n' +
      '<Package xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10">\r\n' +
      `  <Identity Name="${escape(family.split('_')[0] ?? '')}" Publisher="${escape(publisherName(found))}" Version="${found.version}" ProcessorArchitecture="x64" />\r\n` +
      `  <Properties><DisplayName>${escape(found.name)}</DisplayName><PublisherDisplayName>${escape(found.publisher)}</PublisherDisplayName></Properties>\r\n` +
      '</Package>\r\n';
    const zip = zipSync(
      {
        'AppxManifest.xml': toUint8Array(utf8Encode(manifestText)),
        'App.exe': toUint8Array(utf8Encode(`${found.name} ${found.version}\r\n`)),
      },
      { level: 6, mtime: '2026-01-01T00:00:00' },
    );
    packed.set(found, (bytes = fromUint8Array(zip)));
  }
  return bytes;
}

const publisherName = (found: StorePackage): string => `CN=${found.publisher}`;

/** Name and hash of the publisher, as Windows names a package family. */
export const familyName = (found: StorePackage): string =>
  `${found.publisher.replace(/[^A-Za-z0-9]/g, '')}.${found.name.replace(/[^A-Za-z0-9]/g, '')}_${publisherId(publisherName(found))}`;

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Windows' publisher id: the first 8 bytes of SHA-256 over the name in UTF-16, five bits a character. */
export function publisherId(publisher: string): string {
  const utf16 = new Uint8Array(publisher.length * 2);
  for (let i = 0; i < publisher.length; i++) {
    utf16[2 * i] = publisher.charCodeAt(i) & 0xff;
    utf16[2 * i + 1] = publisher.charCodeAt(i) >> 8;
  }
  const bits = [...sha256(utf16).subarray(0, 8)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .padEnd(65, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)] ?? '').join('');
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const answer = (status: number, body: string): CloudResponse => ({
  status,
  headers: [['Content-Type', 'application/json']],
  body: utf8Encode(body),
});
