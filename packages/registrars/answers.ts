import type * as z from 'zod/mini';
import { SyncError } from '#core/errors.ts';
import type { RegistrarAnswer } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { toSaidWaitMs } from '#core/retry-timing.ts';
import { parseJson } from './json.ts';

/**
 * Reads an answer's body as JSON of a form. The status and the content type are not looked at: Name.com's v4 sends
 * JSON as `text/html`.
 *
 * @throws SyncError REGISTRAR_BAD_RESPONSE where the body is no JSON, or not of that form; `path` says where
 */
export function readJson<T>(registrar: RegistrarId, answer: RegistrarAnswer, form: z.ZodMiniType<T>): T {
  return toFitting(registrar, form, parseJson(answer.body), { status: answer.status });
}

/**
 * The body of a refusal, where it has the form; undefined else. For answers whose status already says that something
 * is wrong, and whose body only tells what.
 */
export function tryReadJson<T>(answer: RegistrarAnswer, form: z.ZodMiniType<T>): T | undefined {
  return form.safeParse(parseJson(answer.body)).data;
}

/**
 * A value in the form that it must have.
 *
 * @throws SyncError REGISTRAR_BAD_RESPONSE where it hasn't; `path` says where, the value itself is never told
 */
export function toFitting<T>(
  registrar: RegistrarId,
  form: z.ZodMiniType<T>,
  value: unknown,
  facts: { readonly status?: number } = {},
): T {
  const result = form.safeParse(value);
  if (result.success) return result.data;
  const path = toPath(result.error.issues[0]?.path ?? []);
  throw toBadResponse(registrar, path === '' ? facts : { ...facts, path });
}

/**
 * Passes where the registrar serves. Call it first on every answer: the same two refusals mean the same everywhere.
 *
 * @throws SyncError RATE_LIMITED for 429, REGISTRAR_UNAVAILABLE for 5xx, both with the wait that the answer names
 */
export function requireServing(registrar: RegistrarId, answer: RegistrarAnswer, nowMs: number): void {
  if (answer.status === 429) throw toRateLimited(registrar, answer, nowMs);
  if (answer.status >= 500) throw toUnavailable(registrar, answer, nowMs);
}

/** The error for an answer that says "too many calls", in whatever words. */
export function toRateLimited(registrar: RegistrarId, answer: RegistrarAnswer, nowMs: number): SyncError {
  return new SyncError('RATE_LIMITED', toWaitFacts(registrar, answer, nowMs));
}

/** The error for an answer that says "not now". */
function toUnavailable(registrar: RegistrarId, answer: RegistrarAnswer, nowMs: number): SyncError {
  return new SyncError('REGISTRAR_UNAVAILABLE', toWaitFacts(registrar, answer, nowMs));
}

/** The error for an answer that is not of the documented form. */
export function toBadResponse(
  registrar: RegistrarId,
  facts: { readonly status?: number; readonly path?: string } = {},
): SyncError {
  return new SyncError('REGISTRAR_BAD_RESPONSE', { registrar, ...facts });
}

function toWaitFacts(registrar: RegistrarId, answer: RegistrarAnswer, nowMs: number) {
  const retryAfterMs = toSaidWaitMs({ headers: answer.headers, body: parseJson(answer.body) }, nowMs);
  const facts = { registrar, status: answer.status };
  return retryAfterMs === undefined ? facts : { ...facts, retryAfterMs };
}

/** Keys can be a registrar's own text: only plain ones are told, and not at length. */
function toPath(keys: readonly PropertyKey[]): string {
  return keys
    .slice(0, 8)
    .map((key) => (/^\w{1,40}$/.test(String(key)) ? String(key) : '?'))
    .join('/');
}
