import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { toUint8Array } from '../../../../base/bytes.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { expandPath } from '../../providers/resolve.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { hooks } from '../../types/hooks.ts';
import { customObject } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { givenPaths } from '../items/targets.ts';

const algorithms: Readonly<Record<string, (data: Uint8Array) => Uint8Array>> = {
  SHA1: sha1,
  SHA256: sha256,
  SHA384: sha384,
  SHA512: sha512,
  MD5: md5,
};

function report(context: CmdletContext, data: Uint8Array, path: string): void {
  const name = (context.string('Algorithm') || 'SHA256').toUpperCase();
  const hash = (algorithms[name] as (d: Uint8Array) => Uint8Array)(data);
  context.write(
    customObject(
      [
        ['Algorithm', name],
        ['Hash', bytesToHex(hash).toUpperCase()],
        ['Path', path === '' ? null : path],
      ],
      'Microsoft.Powershell.Utility.FileHash',
    ),
  );
}

export const getFileHash: Cmdlet = {
  name: 'Get-FileHash',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.GetFileHashCommand',
  defaultSet: 'Path',
  parameters: [
    {
      name: 'Path',
      type: 'string[]',
      sets: [{ set: 'Path', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralPath', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputStream',
      type: 'System.IO.Stream',
      sets: [{ set: 'StreamParameterSet', mandatory: true }],
    },
    {
      name: 'Algorithm',
      type: 'string',
      position: 1,
      validate: [{ kind: 'set', values: ['SHA1', 'SHA256', 'SHA384', 'SHA512', 'MD5'] }],
    },
  ],
  start: (context) => ({
    process() {
      if (context.has('InputStream')) {
        const content = elementsOf(hooks.invokeMethod(context.get('InputStream'), 'ToArray', [])) ?? [];
        report(
          context,
          Uint8Array.from(content, (b) => Number(toText(b))),
          '',
        );
        return undefined;
      }
      const { paths, literal } = givenPaths(context);
      for (const path of paths) {
        const found = expandPath(context, path, { literal });
        if (!found.ok) {
          context.error({
            ...found.error,
            id: 'FileNotFound',
            exception: 'System.Management.Automation.ItemNotFoundException',
          });
          continue;
        }
        for (const at of found.value) {
          const content = context.host.files.read(at.providerPath);
          if (content.ok) report(context, toUint8Array(content.value as Bytes), at.providerPath);
          else if (content.error.code !== 'is-directory')
            context.error({
              id: 'FileReadError',
              category: 'ReadError',
              message: `The file '${at.providerPath}' cannot be read: ${content.error.message}`,
              exception: 'System.IO.FileNotFoundException',
              target: at.providerPath,
            });
        }
      }
      return undefined;
    },
  }),
};
