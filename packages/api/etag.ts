import { createHash } from 'node:crypto';
import { ApiError } from './problem.ts';

/** The strong entity tag of a body (RFC 9110 §8.8.3): equal bytes, equal tag. */
export function toEtag(body: string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/** Whether what the client has is still what it would get: If-None-Match, compared weakly (RFC 9110 §13.1.2). */
export function isUnchanged(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return toTags(ifNoneMatch).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag);
}

/**
 * Passes where there is no If-Match or it names what GET would give now, compared strongly (RFC 9110 §13.1.1).
 * @throws ApiError PRECONDITION_FAILED
 */
export function requireMatch(ifMatch: string | undefined, current: unknown): void {
  if (ifMatch === undefined) return;
  const etag = toEtag(JSON.stringify(current));
  if (!toTags(ifMatch).some((tag) => tag === '*' || tag === etag)) throw preconditionFailed();
}

/** The resource is not, or no longer, what the client changed. */
export function preconditionFailed(): ApiError {
  return new ApiError(
    'PRECONDITION_FAILED',
    'It is not what you last read. Read it again before you change it.',
  );
}

function toTags(header: string): string[] {
  return header.match(/\*|(?:W\/)?"[^"]*"/g) ?? [];
}
