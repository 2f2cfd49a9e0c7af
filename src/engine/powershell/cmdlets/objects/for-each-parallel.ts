import { childSession } from '../../run/hosting/child-session.ts';
import { usingValues } from '../../run/hosting/isolated.ts';
import type { Frame } from '../../run/frame.ts';
import type { Session } from '../../run/session.ts';
import type { Steps } from '../../run/steps.ts';
import { ErrorRecord } from '../../types/error-record.ts';
import { exception } from '../../types/errors.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, PSWrapped } from '../../types/value.ts';
import type { CmdletContext, CmdletRun } from '../cmdlet.ts';
import type { Job } from '../jobs/job.ts';
import { bodyText, isFinished, jobsOf, jobTypes, makeJob, secondsFrom, stopJob, work } from '../jobs/job.ts';

const unsupported = ['ErrorAction', 'WarningAction', 'InformationAction', 'PipelineVariable'];
const notBlocks = (what: string): string =>
  `A ForEach-Object -Parallel ${what} cannot be a script block. Passed-in script block variables are not supported with ForEach-Object -Parallel, and can result in undefined behavior.`;

/** `ForEach-Object -Parallel`: each object in a runspace of its own, at most `-ThrottleLimit` at once. */
export function forEachParallel(context: CmdletContext, block: ScriptBlockValue): CmdletRun {
  const { session, host } = context;
  const limit = context.number('ThrottleLimit', 5);
  const asJob = context.switch('AsJob');
  const parent = asJob
    ? makeJob(session, jobTypes.parallel, {
        command: bodyText(block).trim(),
        location: 'PowerShell',
        typeName: 'PSTaskJob',
      })
    : undefined;
  const children: Job[] = parent?.state.children ?? [];
  const idle: Session[] = [];
  let given: Map<string, Value> = new Map();
  let deadline: ReturnType<typeof secondsFrom>;
  let refused = false;
  const running = (): number => children.filter((c) => c.state.state === 'Running').length;
  const show = (): void => {
    if (!parent)
      for (const child of children) {
        const { results } = child.state;
        child.state.results = [];
        for (const written of results) context.forward(written);
      }
  };

  function start(item: Value): void {
    const child = makeJob(session, jobTypes.parallelChild, {
      command: bodyText(block).trim(),
      location: 'PowerShell',
      typeName: 'PSTaskJob',
    });
    children.push(child);
    const steps = (function* (): Steps<void> {
      yield* session.background.waitFor(() => running() < limit);
      child.state.state = 'Running';
      let own = context.switch('UseNewRunspace') ? undefined : idle.pop();
      if (!own) {
        own = childSession(session);
        own.location.set(session.location.path, session.location.provider, session.location.fileSystemPath());
        if (parent) parent.state.allocated++;
      }
      own.usingValues = given;
      yield* own.within(work(child.state, own, bodyText(block), { item, errorId: 'PSTaskException' }));
      idle.push(own);
    })();
    child.state.task = session.background.start(session.within(steps));
  }
  /** No more objects than may run are taken at a time: the pipeline before waits. */
  function* take(item: Value): Steps<void> {
    yield* session.background.waitFor(
      () => children.filter((c) => !isFinished(c.state)).length < limit,
      deadline,
    );
    start(item);
    show();
  }
  const frame = (context as unknown as { readonly frame?: Frame }).frame ?? session.frame;

  return {
    *begin(): Steps<void> {
      if (unsupported.some((name) => context.has(name)))
        context.fail({
          id: 'ParallelCommonParametersNotSupported',
          category: 'NotImplemented',
          message: `The following common parameters are not currently supported in the Parallel parameter set:${host.newline}ErrorAction, WarningAction, InformationAction, PipelineVariable`,
          exception: 'System.Management.Automation.PSNotSupportedException',
        });
      if (asJob && context.has('TimeoutSeconds'))
        context.fail({
          id: 'ParallelCannotUseTimeoutWithJob',
          category: 'InvalidOperation',
          message: "The 'TimeoutSeconds' parameter cannot be used with the 'AsJob' parameter.",
          exception: 'System.ArgumentException',
        });
      given = yield* usingValues(block, frame, (name) => {
        refused = true;
        context.error({
          id: 'UsingVariableIsUndefined',
          category: 'InvalidOperation',
          message: `The value of the using variable '$using:${name}' cannot be retrieved because it has not been set in the local session.`,
          exception: 'System.Management.Automation.RuntimeException',
        });
      });
      for (const value of given.values())
        if ((value instanceof PSWrapped ? value.base : value) instanceof ScriptBlockValue)
          context.fail({
            id: 'ParallelUsingVariableCannotBeScriptBlock',
            category: 'InvalidType',
            message: notBlocks('using variable'),
            exception: 'System.ArgumentException',
          });
      deadline = context.has('TimeoutSeconds')
        ? secondsFrom(host.clock.now(), context.number('TimeoutSeconds', 0) || -1)
        : undefined;
      if (parent) {
        parent.state.state = 'Running';
        jobsOf(session).push(parent);
      }
    },
    process() {
      if (refused) return undefined;
      const item = context.has('InputObject') ? context.get('InputObject') : context.input;
      if (item === automationNull) return undefined;
      if (item instanceof ScriptBlockValue) {
        context.error({
          id: 'ParallelPipedInputObjectCannotBeScriptBlock',
          category: 'InvalidType',
          message: notBlocks('piped input object'),
          exception: 'System.ArgumentException',
          target: item,
        });
        return undefined;
      }
      if (parent) {
        start(item);
        return undefined;
      }
      return take(item);
    },
    *end(): Steps<void> {
      if (parent) {
        context.write(parent);
        return;
      }
      for (;;) {
        const finished = children.every((c) => isFinished(c.state));
        show();
        if (finished) return;
        const more = yield* session.background.waitFor(
          () =>
            children.every((c) => isFinished(c.state)) || children.some((c) => c.state.results.length > 0),
          deadline,
        );
        if (!more) break;
      }
      for (const child of children) {
        if (isFinished(child.state)) continue;
        const waits = child.state.state === 'NotStarted';
        stopJob(child.state);
        if (waits) continue;
        const { reason } = child.state;
        const stopped =
          reason ??
          exception(
            'System.Management.Automation.PipelineStoppedException',
            'The pipeline has been stopped.',
          );
        context.forward({
          stream: 'Error',
          value: new ErrorRecord(stopped, 'PSTaskException', 'InvalidOperation', null),
        });
      }
      show();
    },
  };
}
