import { describe, expect, test } from 'vitest';
import { addAnswered, dropOld, toNextTurnMs, type WindowTrack } from '#limits/window-track.ts';

const MINUTE = { calls: 3, windowMs: 60_000 };
const HOUR = { calls: 3, windowMs: 3_600_000 };
const MARGIN_MS = 20;

describe('what is remembered of a window', () => {
  test.each([
    [{ calls: 1, windowMs: 1_000 }, 1_001, 1_001],
    [{ calls: 1, windowMs: 100 }, 1_001, 1_001],
    [MINUTE, 60_000, 60_000],
    [MINUTE, 60_001, 60_100],
    [{ calls: 1, windowMs: 60_001 }, 60_001, 60_500],
    [HOUR, 60_001, 90_000],
  ])('of %j, an answer at %i counts at %i: never earlier than it came', (window, atMs, wanted) => {
    expect(addAnswered([], window, atMs)).toEqual([[wanted, 1]]);
  });

  test('is in the order of time, whatever the order of the answers, and counts those of one instant together', () => {
    const answers = [60_300, 60_100, 60_200, 60_150, 60_100, 60_400];

    const track = answers.reduce<WindowTrack>((before, atMs) => addAnswered(before, MINUTE, atMs), []);

    expect(track).toEqual([
      [60_100, 2],
      [60_200, 2],
      [60_300, 1],
      [60_400, 1],
    ]);
    expect(addAnswered(track, MINUTE, 60_250, 5)[2]).toEqual([60_300, 6]);
  });

  test('is forgotten when it is a window and the margin old, and no sooner', () => {
    const track: WindowTrack = [
      [1_000, 1],
      [2_000, 1],
    ];

    expect(dropOld(track, MINUTE, 61_019, MARGIN_MS)).toEqual(track);
    expect(dropOld(track, MINUTE, 61_020, MARGIN_MS)).toEqual([[2_000, 1]]);
    expect(dropOld(track, MINUTE, 62_020, MARGIN_MS)).toEqual([]);
  });
});

describe('the next turn', () => {
  const track: WindowTrack = [
    [1_000, 1],
    [2_000, 2],
  ];

  test.each([
    ['while the window has room', [[1_000, 2]], 5_000, 0, 5_000],
    ['when the oldest answer is forgotten', track, 5_000, 0, 61_020],
    ['when as many are forgotten as are under way besides', track, 5_000, 1, 62_020],
    ['when it was, too', track, 61_020, 0, 61_020],
    ['no sooner than that', track, 61_019, 0, 61_020],
    ['when those under way have been answered', track, 5_000, 3, Number.POSITIVE_INFINITY],
  ] as const)('comes %s', (_, before, nowMs, underWay, wanted) => {
    expect(toNextTurnMs(before, MINUTE, nowMs, underWay, MARGIN_MS)).toBe(wanted);
  });
});
