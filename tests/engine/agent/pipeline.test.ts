import { expect, it } from 'vitest';
import { deviceScope, operationalKey, statusReportsKey } from '../../../src/engine/agent/paths.ts';
import type { WorldEvent } from '../../../src/engine/world/event.ts';
import { AgentStory, testApp, userScope } from '../../support/agent-harness.ts';

const content = 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content';

/** What lies between the stages of an app: enforcement, download, execution, Company Portal, files. */
function between(story: AgentStory): readonly (string | number | null)[] {
  const id = story.id('App');
  const places = {
    bin: `${content}\\Incoming\\${id}_1.bin`,
    zip: `${content}\\Staging\\${id}_1\\${id}_1.zip`,
    cache: `C:\\Windows\\IMECache\\${id}_1\\install.cmd`,
  };
  const files = Object.entries(places).flatMap(([name, path]) => (story.file(path) ? [name] : []));
  return [
    story.state('App')?.enforcement ?? null,
    story.value(operationalKey(deviceScope, id), 'DownloadStatus'),
    story.value(operationalKey(deviceScope, id), 'ExecutionStatus'),
    story.value(`${statusReportsKey}\\${userScope}\\${id}`, 'Status'),
    files.join(' '),
  ];
}

it('every stage of an app can be seen, with its duration and what is so before it', () => {
  const story = AgentStory.begin().create(testApp('App')).assign('App');
  const rows: (string | number | null)[][] = [];
  let begin: number | undefined;
  for (;;) {
    const next = story.simulation.next();
    if (next === null || next.kind === 'win32.timer') break;
    if (/^win32\.(?!check-in)/.test(next.kind)) {
      begin ??= next.at;
      const at = Math.round((next.at - begin) / 100_000) / 10;
      rows.push([at, next.kind.slice(6), ...between(story)]);
    }
    story.input({ kind: 'advance', to: next.at });
  }
  const began = 'InProgress';
  const done = 'Completed';
  expect(rows.map(([, ...row]) => row)).toEqual([
    ['head', null, null, null, null, ''],
    ['session', null, null, null, null, ''],
    ['policies', null, null, null, null, ''],
    ['prepare', null, null, null, null, ''],
    ['subgraph', null, null, null, null, ''],
    ['detect', null, null, null, null, ''],
    ['applicability', null, null, null, null, ''],
    ['decide', null, null, null, null, ''],
    ['next-app', null, null, null, '1001', ''],
    ['content-info', null, null, null, '1001', ''],
    ['downloaded', 2000, began, null, '1001', ''],
    ['verify', 2000, done, null, '1001', 'bin'],
    ['decrypt', 2000, done, null, '1001', 'bin'],
    ['unzip', 2000, done, null, '1001', 'bin zip'],
    ['content-ready', 2009, done, null, '1001', 'cache'],
    ['detect', 2009, done, null, '1001', 'cache'],
    ['detected-before', 2009, done, null, '1001', 'cache'],
    ['execute', 2009, done, null, '1001', 'cache'],
    ['detect', 2009, done, done, '1001', 'cache'],
    ['detected-after', 2009, done, done, '1001', 'cache'],
    ['subgraph-end', 1000, done, done, '1000', 'cache'],
    ['results', 1000, done, done, '1000', 'cache'],
    ['results-taken', 1000, done, done, '1000', 'cache'],
    ['session-end', 1000, done, done, '1000', 'cache'],
    ['end', 1000, done, done, '1000', 'cache'],
    ['clean-cache', 1000, done, done, '1000', 'cache'],
  ]);
  const at = (stage: string): number => Number(rows.findLast(([, name]) => name === stage)?.[0]);
  const first = Number(rows.find(([, name]) => name === 'detect')?.[0]);
  // Some 30 seconds from the first detection to the second, and 20 more until the cache is cleaned.
  expect(at('detect') - first).toBeGreaterThan(20);
  expect(at('detect') - first).toBeLessThan(50);
  expect(at('clean-cache') - at('subgraph-end')).toBeCloseTo(20, 0);
  expect(between(story)).toEqual([1000, done, done, '1000', '']);
});

it('the outcome of an app is a chain of causes back to what the administrator did', () => {
  const story = AgentStory.begin().create(testApp('App')).assign('App').firstCheckIn();
  const byId = new Map(story.simulation.events.all().map((event) => [event.id, event]));
  const last = story
    .events(
      ({ data }) =>
        data.kind === 'change' &&
        data.change.kind === 'registry.set' &&
        data.change.name === 'EnforcementStateMessage',
    )
    .at(-1);
  const chain: WorldEvent[] = [];
  for (let one = last; one !== undefined; one = one.cause === null ? undefined : byId.get(one.cause))
    chain.push(one);
  const rules = chain.map(({ rule }) => rule).filter((rule, n, all) => rule !== null && rule !== all[n - 1]);
  const inOrder = [
    'win32.state.enforcement',
    'win32.detection.decides',
    'windows.process.end',
    'win32.execution.context',
    'win32.detection.before-install',
    'win32.content.unpacked',
    'win32.content.verified',
    'network.exchange',
    'win32.action.plan',
    'win32.applicability.runs',
    'win32.detection.runs',
    'win32.policy.request',
    'agent.service.start-delay.range',
    'mdm.msi.install',
  ];
  let from = 0;
  for (const rule of inOrder) {
    const found = rules.findIndex((one, n) => n >= from && one === rule);
    expect([rule, found >= 0]).toEqual([rule, true]);
    from = found;
  }
  // The enrolment sent the agent, whose first check-in this was.
  expect(chain.at(-1)?.data).toMatchObject({ kind: 'input', input: 'admin' });
});
