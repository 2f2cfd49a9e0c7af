import { differences } from '../dialects/index.ts';
import type { ConsoleFormatter, FormatterFactory, FormatterOptions } from '../run/formatter.ts';
import { context } from '../types/ambient.ts';
import type { TypeContext } from '../types/dotnet-type.ts';
import type { Value } from '../types/value.ts';
import { FormatPacket } from './packets.ts';
import { PacketWriter } from './packet-writer.ts';
import { accentsOf } from '../types/dotnet/ps-style.ts';
import { enumerationLimit, sessionVariable } from './session-settings.ts';
import { ShapeMaker } from './shape.ts';

/** Columns where there is no console to ask. */
const unattendedWidth = 120;

interface Layout {
  /** Columns of lists and text. */
  readonly width: number;
  readonly tableWidth: number;
}

class Formatter implements ConsoleFormatter {
  private readonly writer: PacketWriter;
  private readonly context: TypeContext;
  private readonly newline: string;
  private readonly write: (text: string) => void;
  private maker: ShapeMaker | undefined;

  constructor(layout: Layout, write: (text: string) => void, ctx: TypeContext, colour = false) {
    this.context = ctx;
    this.newline = ctx.host.newline;
    this.write = write;
    this.writer = new PacketWriter({
      ...layout,
      desktop: differences.format.blankLines.desktopIn(ctx.dialect),
      newline: ctx.host.newline,
      write,
      now: () => ctx.host.clock.now(),
      accents: () =>
        differences.format.colour.desktopIn(ctx.dialect)
          ? undefined
          : accentsOf(sessionVariable('PSStyle'), colour),
    });
  }

  object(value: Value): void {
    // Most output is plain text with no layout open.
    if (typeof value === 'string' && !this.writer.open && !this.maker) {
      this.write(value + this.newline);
      return;
    }
    if (value instanceof FormatPacket) {
      if (value.info.kind === 'formatStart') this.endMaker();
      this.writer.packet(value.info);
      return;
    }
    this.maker ??= new ShapeMaker(
      undefined,
      undefined,
      { desktop: differences.format.ellipsis.desktopIn(this.context.dialect), limit: enumerationLimit() },
      (packet) => this.writer.packet(packet),
    );
    this.maker.object(value);
  }

  aside(write: () => void): void {
    if (this.writer.open)
      this.writer.packet({ kind: 'entry', entry: { kind: 'aside', write }, outOfBand: true });
    else write();
  }

  private endMaker(): void {
    this.maker?.end();
    this.maker = undefined;
    this.writer.close();
  }

  end(): void {
    this.endMaker();
  }
}

/** Out-Default: the console keeps the last column free. */
export const createFormatter: FormatterFactory = (options: FormatterOptions, ctx: TypeContext) => {
  const width = (options.width > 0 ? options.width : unattendedWidth) - 1;
  return new Formatter({ width, tableWidth: width }, options.write, ctx, options.colour);
};

/**
 * Text for a file or a string: Out-File, Out-String, redirection. Without a width, tables are laid out for the console;
 * lists and text are not wrapped in PowerShell 7 and wrapped at the console's width less one in Windows PowerShell.
 */
export function createTextFormatter(
  options: { readonly width: number | undefined; readonly write: (text: string) => void },
  ctx: TypeContext = context(),
): ConsoleFormatter {
  if (options.width !== undefined)
    return new Formatter({ width: options.width, tableWidth: options.width }, options.write, ctx);
  const console =
    (ctx.session as { readonly output?: { readonly width: number } }).output?.width || unattendedWidth;
  if (differences.errors.view.desktopIn(ctx.dialect))
    return new Formatter({ width: console - 1, tableWidth: console - 1 }, options.write, ctx);
  return new Formatter({ width: Number.MAX_SAFE_INTEGER, tableWidth: console }, options.write, ctx);
}
