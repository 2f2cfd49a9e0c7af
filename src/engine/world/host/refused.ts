import type { HostError } from '../../powershell/host.ts';

interface Refused {
  readonly ok: false;
  readonly error: HostError;
}

export const refused = (code: HostError['code'], message: string, path?: string): Refused => ({
  ok: false,
  error: path === undefined ? { code, message } : { code, message, path },
});

export const registryKeyMissing = (path: string): Refused =>
  refused('not-found', 'The system cannot find the file specified.', path);
export const registryDenied = (path: string): Refused =>
  refused('access-denied', 'Requested registry access is not allowed.', path);
export const pathDenied = (path: string): Refused =>
  refused('access-denied', `Access to the path '${path}' is denied.`, path);
