import type { Value } from '../types/value.ts';
import type { Frame } from '../run/frame.ts';
import type { Signal } from '../run/flow.ts';
import type { Steps } from '../run/steps.ts';
import type { Suspended } from './attempt.ts';
import type { CommandMetadata } from '../run/parameters.ts';

/** An expression: a plain closure, or a generator where something in it may suspend. */
export type Expr =
  | { readonly sync: true; readonly run: (frame: Frame) => Value }
  | {
      readonly sync: false;
      readonly run: (frame: Frame) => Steps<Value>;
      /** The same as plain calls, up to where it must wait. */
      readonly attempt?: (frame: Frame) => Value | Suspended;
    };

/** A statement, or a block of them. A sync one writes only to sync sinks. */
export type Stmt =
  | { readonly sync: true; readonly run: (frame: Frame) => Signal }
  | {
      readonly sync: false;
      readonly run: (frame: Frame) => Steps<Signal>;
      /** The same as plain calls, up to where it must wait. */
      readonly attempt?: (frame: Frame) => Signal | Suspended;
    };

/** A script block, compiled. */
export interface CodeUnit {
  /** Size of `Frame.locals`. */
  slots: number;
  readonly begin: Stmt | undefined;
  readonly process: Stmt | undefined;
  readonly end: Stmt | undefined;
  readonly clean: Stmt | undefined;
  /** Where the whole body is one expression without parameters: what ForEach-Object and Where-Object run fast. */
  readonly expression: Expr | undefined;
  /** True where nothing in any part may suspend. */
  readonly sync: boolean;
  readonly parameters: (dialect: 'desktop' | 'core') => CommandMetadata;
  /** Default values, by lower-case parameter name. */
  readonly defaults: ReadonlyMap<string, Expr>;
  readonly hasParameters: boolean;
  readonly advanced: boolean;
  readonly usesArgs: boolean;
  readonly usesInput: boolean;
  /** Mentions $MyInvocation, $PSBoundParameters, $PSCmdlet or a command that could ask for them. */
  readonly usesInvocation: boolean;
  readonly file: string | undefined;
}

/** Runs a generator that cannot suspend, because all it is made of is sync. */
export function finish<T>(work: Steps<T>): T {
  const result = work.next();
  if (!result.done) throw new Error('Synchronous code suspended');
  return result.value;
}
