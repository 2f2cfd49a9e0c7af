import type { Bytes } from '../../../base/bytes.ts';
import type { Host } from '../../powershell/host.ts';
import { localTime } from '../local-time.ts';

const two = (n: number): string => String(n).padStart(2, '0');

/** The log of one run of Windows Installer, written as a whole: UTF-16 with a byte order mark. */
export class MsiLog {
  private readonly host: Host;
  private readonly lines: string[] = [];
  private readonly threads: string;

  constructor(host: Host) {
    this.host = host;
    const hex = (n: number): string => (n & 0xff).toString(16).toUpperCase().padStart(2, '0');
    this.threads = `(${hex(host.identity.processId)}:${hex(host.identity.processId >> 2)})`;
    this.lines.push(
      `=== Verbose logging started: ${this.date()}  ${this.clock()}  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\Windows\\System32\\msiexec.exe ===`,
    );
  }
  private date(): string {
    const t = localTime(this.host.clock.now(), this.host);
    return `${t.month}/${t.day}/${t.year}`;
  }
  private clock(): string {
    const t = localTime(this.host.clock.now(), this.host);
    return `${t.hour}:${two(t.minute)}:${two(t.second)}`;
  }
  private stamp(): string {
    const t = localTime(this.host.clock.now(), this.host);
    return `${two(t.hour)}:${two(t.minute)}:${two(t.second)}:${String(t.hundredths * 10).padStart(3, '0')}`;
  }
  /** What the installer service writes. */
  server(text: string): void {
    this.lines.push(`MSI (s) ${this.threads} [${this.stamp()}]: ${text}`);
  }
  client(text: string): void {
    this.lines.push(`MSI (c) ${this.threads} [${this.stamp()}]: ${text}`);
  }
  action(name: string): void {
    this.server(`Doing action: ${name}`);
    this.lines.push(`Action start ${this.clock()}: ${name}.`);
  }
  actionEnd(name: string, value: 0 | 1 | 3): void {
    this.lines.push(`Action ended ${this.clock()}: ${name}. Return value ${value}.`);
  }
  plain(text: string): void {
    this.lines.push(text);
  }
  content(): Bytes {
    const text = [...this.lines, `=== Verbose logging stopped: ${this.date()}  ${this.clock()} ===`, ''].join(
      '\r\n',
    );
    let out = '\xff\xfe';
    for (let i = 0; i < text.length; i++)
      out += String.fromCharCode(text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8);
    return out as Bytes;
  }
}
