import { createHash } from 'node:crypto';
import { isSyncError } from '#core/errors.ts';
import type { IdempotencyClaim } from '#core/ports/stores.ts';
import type { CommonDeps } from './deps.ts';
import { ApiError, invalid } from './problem.ts';

/** A POST as far as its repetition is concerned. */
export interface Repeatable {
  readonly tenantId: string;
  /** The `Idempotency-Key`; without one every request is its own. */
  readonly key: string | undefined;
  readonly method: string;
  readonly path: string;
  readonly bodyText: string;
}

export interface PlainAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Works on a POST once for each key and remembers its answer for a day. `work` is given the id for what it creates, the
 * same for a repetition of a request that never answered. What changed nothing (a problem) gives the key back, so that
 * the same request may be tried again; what failed in a way that isn't known keeps it, and a repetition after it
 * lapsed carries on with the same id.
 * @throws ApiError IDEMPOTENCY_MISMATCH, IDEMPOTENCY_IN_PROGRESS, INVALID_REQUEST
 */
export async function answerOnce(
  deps: Pick<CommonDeps, 'stores' | 'fingerprinter' | 'clock' | 'newId' | 'log'>,
  request: Repeatable,
  work: (resourceId: string) => Promise<PlainAnswer>,
): Promise<PlainAnswer> {
  const { tenantId, key } = request;
  const { idempotency } = deps.stores;
  if (key === undefined) return work(deps.newId());
  requireKey(key);
  const fingerprint = await deps.fingerprinter.fingerprint('body', toText(request));
  const claim = await idempotency.claim(tenantId, key, {
    fingerprint,
    resourceId: deps.newId(),
    nowMs: deps.clock.now(),
  });
  if (claim.outcome !== 'fresh') return repeat(claim);
  let answer: PlainAnswer;
  try {
    answer = await work(claim.resourceId);
  } catch (error) {
    if (changedNothing(error)) await idempotency.release(tenantId, key);
    throw error;
  }
  try {
    await idempotency.answer(tenantId, key, { ...answer, nowMs: deps.clock.now() });
  } catch (error) {
    // The work is done and its answer goes out; a repetition will find that and answer by itself.
    const name = error instanceof Error ? error.name : 'unknown';
    deps.log.warn('answer not remembered', { tenantId, error: name });
  }
  return answer;
}

/** Problems are found before the work begins, and credentials that can't be sealed are never stored. */
function changedNothing(error: unknown): boolean {
  return error instanceof ApiError || (isSyncError(error) && error.code === 'ENCRYPTION_UNAVAILABLE');
}

function repeat(claim: Exclude<IdempotencyClaim, { outcome: 'fresh' }>): PlainAnswer {
  if (claim.outcome === 'mismatch') {
    throw new ApiError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used with another request within 24 hours.',
    );
  }
  if (claim.outcome === 'running') {
    throw new ApiError('IDEMPOTENCY_IN_PROGRESS', 'A request with this Idempotency-Key is being worked on.');
  }
  const { status, headers, body } = claim;
  return { status, headers, body };
}

function requireKey(key: string): void {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(key)) return;
  const detail = 'Idempotency-Key takes 1 to 128 letters, digits, hyphens and underscores.';
  throw invalid([{ pointer: '/Idempotency-Key', code: 'INVALID_VALUE', detail }]);
}

/** The body as its hash: it may hold credentials, and what is keyed must not be longer than KMS takes (4 KiB). */
function toText({ method, path, bodyText }: Repeatable): string {
  return `${method}\n${path}\n${createHash('sha256').update(bodyText).digest('base64url')}`;
}
