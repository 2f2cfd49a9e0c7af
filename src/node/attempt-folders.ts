import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';

const summarySchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  earned: z.number(),
  possible: z.number(),
  finished: z.boolean(),
});
export type AttemptSummary = z.infer<typeof summarySchema>;

/** Where attempts live: `<root>/<lab>/<id>/attempt.journal`, with a summary beside it for the start page. */
export class AttemptFolders {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** The newest attempt that has begun. Ids sort by time of creation. */
  newest(lab: string): AttemptSummary | null {
    for (const id of this.#ids(lab).reverse()) {
      const path = join(this.#root, lab, id, 'summary.json');
      if (!existsSync(path)) continue;
      const parsed = summarySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      if (parsed.success) return parsed.data;
    }
    return null;
  }

  create(lab: string): { readonly id: string; readonly folder: string } {
    const id = `${new Date()
      .toISOString()
      .replace(/[^0-9]/g, '')
      .slice(0, 17)}-${randomBytes(3).toString('hex')}`;
    const folder = join(this.#root, lab, id);
    mkdirSync(folder, { recursive: true });
    return { id, folder };
  }

  newestOrCreate(lab: string): { readonly id: string; readonly folder: string } {
    const id = this.newest(lab)?.id;
    return id === undefined ? this.create(lab) : { id, folder: join(this.#root, lab, id) };
  }

  #ids(lab: string): string[] {
    const folder = join(this.#root, lab);
    return existsSync(folder) ? readdirSync(folder).sort() : [];
  }
}

export function writeSummary(folder: string, summary: AttemptSummary): void {
  const path = join(folder, 'summary.json');
  writeFileSync(`${path}.new`, JSON.stringify(summary));
  renameSync(`${path}.new`, path);
}
