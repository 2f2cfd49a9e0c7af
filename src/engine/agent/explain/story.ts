import type { Duration, Instant } from '../../../base/time.ts';
import { duration } from '../../../base/time.ts';
import type { Confidence } from '../rules/rule.ts';

/** What an explanation says of a rule; the agent's, and those of Windows and the service, have this in common. */
export interface RuleSaid {
  readonly id: string;
  readonly says: string;
  readonly confidence: Confidence;
  readonly sources: readonly string[];
}

export type Level = 'information' | 'warning' | 'error';

/** One thing that happened, or the same thing several times in a row. */
export interface Happening {
  /** Local clock of the log, as if it were UTC. */
  readonly local: Instant;
  readonly what: string;
  readonly rule: RuleSaid | null;
  readonly level: Level;
  readonly file: string;
  readonly line: number;
  count: number;
  lastLocal: Instant;
}

export type TrackKind = 'app' | 'script' | 'remediation' | 'service' | 'check-in' | 'health' | 'inventory';

/** Where a happening was read. */
export interface Place {
  readonly local: Instant;
  readonly file: string;
  readonly line: number;
}

/** Happenings of one track that are kept; of a longer story the first and the newest, and the number between. */
const kept = { first: 500, newest: 1500 };

/** Subjects, threads and subgraphs that are kept apart; a real device has some hundreds, a hostile log as many as lines. */
const subjects = 20_000;

/** What happened to one app, script, remediation or part of the agent. */
export class Track {
  readonly kind: TrackKind;
  /** Id of the app or policy; of parts of the agent their kind. */
  readonly id: string;
  name: string | null = null;
  readonly facts: AppFacts = {};
  /** Happenings between the first and the newest that were not kept. */
  left = 0;
  readonly #first: Happening[] = [];
  #newest: Happening[] = [];

  constructor(kind: TrackKind, id: string) {
    this.kind = kind;
    this.id = id;
  }

  get happenings(): readonly Happening[] {
    return [...this.#first, ...this.#newest];
  }

  /** Adds a happening; the same words right again count up instead. */
  say(at: Place, what: string, rule: RuleSaid | null = null, level: Level = 'information'): void {
    const before = this.#newest[this.#newest.length - 1] ?? this.#first[this.#first.length - 1];
    if (before && before.what === what && before.level === level) {
      before.count += 1;
      before.lastLocal = at.local;
      return;
    }
    const { local, file, line } = at;
    const happening = { local, what: own(what), rule, level, file, line, count: 1, lastLocal: local };
    if (this.#first.length < kept.first) this.#first.push(happening);
    else this.#newest.push(happening);
    if (this.#newest.length > kept.newest * 2) {
      this.left += this.#newest.length - kept.newest;
      this.#newest = this.#newest.slice(-kept.newest);
    }
  }
}

/** What the newest lines say of an app. */
export interface AppFacts {
  intent?: string;
  revision?: number;
  /** Of its subgraph. */
  hash?: string;
  /** Id whose GRS keys hold it: all zeros or a user. */
  scope?: string;
  /** Start of the last attempt, UTC; null where the value was cleared. */
  grs?: Instant | null;
  detected?: boolean;
  applicability?: string;
  enforcement?: string;
  errorCode?: number;
  exitCode?: number;
  attempts?: number;
  /** The start time or deadline that has not come, in words. */
  waits?: string;
  /** What the last detection rule looked at. */
  looked?: string;
  /** Next run of a script or remediation, UTC. */
  nextRun?: Instant;
}

/** What a thread of the agent works on. */
export interface Work {
  app?: Track;
  script?: Track;
  /** Runs of AgentExecutor that have begun and not ended: every one of its processes writes as thread 1. */
  runs?: readonly { readonly script: Track; readonly at: Instant }[];
  exitCode?: number;
  /** What GRS allows the app, in words. */
  grs?: string;
  /** The next line is the install command. */
  commandFollows?: boolean;
  /** It was last begun by an agent of 2019 to 2022. */
  older?: boolean;
}

/** Everything that the lines said so far. */
export class Story {
  readonly #tracks = new Map<string, Track>();
  readonly #work = new Map<string, Work>();
  readonly #evaluated = new Map<string, Instant>();
  /** Last check-in for apps, local. */
  checkIn: Instant | null = null;
  checkInInterval: Duration | null = null;
  agentVersion: string | null = null;
  /** What local time is ahead of UTC, and where that was read. */
  offset: Duration | null = null;

  track(kind: TrackKind, id: string = kind): Track {
    const key = `${kind} ${id.toLowerCase()}`;
    let track = this.#tracks.get(key);
    if (track) return track;
    if (this.#tracks.size >= subjects) return this.#others(kind);
    track = new Track(kind, own(id.toLowerCase()));
    this.#tracks.set(own(key), track);
    return track;
  }

  /** What is said of subjects beyond those that are kept apart. */
  #others(kind: TrackKind): Track {
    const key = `${kind} others`;
    let track = this.#tracks.get(key);
    if (!track) this.#tracks.set(key, (track = new Track(kind, 'others')));
    return track;
  }

  /** The track where there is one. */
  known(kind: TrackKind, id: string): Track | undefined {
    return this.#tracks.get(`${kind} ${id.toLowerCase()}`);
  }

  get tracks(): readonly Track[] {
    return [...this.#tracks.values()];
  }

  work(component: string, thread: number): Work {
    const key = `${component} ${thread}`;
    let work = this.#work.get(key);
    if (!work) {
      if (this.#work.size >= subjects) this.#work.clear();
      this.#work.set(own(key), (work = {}));
    }
    return work;
  }

  /** When a subgraph was last evaluated, UTC, by its hash. */
  evaluatedAt(hash: string): Instant | undefined {
    return this.#evaluated.get(hash);
  }

  noteEvaluation(hash: string, at: Instant): void {
    if (this.#evaluated.size >= subjects) this.#evaluated.clear();
    this.#evaluated.set(own(hash), at);
  }

  /** A moment that a line writes both ways: what local time is ahead of UTC then, in quarters of an hour. */
  clock(local: Instant, utc: Instant): void {
    const quarter = 900_000_000;
    const offset = Math.round((local - utc) / quarter) * quarter;
    if (Math.abs(offset) <= 14 * 4 * quarter) this.offset = duration(offset);
  }
}

/** A text that does not keep the whole piece of the file alive that it was cut from. */
export const own = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));
