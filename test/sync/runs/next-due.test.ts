import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toNextDueMs, toNextSlotMs } from '#sync/runs/next-due.ts';

const weekMs = 7 * 86_400_000;
const startedMs = Date.UTC(2026, 10, 23);

describe('the weekly slot of an integration', () => {
  test('comes half a day to seven and a half days after a sync, and then every week at the same instant', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 0, max: weekMs * 100 }), (id, atMs) => {
        const next = toNextSlotMs(id, atMs);

        expect(next - atMs).toBeGreaterThanOrEqual(weekMs / 14);
        expect(next - atMs).toBeLessThanOrEqual(weekMs + weekMs / 14);
        expect(toNextSlotMs(id, next + 2_400_000)).toBe(next + weekMs);
      }),
    );
  });

  test('spreads many over the week', () => {
    const days = new Set(
      Array.from({ length: 200 }, (_, index) =>
        Math.floor((toNextSlotMs(`id-${index}`, startedMs) % weekMs) / 86_400_000),
      ),
    );

    expect(days.size).toBe(7);
  });
});

describe('when an integration is due next', () => {
  const end = {
    integrationId: 'abc',
    startedMs,
    nowMs: startedMs + 60_000,
    refusals: 0,
  } as const;

  test.each([
    ['good', {}, toNextSlotMs('abc', startedMs)],
    ['failed', {}, end.nowMs],
    ['overBudget', {}, end.nowMs],
    ['refused', { refusals: 2 }, toNextSlotMs('abc', startedMs)],
    ['refused', { refusals: 3 }, null],
  ] as const)('after a run that was %s (%o)', (outcome, more, expected) => {
    expect(toNextDueMs({ ...end, outcome, ...more })).toBe(expected);
  });

  test('after a run that read a part: the next day at the latest', () => {
    expect(toNextDueMs({ ...end, outcome: 'partial' })).toBeLessThanOrEqual(end.nowMs + 86_400_000);
  });
});
