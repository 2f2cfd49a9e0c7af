import { z } from 'zod';
import { disputes } from '../engine/agent/disputes.ts';
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
    /^P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,6})?S)?)?$/,
    'expected an ISO 8601 duration of days, hours, minutes and seconds, e.g. P1DT2H30M',
  );

const user = z.strictObject({
  name: z.string().describe('Account name, as in the profile folder.'),
  displayName: z.string(),
  upn: z.string(),
  entraId: z.guid().optional().describe('Left out: drawn from the seed.'),
  administrator: z.boolean().default(false),
});

/** One field for each question of the agent's table, with its answers. */
const disputed = z
  .strictObject(
    Object.fromEntries(
      Object.entries(disputes).map(([question, { question: asks, answers }]) => [
        question,
        z.enum(Object.keys(answers)).optional().describe(asks),
      ]),
    ),
  )
  .describe('Which side of a question that sources disagree on is built, where it is not the default.');

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
  tools: z
    .array(z.enum(['sysinternals']))
    .optional()
    .describe('Tools beside Windows, in C:\\Tools.'),
  disputes: disputed.optional(),
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

const site = z
  .strictObject({
    url: z.url().describe('Without a query every query fits; the end * stands for any rest.'),
    method: z.string().optional(),
    status: z.int().min(100).max(599).optional(),
    headers: z.record(z.string(), z.string()).default({}),
    from: z.string().optional().describe('File of the folder with the answer.'),
    text: z.string().optional(),
  })
  .describe('A page of the simulated internet.');

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
  z.strictObject({
    run: z
      .string()
      .min(1)
      .describe('A line typed into a console of its own, which is closed when the line is done or waits.'),
    on: z.string(),
    as: z.enum(['system', 'admin', 'user']).default('admin'),
    shell: z.enum(['powershell', 'cmd']).default('powershell'),
  }),
  z.strictObject({
    snapshot: z.string().min(1).describe('A snapshot of this name is taken of a device.'),
    on: z.string(),
  }),
  z.strictObject({
    restore: z.string().min(1).describe('A device is put back to its snapshot of this name.'),
    on: z.string(),
  }),
]);

const oneOrMore = <T extends z.ZodType>(one: T) =>
  z.union([one.transform((value) => [value]), z.array(one).min(1)]);

/** Many devices alike but for what the seed chooses for each of them. */
const fleet = z.strictObject({
  prefix: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,9}$/, 'expected at most 10 letters, digits and hyphens')
    .describe('The devices are PREFIX001 and so on.'),
  count: z.number().int().min(1).max(99_999),
  os: oneOrMore(device.shape.os).describe('One, or a list of which the seed takes one for each device.'),
  zone: oneOrMore(z.string()),
  agentVersion: oneOrMore(z.string()),
  disk: oneOrMore(device.shape.disk),
  memory: oneOrMore(device.shape.memory),
  manufacturer: oneOrMore(z.string()),
  model: oneOrMore(z.string()),
  group: z.string().optional().describe('Group that every device of the fleet is a member of.'),
  userGroup: z.string().optional().describe('Group that every user of the fleet is a member of.'),
  domain: z.string().default('contoso.com').describe('What the sign-in names of its users end with.'),
  over: duration.default('PT1H').describe('Devices are enrolled and signed in to within this time.'),
});

/** `world.yaml`, after the seed's choices were filled in. `vary` is read before, see `vary.ts`. */
export const worldSchema = z.strictObject({
  vary: varySchema.default({}),
  start: z.iso.datetime().describe('When the devices leave the factory, UTC.'),
  tenant: z.strictObject({
    name: z.string(),
    region: z
      .enum(['north-america', 'europe', 'asia-pacific'])
      .optional()
      .describe(
        'Where its scale unit stands, which decides the hosts of the agent’s package; default europe.',
      ),
  }),
  fleet: z.array(fleet).default([]),
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
  devices: z.array(device).default([]),
  sites: z.array(site).default([]).describe('What hosts of the internet answer; all others are not found.'),
  disputes: disputed.optional().describe('For all devices; the answers of a device go before them.'),
  apps: z
    .array(app)
    .default([])
    .describe('Made in the admin centre at the start, unless the timeline creates them.'),
  timeline: z.array(step).default([]).describe('From the bare devices to now.'),
});

/** A world that begins where a standing device has a snapshot: tenant, start and device come from its template. */
export const templatedWorldSchema = worldSchema.omit({ start: true, tenant: true }).extend({
  template: z.strictObject({
    machine: z.string().describe('Folder under vm-templates.'),
    snapshot: z.string().describe('Name from its list of snapshots.'),
  }),
});

/** `snapshots.yaml` of a standing device: one list for the simulated device and the VM. */
export const snapshotListSchema = z.strictObject({
  machine: z.string(),
  snapshots: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        says: z.string().describe('What state the machine is in, for who chooses one.'),
        joined: z.boolean().describe('Entra joined: such a snapshot grows stale.'),
      }),
    )
    .min(1),
});

export type WorldFile = z.infer<typeof worldSchema>;
export type TemplatedWorldFile = z.infer<typeof templatedWorldSchema>;
export type FleetFile = z.infer<typeof fleet>;
export type DeviceFile = z.infer<typeof device>;
export type SnapshotList = z.infer<typeof snapshotListSchema>;
export type WorldStep = z.infer<typeof step>;
