import type { HostResult } from '../host.ts';
import type { Value } from '../types/value.ts';
import type { CmdletContext } from '../cmdlets/cmdlet.ts';

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
  /** As PowerShell shows it: `HKLM:\Software`, `C:\x`. */
  readonly path: string;
}

/**
 * What Get-Item, New-Item, Get-Content, Get-ItemProperty... do in one kind of drive. Paths are provider paths without
 * wildcards. An absent method means the provider does not support the operation (PowerShell's `NotSupported` error).
 * Refusals are values; the cmdlet makes the error record (`ctx.providerError`).
 */
export interface Provider {
  readonly name:
    'FileSystem' | 'Registry' | 'Environment' | 'Variable' | 'Function' | 'Alias' | 'Certificate';
  readonly typeName: string;
  /** Drives that exist from the start. */
  drives(
    ctx: CmdletContext,
  ): readonly { readonly name: string; readonly root: string; readonly description: string }[];
  exists(path: string, ctx: CmdletContext): boolean;
  isContainer(path: string, ctx: CmdletContext): boolean;
  /** The item as Get-Item writes it, without the PS* note properties. */
  item(path: string, ctx: CmdletContext): HostResult<Value>;
  /** Names of the children in the order Get-ChildItem shows them. */
  childNames(path: string, ctx: CmdletContext): HostResult<readonly string[]>;
  newItem?(path: string, type: string, value: Value, force: boolean, ctx: CmdletContext): HostResult<Value>;
  setItem?(path: string, value: Value, ctx: CmdletContext): HostResult<Value>;
  clearItem?(path: string, ctx: CmdletContext): HostResult<void>;
  removeItem?(path: string, recurse: boolean, force: boolean, ctx: CmdletContext): HostResult<void>;
  renameItem?(path: string, newName: string, force: boolean, ctx: CmdletContext): HostResult<Value>;
  copyItem?(
    from: string,
    to: string,
    recurse: boolean,
    force: boolean,
    ctx: CmdletContext,
  ): HostResult<readonly Value[]>;
  moveItem?(from: string, to: string, force: boolean, ctx: CmdletContext): HostResult<Value>;
  /** Properties as name and value, in order; `names` undefined means all. */
  properties?(path: string, ctx: CmdletContext): HostResult<readonly (readonly [string, Value])[]>;
  setProperty?(
    path: string,
    name: string,
    value: Value,
    type: string | undefined,
    ctx: CmdletContext,
  ): HostResult<void>;
  newProperty?(
    path: string,
    name: string,
    value: Value,
    type: string | undefined,
    force: boolean,
    ctx: CmdletContext,
  ): HostResult<void>;
  removeProperty?(path: string, name: string, ctx: CmdletContext): HostResult<void>;
  renameProperty?(path: string, name: string, newName: string, ctx: CmdletContext): HostResult<void>;
  /** `${env:x}`, `$function:x`: value of an item by name, undefined where absent. */
  variable?(path: string, ctx: CmdletContext): Value | undefined;
  setVariable?(path: string, value: Value, ctx: CmdletContext): void;
}
