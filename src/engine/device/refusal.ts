import type { Result } from '../../base/result.ts';

/** Why a device refused a change. `message` is the text Windows gives; `path` the object it concerns. */
export interface DeviceRefusal {
  readonly code:
    | 'not-found'
    | 'parent-not-found'
    | 'already-exists'
    | 'access-denied'
    | 'is-directory'
    | 'not-a-directory'
    | 'disk-full'
    | 'invalid-name'
    | 'not-supported';
  readonly message: string;
  readonly path: string;
}

export type DeviceResult<T> = Result<T, DeviceRefusal>;

export const refuse = (
  code: DeviceRefusal['code'],
  message: string,
  path: string,
): { readonly ok: false; readonly error: DeviceRefusal } => ({ ok: false, error: { code, message, path } });

export const missing = (path: string): { readonly ok: false; readonly error: DeviceRefusal } =>
  refuse('not-found', 'The system cannot find the file specified.', path);
