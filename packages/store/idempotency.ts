import type { IdempotencyClaim, IdempotencyStore } from '#core/ports/stores.ts';
import { changeRow, type Decision } from './change-row.ts';
import { absent, allOf, anyOf, atMost, equal, exists } from './conditions.ts';
import { readNumber, readStructure, readText } from './fields.ts';
import { type Row, type RowStore, unlessRefused } from './rows.ts';
import { KEPT_SECONDS, KEY, toTtl } from './table.ts';

/** After so long a request that gave no answer is taken for lost: it outlives the API's own timeout of 30 s. */
export const RUNNING_LAPSES_MS = 35_000;

interface Request {
  readonly fingerprint: string;
  readonly resourceId: string;
  readonly nowMs: number;
}

/** Idempotency keys over rows of the Portfolio table; expiry is checked on reading, since TTL deletes late. */
export function createIdempotencyStore(rows: RowStore): IdempotencyStore {
  return {
    async claim(tenantId, key, request) {
      const rowKey = KEY.idempotency(tenantId, key);
      const row = { ...rowKey, ...toFresh(request) };
      const isFree = anyOf(absent('PK'), atMost('expiresAtMs', request.nowMs));
      const isClaimed = await unlessRefused(rows.put(row, isFree).then(() => true));
      if (isClaimed) return { outcome: 'fresh', resourceId: request.resourceId };
      return changeRow(rows, rowKey, (stored) => decide(stored, request));
    },
    async answer(tenantId, key, { status, headers, body, nowMs }) {
      const update = { set: { status, headers, body, answeredAtMs: nowMs } };
      // the first answer stands, and a key that was given back or has expired remembers none
      const isOpen = allOf(exists('startedAtMs'), absent('status'));
      await unlessRefused(rows.update(KEY.idempotency(tenantId, key), update, isOpen));
    },
    async release(tenantId, key) {
      // what was answered meanwhile stands
      await unlessRefused(rows.delete(KEY.idempotency(tenantId, key), absent('status')));
    },
  };
}

function toFresh({ fingerprint, resourceId, nowMs }: Request) {
  const spanMs = KEPT_SECONDS.idempotency * 1000;
  return {
    fingerprint,
    resourceId,
    startedAtMs: nowMs,
    expiresAtMs: nowMs + spanMs,
    ttl: toTtl(nowMs, KEPT_SECONDS.idempotency),
  };
}

/** What a request finds whose key was taken, and not expired, when it came. */
function decide(stored: Row | undefined, request: Request): Decision<IdempotencyClaim> {
  const fresh: IdempotencyClaim = { outcome: 'fresh', resourceId: request.resourceId };
  if (stored === undefined)
    return { update: { set: toFresh(request) }, condition: absent('PK'), toAnswer: () => fresh };
  const startedAtMs = readNumber(stored, 'startedAtMs');
  const resourceId = readText(stored, 'resourceId');
  if (readText(stored, 'fingerprint') !== request.fingerprint) return { answer: { outcome: 'mismatch' } };
  if (stored.status !== undefined)
    return {
      answer: {
        outcome: 'answered',
        status: readNumber(stored, 'status'),
        headers: readStructure<Record<string, string>>(stored, 'headers'),
        body: readText(stored, 'body'),
      },
    };
  // the client repeated its write because the answer got lost: the claim is this very request's
  if (resourceId === request.resourceId && startedAtMs === request.nowMs) return { answer: fresh };
  if (request.nowMs < startedAtMs + RUNNING_LAPSES_MS) return { answer: { outcome: 'running' } };
  return {
    update: { set: { startedAtMs: request.nowMs } },
    condition: allOf(equal('startedAtMs', startedAtMs), absent('status')),
    toAnswer: () => ({ outcome: 'fresh', resourceId }),
  };
}
