import { expect, test } from 'vitest';
import { forecasted } from '../../src/protocol/verbs.ts';
import { forecastOf } from '../../src/views/forecast.ts';
import { AgentStory, testApp } from '../support/agent-harness.ts';

test('the forecast of a device has its apps by name, with the rule of each happening', () => {
  const story = AgentStory.begin().create(testApp('Good')).assign('Good');
  const found = forecasted.parse(forecastOf(story.simulation, story.device, 2));
  const app = found.tracks?.find(({ name }) => name === 'Good');
  expect(app?.kind).toBe('app');
  const installed = app?.happenings.find(({ what }) => what.startsWith('exit code 0'));
  expect(installed).toMatchObject({
    rule: 'win32.exit-code.mapped',
    why: expect.stringContaining('A listed exit code means what the app says') as string,
    level: 'information',
    count: 1,
  });
  story.advance({ hours: 2 });
  expect(story.state('Good')?.enforcement).toBe(1000);
  expect(story.simulation.now).toBe(found.to);
});

test('while a program runs there is no forecast', () => {
  const story = AgentStory.begin().open('c').type('c', 'Start-Sleep 60');
  expect(forecastOf(story.simulation, story.device, 2).tracks).toBeNull();
});
