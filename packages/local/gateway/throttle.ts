/** Limits of a stage or route: a bucket of `burst` calls that fills at `rate` a second. */
export interface ThrottleSettings {
  readonly rate: number;
  readonly burst: number;
}

/** A token bucket. Gives a function that tells whether a call may pass now, and counts it if so. */
export function createThrottle(settings: ThrottleSettings, now: () => number): () => boolean {
  let tokens = settings.burst;
  let filledAt = now();
  return () => {
    const at = now();
    tokens = Math.min(settings.burst, tokens + ((at - filledAt) / 1000) * settings.rate);
    filledAt = at;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
