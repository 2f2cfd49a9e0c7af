import { differences } from '../../dialects/index.ts';
import { childSession } from '../../run/hosting/child-session.ts';
import { usingValues } from '../../run/hosting/isolated.ts';
import { environment } from '../../run/session-objects.ts';
import type { Frame } from '../../run/frame.ts';
import type { Session } from '../../run/session.ts';
import type { Steps } from '../../run/steps.ts';
import { newGuid } from '../../types/dotnet/guid.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, PSReference, PSWrapped } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import { deserialize, serialize } from '../data/clixml.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { scriptFrom } from '../session/invoke.ts';
import type { Job } from './job.ts';
import { bodyText, jobsOf, jobTypes, makeJob, work } from './job.ts';

const core = 'Microsoft.PowerShell.Core';

/** A copy that has been through the pipe between two processes. */
const copied = (value: Value): Value => deserialize(serialize([value], 2, '\n'))?.[0] ?? null;

/** What arrives from a job says where it came from. */
function fromJob(runspaceId: Value): (value: Value) => Value {
  return (value) => {
    const copy = copied(value);
    if (copy === null) return null;
    const target = copy instanceof PSReference ? copy : new PSWrapped(copy as string);
    target.members ??= new MemberBag();
    target.members.set({ kind: 'NoteProperty', name: 'RunspaceId', value: runspaceId });
    return target;
  };
}

/** Starts a process of its own for a block; it goes on while the script does. */
export function* startProcessJob(
  session: Session,
  frame: Frame,
  block: ScriptBlockValue,
  options: {
    readonly name?: string;
    readonly command: string;
    readonly args?: readonly Value[];
    readonly input?: readonly Value[];
    readonly first?: ScriptBlockValue | null;
    readonly directory?: string;
    readonly variables?: ReadonlyMap<string, Value>;
  },
): Steps<Job> {
  const given = yield* usingValues(block, frame, () => undefined);
  const facts = { command: options.command, location: 'localhost', typeName: 'BackgroundJob' };
  const job = makeJob(session, jobTypes.remoting, {
    ...facts,
    ...(options.name === undefined ? {} : { name: options.name }),
  });
  const child = makeJob(session, jobTypes.child, facts);
  job.state.children.push(child);
  const own = childSession(session);
  own.state.set('environment', new Map(environment(session)));
  own.usingValues = new Map([...given].map(([name, value]) => [name, copied(value)]));
  own.setGlobal('PID', session.host.identity.processId + child.state.id * 4);
  if (options.directory !== undefined) own.location.set(options.directory, 'FileSystem');
  for (const [name, value] of options.variables ?? []) own.setGlobal(name, copied(value));
  const runspaceId = newGuid();
  const steps = (function* (): Steps<void> {
    if (options.first) yield* work(child.state, own, bodyText(options.first), { dotted: true });
    if (child.state.state === 'Failed') return;
    yield* work(child.state, own, bodyText(block), {
      args: (options.args ?? []).map(copied),
      carry: fromJob(runspaceId),
      ...(options.input ? { input: options.input.map(copied) } : {}),
    });
  })();
  child.state.state = 'Running';
  child.state.task = session.background.start(own.within(steps));
  job.state.task = child.state.task;
  jobsOf(session).push(job);
  return job;
}

export const startJob: Cmdlet = {
  name: 'Start-Job',
  aliases: ['sajb'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.StartJobCommand',
  defaultSet: 'ComputerName',
  outputTypes: ['System.Management.Automation.PSRemotingJob'],
  parameters: [
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      aliases: ['Command'],
      sets: [{ set: 'ComputerName', position: 0, mandatory: true }],
    },
    {
      name: 'FilePath',
      type: 'string',
      sets: [{ set: 'FilePathComputerName', position: 0, mandatory: true }],
    },
    {
      name: 'LiteralPath',
      type: 'string',
      aliases: ['PSPath', 'LP'],
      sets: [{ set: 'LiteralFilePathComputerName', mandatory: true }],
    },
    { name: 'Name', type: 'string', pipelineByName: true },
    { name: 'InitializationScript', type: 'scriptblock', position: 1 },
    { name: 'WorkingDirectory', type: 'string', dialect: 'core' },
    { name: 'RunAs32', type: 'switch' },
    { name: 'PSVersion', type: 'version' },
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'] },
    { name: 'Credential', type: 'pscredential' },
    { name: 'Authentication', type: 'object' },
  ],
  start(context) {
    const inputs: Value[] = [];
    const { session } = context;
    return {
      begin() {
        if (
          context.switch('RunAs32') &&
          context.host.identity.process64Bit &&
          !differences.commands.jobBitness.desktopIn(context.dialect)
        )
          context.fail({
            id: 'RunAs32NotSupported',
            category: 'InvalidOperation',
            message:
              "Cannot start a 32-bit 'pwsh' process from the 64-bit 'pwsh' installation. Install the 32-bit 'pwsh' if you need to run PowerShell in a 32-bit process.",
            exception: 'System.InvalidOperationException',
          });
        return undefined;
      },
      process() {
        if (context.expectingInput && context.input !== automationNull) inputs.push(context.input);
        return undefined;
      },
      *end(): Steps<void> {
        const path = context.string('FilePath') || context.string('LiteralPath');
        const block = context.block('ScriptBlock') ?? scriptFrom(context, path);
        const job = yield* startProcessJob(session, session.frame, block, {
          name: context.string('Name'),
          command: bodyText(block),
          args: context.list('ArgumentList'),
          first: context.block('InitializationScript'),
          ...(context.expectingInput ? { input: inputs } : {}),
          ...(context.has('WorkingDirectory') ? { directory: context.string('WorkingDirectory') } : {}),
        });
        context.write(job);
      },
    };
  },
};
