import type { View } from './view.ts';

/** What the editor holds: the learner's drafts over what the lab gives to begin with. */
export const drafts: View<'drafts'> = {
  reads: (source) => [source.attempt.drafts, source.lab],
  show({ lab, attempt }) {
    const files = new Map<string, { path: string; text: string }>();
    for (const { path, from } of lab.drafts)
      files.set(path.toLowerCase(), { path, text: lab.files.get(from) ?? '' });
    for (const [path, text] of attempt.drafts) {
      const known = files.get(path.toLowerCase());
      files.set(path.toLowerCase(), { path: known?.path ?? path, text });
    }
    return { files: [...files.values()] };
  },
};
