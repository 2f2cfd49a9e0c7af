import { context } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { DotNetObject } from '../objects.ts';
import { defineType } from '../registry.ts';
import { TimeSpanValue } from '../scalars.ts';
import type { Value } from '../value.ts';
import { state } from './arguments.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';

/** Microseconds of device time that a stopwatch ran. */
interface Watch {
  elapsed: number;
  /** Since when it runs; undefined while it stands. */
  since: number | undefined;
}
const now = (): number => context().host.clock.now();
const w = (v: Value): Watch => state<Watch>(v);
const elapsed = (v: Value): number =>
  w(v).elapsed + (w(v).since === undefined ? 0 : now() - (w(v).since as number));
const type: DotNetType = defineType('System.Diagnostics.Stopwatch');
function start(v: Value): Value {
  w(v).since ??= now();
  return v;
}
const make = (): Value => new DotNetObject<Watch>(type, { elapsed: 0, since: undefined });
defineType(type.fullName, {
  constructors: constructors(['System.Diagnostics.Stopwatch new()', make]),
  members: [
    property('IsRunning', 'bool', (v) => w(v).since !== undefined),
    property('Elapsed', 'timespan', (v) => new TimeSpanValue(BigInt(Math.round(elapsed(v))) * 10n)),
    property('ElapsedMilliseconds', 'long', (v) => BigInt(Math.floor(elapsed(v) / 1000))),
    property('ElapsedTicks', 'long', (v) => BigInt(Math.round(elapsed(v))) * 10n),
    method(['void Start()', (v) => void start(v)]),
    method([
      'void Stop()',
      (v) => {
        w(v).elapsed = elapsed(v);
        w(v).since = undefined;
      },
    ]),
    method([
      'void Reset()',
      (v) => {
        w(v).elapsed = 0;
        w(v).since = undefined;
      },
    ]),
    method([
      'void Restart()',
      (v) => {
        w(v).elapsed = 0;
        w(v).since = now();
      },
    ]),
    method(['string ToString()', () => type.fullName]),
    staticMethod(['System.Diagnostics.Stopwatch StartNew()', () => start(make())]),
    staticMethod(['long GetTimestamp()', () => BigInt(now()) * 10n]),
    staticProperty('Frequency', 'long', () => 10000000n),
    staticProperty('IsHighResolution', 'bool', () => true),
  ],
});
defineType('System.GC', {
  members: [
    // Memory is the engine's own business: there is nothing a script could see of a collection.
    staticMethod(['void Collect()', () => undefined], ['void Collect(int generation)', () => undefined]),
    staticMethod(['void WaitForPendingFinalizers()', () => undefined]),
    staticMethod(['long GetTotalMemory(bool forceFullCollection)', () => 52428800n]),
  ],
});
