import type { Der } from './der.ts';
import { oid, oidText, printable, sequence, set, utf8 } from './der.ts';

/** Short names as Windows writes them. */
const names: readonly (readonly [short: string, oid: string])[] = [
  ['CN', '2.5.4.3'],
  ['SN', '2.5.4.4'],
  ['SERIALNUMBER', '2.5.4.5'],
  ['C', '2.5.4.6'],
  ['L', '2.5.4.7'],
  ['S', '2.5.4.8'],
  ['STREET', '2.5.4.9'],
  ['O', '2.5.4.10'],
  ['OU', '2.5.4.11'],
  ['T', '2.5.4.12'],
  ['G', '2.5.4.42'],
  ['E', '1.2.840.113549.1.9.1'],
  ['DC', '0.9.2342.19200300.100.1.25'],
];

/** `CN=Contoso Code Signing, O=Contoso`: the most specific part first, as .NET shows it. */
export function nameText(name: Der): string {
  const parts = name.children.map((part) =>
    part.children
      .map((pair) => {
        const [type, value] = pair.children;
        const id = oidText(type);
        const short = names.find(([, known]) => known === id)?.[0] ?? `OID.${id}`;
        return `${short}=${quoted(value === undefined ? '' : stringOf(value))}`;
      })
      .join(' + '),
  );
  return parts.reverse().join(', ');
}

/** Text of a string of any of ASN.1's kinds: BMP strings have two bytes a character. */
function stringOf(value: Der): string {
  const { content, tag } = value;
  if (tag === 30) {
    let out = '';
    for (let i = 0; i + 1 < content.length; i += 2)
      out += String.fromCharCode(((content[i] ?? 0) << 8) | (content[i + 1] ?? 0));
    return out;
  }
  return decodeUtf8(content);
}

function decodeUtf8(bytes: Uint8Array): string {
  let escaped = '';
  for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
  try {
    return decodeURIComponent(escaped);
  } catch {
    return String.fromCharCode(...bytes);
  }
}

const quoted = (text: string): string =>
  /[,+=\n<>#;"]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** The name that a text gives; a text without `CN=` is a common name, as New-SelfSignedCertificate takes it. */
export function nameBlock(text: string): ReturnType<typeof sequence> {
  const parts = [...text.matchAll(/([A-Za-z]+)\s*=\s*("(?:[^"]|"")*"|[^,]*)(?:,\s*|$)/g)];
  const whole = /^\s*[A-Za-z]+\s*=/.test(text) ? parts : [];
  const pairs =
    whole.length > 0
      ? whole.map(
          ([, short = '', value = '']) =>
            [
              short.toUpperCase(),
              value
                .replace(/^"(.*)"$/s, '$1')
                .replaceAll('""', '"')
                .trim(),
            ] as const,
        )
      : [['CN', text.trim()] as const];
  return sequence(
    ...[...pairs].reverse().map(([short, value]) => {
      const id = names.find(([known]) => known === short)?.[1] ?? '2.5.4.3';
      return set(sequence(oid(id), short === 'C' ? printable(value) : utf8(value)));
    }),
  );
}
