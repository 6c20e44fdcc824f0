import { WindowClosedError } from '#core/errors.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { RateWindow } from '#core/registrar.ts';
import { type LimiterState, prune } from './limiter-state.ts';
import { addAnswered, toNextTurnMs } from './window-track.ts';

/** Added to every window for what one worker sent itself: by one clock, that may be corrected a little meanwhile. */
export const OWN_MARGIN_MS = 20;

/** A call that never got an answer may still reach the registrar this long after it was given up. */
export const LOST_CALL_GRACE_MS = 5_000;

/** The right to send one call; say exactly once how it ended, or it counts as under way for ever. */
export interface Ticket {
  /** An answer came. */
  answered(): void;
  /** No answer came: it counts from now plus a grace, since it may still arrive. */
  lost(): void;
}

export interface Gate {
  /**
   * Waits, in the order of asking, until the next call may be sent.
   * @throws WindowClosedError where that is later than the caller may wait, or work is to end
   */
  enter(): Promise<Ticket>;
  /** The earliest time at which a call could be sent, if none were under way. */
  nextTurnMs(): number;
  /**
   * From when on so many calls need not wait for each other, if none were under way: the end of the row of turns that
   * come one by one, none later after the one before than {@link GateOptions.maxWaitMs}.
   */
  gatheredTurnMs(calls: number): number;
  /** The registrar said stay away until then. */
  closeUntil(untilMs: number): void;
  /** What to save; call it when nothing is under way. */
  state(): LimiterState;
  /** Time that callers waited for their turn, in ms. */
  waitedMs(): number;
}

export interface GateOptions {
  readonly windows: readonly RateWindow[];
  readonly state: LimiterState;
  readonly clock: Clock;
  /** Longest wait for one turn before {@link WindowClosedError}: a worker's sleep costs, a parked message doesn't. */
  readonly maxWaitMs: number;
  /** After this instant no call is sent any more. */
  readonly closesAtMs: number;
  readonly marginMs?: number;
}

/** Opens the gate through which every call of one worker passes while it holds the lease of the limit. */
export function openGate(options: GateOptions): Gate {
  const { windows, clock, maxWaitMs, closesAtMs, marginMs = OWN_MARGIN_MS } = options;
  let state = options.state;
  let underWay = 0;
  let waitedMs = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let onSettled: (() => void) | undefined;

  const nextTurnMs = (inFlight: number) => {
    const now = clock.now();
    const turns = windows.map((window, index) =>
      toNextTurnMs(state.tracks[index] ?? [], window, now, inFlight, marginMs),
    );
    return Math.max(state.closedUntilMs, now, ...turns);
  };

  const settle = (atMs: number) => {
    underWay -= 1;
    const tracks = windows.map((window, index) => addAnswered(state.tracks[index] ?? [], window, atMs));
    state = prune({ tracks, closedUntilMs: state.closedUntilMs }, windows, clock.now(), marginMs);
    onSettled?.();
  };

  const waitForTurn = async (): Promise<Ticket> => {
    const startedMs = clock.now();
    for (;;) {
      const now = clock.now();
      const turnMs = nextTurnMs(underWay);
      if (now >= closesAtMs) throw new WindowClosedError(Math.max(now, nextTurnMs(0)));
      if (turnMs <= now) break;
      const settled = new Promise<void>((resolve) => {
        onSettled = resolve;
      });
      if (turnMs === Number.POSITIVE_INFINITY) await settled;
      else if (turnMs >= closesAtMs || turnMs - now > maxWaitMs) throw new WindowClosedError(turnMs);
      else await Promise.race([clock.sleep(turnMs - now), settled]);
    }
    waitedMs += clock.now() - startedMs;
    underWay += 1;
    let open = true;
    const once = (atMs: () => number) => () => {
      if (!open) return;
      open = false;
      settle(atMs());
    };
    return { answered: once(clock.now), lost: once(() => clock.now() + LOST_CALL_GRACE_MS) };
  };

  return {
    enter() {
      const turn = queue.then(waitForTurn);
      queue = turn.catch(() => undefined);
      return turn;
    },
    nextTurnMs: () => nextTurnMs(0),
    gatheredTurnMs(calls) {
      let lastMs = nextTurnMs(0);
      for (let before = 1; before < calls; before += 1) {
        const turnMs = nextTurnMs(before);
        if (turnMs - lastMs > maxWaitMs) break;
        lastMs = turnMs;
      }
      return lastMs;
    },
    closeUntil(untilMs) {
      state = { ...state, closedUntilMs: Math.max(state.closedUntilMs, untilMs) };
    },
    state: () => state,
    waitedMs: () => waitedMs,
  };
}
