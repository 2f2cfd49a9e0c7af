import { sha256 } from '@noble/hashes/sha2.js';

/** Writes data as bytes without ambiguity: every field has a fixed size or says its length first. */
export class Encoder {
  #bytes = new Uint8Array(1024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  reset(): void {
    this.#length = 0;
  }

  byte(value: number): void {
    this.#room(1);
    this.#bytes[this.#length++] = value;
  }

  number(value: number): void {
    this.#room(8);
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  flag(value: boolean): void {
    this.byte(value ? 1 : 0);
  }

  /** One byte a character where none needs two. */
  text(value: string): void {
    const { length } = value;
    this.#room(5 + 2 * length);
    this.#view.setUint32(this.#length, length);
    const start = this.#length + 5;
    const bytes = this.#bytes;
    let i = 0;
    for (; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0xff) break;
      bytes[start + i] = unit;
    }
    const narrow = i === length;
    bytes[start - 1] = narrow ? 1 : 2;
    if (!narrow) for (i = 0; i < length; i++) this.#view.setUint16(start + 2 * i, value.charCodeAt(i));
    this.#length = start + (narrow ? length : 2 * length);
  }

  optional<T>(value: T | null | undefined, write: (value: T) => void): void {
    this.flag(value !== null && value !== undefined);
    if (value !== null && value !== undefined) write(value);
  }

  list<T>(values: readonly T[], write: (value: T) => void): void {
    this.number(values.length);
    for (const value of values) write(value);
  }

  /** A hash that was made before. */
  digest(value: Uint8Array): void {
    this.#room(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** Plain data, fields of objects by name. */
  data(value: unknown): void {
    switch (typeof value) {
      case 'string':
        this.byte(1);
        this.text(value);
        return;
      case 'number':
        this.byte(2);
        this.number(value);
        return;
      case 'boolean':
        this.byte(value ? 4 : 3);
        return;
      case 'bigint':
        this.byte(5);
        this.text(value.toString());
        return;
      case 'undefined':
        this.byte(6);
        return;
      default:
    }
    if (value === null) this.byte(7);
    else if (Array.isArray(value)) {
      this.byte(8);
      this.list(value as unknown[], (one) => this.data(one));
    } else {
      this.byte(9);
      const fields = Object.entries(value as Record<string, unknown>).sort(([a], [b]) => (a < b ? -1 : 1));
      this.list(fields, ([name, one]) => {
        this.text(name);
        this.data(one);
      });
    }
  }

  hash(): Uint8Array {
    return sha256(this.#bytes.subarray(0, this.#length));
  }

  /** True where both wrote the same. */
  equals(other: Encoder): boolean {
    if (this.#length !== other.#length) return false;
    for (let i = 0; i < this.#length; i++) if (this.#bytes[i] !== other.#bytes[i]) return false;
    return true;
  }

  #room(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
