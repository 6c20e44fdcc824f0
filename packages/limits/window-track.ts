import type { RateWindow } from '#core/registrar.ts';

/**
 * What is remembered of one rate window: when the calls of the last span were answered, as `[instant, calls]` pairs,
 * ascending. Instants are rounded up, against us, so that even a day's window stays small: to a 120th of the window, and
 * of windows up to a minute, whose every turn that costs, to a 600th.
 */
export type WindowTrack = readonly (readonly [atMs: number, calls: number])[];

const toGranuleMs = (windowMs: number) =>
  Math.max(1, Math.floor(windowMs / (windowMs <= 60_000 ? 600 : 120)));

/** How long after its answer a call still counts: the window, and a margin for clocks of workers that differ. */
export function toHorizonMs(window: RateWindow, marginMs: number): number {
  return window.windowMs + marginMs;
}

/** The track with `calls` more calls that were answered (or given up) at `atMs`. */
export function addAnswered(track: WindowTrack, window: RateWindow, atMs: number, calls = 1): WindowTrack {
  const granuleMs = toGranuleMs(window.windowMs);
  const roundedMs = Math.ceil(atMs / granuleMs) * granuleMs;
  const index = track.findIndex(([at]) => at >= roundedMs);
  if (index === -1) return [...track, [roundedMs, calls]];
  const [at, count] = track[index] as readonly [number, number];
  const here: readonly [number, number][] =
    at === roundedMs
      ? [[at, count + calls]]
      : [
          [roundedMs, calls],
          [at, count],
        ];
  return [...track.slice(0, index), ...here, ...track.slice(index + 1)];
}

/** The track without the calls that are too old to count at `nowMs`. */
export function dropOld(
  track: WindowTrack,
  window: RateWindow,
  nowMs: number,
  marginMs: number,
): WindowTrack {
  const horizonMs = toHorizonMs(window, marginMs);
  return track.filter(([at]) => at + horizonMs > nowMs);
}

/**
 * When the next call may be sent, at the earliest `nowMs`; `Infinity` where it depends on calls that are still
 * under way.
 *
 * The rule: a call is sent only while fewer than L calls are under way or were answered within the window (and
 * margin). Of any L + 1 calls take the one that is sent last: one of the others was answered a window earlier, so it
 * arrived at the registrar at least a window before this one does. Hence no span of a window's length at the
 * registrar ever holds more than L calls, whatever the network does in between.
 */
export function toNextTurnMs(
  track: WindowTrack,
  window: RateWindow,
  nowMs: number,
  underWay: number,
  marginMs: number,
): number {
  const horizonMs = toHorizonMs(window, marginMs);
  const counting = track.filter(([at]) => at + horizonMs > nowMs);
  const answered = counting.reduce((sum, [, calls]) => sum + calls, 0);
  let tooMany = underWay + answered - (window.calls - 1);
  if (tooMany <= 0) return nowMs;
  for (const [at, calls] of counting) {
    tooMany -= calls;
    if (tooMany <= 0) return at + horizonMs;
  }
  return Number.POSITIVE_INFINITY;
}
