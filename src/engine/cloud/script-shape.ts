import { flag, guidText, maybe, object, oneOf, text, variant, whole } from './admin-data.ts';
import type { QueueData } from '../device/change.ts';
import { AdminDataError } from './admin-data.ts';

/** Shapes of script data, field by field as `script-actions.ts` describes them. */
const settings = {
  runAs: maybe(oneOf('system', 'user')),
  enforceSignature: maybe(flag),
  run64Bit: maybe(flag),
};

const matching =
  (pattern: RegExp, example: string) =>
  (value: QueueData | undefined, path: string): string => {
    if (typeof value === 'string' && pattern.test(value)) return value;
    throw new AdminDataError('admin-data', `${path}: expected ${example}, found ${JSON.stringify(value)}.`, {
      path,
    });
  };
const date = matching(/^\d{4}-[01]\d-[0-3]\d$/, 'a date like 2026-11-25');
const time = matching(/^[0-2]\d:[0-5]\d$/, 'a time like 13:00');
const zone = maybe(oneOf('utc', 'local'));

const target = (
  value: QueueData | undefined,
  path: string,
): 'all-users' | 'all-devices' | { group: string } =>
  value === 'all-users' || value === 'all-devices' ? value : object({ group: text })(value, path);

const schedule = variant('kind', {
  once: object({ kind: oneOf('once'), date, time, zone }),
  hourly: object({ kind: oneOf('hourly'), every: whole(1, 23) }),
  daily: object({ kind: oneOf('daily'), every: maybe(whole(1, 90)), time, zone }),
});

export const scriptCreate = object({ id: maybe(guidText), name: text, script: text, ...settings });
export const scriptUpdate = object({
  script: text,
  set: object({ name: maybe(text), script: maybe(text), ...settings }),
});
export const scriptAssign = object({ script: text, target, exclude: maybe(flag) });
export const scriptUnassign = object({ script: text, target });
export const remediationCreate = object({
  id: maybe(guidText),
  name: text,
  publisher: maybe(text),
  detection: text,
  remediation: maybe(text),
  ...settings,
});
export const remediationUpdate = object({
  remediation: text,
  set: object({
    name: maybe(text),
    publisher: maybe(text),
    detection: maybe(text),
    remediation: maybe(text),
    ...settings,
  }),
});
export const remediationAssign = object({
  remediation: text,
  target,
  exclude: maybe(flag),
  schedule: maybe(schedule),
});
export const remediationRun = object({ remediation: text, device: text });
export const compliancePolicyCreate = object({
  id: maybe(guidText),
  name: text,
  script: text,
  rules: text,
});
