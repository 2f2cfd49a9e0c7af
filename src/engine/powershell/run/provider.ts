import type { Result } from '../../../base/result.ts';
import type { CmdletContext, ErrorSpec } from '../cmdlets/cmdlet.ts';
import type { Value } from '../types/value.ts';

/** A drive: `C`, `HKLM`, `Env`, `Variable`... */
export interface DriveValue {
  readonly name: string;
  readonly provider: Provider;
  /** What the provider sees in front of a path of this drive: `C:\`, `HKEY_LOCAL_MACHINE`, ''. */
  readonly root: string;
  readonly description: string;
  /** Current location below the root, without leading separator. */
  currentLocation: string;
}

/** A path split into its drive and the provider's own form (`C:\x\y`, `HKEY_LOCAL_MACHINE\Software`, `PATH`). */
export interface ResolvedPath {
  readonly provider: Provider;
  readonly drive: DriveValue | undefined;
  readonly providerPath: string;
  /** As PowerShell shows it: `HKLM:\Software`, `C:\x`; the provider's own form where there is no drive. */
  readonly path: string;
}

/** What a provider may ask of who runs; a session is one. */
export type ProviderContext = Pick<CmdletContext, 'session' | 'host' | 'dialect'>;

/** A refusal is a value: what the cmdlet makes an error record of. */
export type ProviderResult<T> = Result<T, ErrorSpec>;

/**
 * What Get-Item, New-Item, Get-ItemProperty... do in one kind of drive. Paths are provider paths without wildcards.
 * An absent method means the provider does not support the operation (PowerShell's `NotSupported` error).
 */
export interface Provider {
  readonly name:
    'FileSystem' | 'Registry' | 'Environment' | 'Variable' | 'Function' | 'Alias' | 'Certificate';
  /** Module in front of the name in PSPath. */
  readonly module: string;
  readonly typeName: string;
  readonly capabilities: string;
  /** Drives that exist from the start. */
  drives(
    ctx: ProviderContext,
  ): readonly { readonly name: string; readonly root: string; readonly description: string }[];
  exists(path: string, ctx: ProviderContext): boolean;
  isContainer(path: string, ctx: ProviderContext): boolean;
  /** The item as Get-Item writes it, without the PS* note properties. `listed`: as Get-ChildItem writes it. */
  item(path: string, ctx: ProviderContext, listed?: boolean): ProviderResult<Value>;
  /** Names of the children in the order Get-ChildItem shows them. */
  childNames(path: string, ctx: ProviderContext): ProviderResult<readonly string[]>;
  /** `File: C:\x`, as -WhatIf shows a target; the action is the cmdlet's. */
  target?(kind: ItemAction, path: string, to: string, ctx: ProviderContext): readonly [string, string];
  newItem?(
    path: string,
    type: string,
    value: Value,
    force: boolean,
    ctx: ProviderContext,
  ): ProviderResult<Value>;
  setItem?(path: string, value: Value, ctx: ProviderContext): ProviderResult<Value>;
  clearItem?(path: string, ctx: ProviderContext): ProviderResult<void>;
  removeItem?(path: string, recurse: boolean, force: boolean, ctx: ProviderContext): ProviderResult<void>;
  /** The new provider path. */
  renameItem?(path: string, newName: string, force: boolean, ctx: ProviderContext): ProviderResult<string>;
  /** Paths made. `to` may be a container that exists: then the item goes into it. */
  copyItem?(
    from: string,
    to: string,
    recurse: boolean,
    force: boolean,
    ctx: ProviderContext,
  ): ProviderResult<readonly string[]>;
  moveItem?(from: string, to: string, force: boolean, ctx: ProviderContext): ProviderResult<string>;
  /** Properties as name and value, in order; `undefined` names mean all. Absent: those of the item itself. */
  properties?(
    path: string,
    names: readonly string[] | undefined,
    ctx: ProviderContext,
  ): ProviderResult<{
    readonly values: readonly (readonly [string, Value])[];
    /** Names without wildcard that are not there. */
    readonly missing: readonly ErrorSpec[];
  }>;
  setProperty?(
    path: string,
    name: string,
    value: Value,
    type: string | undefined,
    ctx: ProviderContext,
  ): ProviderResult<void>;
  clearProperty?(path: string, name: string, ctx: ProviderContext): ProviderResult<void>;
  newProperty?(
    path: string,
    name: string,
    value: Value,
    type: string | undefined,
    force: boolean,
    ctx: ProviderContext,
  ): ProviderResult<void>;
  removeProperty?(path: string, name: string, ctx: ProviderContext): ProviderResult<void>;
  renameProperty?(path: string, name: string, newName: string, ctx: ProviderContext): ProviderResult<void>;
  /** Content of an item that is not a file: value of a variable, text of an environment variable. */
  content?(path: string, ctx: ProviderContext): ProviderResult<Value>;
  setContent?(path: string, value: Value, ctx: ProviderContext): ProviderResult<void>;
}

export type ItemAction = 'new' | 'remove' | 'copy' | 'move' | 'rename' | 'set' | 'clear';
