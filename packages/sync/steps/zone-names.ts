import { SyncError } from '#core/errors.ts';
import type { ListedPage, WorkStore } from '#core/ports/stores.ts';
import type { Memory } from './step-memory.ts';

/** What the listing left for the ranges to work from. */
export type ZonePlan = Pick<Memory, 'pages' | 'zones' | 'firstZone'>;

/**
 * The names of one range (numbered from 1): `rangeSize` zones in listing order, beginning with the zone at which the
 * last run stopped, up to the end of the listing: what that run read isn't read again before all were.
 */
export async function readRangeNames(
  work: Pick<WorkStore, 'getPage'>,
  run: { readonly integrationId: string; readonly runId: string },
  plan: ZonePlan,
  range: number,
  rangeSize: number,
): Promise<readonly string[]> {
  const from = (range - 1) * rangeSize;
  const until = Math.min(from + rangeSize, plan.zones);
  const names: string[] = [];
  let page: ListedPage | undefined;
  for (let position = from; position < until; position += 1) {
    const index = position + plan.firstZone;
    if (!page || !holds(page, index)) page = await findPage(work, run, plan.pages, index);
    names.push(page.zoneNames[index - page.zoneOffset] as string);
  }
  return names;
}

function holds(page: ListedPage, index: number): boolean {
  return index >= page.zoneOffset && index < page.zoneOffset + page.zoneNames.length;
}

/** Finds the page that holds a zone by halving: pages hold different numbers of zones. */
async function findPage(
  work: Pick<WorkStore, 'getPage'>,
  run: { readonly integrationId: string; readonly runId: string },
  pages: number,
  index: number,
): Promise<ListedPage> {
  let low = 1;
  let high = pages;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const page = await work.getPage(run.integrationId, run.runId, middle);
    if (!page) break;
    if (holds(page, index)) return page;
    if (index < page.zoneOffset) high = middle - 1;
    else low = middle + 1;
  }
  throw new SyncError('INTERNAL', { path: `listing page of zone ${index}` });
}
