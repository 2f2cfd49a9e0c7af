import type { Brand } from './brand.ts';

/** A point in time: whole microseconds since 1970-01-01T00:00Z. Exact up to the year 2255. */
export type Instant = Brand<number, 'Instant'>;
/** A length of time: whole microseconds. */
export type Duration = Brand<number, 'Duration'>;

export const instant = (microseconds: number): Instant => microseconds as Instant;
export const duration = (microseconds: number): Duration => microseconds as Duration;
export const microseconds = (n: number): Duration => Math.round(n) as Duration;
export const milliseconds = (n: number): Duration => Math.round(n * 1_000) as Duration;
export const seconds = (n: number): Duration => Math.round(n * 1_000_000) as Duration;
export const minutes = (n: number): Duration => seconds(n * 60);
export const hours = (n: number): Duration => seconds(n * 3_600);
export const days = (n: number): Duration => seconds(n * 86_400);

export const plus = (at: Instant, by: Duration): Instant => (at + by) as Instant;
export const between = (from: Instant, to: Instant): Duration => (to - from) as Duration;
