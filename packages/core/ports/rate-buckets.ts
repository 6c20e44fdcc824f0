/**
 * Where the state of a rate limit lives between workers. One holder at a time has the lease, so that only one worker
 * sends under a key; the lease outlives the worker's hard timeout, so that a dead holder provably can't send any more.
 */
export interface RateBucketStore {
  /**
   * Takes the lease for `holder` until `leaseUntilMs`, if nobody else has it at `nowMs` (the same holder may take it
   * again). Gives the state as the last holder left it; `abandonedAtMs` is set where that holder never released it.
   */
  acquire(
    key: string,
    holder: string,
    nowMs: number,
    leaseUntilMs: number,
  ): Promise<AcquiredBucket | BusyBucket>;
  /** Saves the state and gives the lease back; does nothing where the lease is another's by now. */
  release(key: string, holder: string, state: string): Promise<void>;
  /** As `release` and `book` together, in one write; books all the same where the lease is another's by now. */
  releaseAndBook(key: string, holder: string, state: string, fromMs: number, spanMs: number): Promise<number>;
  /**
   * Books a turn behind those that wait already: `booked = max(fromMs, booked) + spanMs`. Gives the time of the turn,
   * that is the value before `spanMs` was added. A hint for when to come back; the response times decide.
   */
  book(key: string, fromMs: number, spanMs: number): Promise<number>;
}

export interface AcquiredBucket {
  readonly acquired: true;
  /** What `release` saved last; undefined for a new key. */
  readonly state: string | undefined;
  /** When the lease of a holder that never released it ended. */
  readonly abandonedAtMs: number | undefined;
  /** Until when turns are booked. */
  readonly bookedMs: number;
}

export interface BusyBucket {
  readonly acquired: false;
  readonly leaseUntilMs: number;
  readonly bookedMs: number;
}
