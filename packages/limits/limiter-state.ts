import * as z from 'zod/mini';
import type { RateWindow } from '#core/registrar.ts';
import { addAnswered, dropOld, type WindowTrack } from './window-track.ts';

/** What is kept of a limit between workers: a track for each window, and until when a 429 closed it. */
export interface LimiterState {
  readonly tracks: readonly WindowTrack[];
  readonly closedUntilMs: number;
}

/** A track as text, or as older code wrote it. */
const Stored = z.object({
  c: z.number(),
  w: z.array(
    z.object({ w: z.number(), t: z.union([z.string(), z.array(z.tuple([z.number(), z.number()]))]) }),
  ),
});

/**
 * The state as text: written at the end of every lease, and mostly so short that the row costs one unit. An entry of a
 * track is the ms since the one before in base 36, and after a dot the calls, where it isn't one.
 */
export function formatState(state: LimiterState, windows: readonly RateWindow[]): string {
  const tracks = windows.map((window, index) => ({
    w: window.windowMs,
    t: formatTrack(state.tracks[index] ?? []),
  }));
  return JSON.stringify({ c: state.closedUntilMs, w: tracks });
}

/**
 * The state that `formatState` wrote. Tracks are found by the span of their window, so that a limit whose numbers
 * change with a release keeps what it knows; a window that is new begins empty.
 */
export function parseState(text: string | undefined, windows: readonly RateWindow[]): LimiterState {
  const stored = text === undefined ? { c: 0, w: [] } : Stored.parse(JSON.parse(text));
  const byWindow = new Map(
    stored.w.map(({ w, t }) => [w, typeof t === 'string' ? parseTrack(t) : t] as const),
  );
  return { tracks: windows.map((window) => byWindow.get(window.windowMs) ?? []), closedUntilMs: stored.c };
}

function formatTrack(track: WindowTrack): string {
  return track
    .map(([atMs, calls], index) => {
      const sinceMs = atMs - (track[index - 1]?.[0] ?? 0);
      return sinceMs.toString(36) + (calls === 1 ? '' : `.${calls.toString(36)}`);
    })
    .join(',');
}

function parseTrack(text: string): WindowTrack {
  if (text === '') return [];
  let atMs = 0;
  return text.split(',').map((entry) => {
    const [sinceMs = '', calls = '1'] = entry.split('.');
    atMs += Number.parseInt(sinceMs, 36);
    return [atMs, Number.parseInt(calls, 36)] as const;
  });
}

/**
 * The state after a holder that never gave its lease back: as if it had sent, answered at the lease's end, all that
 * its windows allow in a lease. It can't have sent more, and it can't send any longer.
 */
export function assumeSpent(
  state: LimiterState,
  windows: readonly RateWindow[],
  leaseMs: number,
  endedAtMs: number,
): LimiterState {
  const most = Math.min(
    ...windows.map((window) => window.calls * (Math.floor(leaseMs / window.windowMs) + 1)),
  );
  const tracks = windows.map((window, index) =>
    addAnswered(state.tracks[index] ?? [], window, endedAtMs, Math.min(most, window.calls)),
  );
  return { tracks, closedUntilMs: state.closedUntilMs };
}

/** The state with every answer later by `ms`: for a reader whose clock may be that much ahead of the writer's. */
export function shiftLater(state: LimiterState, ms: number): LimiterState {
  const shift = (track: WindowTrack): WindowTrack => track.map(([atMs, calls]) => [atMs + ms, calls]);
  return { tracks: state.tracks.map(shift), closedUntilMs: state.closedUntilMs };
}

/** The state without what is too old to matter. */
export function prune(
  state: LimiterState,
  windows: readonly RateWindow[],
  nowMs: number,
  marginMs: number,
): LimiterState {
  const tracks = windows.map((window, index) => dropOld(state.tracks[index] ?? [], window, nowMs, marginMs));
  return { tracks, closedUntilMs: state.closedUntilMs > nowMs ? state.closedUntilMs : 0 };
}
