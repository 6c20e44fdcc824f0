import { beforeEach, describe, expect, test } from 'vitest';
import type { Integration } from '#core/integration.ts';
import type { StartRequest } from '#core/ports/stores.ts';
import type { TestStores } from '#test/support/stores.ts';
import { LEASE, NOW, REF, toHeld, toIntegration, toStart } from '../fixtures.ts';

/** What the store of integrations must do when runs start, go on and end. */
export function testIntegrationRuns(makeStores: () => Promise<TestStores>): void {
  describe('integrations and their runs', () => {
    let integrations: TestStores['integrations'];
    beforeEach(async () => {
      integrations = (await makeStores()).integrations;
    });
    const read = async () => (await integrations.get(REF)) as Integration;
    const start = async (changes: Partial<StartRequest> = {}) => {
      const result = await integrations.startRun(REF, toStart(changes));
      if (!result.started) throw new Error(`not started: ${result.why}`);
      return { ...REF, epoch: result.integration.epoch };
    };

    describe('starting a run', () => {
      beforeEach(async () => {
        await integrations.create(toIntegration());
      });

      test('sets run, trigger, epoch, lease and times, and only a manual one the time of the last manual', async () => {
        const result = await integrations.startRun(REF, toStart());

        expect(result).toEqual({ started: true, integration: await read(), supersededRunId: null });
        expect(await read()).toEqual(
          toIntegration({
            epoch: 2,
            runId: 'run1',
            runTrigger: 'MANUAL',
            leaseUntilMs: NOW + LEASE,
            lastAttemptAt: '2026-11-23T12:00:00.000Z',
            lastManualAtMs: NOW,
          }),
        );
      });

      test('is refused while a run is live, even within the minute, and names that run', async () => {
        await start();

        for (const trigger of ['MANUAL', 'SCHEDULED', 'ADDED'] as const)
          expect(await integrations.startRun(REF, toStart({ runId: 'run2', trigger }))).toEqual({
            started: false,
            why: 'running',
            runId: 'run1',
          });
        expect((await read()).epoch).toBe(2);
      });

      test('is refused for a manual one within 60 s of the last and says how long to wait', async () => {
        const fence = await start();
        await integrations.finishRun(fence, 'run1', {});

        const early = toStart({ runId: 'run2', nowMs: NOW + 59_999 });
        expect(await integrations.startRun(REF, early)).toEqual({
          started: false,
          why: 'tooSoon',
          retryAfterMs: 1,
        });
        const scheduled = await integrations.startRun(REF, { ...early, trigger: 'SCHEDULED' });
        expect(scheduled.started).toBe(true);
        await integrations.finishRun({ ...REF, epoch: 3 }, 'run2', {});
        const late = await integrations.startRun(REF, toStart({ runId: 'run3', nowMs: NOW + 60_000 }));
        expect(late.started).toBe(true);
      });

      test('asks for no more than 60 s of patience, even of a clock that went back', async () => {
        await integrations.finishRun(await start(), 'run1', {});
        const early = toStart({ runId: 'run2', nowMs: NOW - 3_600_000 });
        expect(await integrations.startRun(REF, early)).toEqual({
          started: false,
          why: 'tooSoon',
          retryAfterMs: 60_000,
        });
      });

      test('is refused to the schedule while paused, not to a person', async () => {
        await integrations.patch(REF, { paused: true });

        expect(await integrations.startRun(REF, toStart({ trigger: 'SCHEDULED' }))).toEqual({
          started: false,
          why: 'paused',
        });
        expect((await integrations.startRun(REF, toStart())).started).toBe(true);
      });

      test('takes over a live run when credentials were updated, and says which', async () => {
        await start();

        const result = await integrations.startRun(
          REF,
          toStart({ runId: 'run2', trigger: 'CREDENTIALS_UPDATED' }),
        );

        expect(result).toMatchObject({ started: true, supersededRunId: 'run1', integration: { epoch: 3 } });
      });

      test('takes over a run whose lease lapsed, and says which', async () => {
        await start({ trigger: 'SCHEDULED', leaseUntilMs: NOW + 1000 });

        const live = await integrations.startRun(REF, toStart({ runId: 'run2', nowMs: NOW + 999 }));
        const lapsed = await integrations.startRun(REF, toStart({ runId: 'run3', nowMs: NOW + 1000 }));

        expect(live).toMatchObject({ started: false, why: 'running' });
        expect(lapsed).toMatchObject({ started: true, supersededRunId: 'run1' });
      });

      test('supersedes no run that was ended', async () => {
        await integrations.finishRun(await start(), 'run1', {});

        const result = await integrations.startRun(REF, toStart({ runId: 'run2', nowMs: NOW + 60_000 }));

        expect(result).toMatchObject({ started: true, supersededRunId: null });
      });

      test('that is repeated with the same run id is the same start', async () => {
        await start({ trigger: 'SCHEDULED', leaseUntilMs: NOW + 1000 });
        const nextRun = toStart({ runId: 'run2', nowMs: NOW + 1000, leaseUntilMs: NOW + LEASE });
        await integrations.startRun(REF, nextRun);

        const repeated = await integrations.startRun(REF, nextRun);

        expect(repeated).toMatchObject({ started: true, supersededRunId: 'run1', integration: { epoch: 3 } });
        const takeOver = toStart({ runId: 'run3', trigger: 'CREDENTIALS_UPDATED' });
        await integrations.startRun(REF, takeOver);
        expect(await integrations.startRun(REF, takeOver)).toMatchObject({
          started: true,
          supersededRunId: 'run2',
          integration: { epoch: 4 },
        });
      });

      test('succeeds exactly once of 100 at the same time, and the others learn its run id', async () => {
        const results = await Promise.all(
          Array.from({ length: 100 }, (_, n) => integrations.startRun(REF, toStart({ runId: `run${n}` }))),
        );

        const started = results.filter((result) => result.started);
        expect(started).toHaveLength(1);
        const { runId, epoch } = await read();
        expect(epoch).toBe(2);
        for (const result of results)
          if (!result.started) expect(result).toEqual({ started: false, why: 'running', runId });
      });

      test('is refused once it is being deleted', async () => {
        await integrations.markDeleting(REF, NOW);

        for (const trigger of ['MANUAL', 'SCHEDULED', 'ADDED', 'CREDENTIALS_UPDATED'] as const)
          expect(await integrations.startRun(REF, toStart({ trigger }))).toEqual({
            started: false,
            why: 'gone',
          });
      });
    });

    describe('a run under way', () => {
      beforeEach(async () => {
        await integrations.create(toIntegration());
      });

      test('extends its lease, only ever forward', async () => {
        const fence = await start();

        expect(await integrations.extendLease(fence, NOW + 2 * LEASE)).toBe(true);
        expect(await integrations.extendLease(fence, NOW + LEASE)).toBe(true);
        expect((await read()).leaseUntilMs).toBe(NOW + 2 * LEASE);
      });

      test('sets fields and keeps its lease', async () => {
        const fence = await start();

        expect(await integrations.patchRunning(fence, { limitKey: 'other', dueAtMs: NOW + 5 })).toBe(true);

        expect(await read()).toMatchObject({
          limitKey: 'other',
          dueAtMs: NOW + 5,
          leaseUntilMs: NOW + LEASE,
        });
        expect((await integrations.listDue(NOW + LEASE, 9)).items).toEqual([]);
        expect(await integrations.listLapsed(NOW + LEASE + 1, 9)).toEqual([REF]);
      });

      test('ends by its patch, clears the lease, and is ended once', async () => {
        const fence = await start();
        const patch = {
          lastSyncedAt: '2026-11-23T12:05:00.000Z',
          problem: {
            code: 'INTERNAL',
            reason: 'unspecified',
            at: '2026-11-23T12:05:00.000Z',
            requestId: 'run1',
          },
          notices: [{ code: 'NO_DOMAINS_FOUND' }],
          refusals: 1,
          dueAtMs: NOW + 7 * 86_400_000,
          held: toHeld(),
          zoneCursor: 'm.example',
        } as const;

        expect(await integrations.finishRun(fence, 'run1', patch)).toBe(true);
        expect(await read()).toMatchObject({ ...patch, leaseUntilMs: null, runId: 'run1', epoch: 2 });
        expect(await integrations.finishRun(fence, 'run1', { ...patch, held: null, problem: null })).toBe(
          false,
        );
        expect(await read()).toMatchObject(patch);
      });

      test('can only raise the version of the credentials that are in force', async () => {
        const fence = await start();
        const { credentials } = await read();
        const versions = [];
        for (const inForceVersion of [3, 2, null, 4]) {
          await integrations.patchRunning(fence, { credentials: { ...credentials, inForceVersion } });
          versions.push((await read()).credentials.inForceVersion);
        }
        await integrations.proposeCredentials(REF, { version: 2, limitKey: 'new', fromVersion: 1 });
        await integrations.patchRunning(fence, { credentials: { ...credentials, inForceVersion: 5 } });

        expect(versions).toEqual([3, 3, 3, 4]);
        expect((await read()).credentials).toMatchObject({
          version: 2,
          candidateVersion: 2,
          inForceVersion: 5,
        });
      });

      test('can do nothing after it ended', async () => {
        const fence = await start();
        await integrations.finishRun(fence, 'run1', {});

        expect(await integrations.extendLease(fence, NOW + 2 * LEASE)).toBe(false);
        expect(await integrations.patchRunning(fence, { refusals: 7 })).toBe(false);
        expect(await integrations.finishRun(fence, 'run2', { refusals: 7 })).toBe(false);
        expect(await read()).toMatchObject({ leaseUntilMs: null, refusals: 0 });
      });

      test('can do nothing once a newer run has the fence', async () => {
        const old = await start();
        await start({ runId: 'run2', trigger: 'CREDENTIALS_UPDATED' });
        const before = await read();

        expect(await integrations.extendLease(old, NOW + 9 * LEASE)).toBe(false);
        expect(await integrations.patchRunning(old, { refusals: 7 })).toBe(false);
        expect(await integrations.finishRun(old, 'run1', { refusals: 7 })).toBe(false);
        expect(await read()).toEqual(before);
      });

      test('can do nothing once the integration is being deleted', async () => {
        const fence = await start();
        await integrations.markDeleting(REF, NOW);
        const before = await read();

        for (const each of [fence, { ...fence, epoch: fence.epoch + 1 }]) {
          expect(await integrations.extendLease(each, NOW + 9 * LEASE)).toBe(false);
          expect(await integrations.patchRunning(each, { refusals: 7 })).toBe(false);
          expect(await integrations.finishRun(each, 'run1', { refusals: 7 })).toBe(false);
        }
        expect(await read()).toEqual(before);
      });

      test('leaves alone what a person did meanwhile: newer credentials and an accepted listing', async () => {
        await integrations.finishRun(await start(), 'run1', { held: toHeld() });
        const fence = await start({ runId: 'run2', trigger: 'SCHEDULED' });
        const seen = await read();
        await integrations.patch(REF, { heldAcceptedAt: '2026-11-23T12:01:00.000Z' });
        await integrations.proposeCredentials(REF, { version: 2, limitKey: 'new', fromVersion: 1 });

        await integrations.finishRun(fence, 'run2', {
          held: toHeld({ sightings: 2 }),
          credentials: { ...seen.credentials, expiresAt: '2027-05-05T00:00:00.000Z' },
        });

        expect(await read()).toMatchObject({
          held: { sightings: 2, acceptedAt: '2026-11-23T12:01:00.000Z' },
          credentials: {
            version: 2,
            candidateVersion: 2,
            candidateLimitKey: 'new',
            expiresAt: '2027-05-05T00:00:00.000Z',
          },
        });
      });

      test('an acceptance is not carried over to a listing that is another', async () => {
        await integrations.finishRun(await start(), 'run1', { held: toHeld() });
        const fence = await start({ runId: 'run2', trigger: 'SCHEDULED' });
        await integrations.patch(REF, { heldAcceptedAt: '2026-11-23T12:01:00.000Z' });

        await integrations.finishRun(fence, 'run2', { held: toHeld({ fingerprint: 'other' }) });

        expect((await read()).held?.acceptedAt).toBeNull();
      });

      test('its end loses nothing to 20 changes by a person at the same time', async () => {
        const fence = await start();

        const [ended] = await Promise.all([
          integrations.finishRun(fence, 'run1', { refusals: 3 }),
          ...Array.from({ length: 8 }, (_, n) => integrations.patch(REF, { label: `label ${n}` })),
        ]);

        expect(ended).toBe(true);
        expect(await read()).toMatchObject({ refusals: 3, leaseUntilMs: null, revision: 9 });
      });
    });
  });
}
