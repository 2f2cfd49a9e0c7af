import type { CmdletParameter } from '../cmdlet.ts';

/** -Path and -LiteralPath as nearly every cmdlet of providers has them. */
export function pathParameters(
  options: { readonly mandatory?: boolean; readonly position?: number } = {},
): readonly CmdletParameter[] {
  const mandatory = options.mandatory ?? true;
  return [
    {
      name: 'Path',
      type: 'string[]',
      sets: [
        { set: 'Path', position: options.position ?? 0, mandatory, pipeline: true, pipelineByName: true },
      ],
    },
    {
      name: 'LiteralPath',
      type: 'string[]',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralPath', mandatory: true, pipelineByName: true }],
    },
  ];
}

export const filterParameters: readonly CmdletParameter[] = [
  { name: 'Filter', type: 'string' },
  { name: 'Include', type: 'string[]' },
  { name: 'Exclude', type: 'string[]' },
];
export const forceParameter: CmdletParameter = { name: 'Force', type: 'switch' };
export const credentialParameter: CmdletParameter = {
  name: 'Credential',
  type: 'pscredential',
  pipelineByName: true,
};
export const passThruParameter: CmdletParameter = { name: 'PassThru', type: 'switch' };
