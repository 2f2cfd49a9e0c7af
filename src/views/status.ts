import { hours, plus } from '../base/time.ts';
import type { DeviceId } from '../base/ids.ts';
import type { Instant } from '../base/time.ts';
import { civilTime } from '../engine/clock/civil-time.ts';
import { padded } from '../engine/clock/time-text.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import type { ViewData } from '../protocol/views.ts';
import { grsValues, win32Apps } from './grs.ts';
import { deviceOf } from './view.ts';
import type { View } from './view.ts';

type Fact = ViewData<'status'>['facts'][number];

const log = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\IntuneManagementExtension.log';
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const grsWindow = hours(24);

/** Three facts for the status line: the service, what comes next, what waits. */
export const status: View<'status'> = {
  reads(source) {
    const device = deviceOf(source);
    return [device?.services, device?.hklm, source.world.queue];
  },
  show({ simulation, device }) {
    const read = simulation.read(device);
    return { facts: [serviceFact(read), nextFact(simulation, device, read), grsFact(read)] };
  },
};

function serviceFact(read: DeviceReader): Fact {
  const service = read.service('IntuneManagementExtension')?.value;
  const text = service ? `IME ${service.status.toLowerCase()}` : 'IME not installed';
  return { text, pane: 'logs', target: log };
}

function nextFact(simulation: Simulation, device: DeviceId, read: DeviceReader): Fact {
  const next = simulation.upcoming(20).find((one) => one.device === device);
  const text = next ? `next: ${next.label} ${clockText(read, next.at)}` : 'nothing to come';
  return { text, pane: 'logs', target: log };
}

function grsFact(read: DeviceReader): Fact {
  const waiting = grsValues(read)
    .map((value) => ({ ...value, until: plus(value.stored, grsWindow) }))
    .filter((value) => value.until > read.now)
    .sort((a, b) => a.until - b.until);
  const [first] = waiting;
  if (!first) return { text: 'no app in GRS', pane: 'registry', target: `HKEY_LOCAL_MACHINE\\${win32Apps}` };
  const count = waiting.length === 1 ? '1 app in GRS until' : `${waiting.length} apps in GRS, first until`;
  return {
    text: `${count} ${dayText(read, first.until)} ${clockText(read, first.until)}`,
    pane: 'registry',
    target: `HKEY_LOCAL_MACHINE\\${first.key}`,
  };
}

function clockText(read: DeviceReader, at: Instant): string {
  const { hour, minute } = civilTime(at, read.offsetAt(at));
  return `${padded(hour, 2)}:${padded(minute, 2)}`;
}

function dayText(read: DeviceReader, at: Instant): string {
  const { day, month } = civilTime(at, read.offsetAt(at));
  return `${day} ${months[month - 1] ?? ''}`;
}
