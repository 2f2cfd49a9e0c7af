import { DotNetType, objectType } from '../types/dotnet-type.ts';
import { PSReference } from '../types/value.ts';

/** What Format-* write and Out-* read: a layout as a sequence of packets. */
export type Alignment = 'left' | 'center' | 'right';

export interface TableColumn {
  readonly label: string;
  /** 0: as wide as needed. */
  readonly width: number;
  readonly alignment: Alignment;
}

export type ShapeInfo =
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly hideHeader: boolean;
      readonly autosize: boolean;
      readonly repeatHeader: boolean;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'wide'; readonly columns: number; readonly autosize: boolean }
  | { readonly kind: 'custom' };

/** A line of a custom view, indented by so many blanks. */
export interface CustomLine {
  readonly indent: number;
  readonly text: string;
}

export type EntryInfo =
  | {
      readonly kind: 'row';
      readonly values: readonly string[];
      readonly alignments: readonly (Alignment | undefined)[];
      readonly multiLine: boolean;
    }
  | { readonly kind: 'list'; readonly fields: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'wide'; readonly text: string; readonly alignment: Alignment }
  | { readonly kind: 'custom'; readonly lines: readonly CustomLine[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Something other than output that keeps its place among it: an error. */
  | { readonly kind: 'aside'; readonly write: () => void };

export type PacketInfo =
  | { readonly kind: 'formatStart'; readonly shape: ShapeInfo }
  /** `label` is what stands above the group; undefined where objects are not grouped. */
  | { readonly kind: 'groupStart'; readonly label: readonly CustomLine[] | undefined }
  | { readonly kind: 'entry'; readonly entry: EntryInfo; readonly outOfBand: boolean }
  | { readonly kind: 'groupEnd' }
  | { readonly kind: 'formatEnd' };

const typeNamed = (name: string): DotNetType =>
  new DotNetType({ fullName: `Microsoft.PowerShell.Commands.Internal.Format.${name}`, baseType: objectType });
const types: Record<PacketInfo['kind'], DotNetType> = {
  formatStart: typeNamed('FormatStartData'),
  groupStart: typeNamed('GroupStartData'),
  entry: typeNamed('FormatEntryData'),
  groupEnd: typeNamed('GroupEndData'),
  formatEnd: typeNamed('FormatEndData'),
};

/** A packet as an object of the pipeline. */
export class FormatPacket extends PSReference {
  readonly info: PacketInfo;
  constructor(info: PacketInfo) {
    super();
    this.info = info;
  }
  get dotNetType(): DotNetType {
    return types[this.info.kind];
  }
}
