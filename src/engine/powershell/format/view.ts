import type { Value } from '../types/value.ts';
import type { DisplayOptions } from './display-text.ts';
import type { Alignment, CustomLine } from './packets.ts';

/** What a column or line shows: a property, or something computed. */
export type Getter = string | ((value: Value, desktop: boolean) => Value);

export interface ColumnSpec {
  readonly label?: string;
  /** 0 or absent: as wide as needed. */
  readonly width?: number;
  readonly align?: Alignment;
  readonly get: Getter;
  readonly format?: string;
}

export interface GroupSpec {
  readonly get: Getter;
  /** Absent: the property's name. */
  readonly label?: string;
  /** The whole heading, where it is not `   Label: value`. */
  readonly heading?: (value: Value, desktop: boolean) => readonly CustomLine[];
}

interface ViewBase {
  readonly name: string;
  readonly types: readonly string[];
  readonly dialect?: 'desktop' | 'core';
  readonly groupBy?: GroupSpec;
  /** Prints beside a layout that is open rather than starting one. */
  readonly outOfBand?: boolean;
}

export type View =
  | (ViewBase & {
      readonly kind: 'table';
      readonly columns: readonly ColumnSpec[];
      readonly wrap?: boolean;
      readonly autosize?: boolean;
      readonly hideHeader?: boolean;
    })
  | (ViewBase & { readonly kind: 'list'; readonly items: readonly ColumnSpec[] })
  | (ViewBase & { readonly kind: 'wide'; readonly get: Getter })
  | (ViewBase & {
      readonly kind: 'custom';
      readonly lines: (value: Value, options: DisplayOptions) => readonly CustomLine[];
    });

export type Shape = View['kind'];

/** `Name:width` pairs and plain names as columns; `>` in front aligns right. */
export function columns(...specs: (string | ColumnSpec)[]): ColumnSpec[] {
  return specs.map((spec) => {
    if (typeof spec !== 'string') return spec;
    const match = /^(>?)([^:=]+)(?:=([^:]+))?(?::(\d+))?$/.exec(spec);
    if (!match) throw new Error(`Bad column: ${spec}`);
    const [, right, label, property, width] = match;
    return {
      label: label as string,
      get: property ?? (label as string),
      ...(width === undefined ? {} : { width: Number(width) }),
      ...(right === '>' ? { align: 'right' as const } : {}),
    };
  });
}

export const textLines = (text: string, indent = 0): CustomLine[] =>
  text.split(/\r\n|\n|\r/).map((line) => ({ indent, text: line }));
