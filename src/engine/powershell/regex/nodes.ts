import type { CharSet } from './char-set.ts';

export type AnchorKind =
  'lineStart' | 'lineEnd' | 'start' | 'end' | 'endOrNewline' | 'continue' | 'boundary' | 'notBoundary';

/** A parsed pattern. `backward`: its characters are read from right to left. */
export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly code: number; readonly ignoreCase: boolean; readonly backward: boolean }
  | { readonly kind: 'set'; readonly set: CharSet; readonly backward: boolean }
  | { readonly kind: 'concat'; readonly nodes: readonly Node[]; readonly backward: boolean }
  | { readonly kind: 'alternate'; readonly nodes: readonly Node[] }
  | {
      readonly kind: 'loop';
      readonly node: Node;
      readonly min: number;
      /** Infinity where open. */
      readonly max: number;
      readonly lazy: boolean;
    }
  | {
      readonly kind: 'capture';
      /** -1 for `(?<-name>…)`. */
      readonly group: number;
      /** The group it takes a capture from, or -1. */
      readonly balances: number;
      readonly node: Node;
    }
  | { readonly kind: 'atomic'; readonly node: Node }
  | { readonly kind: 'look'; readonly negative: boolean; readonly node: Node }
  | {
      readonly kind: 'reference';
      readonly group: number;
      readonly ignoreCase: boolean;
      readonly backward: boolean;
    }
  | { readonly kind: 'ifGroup'; readonly group: number; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'ifMatch'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'anchor'; readonly anchor: AnchorKind };

export interface ParsedPattern {
  readonly root: Node;
  /** Numbers of the groups in ascending order; they may have gaps. */
  readonly groupNumbers: readonly number[];
  /** Name of each number: the number itself, or what `(?<name>…)` gave it. */
  readonly groupNames: ReadonlyMap<number, string>;
  /** Options after leading `(?i)` and the like do not change: those given to the constructor. */
  readonly options: number;
}
