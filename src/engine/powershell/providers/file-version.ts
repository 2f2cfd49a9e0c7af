import type { FileVersion } from '../host.ts';
import { property, staticMethod } from '../types/dotnet/define.ts';
import { extendType } from '../types/extended-members.ts';
import { dotNetError } from '../types/errors.ts';
import { DotNetObject } from '../types/objects.ts';
import { defineType } from '../types/registry.ts';
import { VersionValue } from '../types/scalars.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';

interface VersionState {
  readonly file: string;
  readonly version: FileVersion | undefined;
}
const state = (self: Value): VersionState => (self as DotNetObject<VersionState>).state;
const parts = (text: string | undefined): number[] =>
  (/^[\d.]+/.exec(text ?? '')?.[0] ?? '').split('.').map((p) => Number(p) || 0);
const part = (which: 'fileVersion' | 'productVersion', index: number) => (self: Value) =>
  parts(state(self).version?.[which])[index] ?? 0;
const text = (name: keyof FileVersion) => (self: Value) => state(self).version?.[name] ?? null;

export const fileVersionType = defineType('System.Diagnostics.FileVersionInfo', {
  members: [
    property('CompanyName', 'string', text('companyName')),
    property('FileBuildPart', 'int', part('fileVersion', 2)),
    property('FileDescription', 'string', text('fileDescription')),
    property('FileMajorPart', 'int', part('fileVersion', 0)),
    property('FileMinorPart', 'int', part('fileVersion', 1)),
    property('FileName', 'string', (s) => state(s).file),
    property('FilePrivatePart', 'int', part('fileVersion', 3)),
    property('FileVersion', 'string', text('fileVersion')),
    property('ProductBuildPart', 'int', part('productVersion', 2)),
    property('ProductMajorPart', 'int', part('productVersion', 0)),
    property('ProductMinorPart', 'int', part('productVersion', 1)),
    property('ProductName', 'string', text('productName')),
    property('ProductPrivatePart', 'int', part('productVersion', 3)),
    property('ProductVersion', 'string', text('productVersion')),
    staticMethod([
      'static System.Diagnostics.FileVersionInfo GetVersionInfo(string fileName)',
      (_self, args, ctx) => {
        const file = toText(args[0] as Value);
        const info = ctx.host.files.info(file);
        if (!info.ok) throw dotNetError('System.IO.FileNotFoundException', file);
        return fileVersion(info.value.path, info.value.version);
      },
    ]),
  ],
});
const raw = (which: 'fileVersion' | 'productVersion') => (self: Value) => {
  const [a = 0, b = 0, c = 0, d = 0] = parts(state(self).version?.[which]);
  return new VersionValue(a, b, c, d);
};
extendType(
  'System.Diagnostics.FileVersionInfo',
  { kind: 'CodeProperty', name: 'FileVersionRaw', typeName: 'System.Object', get: raw('fileVersion') },
  { kind: 'CodeProperty', name: 'ProductVersionRaw', typeName: 'System.Object', get: raw('productVersion') },
);

/** Version resource of a file; a file without one has an object whose texts are empty. */
export const fileVersion = (file: string, version: FileVersion | undefined): DotNetObject<VersionState> =>
  new DotNetObject(fileVersionType, { file, version });
