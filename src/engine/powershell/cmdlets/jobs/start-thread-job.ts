import { childSession } from '../../run/hosting/child-session.ts';
import { usingValues } from '../../run/hosting/isolated.ts';
import type { Steps } from '../../run/steps.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { scriptFrom } from '../session/invoke.ts';
import { bodyText, jobsOf, jobTypes, makeJob, work } from './job.ts';

/** A job in a runspace of this process: objects come as they are. At most `-ThrottleLimit` run at once. */
export const startThreadJob: Cmdlet = {
  name: 'Start-ThreadJob',
  module: 'Microsoft.PowerShell.ThreadJob',
  dialect: 'core',
  typeName: 'Microsoft.PowerShell.ThreadJob.StartThreadJobCommand',
  defaultSet: 'ScriptBlock',
  outputTypes: ['ThreadJob.ThreadJob'],
  parameters: [
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      sets: [{ set: 'ScriptBlock', position: 0, mandatory: true }],
    },
    { name: 'FilePath', type: 'string', sets: [{ set: 'FilePath', position: 0, mandatory: true }] },
    { name: 'Name', type: 'string' },
    { name: 'InitializationScript', type: 'scriptblock' },
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'ArgumentList', type: 'object[]' },
    { name: 'ThrottleLimit', type: 'int' },
    { name: 'StreamingHost', type: 'object' },
  ],
  start(context) {
    const inputs: Value[] = [];
    const { session } = context;
    return {
      process() {
        if (context.expectingInput && context.input !== automationNull) inputs.push(context.input);
        return undefined;
      },
      *end(): Steps<void> {
        const block = context.block('ScriptBlock') ?? scriptFrom(context, context.string('FilePath'));
        const given = yield* usingValues(block, session.frame, () => undefined);
        const job = makeJob(session, jobTypes.thread, {
          command: bodyText(block),
          location: 'PowerShell',
          typeName: 'ThreadJob',
          name: context.string('Name'),
        });
        const { state } = session.root;
        if (context.has('ThrottleLimit')) state.set('thread-jobs', context.number('ThrottleLimit', 5));
        const limit = (): number => (state.get('thread-jobs') as number | undefined) ?? 5;
        const running = (): number =>
          jobsOf(session).filter((j) => j.type === jobTypes.thread && j.state.state === 'Running').length;
        const own = childSession(session);
        own.usingValues = given;
        const first = context.block('InitializationScript');
        const args = context.list('ArgumentList');
        const steps = (function* (): Steps<void> {
          yield* session.background.waitFor(() => running() < limit());
          if (first) yield* work(job.state, own, bodyText(first), { dotted: true });
          if (job.state.state === 'Failed') return;
          yield* work(job.state, own, bodyText(block), {
            args,
            ...(context.expectingInput ? { input: inputs } : {}),
          });
        })();
        jobsOf(session).push(job);
        job.state.task = session.background.start(own.within(steps));
        context.write(job);
      },
    };
  },
};
