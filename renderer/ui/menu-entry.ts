export type MenuEntry =
  | { readonly kind: 'separator' }
  | { readonly kind: 'heading'; readonly text: string }
  | {
      readonly kind: 'item';
      readonly text: string;
      readonly keys?: string | undefined;
      readonly disabled?: boolean;
      /** Set on entries of which one holds. */
      readonly checked?: boolean;
      readonly run: () => void;
    };

export function item(
  text: string,
  run: () => void,
  more: { keys?: string | undefined; disabled?: boolean; checked?: boolean } = {},
): MenuEntry {
  return { kind: 'item', text, run, ...more };
}
