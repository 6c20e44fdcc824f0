import { WindowClosedError } from '#core/errors.ts';
import { type Gate, type GateOptions, openGate as openShippedGate } from '#limits/gate.ts';

export { LOST_CALL_GRACE_MS, OWN_MARGIN_MS } from '#limits/gate.ts';

/**
 * The control of the limiter, which looks right and isn't: a call takes its place in the window when it is sent, not
 * when it is answered. It takes the shipped gate's place in a process of its own; all else is as shipped.
 */
export function openGate(options: GateOptions): Gate {
  const { windows, clock, maxWaitMs, closesAtMs } = options;
  const shipped = openShippedGate(options);
  let tracks = options.state.tracks;
  let closedUntilMs = options.state.closedUntilMs;
  let waitedMs = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const nextTurnMs = () => {
    const turns = windows.map(({ calls, windowMs }, index) => {
      const oldest = tracks[index]?.at(-calls);
      return oldest === undefined ? 0 : oldest[0] + windowMs;
    });
    return Math.max(clock.now(), closedUntilMs, ...turns);
  };

  const waitForTurn = async () => {
    const now = clock.now();
    const turnMs = nextTurnMs();
    if (now >= closesAtMs || turnMs >= closesAtMs || turnMs - now > maxWaitMs)
      throw new WindowClosedError(turnMs);
    if (turnMs > now) await clock.sleep(turnMs - now);
    waitedMs += turnMs - now;
    tracks = windows.map(({ calls }, index) => [
      ...(tracks[index] ?? []).slice(-calls),
      [clock.now(), 1] as const,
    ]);
    return { answered: () => undefined, lost: () => undefined };
  };

  return {
    ...shipped,
    enter() {
      const turn = queue.then(waitForTurn);
      queue = turn.catch(() => undefined);
      return turn;
    },
    nextTurnMs,
    gatheredTurnMs: nextTurnMs,
    closeUntil(untilMs) {
      closedUntilMs = Math.max(closedUntilMs, untilMs);
    },
    state: () => ({ tracks, closedUntilMs }),
    waitedMs: () => waitedMs,
  };
}
