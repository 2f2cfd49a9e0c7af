import type { DeviceParts, Stamp } from '../device-parts.ts';
import type { FileContent } from '../filesystem/file-node.ts';
import { parseRegFile, readUtf16 } from '../registry/reg-file.ts';

/** The two hives of a user and the files of the profile that hold them while nobody is signed in. */
const hivesOf = ({ name, sid }: { readonly name: string; readonly sid: string }) =>
  [
    { key: sid, file: `C:\\Users\\${name}\\NTUSER.DAT` },
    { key: `${sid}_Classes`, file: `C:\\Users\\${name}\\AppData\\Local\\Microsoft\\Windows\\UsrClass.dat` },
  ] as const;

type Account = Parameters<typeof hivesOf>[0];

/** While a hive is loaded its file is there, but its keys are in the registry. */
const loaded: FileContent = { kind: 'image', length: 524_288, version: null };

/** Takes a user's hives off the registry and into their files: the last session of the user has ended. */
export function unloadHives(parts: DeviceParts, user: Account, { at, writer }: Stamp): void {
  // What Windows makes anew for each session.
  parts.registry.deleteKey('HKU', `${user.sid}\\Volatile Environment`, at, writer);
  for (const { key, file } of hivesOf(user)) {
    const node = parts.registry.detach('HKU', key, at, writer);
    if (node) parts.files.write(file, { kind: 'hive', length: 524_288, key: node }, at, writer);
  }
}

/** Brings a user's hives back to the registry. False where the profile has none: then it is a new one. */
export function loadHives(parts: DeviceParts, user: Account, { at, writer }: Stamp): boolean {
  let found = false;
  for (const { key, file } of hivesOf(user)) {
    const node = parts.files.find(file);
    if (node?.kind !== 'file') continue;
    const { content } = node;
    if (content.kind === 'hive') {
      found = true;
      parts.registry.attach('HKU', content.key, key, at, writer);
    } else if (content.kind === 'bytes') {
      // Somebody loaded the file, changed it, and unloaded it again.
      const entries = parseRegFile(readUtf16(content.data));
      if (!entries.ok) continue;
      found = true;
      const below = (path: string): string => {
        const slash = path.indexOf('\\');
        return slash < 0 ? key : `${key}${path.slice(slash)}`;
      };
      for (const entry of entries.value) {
        if (entry.kind === 'key') parts.registry.create('HKU', below(entry.path), at, writer);
        if (entry.kind === 'value')
          parts.registry.set('HKU', below(entry.path), entry.name, entry.value, at, writer);
      }
    } else continue;
    parts.files.write(file, loaded, at, writer);
  }
  return found;
}
