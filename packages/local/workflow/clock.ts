/** Time as the stand-ins see it: epoch milliseconds and one-shot timers, so that tests can drive both. */
export interface Clock {
  now(): number;
  /** Calls `fn` once when `atMs` is reached (at the next turn of the loop if it has passed). Gives the cancel. */
  setTimer(atMs: number, fn: () => void): () => void;
}

/** Node's timers count in a signed 32-bit integer; longer waits are cut into pieces. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** The machine's own clock. Its timers don't keep the process alive by themselves. */
export function createSystemClock(): Clock {
  return { now: Date.now, setTimer };
}

function setTimer(atMs: number, fn: () => void): () => void {
  let handle: NodeJS.Timeout;
  const arm = () => {
    const left = atMs - Date.now();
    handle =
      left > LONGEST_TIMEOUT_MS ? setTimeout(arm, LONGEST_TIMEOUT_MS) : setTimeout(fn, Math.max(0, left));
    handle.unref();
  };
  arm();
  return () => clearTimeout(handle);
}
