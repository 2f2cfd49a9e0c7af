import { z } from 'zod';
import { varySchema } from './vary.ts';

/** Where rules of the agent and of Windows write: nothing here may be stated, only come about. */
const ruled =
  /^[a-z]:\\(programdata\\microsoft\\intunemanagementextension|program files \(x86\)\\microsoft intune management extension|windows)(\\|$)/i;

const devicePath = z
  .string()
  .regex(/^[A-Za-z]:\\[^/]*[^/\\]$/, 'expected a full path of a file, e.g. C:\\Labs\\notes.txt')
  .refine(
    (path) => !ruled.test(path),
    'expected a file of the learner: what Windows and the agent write comes about by their rules',
  );

const file = z.strictObject({
  path: devicePath,
  from: z.string().optional().describe('File of the lab folder with the text.'),
  text: z.string().optional(),
});

const data = z.record(z.string(), z.json());

const duration = z
  .string()
  .regex(
    /^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/,
    'expected an ISO 8601 duration of days, hours, minutes and seconds, e.g. P1DT2H30M',
  );

const user = z.strictObject({
  name: z.string().describe('Account name, as in the profile folder.'),
  displayName: z.string(),
  upn: z.string(),
  entraId: z.guid().optional().describe('Left out: drawn from the seed.'),
  administrator: z.boolean().default(false),
});

const device = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9-]{1,15}$/, 'expected a computer name of at most 15 letters and digits'),
  os: z.enum(['windows-10-22h2', 'windows-11-23h2', 'windows-11-24h2']),
  zone: z.string().describe('Windows time zone id.'),
  users: z.array(z.string()).describe('Names from users.'),
  primaryUser: z.string().optional(),
  agentVersion: z.string().describe('Version that enrolment installs.'),
  disk: z.strictObject({ size: z.number().positive(), free: z.number().positive() }).describe('GiB.'),
  memory: z.number().int().positive().describe('MiB.'),
  manufacturer: z.string(),
  model: z.string(),
  files: z.array(file).default([]),
});

/** As `AppCreate` of the admin centre, with the package's files named instead of written out. */
const app = z.looseObject({
  id: z.guid().optional().describe('Left out: the service draws it from the seed.'),
  name: z.string(),
  publisher: z.string(),
  content: z
    .strictObject({
      folder: z.string().describe('Folder of the lab with the package: real .cmd and .ps1 files.'),
      setupFile: z.string(),
    })
    .describe('What the packaging tool is given.'),
});

const step = z.union([
  z.strictObject({ advance: duration.describe('Time that passes.') }),
  z.strictObject({ until: duration.describe('Time since the start; nothing happens where it has passed.') }),
  z.strictObject({ enrol: z.string().describe('A device is enrolled, for its primary user if it has one.') }),
  z.strictObject({
    update: z
      .looseObject({ app: z.string(), set: app.partial() })
      .describe('As app.update of the admin centre.'),
  }),
  z.strictObject({ create: z.string().describe('The app of this name is made in the admin centre now.') }),
  z.strictObject({ assign: data.describe('As app.assign of the admin centre.') }),
  z.strictObject({
    admin: z.string().describe('A verb of the admin centre.'),
    data: data.default({}),
  }),
  z.strictObject({
    device: z.string().describe('A gesture on the device: sign-in, restart, …'),
    on: z.string(),
    data: data.default({}),
  }),
  z.strictObject({ save: file.extend({ on: z.string() }) }),
]);

/** `world.yaml`, after the seed's choices were filled in. `vary` is read before, see `vary.ts`. */
export const worldSchema = z.strictObject({
  vary: varySchema.default({}),
  start: z.iso.datetime().describe('When the devices leave the factory, UTC.'),
  tenant: z.strictObject({ name: z.string() }),
  users: z.array(user).default([]),
  groups: z
    .array(
      z.strictObject({
        name: z.string(),
        users: z.array(z.string()).default([]),
        devices: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  devices: z.array(device).min(1),
  apps: z
    .array(app)
    .default([])
    .describe('Made in the admin centre at the start, unless the timeline creates them.'),
  timeline: z.array(step).default([]).describe('From the bare devices to now.'),
});

export type WorldFile = z.infer<typeof worldSchema>;
export type WorldStep = z.infer<typeof step>;
