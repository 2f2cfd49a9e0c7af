import type { Bytes } from '../../base/bytes.ts';

/** What the service control manager does after a service's process has ended by itself. */
export interface FailureActions {
  /** Seconds without a failure after which the count begins anew; null: never. */
  readonly reset: number | null;
  readonly actions: readonly FailureAction[];
}

export interface FailureAction {
  readonly kind: 'none' | 'restart' | 'reboot' | 'run';
  /** Milliseconds. */
  readonly delay: number;
}

const kinds = ['none', 'restart', 'reboot', 'run'] as const;
const never = 0xffffffff;

const word = (data: string, at: number): number =>
  (data.charCodeAt(at) |
    (data.charCodeAt(at + 1) << 8) |
    (data.charCodeAt(at + 2) << 16) |
    (data.charCodeAt(at + 3) << 24)) >>>
  0;
const bytesOf = (value: number): string =>
  String.fromCharCode(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

/** The registry value `FailureActions`: SERVICE_FAILURE_ACTIONS as it is stored. Undefined where it is none. */
export function readFailureActions(data: string): FailureActions | undefined {
  if (data.length < 20) return undefined;
  const count = word(data, 12);
  if (data.length < 20 + count * 8) return undefined;
  const reset = word(data, 0);
  return {
    reset: reset === never ? null : reset,
    actions: Array.from({ length: count }, (_, i) => ({
      kind: kinds[word(data, 20 + i * 8)] ?? 'none',
      delay: word(data, 24 + i * 8),
    })),
  };
}

export function writeFailureActions({ reset, actions }: FailureActions): Bytes {
  const head = [reset ?? never, 0, 0, actions.length, 0x14];
  const rest = actions.flatMap(({ kind, delay }) => [kinds.indexOf(kind), delay]);
  return [...head, ...rest].map(bytesOf).join('') as Bytes;
}
