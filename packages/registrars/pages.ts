import { SyncError } from '#core/errors.ts';
import type { RegistrarId } from '#core/registrar-id.ts';

/** What is known after a page has been read. */
export interface PageFacts {
  /** The number of the page that was read, from 1. */
  readonly page: number;
  readonly pageSize: number;
  /** How many entries the page had. */
  readonly entries: number;
  /** How many entries there are on all pages together; null where the registrar doesn't tell. */
  readonly total: number | null;
}

/**
 * The page that a cursor stands for, as {@link toNextPage} numbers them; null is the first.
 *
 * @throws SyncError INTERNAL for a cursor that was not ours
 */
export function toPageNumber(registrar: RegistrarId, cursor: string | null): number {
  if (cursor === null) return 1;
  if (/^[1-9]\d{0,4}$/.test(cursor)) return Number(cursor);
  throw new SyncError('INTERNAL', { registrar, path: 'cursor' });
}

/** The numbers of the pages behind the next one, where the total tells them. */
export function toLaterPages({ page, pageSize, total }: PageFacts): number[] {
  const last = total === null ? 0 : Math.ceil(total / pageSize);
  return Array.from({ length: Math.max(0, last - page - 1) }, (_, index) => page + 2 + index);
}

/**
 * The number of the page to read next; null at the proven end: the total is reached, or, where none is told, the page
 * was not full.
 *
 * @throws SyncError LIST_INCOMPLETE where the page has fewer entries than the total leaves for it: the page size was
 *   not kept, or entries moved meanwhile
 */
export function toNextPage(registrar: RegistrarId, facts: PageFacts): number | null {
  const { page, pageSize, entries, total } = facts;
  if (total === null) return entries < pageSize ? null : page + 1;
  const due = Math.min(pageSize, Math.max(0, total - pageSize * (page - 1)));
  if (entries < due) throw new SyncError('LIST_INCOMPLETE', { registrar });
  return page * pageSize < total ? page + 1 : null;
}
