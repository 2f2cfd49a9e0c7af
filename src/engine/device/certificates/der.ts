import * as asn1js from 'asn1js';

/** One element of a DER document. */
export interface Der {
  /** Number of the tag; with `context`, a context-specific one. */
  readonly tag: number;
  readonly context: boolean;
  readonly children: readonly Der[];
  /** The value without tag and length. */
  readonly content: Uint8Array;
  /** All bytes, as they came. */
  readonly whole: Uint8Array;
}

/** Numbers of universal tags. */
export const tags = { integer: 2, bits: 3, octets: 4, oid: 6, utcTime: 23, generalizedTime: 24 } as const;

/** Reads a document; undefined where it is none. Hostile depth and size are refused by the library. */
export function readDer(bytes: Uint8Array): Der | undefined {
  let read: ReturnType<typeof asn1js.fromBER>;
  try {
    read = asn1js.fromBER(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
  return read.offset === -1 ? undefined : view(read.result);
}

function view(block: asn1js.BaseBlock): Der {
  const whole = block.valueBeforeDecodeView;
  const { idBlock, lenBlock } = block;
  const header = idBlock.blockLength + lenBlock.blockLength;
  const inner = (block.valueBlock as { readonly value?: unknown }).value;
  return {
    tag: idBlock.tagNumber,
    context: idBlock.tagClass === 3,
    children: Array.isArray(inner)
      ? (inner as readonly unknown[]).filter((one) => one instanceof asn1js.BaseBlock).map(view)
      : [],
    content: whole.subarray(header),
    whole,
  };
}

/** Dotted text of an object identifier. */
export function oidText(der: Der | undefined): string {
  if (der === undefined || der.tag !== tags.oid || der.context) return '';
  const out: number[] = [];
  let value = 0;
  for (const byte of der.content) {
    value = value * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (out.length === 0)
      out.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else out.push(value);
    value = 0;
  }
  return out.join('.');
}

/** The child with a context-specific tag. */
export const contextChild = (der: Der | undefined, tag: number): Der | undefined =>
  der?.children.find((one) => one.context && one.tag === tag);

/** Value of a bit string of whole bytes. */
export const bitsOf = (der: Der | undefined): Uint8Array => der?.content.subarray(1) ?? new Uint8Array();

export const bigOf = (bytes: Uint8Array): bigint => BigInt(`0x${hexOf(bytes) || '0'}`);
export const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i]);

type Block = asn1js.BaseBlock;

/** Builders; what they make is written with `writeDer`. */
export const sequence = (...value: Block[]): Block => new asn1js.Sequence({ value });
export const oid = (value: string): Block => new asn1js.ObjectIdentifier({ value });
export const octets = (valueHex: Uint8Array): Block => new asn1js.OctetString({ valueHex: copy(valueHex) });
export const bits = (valueHex: Uint8Array): Block => new asn1js.BitString({ valueHex: copy(valueHex) });
export const utf8 = (value: string): Block => new asn1js.Utf8String({ value });
export const printable = (value: string): Block => new asn1js.PrintableString({ value });
export const truth = (value: boolean): Block => new asn1js.Boolean({ value });
export const none = (): Block => new asn1js.Null();
export const wrapped = (tagNumber: number, ...value: Block[]): Block =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });

/** A set; DER orders its members by their bytes. */
export function set(...value: Block[]): Block {
  const ordered = value
    .map((block) => ({ block, text: hexOf(writeDer(block)) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return new asn1js.Set({ value: ordered.map(({ block }) => block) });
}

/** A positive integer. */
export function integer(value: bigint | number): Block {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const bytes = bytesOfHex(even);
  const signed = (bytes[0] ?? 0) & 0x80 ? Uint8Array.of(0, ...bytes) : bytes;
  return new asn1js.Integer({ valueHex: signed });
}

/** `260505060000Z`, for years before 2050 as certificates write them. */
export const utcTime = (text: string): Block =>
  new asn1js.Primitive({
    idBlock: { tagClass: 1, tagNumber: tags.utcTime },
    valueHex: Uint8Array.from(text, (c) => c.charCodeAt(0)),
  });

/** A document that was read or written before. */
export function embedded(der: Uint8Array): Block {
  const read = asn1js.fromBER(copy(der));
  return read.result;
}

export const writeDer = (block: Block): Uint8Array => new Uint8Array(block.toBER());

export const bytesOfHex = (hex: string): Uint8Array =>
  Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16));

const copy = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
