import type { Session } from '../run/session.ts';

/** What compilation of one script block keeps track of. */
export class CompileContext {
  readonly session: Session;
  readonly file: string | undefined;
  /** Slot by lower-case variable name. */
  readonly slots: Map<string, number> = new Map();
  /** `using namespace` of the file. */
  readonly using: readonly string[];
  /** Inside a class: `$this` members and static names are known there. */
  readonly inMethod: boolean;
  constructor(session: Session, file: string | undefined, using: readonly string[] = [], inMethod = false) {
    this.session = session;
    this.file = file;
    this.using = using;
    this.inMethod = inMethod;
  }
  slot(lower: string): number {
    let n = this.slots.get(lower);
    if (n === undefined) this.slots.set(lower, (n = this.slots.size));
    return n;
  }
}
