import type { DeviceId, MessageId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { plus } from '../../base/time.ts';
import { meaningfulMessage, Story, tellOwnLine } from '../agent/explain/index.ts';
import type { Happening, Track, TrackKind } from '../agent/explain/index.ts';
import { messageOf, messageText } from '../agent/messages/index.ts';
import { appOf } from '../cloud/index.ts';
import type { WorldEvent } from './event.ts';
import type { Simulation } from './simulation.ts';

/** What will happen to one app, script, remediation or part of the agent; in the words of `sidecar explain`. */
export interface TrackForecast {
  readonly device: DeviceId;
  readonly kind: TrackKind;
  readonly id: string;
  readonly name: string | null;
  /** Times are UTC. Happenings that follow each other and are alike are one, with their number. */
  readonly happenings: readonly Happening[];
}

export interface Forecast {
  readonly from: Instant;
  readonly to: Instant;
  readonly tracks: readonly TrackForecast[];
}

/**
 * What will happen within a time if nobody does anything: a copy of the world is run ahead, and what its agents log is
 * read. Right by construction. Null while a program runs: a copy cannot take it along.
 */
export function forecast(simulation: Simulation, span: Duration): Forecast | null {
  if (simulation.inFlight) return null;
  const from = simulation.now;
  const to = plus(from, span);
  const ahead = simulation.fork();
  ahead.input({ kind: 'advance', to });
  ahead.settle();
  return { from, to, tracks: toldBy(ahead, ahead.events.all()) };
}

/** The same for what has happened: events of a simulation, in their order, as stories by subject. */
export function toldBy(simulation: Simulation, events: readonly WorldEvent[]): readonly TrackForecast[] {
  const stories = new Map<DeviceId, Story>();
  for (const { at, device, data } of events) {
    if (device === '*') continue;
    let story = stories.get(device);
    if (!story) stories.set(device, (story = new Story()));
    if (data.kind === 'log') {
      if (!tells(data.message, data.parameters)) continue;
      const { component, type } = messageOf(data.message);
      tellOwnLine(story, data.file, {
        kind: 'record',
        text: textOf(data.message, data.parameters),
        local: at,
        offset: null,
        component,
        type,
        thread: data.thread,
        line: 0,
        torn: false,
        cut: 0,
      });
    } else if (data.kind === 'change' && data.change.kind === 'device.boot')
      story.track('service').say({ local: at, file: '', line: 0 }, 'Windows starts');
    else if (data.kind === 'change' && data.change.kind === 'toast')
      (data.change.subject === '' ? story.track('service') : story.track('app', data.change.subject)).say(
        { local: at, file: '', line: 0 },
        `notification: ${data.change.title}`,
      );
  }
  return [...stories].flatMap(([device, { tracks }]) =>
    tracks
      .filter((track) => track.happenings.length > 0)
      .map((track) => ({
        device,
        kind: track.kind,
        id: track.id,
        name: nameOf(simulation, track),
        happenings: track.happenings,
      })),
  );
}

const textOf = (id: MessageId, parameters: Parameters<typeof messageText>[1]): string =>
  messageText(messageOf(id), parameters).replaceAll('\r\n', '\n').trimEnd();

/** Whether a message has a meaning depends on its words, not on its values: asked once for each. */
const told = new Map<MessageId, boolean>();

function tells(id: MessageId, parameters: Parameters<typeof messageText>[1]): boolean {
  let known = told.get(id);
  if (known === undefined) told.set(id, (known = meaningfulMessage(textOf(id, parameters)) !== undefined));
  return known;
}

/** The service knows the name before a policy brings it. */
function nameOf(simulation: Simulation, { kind, id, name }: Track): string | null {
  if (name !== null || kind !== 'app') return name;
  return appOf(simulation.world.cloud, id)?.setup.name ?? null;
}
