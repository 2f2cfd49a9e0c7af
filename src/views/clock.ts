import { minutes } from '../base/time.ts';
import { deviceOf } from './view.ts';
import type { View } from './view.ts';

export const clock: View<'clock'> = {
  reads: (source) => [source.world.now, source.clock, source.world.queue, deviceOf(source)?.start],
  show({ simulation, world, device, clock: state }) {
    const read = simulation.read(device);
    const next = simulation.next();
    return {
      now: simulation.now,
      offsetMinutes: read.offsetAt(simulation.now) / minutes(1),
      zone: world.devices.get(device)?.start.zone ?? 'UTC',
      playing: state.playing,
      speed: state.speed,
      busy: state.busy,
      next: next && { at: next.at, label: next.label },
      passed: [...state.passed],
    };
  },
};
