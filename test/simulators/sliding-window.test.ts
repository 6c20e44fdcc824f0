import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSlidingLimiter } from '#simulators/sliding-window.ts';

const MINUTE = { name: 'per minute', calls: 3, windowMs: 60_000 };

describe('the sliding limiter', () => {
  it('admits as many calls as the limit says, and the next when the oldest leaves the window', () => {
    const limiter = makeSlidingLimiter([MINUTE]);
    for (const at of [0, 10_000, 59_999]) expect(limiter.admit('key', at)).toEqual({ admitted: true });

    expect(limiter.admit('key', 59_999)).toEqual({
      admitted: false,
      retryAfterMs: 1,
      exceeded: ['per minute'],
    });
    expect(limiter.admit('key', 60_000)).toEqual({ admitted: true });
    expect(limiter.admit('key', 60_000)).toMatchObject({ admitted: false, retryAfterMs: 10_000 });
  });

  it('does not let rejected calls extend the window', () => {
    const limiter = makeSlidingLimiter([MINUTE]);
    for (let call = 0; call < 3; call++) limiter.admit('key', 0);
    for (let at = 1; at < 60_000; at += 997) {
      expect(limiter.admit('key', at)).toMatchObject({ admitted: false, retryAfterMs: 60_000 - at });
    }

    expect(limiter.admit('key', 60_000)).toEqual({ admitted: true });
  });

  it('counts keys apart', () => {
    const limiter = makeSlidingLimiter([{ name: 'one', calls: 1, windowMs: 1_000 }]);

    expect(limiter.admit('left', 0).admitted).toBe(true);
    expect(limiter.admit('right', 0).admitted).toBe(true);
    expect(limiter.admit('left', 0).admitted).toBe(false);
  });

  it('records a call that one of several limits rejects in none of them', () => {
    const limiter = makeSlidingLimiter([
      { name: 'second', calls: 1, windowMs: 1_000 },
      { name: 'minute', calls: 2, windowMs: 60_000 },
    ]);
    limiter.admit('key', 0);
    expect(limiter.admit('key', 500)).toMatchObject({ exceeded: ['second'], retryAfterMs: 500 });

    expect(limiter.admit('key', 1_000).admitted).toBe(true);
    expect(limiter.admit('key', 1_500)).toMatchObject({
      exceeded: ['second', 'minute'],
      retryAfterMs: 58_500,
    });
  });

  it('opens no window a second time when the clock is set back', () => {
    const limiter = makeSlidingLimiter([MINUTE]);
    for (let call = 0; call < 3; call++) limiter.admit('key', 3_600_000);

    expect(limiter.admit('key', 0)).toMatchObject({ admitted: false, retryAfterMs: 60_000 });
  });

  it('forgets keys whose calls have all left their window', () => {
    const limiter = makeSlidingLimiter([{ name: 'second', calls: 2, windowMs: 1_000 }]);
    for (let key = 0; key < 50_000; key++) limiter.admit(`key ${key}`, key * 10);

    expect(limiter.keyCount()).toBeLessThan(3_000);
  });

  it('never has more than L accepted arrivals in a half-open window W, and rejects only when there are L', () => {
    const limits = fc.array(
      fc.record({ calls: fc.integer({ min: 1, max: 20 }), windowMs: fc.integer({ min: 1, max: 500 }) }),
      { minLength: 1, maxLength: 3 },
    );
    const arrivals = fc.array(
      fc.record({ gapMs: fc.oneof(fc.constant(0), fc.nat(30), fc.nat(600)), key: fc.constantFrom('a', 'b') }),
      { maxLength: 400 },
    );

    fc.assert(
      fc.property(limits, arrivals, (shapes, calls) => {
        const named = shapes.map((shape, index) => ({ name: `limit ${index}`, ...shape }));
        const limiter = makeSlidingLimiter(named);
        const accepted: Record<string, number[]> = { a: [], b: [] };
        let at = 0;
        for (const { gapMs, key } of calls) {
          at += gapMs;
          const times = accepted[key] ?? [];
          const full = named.filter(
            ({ calls: most, windowMs }) => times.filter((time) => time > at - windowMs).length >= most,
          );
          const admission = limiter.admit(key, at);
          expect(admission.admitted ? [] : admission.exceeded).toEqual(full.map(({ name }) => name));
          if (admission.admitted) times.push(at);
        }
        for (const times of Object.values(accepted)) {
          for (const { calls: most, windowMs } of named) {
            for (const [index, time] of times.entries()) {
              const next = times[index + most];
              if (next !== undefined) expect(next - time).toBeGreaterThanOrEqual(windowMs);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});
