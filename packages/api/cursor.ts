import { createHmac, timingSafeEqual } from 'node:crypto';
import type * as z from 'zod/mini';
import { toCanonicalHash } from '#core/canonical-hash.ts';
import type { Fingerprinter } from '#core/ports/vault.ts';
import { ApiError } from './problem.ts';

/** What a cursor is good for: one tenant's list, with the filters that it began with. */
export interface CursorScope {
  readonly tenantId: string;
  readonly list: string;
  readonly filters: unknown;
}

export interface Cursors {
  /** A cursor for a position, or null where the list ended. */
  write(scope: CursorScope, position: unknown): Promise<string | null>;
  /**
   * The position of a cursor, undefined for none.
   * @throws ApiError INVALID_CURSOR for one that is changed, foreign, or of another list or filter
   */
  read<T>(scope: CursorScope, cursor: string | undefined, form: z.ZodMiniType<T>): Promise<T | undefined>;
}

/**
 * Cursors as `<position>.<mac>`, both base64url: the position is the caller's own data and the MAC (HMAC-SHA-256, 128
 * bits) binds it to its scope, so that no cursor leads anywhere else.
 */
export function createCursors(fingerprinter: Pick<Fingerprinter, 'cursorKey'>): Cursors {
  async function toMac({ tenantId, list, filters }: CursorScope, payload: string): Promise<string> {
    const text = JSON.stringify([tenantId, list, toCanonicalHash(filters), payload]);
    const mac = createHmac('sha256', await fingerprinter.cursorKey())
      .update(text)
      .digest();
    return mac.subarray(0, 16).toString('base64url');
  }

  return {
    async write(scope, position) {
      if (position === undefined) return null;
      const payload = Buffer.from(JSON.stringify(position)).toString('base64url');
      return `${payload}.${await toMac(scope, payload)}`;
    },
    async read(scope, cursor, form) {
      if (cursor === undefined) return undefined;
      const dot = cursor.indexOf('.');
      const payload = cursor.slice(0, Math.max(dot, 0));
      if (!isEqual(cursor.slice(dot + 1), await toMac(scope, payload))) throw changed();
      // Signed by us, but perhaps by an older version of us.
      const parsed = form.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      if (!parsed.success) throw changed();
      return parsed.data;
    },
  };
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function changed(): ApiError {
  return new ApiError('INVALID_CURSOR', 'The cursor is not one that this list gave, with these filters.');
}
