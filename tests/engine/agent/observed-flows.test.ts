import { describe, expect, it } from 'vitest';
import { messageOf, messageText } from '../../../src/engine/agent/index.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import type { Observed } from '../../support/observed-order.ts';
import { inObservedOrder } from '../../support/observed-order.ts';
import { frame, head, policies, request, session, skipped, tail } from './observed/check-in.ts';
import { serviceStart } from './observed/service-start.ts';
import { serviceStop } from './observed/service-stop.ts';

/** Without what is rare, was seen at first times only, or in the words of another year. */
const usual = (observed: Observed): Observed =>
  observed.filter(([, frequency]) => !/rare|2025|first time|no user|each failed/.test(frequency));

/** What was written to these logs since an event, as one sequence. */
function written(story: AgentStory, since: number, log: RegExp): readonly string[] {
  return story.simulation.events
    .of(story.device)
    .slice(since)
    .flatMap(({ data }) =>
      data.kind === 'log' && log.test(data.file)
        ? [messageText(messageOf(data.message), data.parameters)]
        : [],
    );
}

const main = /\\IntuneManagementExtension\.log$/;
const work = /\\AppWorkload\.log$/;
const atLeast = 0.7;

/** One app that is installed, one that failed and waits for its GRS time. */
const settled = (): AgentStory =>
  AgentStory.begin('observed')
    .create(testApp('Alpha'))
    .create(testApp('Bad', 1603))
    .assign('Alpha')
    .assign('Bad')
    .advance({ hours: 3 });

describe('flows that were observed on devices', () => {
  it('the start of the service, and its first work', () => {
    const story = settled();
    const since = story.simulation.events.of(story.device).length;
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 10 });
    const lines = written(story, since, main);
    const start = lines.slice(lines.indexOf('EMS Agent Started'));
    const { share, missing } = inObservedOrder(usual(serviceStart), start);
    expect(missing).toEqual([
      // What stands in the telemetry of a start is not known.
      '[OnStart](Agent Started) {json: Message, Colmetadata, Col1..Col6}',
      '[UnlockWin: GetAllBaseAndSupplementalPolicyInfos] Getting PolicyInfo InstanceID: PolicyInfo, parentId: .{path}{guid}, version: {n}, status: {n}, isEffective: {bool}, isDeployed: {bool}, IsAuthorized: {bool}',
      '[OnStart](OnStart) {json: Message, Colmetadata, Col1..Col6}',
      '[OnStart](StartWork) {json: Message, Colmetadata, Col1..Col6}',
    ]);
    expect(share).toBeGreaterThan(atLeast);
    expect(inObservedOrder(serviceStop, lines).missing).toEqual([
      '[OnStop](Agent stopped) {json: Message, Colmetadata, Col1..Col6}',
      'OnCustomCommand: command = {n}',
      'OnCustomCommand: done processing {n}',
    ]);
  });

  it('an hourly check-in in which nothing is due, apps in GRS are skipped', () => {
    const story = settled();
    const since = story.simulation.events.of(story.device).length;
    story.advance({ hours: 1 });
    const inMain = written(story, since, main);
    const inWork = written(story, since, work);
    const missing = (observed: Observed, lines: readonly string[]) =>
      inObservedOrder(usual(observed), lines).missing;
    expect(missing(frame, inMain)).toEqual([]);
    expect(missing(request, inMain)).toEqual([]);
    expect(missing(head, inWork)).toEqual([]);
    expect(missing(policies, inWork)).toEqual([
      '[Win32App][ReportingCacheManager] Found a full sync time: {utc} for user: {userId}, which is not expired.',
    ]);
    expect(missing(skipped, inWork)).toEqual([]);
    expect(missing(tail, inWork)).toEqual([]);
    // Where the user of a session is looked up in the registry of the enrolment status page, only its end is written.
    expect(missing(session, inWork).every((line) => line.includes('[GetLogonIdFromFirstSyncReg]'))).toBe(
      true,
    );
    const all = [frame, request, head, session, policies, skipped, tail].map(usual);
    const count = all.reduce((sum, part) => sum + part.length, 0);
    const found = all.reduce(
      (sum, part, i) => sum + part.length - missing(part, i < 2 ? inMain : inWork).length,
      0,
    );
    expect(found / count).toBeGreaterThan(atLeast);
  });

  it('and costs little: an idle hour is one request, some lines and no change of the registry', () => {
    const story = settled();
    const since = story.simulation.events.of(story.device).length;
    story.advance({ hours: 1 });
    const events = story.simulation.events.of(story.device).slice(since);
    const of = (kind: string) => events.filter(({ data }) => data.kind === kind).length;
    expect(events.filter(({ data }) => data.kind === 'change')).toEqual([]);
    expect(events.filter(({ data }) => data.kind === 'network' && data.direction === 'request')).toHaveLength(
      1,
    );
    expect(of('log')).toBeLessThan(130);
    expect(of('scheduled')).toBeLessThan(15);
  });
});
