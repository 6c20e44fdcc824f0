import { SyncError } from '#core/errors.ts';
import type { AcquiredBucket, RateBucketStore } from '#core/ports/rate-buckets.ts';
import { above, absent, allOf, anyOf, atMost, equal } from './conditions.ts';
import { readNumber, readNumberOrNull, readTextOrNull } from './fields.ts';
import { isWritten, type Row, type RowStore, unlessRefused } from './rows.ts';
import { KEPT_SECONDS, KEY, toTtl } from './table.ts';

/** So often a booking or lease is tried anew while others are quicker. */
const maxAttempts = 50;

/**
 * The state of rate limits over rows of the Portfolio table. A row is kept 7 days from its last lease, which is longer
 * than any registrar's window.
 */
export function createRateBucketStore(rows: RowStore): RateBucketStore {
  const book: RateBucketStore['book'] = async (key, fromMs, spanMs) => {
    const rowKey = KEY.rateBucket(key);
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const behind = await unlessRefused(
        rows.updateAndRead(rowKey, { add: { bookedMs: spanMs } }, above('bookedMs', fromMs)),
      );
      if (behind !== undefined) return readNumber(behind, 'bookedMs') - spanMs;
      const first = { set: { bookedMs: fromMs + spanMs } };
      if (await isWritten(rows.update(rowKey, first, isUnbooked(fromMs)))) return fromMs;
    }
    throw new SyncError('INTERNAL', { path: 'store/contention' });
  };

  return {
    async acquire(key, holder, nowMs, leaseUntilMs) {
      const rowKey = KEY.rateBucket(key);
      const ttl = toTtl(nowMs, KEPT_SECONDS.rateBucket);
      for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
        // releasing sets the lease to 0: what is left above it is the end of a lease that nobody gave back
        const taken = await unlessRefused(
          rows.updateAndRead(
            rowKey,
            {
              set: { holder, leaseUntilMs, ttl },
              copy: { abandonedAtMs: { from: 'leaseUntilMs', otherwise: 0 } },
            },
            anyOf(absent('leaseUntilMs'), atMost('leaseUntilMs', nowMs)),
          ),
        );
        if (taken !== undefined) return toAcquired(taken);
        const stored = await rows.get(rowKey, { consistent: true });
        if (stored === undefined) continue;
        if (stored.holder !== holder) {
          const busyUntilMs = readNumber(stored, 'leaseUntilMs');
          const bookedMs = readNumberOrNull(stored, 'bookedMs') ?? 0;
          if (busyUntilMs > nowMs) return { acquired: false, leaseUntilMs: busyUntilMs, bookedMs };
          continue;
        }
        // its own lease, live: what the holder before left behind stays noted until this one releases it
        const kept = await unlessRefused(
          rows.updateAndRead(rowKey, { set: { leaseUntilMs, ttl } }, equal('holder', holder)),
        );
        if (kept !== undefined) return toAcquired(kept);
      }
      throw new SyncError('INTERNAL', { path: 'store/contention' });
    },
    async release(key, holder, state) {
      const update = { set: { state, leaseUntilMs: 0 }, remove: ['holder'] };
      await unlessRefused(rows.update(KEY.rateBucket(key), update, equal('holder', holder)));
    },
    async releaseAndBook(key, holder, state, fromMs, spanMs) {
      const given = { set: { state, leaseUntilMs: 0 }, remove: ['holder'] };
      const rowKey = KEY.rateBucket(key);
      const first = { ...given, set: { ...given.set, bookedMs: fromMs + spanMs } };
      const isMine = equal('holder', holder);
      if (await isWritten(rows.update(rowKey, first, allOf(isMine, isUnbooked(fromMs))))) return fromMs;
      const behind = await unlessRefused(
        rows.updateAndRead(
          rowKey,
          { ...given, add: { bookedMs: spanMs } },
          allOf(isMine, above('bookedMs', fromMs)),
        ),
      );
      return behind === undefined ? book(key, fromMs, spanMs) : readNumber(behind, 'bookedMs') - spanMs;
    },
    book,
  };
}

/** Whether nobody has booked a turn after an instant. */
const isUnbooked = (fromMs: number) => anyOf(absent('bookedMs'), atMost('bookedMs', fromMs));

function toAcquired(row: Row): AcquiredBucket {
  const abandonedAtMs = readNumberOrNull(row, 'abandonedAtMs') ?? 0;
  return {
    acquired: true,
    state: readTextOrNull(row, 'state') ?? undefined,
    abandonedAtMs: abandonedAtMs > 0 ? abandonedAtMs : undefined,
    bookedMs: readNumberOrNull(row, 'bookedMs') ?? 0,
  };
}
