import { describe, expect, test } from 'vitest';
import { assumeSpent, formatState, parseState, prune, shiftLater } from '#limits/limiter-state.ts';

const MINUTE = { calls: 20, windowMs: 60_000 };
const HOUR = { calls: 700, windowMs: 3_600_000 };
const DAY = { calls: 8_000, windowMs: 86_400_000 };
const STATE = {
  tracks: [
    [
      [60_100, 1],
      [60_200, 12],
      [61_000, 1],
    ],
    [],
  ] as const,
  closedUntilMs: 70_000,
};

describe('the state of a limit', () => {
  test('is written as the pauses between answers, in base 36, with the calls where they are several', () => {
    expect(formatState(STATE, [MINUTE, HOUR])).toBe(
      '{"c":70000,"w":[{"w":60000,"t":"1adg,2s.c,m8"},{"w":3600000,"t":""}]}',
    );
  });

  test('is read as it was written, by the spans of its windows', () => {
    const text = formatState(STATE, [MINUTE, HOUR]);

    expect(parseState(text, [MINUTE, HOUR])).toEqual(STATE);
    expect(parseState(text, [HOUR, DAY, MINUTE])).toEqual({
      tracks: [[], [], STATE.tracks[0]],
      closedUntilMs: 70_000,
    });
  });

  test('is read as older code wrote it, and empty where nobody wrote', () => {
    const older = '{"c":5,"w":[{"w":60000,"t":[[60100,1],[60200,12]]}]}';

    expect(parseState(older, [MINUTE])).toEqual({ tracks: [STATE.tracks[0].slice(0, 2)], closedUntilMs: 5 });
    expect(parseState(undefined, [MINUTE, HOUR])).toEqual({ tracks: [[], []], closedUntilMs: 0 });
  });

  test('that lacks a window is written as if nothing were known of it', () => {
    expect(formatState({ tracks: [], closedUntilMs: 0 }, [MINUTE])).toBe('{"c":0,"w":[{"w":60000,"t":""}]}');
  });

  test('moves with the clock that reads it', () => {
    expect(shiftLater(STATE, 100)).toEqual({
      tracks: [
        [
          [60_200, 1],
          [60_300, 12],
          [61_100, 1],
        ],
        [],
      ],
      closedUntilMs: 70_000,
    });
  });

  test.each([
    [69_999, 70_000],
    [70_000, 0],
    [70_001, 0],
  ])('forgets at %i what is too old, and a closing that is over', (nowMs, closedUntilMs) => {
    expect(prune(STATE, [MINUTE, HOUR], nowMs, 20)).toEqual({ ...STATE, closedUntilMs });
    expect(prune(STATE, [MINUTE, HOUR], 121_021, 20).tracks).toEqual([[], []]);
    expect(prune({ ...STATE, tracks: [] }, [MINUTE], nowMs, 20).tracks).toEqual([[]]);
  });

  test.each([
    ['in a minute and a half twice what a minute allows', 90_000, 40],
    ['in half a minute once', 30_000, 20],
  ])('counts as spent after a lease that nobody gave back: %s', (_, leaseMs, calls) => {
    expect(assumeSpent({ tracks: [], closedUntilMs: 7 }, [MINUTE, HOUR], leaseMs, 3_600_000)).toEqual({
      tracks: [[[3_600_000, 20]], [[3_600_000, calls]]],
      closedUntilMs: 7,
    });
  });
});
