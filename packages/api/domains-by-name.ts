import * as z from 'zod/mini';
import type { DomainRecord } from '#core/domain.ts';
import type { DomainStore } from '#core/ports/stores.ts';
import { type DomainPage, MAX_LOOKED_AT } from './domains-by-expiry.ts';

/** Where a list by name goes on: behind this row. */
export const NameCursor = z.strictObject({ name: z.string(), integrationId: z.string() });
export type NamePosition = z.output<typeof NameCursor>;

export interface NameRequest {
  readonly integrationIds: readonly string[];
  readonly limit: number;
  readonly after: NamePosition | undefined;
  readonly passes: (domain: DomainRecord) => boolean;
}

const MIN_CHUNK = 25;
const MAX_CHUNK = 1_000;

/**
 * Rows of several integrations by name, then by integration: each integration's rows are stored in the order of their
 * names, and are merged here. Rows that pass, until the page is full or enough was looked at.
 */
export async function listByName(
  domains: Pick<DomainStore, 'get' | 'listByName'>,
  { integrationIds, limit, after, passes }: NameRequest,
): Promise<DomainPage<NamePosition>> {
  const chunk = Math.min(
    MAX_CHUNK,
    Math.max(MIN_CHUNK, Math.ceil(limit / Math.max(1, integrationIds.length))),
  );
  const sources = await Promise.all(
    [...integrationIds].sort().map((integrationId) => openSource(domains, { integrationId, after, chunk })),
  );
  const rows: DomainRecord[] = [];
  let last = after;
  for (let looked = 0; looked < MAX_LOOKED_AT && rows.length < limit; looked += 1) {
    const source = findFirst(sources);
    const row = source?.head();
    if (source === undefined || row === undefined) return { rows, next: undefined };
    await source.drop();
    last = { name: row.name, integrationId: row.integrationId };
    if (passes(row)) rows.push(row);
  }
  return { rows, next: findFirst(sources) ? last : undefined };
}

/** The rows of one integration that are still to come. */
interface Source {
  head(): DomainRecord | undefined;
  /** Goes on to the next row. */
  drop(): Promise<void>;
}

async function openSource(
  domains: Pick<DomainStore, 'get' | 'listByName'>,
  { integrationId, after, chunk }: { integrationId: string; after: NamePosition | undefined; chunk: number },
): Promise<Source> {
  let rows: DomainRecord[] = [];
  let index = 0;
  let lastName = after?.name;
  let isEnded = false;

  async function fill(): Promise<void> {
    const more = await domains.listByName(integrationId, chunk, lastName);
    isEnded = more.length < chunk;
    lastName = more.at(-1)?.name ?? lastName;
    rows = [...rows.slice(index), ...more];
    index = 0;
  }

  // The page before may have ended between two integrations that hold the same name.
  if (after !== undefined && integrationId > after.integrationId) {
    const same = await domains.get(integrationId, after.name);
    if (same) rows.push(same);
  }
  await fill();
  return {
    head: () => rows[index],
    async drop() {
      index += 1;
      if (index >= rows.length && !isEnded) await fill();
    },
  };
}

function findFirst(sources: readonly Source[]): Source | undefined {
  let first: Source | undefined;
  for (const source of sources) {
    const row = source.head();
    const best = first?.head();
    // Sources come in the order of their ids: of equal names the first wins.
    if (row !== undefined && (best === undefined || row.name < best.name)) first = source;
  }
  return first;
}
