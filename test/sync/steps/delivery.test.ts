import { describe, expect, test } from 'vitest';
import { keepAlive, park, toLogFields, toStart } from '#sync/steps/delivery.ts';
import { PARKED_LEASE_MS, RUN_LEASE_MS, WORKING_LEASE_MS } from '#sync/timings.ts';
import { NOW_MS } from '#test/api/fixtures.ts';
import { createScriptedDelivery, type ScriptedStep } from './scripted-step.ts';

const MINUTE_MS = 60_000;
const withLease = (leaseUntilMs: number): ScriptedStep => ({ integration: { leaseUntilMs } });

describe('the lease of a run', () => {
  test.each([
    ['stays where it lasts as long as a delivery works', WORKING_LEASE_MS + 1, WORKING_LEASE_MS + 1],
    ['is extended where it ends before', WORKING_LEASE_MS, RUN_LEASE_MS],
  ])('%s', async (_title, leftMs, afterMs) => {
    const { delivery, readLease } = await createScriptedDelivery(withLease(NOW_MS + leftMs));

    expect(await keepAlive(delivery, NOW_MS)).toBe(true);
    expect(await readLease()).toBe(NOW_MS + afterMs);
  });

  test('can not be extended where another run has the fence', async () => {
    const { delivery } = await createScriptedDelivery(withLease(NOW_MS + 1));

    expect(await keepAlive({ ...delivery, fence: { ...delivery.fence, epoch: 2 } }, NOW_MS)).toBe(false);
  });
});

describe('a delivery that has to wait', () => {
  const longLease = withLease(NOW_MS + 60 * MINUTE_MS);

  test.each([
    ['whole seconds, the last of which it sleeps', 10_900, 10],
    ['not at all where its turn is past', -5_000, 0],
    ['a quarter of an hour at most', 60 * MINUTE_MS, 900],
  ])('goes back to its queue for %s', async (_title, waitMs, delaySeconds) => {
    const { delivery, parked, readStep } = await createScriptedDelivery(longLease);

    await park(delivery, NOW_MS + waitMs);

    expect(parked).toEqual([{ hop: 1, delaySeconds }]);
    expect(await readStep()).toMatchObject({ done: false, position: { wakeAtMs: NOW_MS + waitMs } });
  });

  test('says once that its step began', async () => {
    const first = await createScriptedDelivery(longLease);
    const second = await createScriptedDelivery({ ...longLease, hop: 1 });

    await park(first.delivery, NOW_MS + 1_000);
    await park(second.delivery, NOW_MS + 1_000);

    expect((await first.readRun()).stepStartedAt.FETCH_DOMAINS).toBeDefined();
    expect((await second.readRun()).stepStartedAt.FETCH_DOMAINS).toBeUndefined();
  });

  test.each([
    ['lasts', PARKED_LEASE_MS, 10_000 + PARKED_LEASE_MS],
    ['is extended', PARKED_LEASE_MS - 1, 10_000 + RUN_LEASE_MS],
  ])('has a lease that %s beyond its return', async (_title, leftMs, afterMs) => {
    const { delivery, readLease } = await createScriptedDelivery(withLease(NOW_MS + 10_000 + leftMs));

    await park(delivery, NOW_MS + 10_000);

    expect(await readLease()).toBe(NOW_MS + afterMs);
  });

  test('is left to the delivery that took its claim', async () => {
    const { delivery, parked, loseClaim } = await createScriptedDelivery(longLease);
    await loseClaim();

    await park(delivery, NOW_MS + 10_000);

    expect(parked).toEqual([]);
  });
});

describe('what a delivery says of its step', () => {
  test.each([
    ['validate', {}],
    ['list', { steps: { FETCH_DOMAINS: expect.any(String) } }],
    ['dns', { steps: { FETCH_DNS_RECORDS: expect.any(String) } }],
  ] as const)('%s began: %o', async (kind, note) => {
    const { delivery } = await createScriptedDelivery({ kind });

    expect(toStart(delivery)).toEqual(note);
  });

  test('is nothing where the run says so already', async () => {
    const run = { stepStartedAt: { FETCH_DOMAINS: '2026-11-23T11:59:30.000Z' } };
    const { delivery } = await createScriptedDelivery({ run });

    expect(toStart(delivery)).toEqual({});
  });

  test('names ids and numbers in the log, and never the token', async () => {
    const { delivery } = await createScriptedDelivery({ kind: 'dns', hop: 3 });

    expect(toLogFields(delivery.message)).toEqual({
      tenantId: delivery.fence.tenantId,
      integrationId: delivery.integration.id,
      runId: delivery.run.runId,
      registrar: 'godaddy',
      attempt: 0,
      hop: 3,
      step: 'dns-000001',
    });
  });
});
