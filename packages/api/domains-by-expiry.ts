import * as z from 'zod/mini';
import type { DomainRecord } from '#core/domain.ts';
import type { DomainStore, ExpiryPosition } from '#core/ports/stores.ts';

/** Where a list by expiry goes on. */
export const ExpiryCursor = z.strictObject({
  expiresAt: z.nullable(z.string()),
  name: z.string(),
  integrationId: z.string(),
});

/** A page of a list: rows, and where the next begins; undefined where there is none. */
export interface DomainPage<P> {
  readonly rows: readonly DomainRecord[];
  readonly next: P | undefined;
}

/** The most rows that one request looks at: about 5 MB, a second or two. A page that filters thin out ends short. */
export const MAX_LOOKED_AT = 5_000;
const MAX_CHUNK = 1_000;

export interface ExpiryRequest {
  readonly tenantId: string;
  readonly limit: number;
  readonly descending: boolean;
  readonly after: ExpiryPosition | undefined;
  /** Exclusive; rows without a date are left out. */
  readonly untilIso: string | undefined;
  /** How many rows to read at a time: the limit where nearly all pass. */
  readonly chunk: number;
  readonly passes: (domain: DomainRecord) => boolean;
}

/** Rows of a tenant by expiry, those that pass, until the page is full or enough was looked at. */
export async function listByExpiry(
  domains: Pick<DomainStore, 'listByExpiry'>,
  request: ExpiryRequest,
): Promise<DomainPage<ExpiryPosition>> {
  const { tenantId, limit, descending, untilIso, passes } = request;
  const rows: DomainRecord[] = [];
  let after = request.after;
  for (let looked = 0; looked < MAX_LOOKED_AT; ) {
    const page = await domains.listByExpiry(tenantId, {
      limit: Math.min(request.chunk, MAX_CHUNK),
      descending,
      ...(after && { after }),
      ...(untilIso !== undefined && { untilIso }),
    });
    for (const [index, row] of page.items.entries()) {
      if (!passes(row)) continue;
      rows.push(row);
      if (rows.length < limit) continue;
      const isLast = index === page.items.length - 1 && page.next === undefined;
      return { rows, next: isLast ? undefined : toPosition(row) };
    }
    if (page.next === undefined) return { rows, next: undefined };
    after = page.next;
    looked += Math.max(1, page.items.length);
  }
  return { rows, next: after };
}

function toPosition({ expiresAt, name, integrationId }: DomainRecord): ExpiryPosition {
  return { expiresAt, name, integrationId };
}
