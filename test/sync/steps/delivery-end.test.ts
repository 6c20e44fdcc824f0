import { describe, expect, test } from 'vitest';
import { SupersededError, SyncError } from '#core/errors.ts';
import { toIso } from '#core/ports/clock.ts';
import { answer, waitUntil } from '#sync/steps/delivery-end.ts';
import { ZONE_BUDGET_MS } from '#sync/timings.ts';
import { inDays, NOW_MS } from '#test/api/fixtures.ts';
import { createScriptedDelivery, type ScriptedStep } from './scripted-step.ts';

const failed = (error: unknown) => ({ kind: 'failed', error, calls: 1 }) as const;

describe('a step that is done', () => {
  const done = { kind: 'done', result: { ranges: 3 }, calls: 2 } as const;

  test('is written down, then told to the workflow', async () => {
    const { delivery, answers, readStep } = await createScriptedDelivery({
      memory: { calls: 5, waitedMs: 7 },
    });

    await answer(delivery, done);

    expect(await readStep()).toMatchObject({ done: true, result: { ranges: 3 }, calls: 5, waitedMs: 7 });
    expect(answers).toEqual([['succeed', { ranges: 3 }]]);
  });

  test('is told by whoever has its claim', async () => {
    const { delivery, answers, loseClaim } = await createScriptedDelivery();
    await loseClaim();

    await answer(delivery, done);

    expect(answers).toEqual([]);
  });
});

describe('a step that failed', () => {
  test('says why to people, to the log and to the workflow', async () => {
    const { delivery, answers, lines, readRun, readStep } = await createScriptedDelivery();

    await answer(
      delivery,
      failed(
        new SyncError('ACCESS_NOT_GRANTED', {
          reason: 'addressNotAllowed',
          status: 403,
          path: '/v1/domains',
          address: '203.0.113.7',
        }),
      ),
    );

    const { problem, stepStartedAt } = await readRun();
    expect(problem).toEqual({
      code: 'ACCESS_NOT_GRANTED',
      reason: 'addressNotAllowed',
      at: inDays(0),
      requestId: delivery.run.runId,
      address: '203.0.113.7',
    });
    expect(stepStartedAt.FETCH_DOMAINS).toBe(inDays(0));
    expect(lines).toMatchObject([
      [
        'step failed',
        {
          code: 'ACCESS_NOT_GRANTED',
          reason: 'addressNotAllowed',
          status: 403,
          path: '/v1/domains',
          step: 'list',
        },
      ],
    ]);
    expect(await readStep()).toMatchObject({ done: false });
    expect(answers).toEqual([['fail', 'ACCESS_NOT_GRANTED']]);
  });

  test('by a fault of ours says no more than its class', async () => {
    const { delivery, answers, lines, readRun } = await createScriptedDelivery();

    await answer(delivery, failed(new TypeError('fake-secret in a message')));

    expect((await readRun()).problem).toMatchObject({ code: 'INTERNAL', reason: 'unspecified' });
    expect(lines[0]?.[1]).toMatchObject({ code: 'INTERNAL', error: 'TypeError' });
    expect(JSON.stringify([lines, answers, await readRun()])).not.toContain('fake-secret');
    expect(answers).toEqual([['fail', 'INTERNAL']]);
  });

  test('with new credentials that were refused says that the former are kept', async () => {
    const { delivery, readRun } = await createScriptedDelivery({ memory: { candidateRefused: true } });

    await answer(delivery, failed(new SyncError('INVALID_CREDENTIALS')));

    expect((await readRun()).problem).toMatchObject({ formerCredentialsKept: true });
  });

  test('since another run took over leaves no trace', async () => {
    const { delivery, answers, lines, readRun } = await createScriptedDelivery();

    await answer(delivery, failed(new SupersededError('over')));

    expect([answers, lines, (await readRun()).problem]).toEqual([[['fail', 'Superseded']], [], null]);
  });

  test('is told by whoever has its claim', async () => {
    const { delivery, answers, readRun, loseClaim } = await createScriptedDelivery();
    await loseClaim();

    await answer(delivery, failed(new SyncError('REGISTRAR_TLS')));

    expect([answers, (await readRun()).problem]).toEqual([[], null]);
  });
});

describe('a range whose turn comes', () => {
  /** A range of four zones of which one was read, and whose run began so long ago. */
  async function createRange(ageMs: number, script: ScriptedStep = {}) {
    const range = await createScriptedDelivery({
      kind: 'dns',
      memory: { marks: 'f...' },
      integration: { leaseUntilMs: NOW_MS + 3_600_000 },
      run: { startedAt: toIso(NOW_MS - ageMs) },
      ...script,
    });
    const { stores, context } = range;
    const claim = { attempt: 0, hop: 0, messageId: 'message-0', atMs: NOW_MS };
    await stores.work.claim(context.message, 'list', claim);
    await stores.work.putPage(context.message, {
      page: 1,
      zoneNames: ['a.com', 'b.com', 'c.com', 'd.com'],
      otherNames: [],
      zoneOffset: 0,
      nextCursor: null,
      declaredTotal: null,
      skipped: 0,
      counts: { new: 4, changed: 0, unchanged: 0 },
    });
    const position = { complete: true, pages: 1, zones: 4, firstZone: 0 };
    await stores.work.save(context.message, 'list', claim, {
      done: true,
      result: {},
      position,
      calls: 1,
      waitedMs: 0,
    });
    return range;
  }

  test('while its run has time goes back to its queue', async () => {
    const { delivery, parked, answers } = await createRange(ZONE_BUDGET_MS - 5_000);

    await waitUntil(delivery, NOW_MS + 5_000);

    expect([parked, answers]).toEqual([[{ hop: 1, delaySeconds: 5 }], []]);
  });

  test('when its time is over ends, and leaves the rest to the next run', async () => {
    const { delivery, parked, answers, readStep } = await createRange(ZONE_BUDGET_MS - 5_000);

    await waitUntil(delivery, NOW_MS + 5_001);

    expect([parked, answers]).toEqual([[], [['succeed', {}]]]);
    expect(await readStep()).toMatchObject({ done: true, position: { marks: 'fbbb', reachedName: 'a.com' } });
  });

  test('of a listing knows no such end', async () => {
    const { delivery, parked } = await createRange(2 * ZONE_BUDGET_MS, { kind: 'list' });

    await waitUntil(delivery, NOW_MS + 5_000);

    expect(parked).toHaveLength(1);
  });
});
