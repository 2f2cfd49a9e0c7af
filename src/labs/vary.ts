import { z } from 'zod';
import { SidecarError } from '../base/error.ts';

/**
 * What the seed chooses in a lab. `vary` names the choices; the rest of the file refers to them as `{{name}}`,
 * `{{name.0.field}}` or `{{guid anything}}`. The same seed gives the same choices; a choice is drawn by its own name, so
 * one choice more shifts no other.
 */
export const varySchema = z.record(
  z.string().regex(/^[a-zA-Z][a-zA-Z0-9]*$/, 'expected a name of letters and digits'),
  z.union([
    z.strictObject({ oneOf: z.array(z.unknown()).min(1) }).describe('One entry of the list.'),
    z.strictObject({ shuffle: z.array(z.unknown()).min(1) }).describe('The whole list in another order.'),
    z
      .strictObject({ between: z.tuple([z.number().int(), z.number().int()]) })
      .describe('A whole number, both ends included.'),
  ]),
);
export type Vary = z.infer<typeof varySchema>;

/** Unsigned 32 bit from a seed and what it is for. */
export function draw(seed: string, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const text of [seed, '\0', purpose]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  // Murmur's finish: FNV alone leaves neighbouring seeds close together.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A version 4 GUID in lower case. */
export function drawGuid(seed: string, name: string): string {
  const hex = [0, 1, 2, 3].map((n) => draw(seed, `guid ${name} ${n}`).toString(16).padStart(8, '0')).join('');
  const variant = '89ab'[draw(seed, `guid ${name} variant`) % 4] ?? '8';
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export function choose(seed: string, vary: Vary): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(vary).map(([name, choice]) => {
      if ('oneOf' in choice)
        return [name, choice.oneOf[draw(seed, `vary ${name}`) % choice.oneOf.length]] as const;
      if ('between' in choice) {
        const [low, high] = choice.between;
        return [name, low + (draw(seed, `vary ${name}`) % (high - low + 1))] as const;
      }
      const list = [...choice.shuffle];
      for (let i = list.length - 1; i > 0; i--) {
        const j = draw(seed, `vary ${name} ${i}`) % (i + 1);
        [list[i], list[j]] = [list[j], list[i]];
      }
      return [name, list] as const;
    }),
  );
}

/** The value with every `{{…}}` replaced. A text that is one reference becomes the value itself, a number say. */
export function fillIn(value: unknown, choices: Readonly<Record<string, unknown>>, seed: string): unknown {
  if (typeof value === 'string') {
    const whole = /^\{\{([^{}]+)\}\}$/.exec(value);
    if (whole) return fillIn(lookUp(whole[1] ?? '', choices, seed), choices, seed);
    return value.replace(/\{\{([^{}]+)\}\}/g, (_, reference: string) =>
      String(fillIn(lookUp(reference, choices, seed), choices, seed)),
    );
  }
  if (Array.isArray(value)) return value.map((item: unknown) => fillIn(item, choices, seed));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        String(fillIn(key, choices, seed)),
        fillIn(item, choices, seed),
      ]),
    );
  }
  return value;
}

function lookUp(reference: string, choices: Readonly<Record<string, unknown>>, seed: string): unknown {
  const text = reference.trim();
  const id = /^guid\s+(\S+)$/.exec(text)?.[1];
  if (id !== undefined) return drawGuid(seed, id);
  let value: unknown = choices;
  for (const part of text.split('.')) {
    const next: unknown =
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined;
    if (next === undefined)
      throw new SidecarError(
        'vary-unknown',
        `{{${reference}}}: expected a name under vary or {{guid NAME}}; there is no ${part}`,
        { reference },
      );
    value = next;
  }
  return value;
}
