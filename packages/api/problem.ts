import { isSyncError } from '#core/errors.ts';
import type { Log } from '#core/ports/log.ts';
import { API_CODES, type ApiCode, type ApiProblemJson, type FieldProblemJson } from './schemas/problem.ts';

export interface ProblemExtras {
  readonly errors?: readonly FieldProblemJson[];
  readonly runId?: string;
  readonly integrationId?: string;
  /** When to come back; sent as `Retry-After` in whole seconds, at least one. */
  readonly retryAfterMs?: number;
}

/** Thrown wherever a request can't be answered as it asks; becomes problem+json (RFC 9457) at the edge of the app. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ApiCode;
  readonly detail: string;
  readonly extras: ProblemExtras;

  constructor(code: ApiCode, detail: string, extras: ProblemExtras = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.extras = extras;
  }
}

/** What is missing, foreign, being deleted or malformed: one and the same answer. */
export function notFound(): ApiError {
  return new ApiError('NOT_FOUND', 'There is nothing here for you.');
}

/** A request whose fields are wrong, each at its pointer. */
export function invalid(errors: readonly FieldProblemJson[]): ApiError {
  const detail =
    errors.length === 1 ? (errors[0] as FieldProblemJson).detail : 'Several fields are not valid.';
  return new ApiError('INVALID_REQUEST', detail, { errors });
}

/** The problem that an error is. What isn't known is logged, by its class alone, and says nothing outside. */
export function toApiError(error: unknown, log: Log): ApiError {
  if (error instanceof ApiError) return error;
  const name = error instanceof Error ? error.name : 'unknown';
  const code = isSyncError(error) ? error.code : 'INTERNAL';
  log.error('request failed', { error: name, code });
  if (code === 'ENCRYPTION_UNAVAILABLE') {
    const detail = 'Credentials could not be encrypted, so nothing was stored. Try again in a few seconds.';
    return new ApiError(code, detail, { retryAfterMs: 5_000 });
  }
  return new ApiError(
    'INTERNAL',
    'Nothing more can be said here. If it stays so, give support the request id.',
  );
}

/** The answer that a problem is. */
export function toProblemResponse({ code, detail, extras }: ApiError, requestId: string): Response {
  const { status, title } = API_CODES[code];
  const { retryAfterMs, errors, ...rest } = extras;
  const body: ApiProblemJson = {
    type: `urn:domain-collective:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail,
    code,
    requestId,
    ...(errors && { errors: [...errors] }),
    ...rest,
  };
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (retryAfterMs !== undefined) headers.set('retry-after', toRetryAfter(retryAfterMs));
  if (status === 401) headers.set('www-authenticate', 'Bearer error="invalid_token"');
  return new Response(JSON.stringify(body), { status, headers });
}

/** Whole seconds, at least one. */
export function toRetryAfter(ms: number): string {
  return String(Math.max(1, Math.ceil(ms / 1000)));
}
