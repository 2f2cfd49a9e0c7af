import type { Application } from './stored-inventory.ts';
import { sameApplication } from './stored-inventory.ts';

/** What a report says of a program; 0 is observed, the other two are inferred. */
export const changeStatus = { added: 0, modified: 1, deleted: 2 } as const;

export interface Delta {
  readonly added: readonly Application[];
  readonly modified: readonly Application[];
  readonly deleted: readonly Application[];
}

/** What changed since the stored inventory, which is by id in upper case. */
export function deltaOf(collected: readonly Application[], stored: ReadonlyMap<string, Application>): Delta {
  const added: Application[] = [];
  const modified: Application[] = [];
  const present = new Set<string>();
  for (const application of collected) {
    const id = application.id.toUpperCase();
    present.add(id);
    const before = stored.get(id);
    if (before === undefined) added.push(application);
    else if (!sameApplication(before, application)) modified.push(application);
  }
  const deleted = [...stored].flatMap(([id, application]) => (present.has(id) ? [] : [application]));
  return { added, modified, deleted };
}
