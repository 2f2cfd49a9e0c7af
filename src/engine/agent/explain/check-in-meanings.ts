import { duration } from '../../../base/time.ts';
import * as checkIn from '../messages/check-in-messages.ts';
import * as service from '../messages/service-messages.ts';
import * as checkInRules from '../rules/check-in-rules.ts';
import * as serviceRules from '../rules/service-rules.ts';
import { sessionNotice } from '../rules/session-rules.ts';
import { executionHistory } from '../rules/start-rules.ts';
import type { Meaning } from './reading.ts';
import { meaning } from './reading.ts';

/** The service, sessions and check-ins. */
export const checkInMeanings: readonly Meaning[] = [
  meaning('EMS Agent Started', (line) => {
    line.say(line.story.track('service'), 'the agent starts', serviceRules.serviceStarts);
  }),
  meaning(service.version, (line) => {
    line.story.agentVersion = line.p['version'] ?? null;
    line.say(
      line.story.track('service'),
      `agent version ${line.p['version']}`,
      serviceRules.serviceEnvironment,
    );
  }),
  meaning(service.delayAll, (line) => {
    line.say(
      line.story.track('service'),
      `the first check-in waits ${line.p['seconds']} seconds`,
      serviceRules.startDelay,
    );
  }),
  meaning('Delaying all checkins by {seconds} s', (line) => {
    line.say(
      line.story.track('service'),
      `the first check-in waits ${line.p['seconds']} seconds`,
      serviceRules.startDelay,
    );
  }),
  meaning(service.delayApps, (line) => {
    line.say(
      line.story.track('service'),
      `scripts and apps wait another ${line.p['seconds']} seconds`,
      serviceRules.startDelay,
    );
  }),
  meaning(service.shutdownSignal, (line) => {
    line.say(line.story.track('service'), 'the agent is told to stop', serviceRules.serviceStops);
  }),
  meaning(service.stopped, (line) => {
    line.say(line.story.track('service'), 'the agent stops', serviceRules.serviceStops);
  }),
  meaning(service.logon, (line) => {
    line.say(line.story.track('service'), 'somebody signs in', serviceRules.sessionChange);
  }),
  meaning(service.logoff, (line) => {
    line.say(line.story.track('service'), 'somebody signs out', serviceRules.sessionChange);
  }),
  meaning('OnSessionChange: {change}', (line) => {
    line.say(line.story.track('service'), `session change: ${line.p['change']}`, sessionNotice);
  }),
  meaning(service.crashCount, (line) => {
    const count = Number(line.p['n']);
    if (count > 0)
      line.say(
        line.story.track('service'),
        `the agent has crashed ${count} times`,
        executionHistory,
        'warning',
      );
  }),
  meaning(service.unresolved, (line) => {
    line.say(
      line.story.track('service'),
      `the name ${line.p['host']} could not be resolved: no network`,
      checkInRules.webRequest,
      'error',
    );
  }),

  meaning(checkIn.pollerStarts, (line) => {
    line.story.checkIn = line.local;
    // Threads are used again: what an earlier check-in worked on is over.
    delete line.work.app;
  }),
  meaning(checkIn.gotApps, (line) => {
    line.say(
      line.story.track('check-in'),
      `${line.p['n']} apps for ${/^[0-]+$/.test(line.p['user'] ?? '') ? 'the device' : `user ${line.p['user']}`}`,
      checkInRules.policyRequest,
    );
  }),
  meaning(checkIn.timerInterval, (line) => {
    const milliseconds = Number(line.p['milliseconds']);
    if (milliseconds > 0) line.story.checkInInterval = duration(milliseconds * 1000);
  }),
  meaning('Required app check in is throttled.', (line) => {
    line.say(line.story.track('check-in'), 'too many check-ins: this one is left out', null, 'warning');
  }),
];
