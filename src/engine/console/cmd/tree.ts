/** What a line of cmd.exe means after percent expansion. Carets are resolved; `%i` of FOR and `!x!` still stand. */
export type Node =
  | { readonly kind: 'command'; readonly text: string; readonly redirections: readonly Redirection[] }
  | { readonly kind: 'block'; readonly body: readonly Node[]; readonly redirections: readonly Redirection[] }
  | {
      readonly kind: 'chain';
      readonly operator: '&' | '&&' | '||' | '|';
      readonly left: Node;
      readonly right: Node;
    }
  | {
      readonly kind: 'if';
      readonly not: boolean;
      readonly ignoreCase: boolean;
      readonly condition: Condition;
      readonly then: Node;
      readonly otherwise: Node | undefined;
    }
  | {
      readonly kind: 'for';
      /** One letter, case matters. */
      readonly variable: string;
      readonly mode: 'items' | 'folders' | 'recurse' | 'count' | 'lines';
      /** Text after /F or /R. */
      readonly option: string;
      readonly set: string;
      readonly body: Node;
    };

export interface Redirection {
  /** 0 is `<`. */
  readonly handle: number;
  readonly target:
    | { readonly kind: 'file'; readonly path: string; readonly append: boolean }
    | { readonly kind: 'handle'; readonly handle: number };
}

export type Condition =
  | { readonly kind: 'exist'; readonly path: string }
  | { readonly kind: 'defined'; readonly name: string }
  | { readonly kind: 'errorlevel'; readonly level: string }
  | { readonly kind: 'compare'; readonly left: string; readonly operator: string; readonly right: string };

/** A line cmd.exe cannot read: `& was unexpected at this time.` */
export class CmdSyntaxError extends Error {
  readonly code = 'cmd-syntax';
}
