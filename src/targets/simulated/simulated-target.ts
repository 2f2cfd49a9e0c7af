import { utf8Decode } from '../../base/bytes.ts';
import { consoleId } from '../../base/ids.ts';
import type { DeviceId } from '../../base/ids.ts';
import { instant, minutes } from '../../base/time.ts';
import {
  longRegistryPath,
  parseRegistryPath,
  registryPlace,
} from '../../engine/device/registry/registry-place.ts';
import { registryTypeName } from '../../engine/device/registry/registry-type.ts';
import { valueText } from '../../engine/device/registry/value-text.ts';
import type { Input } from '../../engine/world/input.ts';
import type { Simulation } from '../../engine/world/simulation.ts';
import type { RegistryKeyContent, ScriptOutcome, Target, TargetEvent, TargetFlags } from '../target.ts';
import { runInConsole } from './run-console.ts';

const checkConsole = consoleId('check');
/** Wide enough that no table of a script is cut. */
const checkWidth = 500;

export interface SimulatedTargetOptions {
  /** The world as it is now; asked each time, since going to a moment replaces it. */
  readonly simulation: () => Simulation;
  /** Takes an input and runs what it brings about, so that whoever keeps the journal sees it. */
  readonly take: (input: Input) => void | Promise<void>;
  /** Called between slices of a check. */
  readonly pause?: () => Promise<void>;
}

/** A simulated device as what a lab runs against. */
export class SimulatedTarget implements Target {
  readonly flags: TargetFlags = { fork: true, history: true, causes: true, clock: true, snapshot: true };
  readonly device: DeviceId;
  readonly #options: SimulatedTargetOptions;

  constructor(device: DeviceId, options: SimulatedTargetOptions) {
    this.device = device;
    this.#options = options;
  }

  now(): Promise<number> {
    return Promise.resolve(this.#options.simulation().now);
  }

  async runCheck(script: string, args: Readonly<Record<string, string>>): Promise<ScriptOutcome> {
    const fork = this.#options.simulation().fork({ trackAccess: true });
    const given = Object.entries(args)
      .map(([name, value]) => ` -${name} '${value.replaceAll("'", "''")}'`)
      .join('');
    const { pause } = this.#options;
    const run = await runInConsole(
      fork,
      [
        {
          kind: 'console.line',
          device: this.device,
          console: checkConsole,
          text: given === '' ? script : `& {\n${script}\n}${given}`,
        },
      ],
      {
        device: this.device,
        console: checkConsole,
        as: 'admin',
        shell: 'powershell',
        width: checkWidth,
        limit: minutes(10),
        ...(pause ? { pause } : {}),
      },
    );
    return {
      ...run,
      exitCode: run.stderr === '' ? 0 : 1,
      reads: fork.access ? [...fork.access.reads].sort() : null,
      wrote: fork.access ? [...fork.access.writes].sort() : [],
    };
  }

  readRegistry(path: string): Promise<RegistryKeyContent | null> {
    const parsed = parseRegistryPath(path);
    if (!parsed) return Promise.resolve(null);
    const read = this.#options.simulation().read(this.device);
    const place = registryPlace(read, parsed.root, parsed.path);
    const key = read.key(place.hive, place.path)?.value;
    if (!key) return Promise.resolve(null);
    const values = key.valueNames.flatMap((name) => {
      const value = read.value(place.hive, place.path, name)?.value;
      return value ? [{ name, type: registryTypeName(value), text: valueText(value) }] : [];
    });
    return Promise.resolve({ subKeys: key.subKeys, values });
  }

  readFile(path: string): Promise<string | null> {
    const content = this.#options.simulation().read(this.device).content(path);
    return Promise.resolve(content === undefined ? null : utf8Decode(content));
  }

  events(): Promise<readonly TargetEvent[]> {
    const { events } = this.#options.simulation();
    return Promise.resolve(
      events
        .all()
        .filter((event) => event.device === this.device)
        .map(({ id, at, rule, cause, data }) =>
          data.kind === 'change'
            ? { id, at, rule, cause, kind: data.change.kind, data: shownPath(data.change) }
            : { id, at, rule, cause, kind: data.kind, data },
        ),
    );
  }

  async advanceTo(at: number): Promise<void> {
    await this.#options.take({ kind: 'advance', to: instant(at) });
  }

  async takeSnapshot(name: string): Promise<void> {
    await this.#options.take({ kind: 'snapshot.take', device: this.device, name });
  }

  async restoreSnapshot(name: string): Promise<void> {
    await this.#options.take({ kind: 'snapshot.restore', device: this.device, name });
  }
}

/** A change with its path as lab files write it: `HKEY_LOCAL_MACHINE\…` for the registry. */
function shownPath(change: { readonly kind: string }): unknown {
  if ('hive' in change && 'path' in change)
    return { ...change, path: longRegistryPath(String(change.hive), String(change.path)) };
  return change;
}
