import type { Resume, Suspend } from '../host.ts';
import { PSArray } from '../types/objects.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import type { Step } from './steps.ts';
import { elementsOf } from '../types/enumerate.ts';

/** Where the objects of a statement go. */
export interface Sink {
  /** True where `write` never returns a step. Code that cannot suspend writes only to such sinks. */
  readonly sync: boolean;
  write(value: Value): Step;
  /** Tells only the lists that -ErrorVariable and -WarningVariable fill: of what is not written. */
  note?(value: Value): void;
}

/** Collects. */
export class ListSink implements Sink {
  readonly sync = true;
  readonly items: Value[] = [];
  write(value: Value): Step {
    this.items.push(value);
    return undefined;
  }
  /** As an expression sees it: nothing, the object, or an array. */
  value(): Value {
    const { items } = this;
    return items.length === 0
      ? automationNull
      : items.length === 1
        ? (items[0] as Value)
        : new PSArray(items);
  }
}

export const nullSink: Sink = { sync: true, write: () => undefined };

export function* flush(items: readonly Value[], sink: Sink): Generator<Suspend, void, Resume> {
  for (const item of items) {
    const step = sink.write(item);
    if (step) yield* step;
  }
}

/** Writes a value as a statement does: collections one element at a time, AutomationNull not at all. For sync sinks. */
export function writeUnrolled(value: Value, sink: Sink): void {
  if (typeof value !== 'object' || value === null) {
    sink.write(value);
    return;
  }
  const elements = elementsOf(value);
  if (!elements) sink.write(value);
  else for (let i = 0; i < elements.length; i++) sink.write(elements[i] as Value);
}
