import { ok } from '../../../base/result.ts';
import { cimClass, cimNamespaces } from '../../device/wmi/classes.ts';
import type { CimPort } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** CIM instances, made from the device's state when they are asked for. */
export function cimPort(options: HostOptions): CimPort {
  return {
    instances(namespace, className) {
      options.onRead?.(`cim:${className}`);
      const space = namespace.replaceAll('\\', '/').toLowerCase();
      if (!cimNamespaces.has(space)) return refused('not-found', 'Invalid namespace ', namespace);
      const found = cimClass(space, className);
      if (found === undefined) return refused('not-found', 'Invalid class ', className);
      const { identity } = options;
      return ok(
        found
          .instances(options.draft(), {
            now: options.now(),
            userName: identity.isSystem ? null : identity.name,
          })
          .map((properties) => ({
            className: found.name,
            namespace: found.namespace,
            keys: found.keys,
            properties,
          })),
      );
    },
    invoke: (instance, method) =>
      refused(
        'not-supported',
        'This method is not implemented in any class ',
        `${instance.className}.${method}`,
      ),
  };
}
