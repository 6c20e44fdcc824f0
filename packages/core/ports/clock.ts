/** Time, so that tests and benchmarks can run on a virtual one. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; a non-positive span resolves at once. */
  sleep(ms: number): Promise<void>;
}

/** ISO 8601 UTC with milliseconds. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString();
}
