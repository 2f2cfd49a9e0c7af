import { ok } from '../../../base/result.ts';
import { cimClass, cimNamespaces } from '../../device/wmi/classes.ts';
import type { CimPort } from '../../powershell/host.ts';
import type { MethodPorts } from './cim-methods.ts';
import { cimMethods } from './cim-methods.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** Namespaces that only administrators may read. */
const closed = /^root\/cimv2\/(mdm|security)(\/|$)/;

/** CIM instances, made from the device's state when they are asked for, and methods, done through the other ports. */
export function cimPort(options: HostOptions, ports: MethodPorts): CimPort {
  return {
    instances(namespace, className) {
      options.onRead?.(`cim:${className}`);
      const space = namespace.replaceAll('\\', '/').toLowerCase();
      if (!cimNamespaces.has(space)) return refused('not-found', 'Invalid namespace ', namespace);
      const found = cimClass(space, className);
      if (found === undefined) return refused('not-found', 'Invalid class ', className);
      if (closed.test(space) && !options.identity.elevated)
        return refused('access-denied', 'Access denied ', className);
      const { name, keys } = found;
      return ok(
        found
          .instances(options.draft(), { now: options.now() })
          .map((properties) => ({ className: name, namespace: found.namespace, keys, properties })),
      );
    },
    invoke(instance, method, args) {
      const found = cimMethods(instance.className, method);
      if (found === undefined)
        return refused('not-supported', 'Invalid method ', `${instance.className}.${method}`);
      return found({ instance, args: withoutCase(args), ports, options });
    },
  };
}

function withoutCase<T>(args: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...args].map(([name, value]) => [name.toLowerCase(), value]));
}
