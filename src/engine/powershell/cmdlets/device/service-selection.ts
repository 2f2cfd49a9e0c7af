import type { ServiceInfo } from '../../host.ts';
import { DotNetObject } from '../../types/objects.ts';
import type { CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { byPatterns, narrowed } from './matching.ts';
import { controllerType, stateOf } from './service-controller.ts';

/** Parameters by which the service cmdlets name services. */
export const selection = (positional: boolean): CmdletParameter[] => [
  {
    name: 'Name',
    type: 'string[]',
    aliases: ['ServiceName'],
    sets: [
      {
        set: 'Default',
        position: 0,
        pipeline: true,
        pipelineByName: true,
        ...(positional ? { mandatory: true } : {}),
      },
    ],
  },
  {
    name: 'DisplayName',
    type: 'string[]',
    sets: [{ set: 'DisplayName', mandatory: true }],
  },
  { name: 'Include', type: 'string[]' },
  { name: 'Exclude', type: 'string[]' },
  {
    name: 'InputObject',
    type: 'System.ServiceProcess.ServiceController[]',
    sets: [{ set: 'InputObject', ...(positional ? { mandatory: true } : {}), pipeline: true }],
  },
];

/** The services a call means; names that are none are reported. */
export function selected(context: CmdletContext): ServiceInfo[] {
  const { host } = context;
  let found: ServiceInfo[];
  if (context.has('InputObject')) {
    found = context.list('InputObject').flatMap((value) => {
      if (!(value instanceof DotNetObject) || value.type !== controllerType) return [];
      const now = host.services.get(stateOf(value).info.name);
      return now.ok ? [now.value] : [stateOf(value).info];
    });
  } else if (context.has('DisplayName')) {
    found = byPatterns(
      host.services.list(),
      (s) => s.displayName,
      context.strings('DisplayName'),
      (pattern) =>
        context.error({
          id: 'NoServiceFoundForGivenDisplayName',
          category: 'ObjectNotFound',
          message: `Cannot find any service with display name '${pattern}'.`,
          exception: 'Microsoft.PowerShell.Commands.ServiceCommandException',
          target: pattern,
        }),
    );
  } else {
    const names = context.has('Name') ? context.strings('Name') : ['*'];
    found = byPatterns(
      host.services.list(),
      (s) => s.name,
      names,
      (pattern) =>
        context.error({
          id: 'NoServiceFoundForGivenName',
          category: 'ObjectNotFound',
          message: `Cannot find any service with service name '${pattern}'.`,
          exception: 'Microsoft.PowerShell.Commands.ServiceCommandException',
          target: pattern,
        }),
    );
  }
  return narrowed(found, (s) => s.name, context.strings('Include'), context.strings('Exclude'));
}
