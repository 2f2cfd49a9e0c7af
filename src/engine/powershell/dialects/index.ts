import type { Difference } from './difference.ts';
import { engine } from './engine.ts';
import { errors } from './errors.ts';
import { numbers } from './numbers.ts';
import { text } from './text.ts';
import { json } from './json.ts';
import { csv } from './csv.ts';
import { files } from './files.ts';
import { format } from './format.ts';
import { commands } from './commands.ts';
import { programs } from './programs.ts';
import { web } from './web.ts';
import { policy } from './policy.ts';

export type { Dialect } from './difference.ts';
export { Difference } from './difference.ts';

/** Everything the two dialects do differently, by area. */
export const differences = {
  engine,
  errors,
  numbers,
  text,
  json,
  csv,
  files,
  format,
  commands,
  programs,
  web,
  policy,
} as const;

/** Every entry of the catalogue, in its order. */
export const allDifferences: readonly Difference[] = Object.values(differences).flatMap((area) =>
  Object.values<Difference>(area),
);
