import { isSyncError, type SyncCode, SyncError } from '#core/errors.ts';
import { type ListOutcome, MAX_DOMAINS } from '#core/payloads.ts';
import { createStatsBuilder } from '#core/portfolio-stats.ts';
import { toIso } from '#core/ports/clock.ts';
import type { ListedPage } from '#core/ports/stores.ts';
import type { ListPage, RegistrarLimits } from '#core/registrar.ts';
import { ZONE_BUDGET_MS } from '../timings.ts';
import { mergeListing } from './merge-listing.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { pauseToRetry } from './retry-pause.ts';
import type { StepContext } from './step-context.ts';
import type { Memory } from './step-memory.ts';

/** How long after an empty answer the listing is asked for once more. */
const ASK_AGAIN_MS = 1_000;

/**
 * Second step: reads the listing page by page to its proven end and writes each page's domains at once, so that
 * people see them early. Page rows keep the names and where the next page begins; a parked delivery goes on there.
 *
 * Complete means: the registrar gave a last page, its total never changed and was reached, and no page led back.
 * Everything else is LIST_INCOMPLETE, and the next attempt begins at the first page. An empty listing is asked twice.
 * A page that fails behind others that came is asked for once more here: the workflow's attempts are few, and a listing
 * of a thousand pages may well fail ten times.
 */
export async function fetchDomains(context: StepContext): Promise<ListOutcome> {
  const { deps, message, memory } = context;
  const { rangeSize, pageSize } = deps.registrar.definition;
  if (memory.startedAtMs === 0) memory.startedAtMs = deps.clock.now();
  const seen = new Set<string>();
  let last: ListedPage | undefined;
  for await (const page of deps.work.pages(message.integrationId, message.runId)) {
    if (page.page > memory.pages) break;
    for (const name of [...page.zoneNames, ...page.otherNames]) seen.add(name);
    last = page;
  }

  const maxPages = Math.ceil((MAX_DOMAINS / pageSize) * 1.1) + 2;
  const reader = createPageReader(context.account, deps.registrar.definition.limits.inFlight);
  try {
    while (last === undefined || last.nextCursor !== null) {
      const cursor = last?.nextCursor ?? null;
      const listed = await readPage(context, reader, cursor);
      memory.throttledSinceMs = 0;
      if (memory.pages >= maxPages || isAstray(listed, cursor, last)) await startOver(context);
      last = await storePage(context, listed, last, seen);
      if (memory.listed > MAX_DOMAINS)
        throw new SyncError('PORTFOLIO_TOO_LARGE', { registrar: message.registrar });
      if (last.nextCursor === null && memory.listed === 0 && !memory.askedAgain) {
        await deps.clock.sleep(ASK_AGAIN_MS);
        Object.assign(memory, { ...FRESH, askedAgain: true });
        last = undefined;
      }
    }
  } finally {
    await reader.settle();
  }
  if (last.declaredTotal !== null && memory.listed + memory.skipped < last.declaredTotal)
    await startOver(context);

  if (memory.written > 0) await countDomains(context);
  memory.complete = true;
  const zones = last.zoneOffset + last.zoneNames.length;
  const readBefore = await countZonesUpTo(context, context.integration.zoneCursor);
  memory.firstZone = readBefore < zones ? readBefore : 0;
  memory.zones = zones - memory.firstZone;
  memory.planned = Math.min(memory.zones, toMostCalls(deps.registrar.definition.limits, ZONE_BUDGET_MS));
  await deps.runs.note(message.integrationId, message.runId, {
    steps: { ...toStart(memory), PROCESS_DOMAINS: toIso(deps.clock.now()) },
    progress: {
      domainsListed: memory.listed,
      domainsTotal: memory.listed,
      domainsDone: memory.listed - memory.zones,
    },
  });
  return { ranges: Math.ceil(memory.planned / rangeSize) };
}

/** Failures of one call, which the next may well not meet. */
const PASSING: readonly SyncCode[] = ['REGISTRAR_UNAVAILABLE', 'REGISTRAR_TIMEOUT', 'REGISTRAR_BAD_RESPONSE'];

/** Reads a page; once more where it failed and pages came since the last failure. @throws what `listPage` throws */
async function readPage(
  { deps, memory }: StepContext,
  reader: PageReader,
  cursor: string | null,
): Promise<ListPage> {
  try {
    return await reader.read(cursor);
  } catch (error) {
    if (!isSyncError(error) || !PASSING.includes(error.code) || memory.pages <= memory.failedAtPage)
      throw error;
    if (!(await pauseToRetry(deps, error, 1))) throw error;
    memory.failedAtPage = memory.pages;
    return reader.read(cursor);
  }
}

/** The most calls that a registrar's limits let pass in a time. */
function toMostCalls({ windows, lanes }: RegistrarLimits, ms: number): number {
  return lanes * Math.min(...windows.map(({ calls, windowMs }) => calls * Math.ceil(ms / windowMs)));
}

const FRESH: Pick<
  Memory,
  'pages' | 'failedAtPage' | 'listed' | 'skipped' | 'elsewhere' | 'notPermitted' | 'written'
> = {
  pages: 0,
  failedAtPage: 0,
  listed: 0,
  skipped: 0,
  elsewhere: 0,
  notPermitted: 0,
  written: 0,
};

/** When the step began, told together with what it first has to tell: a write for a moment would be seen by nobody. */
function toStart(memory: Memory): { readonly FETCH_DOMAINS: string } {
  return { FETCH_DOMAINS: toIso(memory.startedAtMs) };
}

/** Whether a page leads back, or says another total than the one before. */
function isAstray(listed: ListPage, cursor: string | null, last: ListedPage | undefined): boolean {
  if (listed.nextCursor !== null && listed.nextCursor === cursor) return true;
  return last !== undefined && last.declaredTotal !== listed.declaredTotal;
}

/** Forgets the pages, so that the next attempt reads the listing from its beginning. */
async function startOver({ deps, message, memory }: StepContext): Promise<never> {
  await deps.work.dropPages(message.integrationId, message.runId, 1);
  Object.assign(memory, FRESH);
  throw new SyncError('LIST_INCOMPLETE', { registrar: message.registrar });
}

/** Writes the domains of a page, then the page itself: a crash between them only repeats the page. */
async function storePage(
  context: StepContext,
  listed: ListPage,
  last: ListedPage | undefined,
  seen: Set<string>,
): Promise<ListedPage> {
  const { deps, message, memory } = context;
  const fresh = listed.domains.filter((domain) => !seen.has(domain.name) && seen.add(domain.name));
  const counts = await mergeListing(context, fresh);
  const isZoneRead = ({ zone }: { zone: string }) => zone === 'HERE' || zone === 'UNKNOWN';
  const page: ListedPage = {
    page: memory.pages + 1,
    zoneNames: fresh.filter(isZoneRead).map(({ name }) => name),
    otherNames: fresh.filter((domain) => !isZoneRead(domain)).map(({ name }) => name),
    zoneOffset: last ? last.zoneOffset + last.zoneNames.length : 0,
    nextCursor: listed.nextCursor,
    declaredTotal: listed.declaredTotal,
    skipped: listed.skipped,
    counts,
  };
  await deps.work.putPage(message, page);
  memory.pages += 1;
  memory.listed += fresh.length;
  memory.skipped += listed.skipped;
  memory.written += counts.new + counts.changed;
  memory.elsewhere += fresh.filter(({ zone }) => zone === 'ELSEWHERE').length;
  memory.notPermitted += fresh.filter(({ zone }) => zone === 'NOT_PERMITTED').length;
  if (page.nextCursor !== null) {
    const progress = { domainsListed: memory.listed, domainsTotal: listed.declaredTotal };
    await deps.runs.note(message.integrationId, message.runId, { steps: toStart(memory), progress });
  }
  return page;
}

/** Counts the figures of the cards anew, so that they agree with the rows while the zones are still being read. */
async function countDomains({ deps, fence }: StepContext): Promise<void> {
  const stats = createStatsBuilder();
  for await (const batch of deps.domains.all(fence.integrationId)) {
    for (const domain of batch) stats.add(domain);
  }
  await deps.stats.put(fence, stats.build());
}

/** How many of the listed zones come up to a name: where a run goes on that its budget ended. */
async function countZonesUpTo({ deps, message }: StepContext, name: string | null): Promise<number> {
  if (name === null) return 0;
  let count = 0;
  for await (const page of deps.work.pages(message.integrationId, message.runId)) {
    count += page.zoneNames.filter((zone) => zone <= name).length;
  }
  return count;
}
