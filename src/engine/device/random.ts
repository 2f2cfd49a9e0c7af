/**
 * Random numbers as a function of (seed, device, purpose, n): one draw more for one purpose shifts no other. Two words
 * are hashed from the text and mixed with the count; good enough for shuffles and jitter, not for secrets.
 */
export class RandomNumbers {
  readonly #origin: string;
  readonly #words = new Map<string, readonly [number, number]>();

  constructor(seed: string, device: string) {
    this.#origin = `${seed}\0${device}\0`;
  }

  /** Unsigned 32 bit; `n` counts from 1. */
  draw(purpose: string, n: number): number {
    let words = this.#words.get(purpose);
    if (words === undefined) {
      words = hashText(this.#origin + purpose);
      this.#words.set(purpose, words);
    }
    let mixed = mix((words[0] ^ Math.imul(n, 0x9e3779b1)) >>> 0);
    mixed = mix((mixed + words[1]) >>> 0);
    return mixed;
  }
}

function hashText(text: string): readonly [number, number] {
  let a = 0x3ade68b1;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  return [mix(a ^ (b >>> 16)), mix(b ^ (a >>> 13))];
}

/** Finisher of MurmurHash3. */
function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
