import type { Host } from '../../powershell/host.ts';
import { dayNames, localTime, shortDate } from '../local-time.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** Environment of a cmd.exe: names compare without case and keep the spelling they were first set with. */
export class Variables {
  private byName: Map<string, { readonly name: string; readonly value: string }> = new Map();
  private readonly host: Host;
  errorLevel = 0;
  directory: string;
  commandLine = '';

  constructor(host: Host, directory: string) {
    this.host = host;
    this.directory = directory;
    for (const [name, value] of host.environment) this.set(name, value);
    if (!this.byName.has('prompt')) this.set('PROMPT', '$P$G');
  }

  /** Those that cmd.exe makes up on reading, unless a variable of the name hides them. */
  get(name: string): string | undefined {
    const lower = name.toLowerCase();
    const own = this.byName.get(lower);
    if (own) return own.value;
    const now = (): ReturnType<typeof localTime> => localTime(this.host.clock.now(), this.host);
    switch (lower) {
      case 'errorlevel':
        return String(this.errorLevel);
      case 'cd':
        return this.directory;
      case 'cmdcmdline':
        return this.commandLine;
      case 'cmdextversion':
        return '2';
      case 'random':
        return String(this.host.random('cmd random') % 32768);
      case 'date':
        return `${dayNames[now().dayOfWeek]} ${shortDate(now())}`;
      case 'time': {
        const t = now();
        return `${String(t.hour).padStart(2)}:${two(t.minute)}:${two(t.second)}.${two(t.hundredths)}`;
      }
      default:
        return undefined;
    }
  }
  has(name: string): boolean {
    return this.get(name) !== undefined;
  }
  /** An empty value removes. */
  set(name: string, value: string): void {
    const lower = name.toLowerCase();
    if (value === '') this.byName.delete(lower);
    else this.byName.set(lower, { name: this.byName.get(lower)?.name ?? name, value });
  }
  /** `NAME=value` sorted by name, of those that start with a prefix. */
  list(prefix = ''): readonly (readonly [string, string])[] {
    return [...this.byName]
      .filter(([lower]) => lower.startsWith(prefix.toLowerCase()))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { name, value }]) => [name, value]);
  }
  environment(): ReadonlyMap<string, string> {
    return new Map(this.list());
  }
  save(): Map<string, { readonly name: string; readonly value: string }> {
    return new Map(this.byName);
  }
  restore(saved: Map<string, { readonly name: string; readonly value: string }>): void {
    this.byName = new Map(saved);
  }
}
