import {
  anyText,
  flag,
  guidText,
  listOf,
  localDateTime,
  maybe,
  object,
  oneOf,
  orNull,
  text,
  variant,
  whole,
} from './admin-data.ts';

/** Shapes of app data, field by field as `admin-actions.ts` describes them. */
const operator = oneOf('equal', 'not-equal', 'greater', 'greater-or-equal', 'less', 'less-or-equal');

const fileHead = { kind: oneOf('file'), path: text, name: text, check32Bit: maybe(flag) };
const fileCompared = object({
  ...fileHead,
  test: oneOf('modified', 'created', 'version', 'size'),
  operator,
  value: text,
});
const filePresence = object({ ...fileHead, test: oneOf('exists', 'not-exists') });
const file = variant('test', {
  exists: filePresence,
  'not-exists': filePresence,
  modified: fileCompared,
  created: fileCompared,
  version: fileCompared,
  size: fileCompared,
});

const registryHead = {
  kind: oneOf('registry'),
  key: text,
  name: maybe(anyText),
  check32Bit: maybe(flag),
};
const registryCompared = object({
  ...registryHead,
  test: oneOf('string', 'integer', 'version'),
  operator,
  value: anyText,
});
const registryPresence = object({ ...registryHead, test: oneOf('exists', 'not-exists') });
const registry = variant('test', {
  exists: registryPresence,
  'not-exists': registryPresence,
  string: registryCompared,
  integer: registryCompared,
  version: registryCompared,
});

const detection = variant('kind', {
  file,
  registry,
  msi: object({ kind: oneOf('msi'), productCode: text, operator: maybe(operator), version: maybe(text) }),
  script: object({
    kind: oneOf('script'),
    script: text,
    enforceSignature: maybe(flag),
    runAs32Bit: maybe(flag),
  }),
});

const requirement = variant('kind', {
  file,
  registry,
  script: object({
    kind: oneOf('script'),
    script: text,
    dataType: oneOf('string', 'date-time', 'integer', 'float', 'version', 'boolean'),
    operator,
    value: anyText,
    runAs32Bit: maybe(flag),
    enforceSignature: maybe(flag),
    runAs: maybe(oneOf('system', 'user')),
  }),
});

const appFields = {
  name: text,
  description: maybe(anyText),
  publisher: text,
  version: maybe(text),
  content: object({
    setupFile: text,
    files: listOf(object({ name: text, text: anyText }), 1),
  }),
  installCommand: text,
  uninstallCommand: text,
  installContext: maybe(oneOf('system', 'user')),
  maxRunTimeMinutes: maybe(whole(1, 1440)),
  restartBehavior: maybe(oneOf('return-codes', 'allow', 'suppress', 'force')),
  detection: listOf(detection, 1),
  requirements: maybe(
    object({
      architecture: maybe(oneOf('x86', 'x64', 'both')),
      minimumOs: maybe(text),
      freeDiskMb: maybe(whole(0, 2 ** 31 - 1)),
      memoryMb: maybe(whole(0, 2 ** 31 - 1)),
      processors: maybe(whole(0, 1024)),
      cpuMhz: maybe(whole(0, 100_000)),
      rules: maybe(listOf(requirement)),
    }),
  ),
  returnCodes: maybe(
    listOf(
      object({
        code: whole(-(2 ** 31), 2 ** 32 - 1),
        type: oneOf('failed', 'success', 'soft-reboot', 'hard-reboot', 'retry'),
      }),
    ),
  ),
  dependencies: maybe(listOf(object({ app: text, autoInstall: flag }))),
  supersedes: maybe(listOf(object({ app: text, uninstall: flag }))),
};

export const appCreate = object({ id: maybe(guidText), ...appFields });

/** Every field of an app as one that may be left out. */
const optionalFields = Object.fromEntries(
  Object.entries(appFields).map(([name, field]) => [
    name,
    typeof field === 'function' ? { maybe: field } : field,
  ]),
) as { [K in keyof typeof appFields]: { readonly maybe: FieldRead<(typeof appFields)[K]> } };

type FieldRead<F> = F extends { readonly maybe: infer R } ? R : F;

export const appUpdate = object({ app: text, set: object(optionalFields) });

const target = (value: Parameters<typeof text>[0], path: string) =>
  value === 'all-users' || value === 'all-devices' ? value : object({ group: text })(value, path);

export const appAssign = object({
  app: text,
  intent: oneOf('required', 'available', 'uninstall'),
  target,
  exclude: maybe(flag),
  filter: maybe(object({ filter: text, mode: oneOf('include', 'exclude') })),
  autoUpdate: maybe(flag),
  start: maybe(localDateTime),
  deadline: maybe(localDateTime),
  time: maybe(oneOf('utc', 'local')),
  notifications: maybe(oneOf('show-all', 'show-reboot', 'hide-all')),
  restartGrace: maybe(
    object({
      gracePeriod: whole(1, 20_160),
      countdown: whole(1, 240),
      snooze: orNull(whole(1, 712)),
    }),
  ),
});

export const appUnassign = object({ app: text, target });

export const appDelete = object({ app: text });
export const filterCreate = object({ id: maybe(guidText), name: text, rule: text });
export const filterUpdate = object({ filter: text, rule: text });
export const filterDelete = object({ filter: text });
export const storePublish = object({ packageId: text, name: text, publisher: text, version: text });
export const storeAppCreate = object({
  id: maybe(guidText),
  packageId: text,
  name: maybe(text),
  installContext: maybe(oneOf('system', 'user')),
});
