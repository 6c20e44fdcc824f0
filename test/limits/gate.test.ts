import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WindowClosedError } from '#core/errors.ts';
import type { RateWindow } from '#core/registrar.ts';
import { type Gate, openGate } from '#limits/gate.ts';
import { assumeSpent, formatState, parseState } from '#limits/limiter-state.ts';
import { createVirtualClock, type VirtualClock } from '#test/support/virtual-clock.ts';

const fresh = (windows: readonly RateWindow[]) => parseState(undefined, windows);
const open = (clock: VirtualClock, windows: readonly RateWindow[], maxWaitMs = 10_000_000) =>
  openGate({ windows, state: fresh(windows), clock, maxWaitMs, closesAtMs: clock.now() + 10_000_000_000 });

/** Sends `calls` through a gate over a network with the given latencies; gives the arrivals at the registrar. */
async function send(
  clock: VirtualClock,
  gate: Pick<Gate, 'enter'>,
  calls: number,
  latencies: () => [number, number],
) {
  const arrivals: number[] = [];
  const work = Array.from({ length: calls }, async () => {
    const ticket = await gate.enter();
    const [out, back] = latencies();
    await clock.sleep(out);
    arrivals.push(clock.now());
    await clock.sleep(back);
    ticket.answered();
  });
  await clock.runUntil(Promise.all(work));
  return arrivals.sort((a, b) => a - b);
}

function countViolations(arrivals: readonly number[], { calls, windowMs }: RateWindow): number {
  return arrivals.filter((at, index) => index >= calls && at - (arrivals[index - calls] as number) < windowMs)
    .length;
}

function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The limiter that looks right and isn't: it counts when calls are sent. */
function openSendTimeBucket(clock: VirtualClock, window: RateWindow): Pick<Gate, 'enter'> {
  const sent: number[] = [];
  let queue: Promise<unknown> = Promise.resolve();
  return {
    enter() {
      const turn = queue.then(async () => {
        const oldest = sent.at(-window.calls);
        if (oldest !== undefined) await clock.sleep(oldest + window.windowMs - clock.now());
        sent.push(clock.now());
        return { answered: () => undefined, lost: () => undefined };
      });
      queue = turn;
      return turn;
    },
  };
}

describe('the gate of a limit', () => {
  test.each<[string, RateWindow[]]>([
    ['GoDaddy', [{ calls: 60, windowMs: 60_000 }]],
    [
      'Namecheap',
      [
        { calls: 20, windowMs: 60_000 },
        { calls: 100, windowMs: 3_600_000 },
      ],
    ],
    ['Porkbun', [{ calls: 1, windowMs: 1_000 }]],
    [
      'Name.com',
      [
        { calls: 20, windowMs: 1_000 },
        { calls: 300, windowMs: 60_000 },
      ],
    ],
  ])(
    'never lets %s see more calls in a window than its limit, whatever the latency',
    async (_name, windows) => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 5_000 }), async (seed, spread) => {
          const clock = createVirtualClock();
          const random = createRandom(seed);

          const arrivals = await send(clock, open(clock, windows), 150, () => [
            random() * spread,
            random() * spread,
          ]);

          expect(arrivals).toHaveLength(150);
          for (const window of windows) expect(countViolations(arrivals, window)).toBe(0);
        }),
        { numRuns: 15 },
      );
    },
  );

  test('a bucket that counts at sending time breaks the same limit: the check can fail', async () => {
    const clock = createVirtualClock();
    const random = createRandom(7);
    const window = { calls: 60, windowMs: 60_000 };

    const arrivals = await send(clock, openSendTimeBucket(clock, window), 1_000, () => [random() * 600, 100]);

    expect(countViolations(arrivals, window)).toBeGreaterThan(100);
  });

  test('uses the window up: 1,000 calls at 60 a minute end within 2 % of the bound', async () => {
    const clock = createVirtualClock();
    const startMs = clock.now();

    await send(clock, open(clock, [{ calls: 60, windowMs: 60_000 }]), 1_000, () => [175, 175]);

    const boundMs = Math.floor(999 / 60) * 60_000 + 350;
    expect((clock.now() - startMs) / boundMs).toBeLessThan(1.02);
  });

  test('a call later than the caller may wait is refused with the time of its turn', async () => {
    const clock = createVirtualClock();
    const gate = open(clock, [{ calls: 1, windowMs: 60_000 }], 5_000);
    await send(clock, gate, 1, () => [0, 0]);

    const refused = await gate.enter().catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(WindowClosedError);
    expect((refused as WindowClosedError).untilMs).toBe(clock.now() + 60_020);
  });

  test('a turn exactly as far away as the caller may wait is waited for, and the wait is told', async () => {
    const clock = createVirtualClock();
    const gate = open(clock, [{ calls: 1, windowMs: 60_000 }], 60_020);

    await send(clock, gate, 2, () => [0, 0]);

    expect(gate.waitedMs()).toBe(60_020);
  });

  test.each([0, 1])('no call is sent %i ms after work is to end', async (laterMs) => {
    const clock = createVirtualClock();
    const windows = [{ calls: 1, windowMs: 60_000 }];
    const gate = openGate({
      windows,
      state: fresh(windows),
      clock,
      maxWaitMs: 600_000,
      closesAtMs: clock.now() + 60_020,
    });
    const sent = await gate.enter();
    sent.answered();
    const turnMs = clock.now() + 60_020;

    // The turn comes at the very end of work: too late.
    await expect(gate.enter()).rejects.toMatchObject({ untilMs: turnMs });
    await clock.advance(60_020 + laterMs);
    await expect(gate.enter()).rejects.toMatchObject({ untilMs: clock.now() });
  });

  test('an answer that is told twice, or after it was given up, counts once', async () => {
    const clock = createVirtualClock();
    const gate = open(clock, [{ calls: 2, windowMs: 60_000 }], 5_000);
    const ticket = await gate.enter();

    ticket.answered();
    ticket.answered();
    ticket.lost();

    await gate.enter();
    expect(gate.state().tracks[0]?.map(([, calls]) => calls)).toEqual([1]);
  });

  test('turns that come one by one are gathered at the end of their row, and no further', async () => {
    const clock = createVirtualClock();
    const gate = open(clock, [{ calls: 10, windowMs: 60_000 }], 5_000);
    const startMs = clock.now();
    // five calls a second apart, a pause, three more: turns at 60 to 64 and at 80 to 82 seconds
    for (const pauseMs of [0, 1_000, 1_000, 1_000, 1_000, 16_000, 1_000, 1_000]) {
      await clock.advance(pauseMs);
      await send(clock, gate, 1, () => [0, 0]);
    }

    const atSecond = (calls: number) => Math.floor((gate.gatheredTurnMs(calls) - startMs) / 1000);
    // two are free at once
    expect([1, 2, 3, 10].map(atSecond)).toEqual([22, 22, 22, 22]);
    await send(clock, gate, 2, () => [0, 0]);
    expect([1, 2, 5, 6, 10].map(atSecond)).toEqual([60, 61, 64, 64, 64]);
    await clock.advance(41_000);
    expect([1, 3, 5, 10].map(atSecond)).toEqual([63, 63, 64, 64]);
  });

  test('a call without an answer counts from a grace after it was given up', async () => {
    const clock = createVirtualClock();
    const gate = open(clock, [{ calls: 1, windowMs: 1_000 }]);
    const ticket = await gate.enter();

    ticket.lost();

    expect(gate.nextTurnMs() - clock.now()).toBeGreaterThanOrEqual(6_000);
  });

  test('a 429 closes it until the time that the registrar gave', async () => {
    const clock = createVirtualClock();
    const gate = open(clock, [{ calls: 10, windowMs: 1_000 }]);

    gate.closeUntil(clock.now() + 30_000);

    expect(gate.nextTurnMs()).toBe(clock.now() + 30_000);
  });

  test('its state survives as text, and an abandoned lease counts as spent', () => {
    const windows = [
      { calls: 20, windowMs: 60_000 },
      { calls: 700, windowMs: 3_600_000 },
    ];
    const spent = assumeSpent(fresh(windows), windows, 125_000, 1_000_000_000);

    const again = parseState(formatState(spent, windows), windows);

    expect(again).toEqual(spent);
    expect(again.tracks.map((track) => track.reduce((sum, [, calls]) => sum + calls, 0))).toEqual([20, 60]);
  });
});
