import { toCanonicalHash } from '#core/canonical-hash.ts';
import type { DomainDns } from '#core/domain.ts';
import { isSyncError, SupersededError, type SyncCode, SyncError, WindowClosedError } from '#core/errors.ts';
import { toDnsProvider } from '#core/nameservers.ts';
import { toIso } from '#core/ports/clock.ts';
import type { DomainBrief } from '#core/ports/stores.ts';
import type { ZoneReading } from '#core/rrset.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { inParallel } from './in-parallel.ts';
import { pauseToRetry } from './retry-pause.ts';
import type { StepContext } from './step-context.ts';
import { LIST_STEP } from './step-keys.ts';
import { readMemory } from './step-memory.ts';
import {
  PROGRESS_MS,
  PROGRESS_SHARE,
  UNWATCHED_PROGRESS_MS,
  ZONE_ATTEMPTS,
  ZONE_BUDGET_MS,
} from './timings.ts';
import { readRangeNames } from './zone-names.ts';

/** What became of a zone, one character each in a step's memory. */
export const ZONE_MARKS = {
  waiting: '.',
  fetched: 'f',
  elsewhere: 'e',
  notPermitted: 'n',
  failed: 'x',
  overBudget: 'b',
} as const;
type Mark = (typeof ZONE_MARKS)[keyof typeof ZONE_MARKS];

/**
 * Third step, once for each range: reads the records of every zone of the range, writes the zones that changed, and
 * notes at its domain why one could not be read. One zone's failure is its own; only refused credentials, a closed
 * window or a lost fence end the range early. A parked range goes on with the zones that are left.
 */
export async function fetchZones(context: StepContext, range: number): Promise<Record<string, never>> {
  const { deps, message, memory } = context;
  const { limits } = deps.registrar.definition;
  const { names, marks } = await openRange(context, range);
  const waiting = [...names.keys()].filter((index) => marks[index] === ZONE_MARKS.waiting);

  const sorted = [...names].sort();
  const known = await deps.domains.briefs(
    message.integrationId,
    sorted[0] as string,
    sorted.at(-1) as string,
  );
  const progress = createProgress(context);
  try {
    await inParallel(waiting, limits.inFlight, async (index) => {
      const brief = known.get(names[index] as string);
      // The row went away under the run: somebody else removed it, and its zone with it.
      marks[index] = brief ? await syncZone(context, brief) : ZONE_MARKS.failed;
      await progress.step();
    });
  } catch (error) {
    remember(memory, names, marks);
    await (error instanceof WindowClosedError ? progress.pause() : progress.tell());
    throw error;
  }
  remember(memory, names, marks);
  await progress.tell();
  return {};
}

/** Whether a run has spent the time that it has for zones. */
export function isOverBudget(run: Pick<SyncRun, 'startedAt'>, nowMs: number): boolean {
  return nowMs - Date.parse(run.startedAt) > ZONE_BUDGET_MS;
}

/** Marks what is left of a range as over budget: no call is made, and no turn waited for. */
export async function markOverBudget(context: RangeParts, range: number): Promise<void> {
  const { names, marks } = await openRange(context, range);
  const ended = marks.map((mark) => (mark === ZONE_MARKS.waiting ? ZONE_MARKS.overBudget : mark));
  remember(context.memory, names, ended);
  await createProgress(context).tell();
}

type RangeParts = Pick<StepContext, 'deps' | 'message' | 'memory' | 'run'>;

/** The names of a range, and what became of each so far. */
async function openRange({ deps, message, memory }: RangeParts, range: number) {
  const listing = await deps.work.read(message.integrationId, message.runId, LIST_STEP);
  if (!listing) throw new SyncError('INTERNAL', { path: 'listing' });
  const { rangeSize } = deps.registrar.definition;
  const names = await readRangeNames(deps.work, message, readMemory(listing), range, rangeSize);
  return { names, marks: [...memory.marks.padEnd(names.length, ZONE_MARKS.waiting)] as Mark[] };
}

/** Writes down what became of each zone, and which was the last that was reached without a gap. */
function remember(memory: RangeParts['memory'], names: readonly string[], marks: readonly Mark[]): void {
  const gap = marks.findIndex((mark) => mark === ZONE_MARKS.waiting || mark === ZONE_MARKS.overBudget);
  memory.marks = marks.join('');
  memory.reachedName = names[(gap === -1 ? names.length : gap) - 1] ?? '';
}

/**
 * Tells people how far the zones are: often at first, less often the longer the run goes on, and at the end. Nobody sits
 * and watches a sync of the schedule: what a parked range has not told yet it remembers.
 */
function createProgress({ deps, message, run, memory }: RangeParts) {
  const began = toIso(deps.clock.now());
  const isWatched = run.trigger !== 'SCHEDULED';
  const leastMs = isWatched ? PROGRESS_MS : UNWATCHED_PROGRESS_MS;
  const startedMs = Date.parse(run.startedAt);
  let hasSaved = run.stepStartedAt.SAVE !== undefined;
  memory.toldAtMs ||= deps.clock.now();
  const isDue = () => {
    const now = deps.clock.now();
    return now - memory.toldAtMs >= Math.max(leastMs, (now - startedMs) * PROGRESS_SHARE);
  };
  const tell = async () => {
    if (memory.untold === 0) return;
    const at = deps.clock.now();
    const steps = hasSaved ? {} : { steps: { FETCH_DNS_RECORDS: began, SAVE: toIso(at) } };
    const addDone = memory.untold;
    [memory.untold, memory.toldAtMs, hasSaved] = [0, at, true];
    await deps.runs.note(message.integrationId, message.runId, { ...steps, addDone });
  };
  return {
    tell,
    async step() {
      memory.untold += 1;
      if (isDue()) await tell();
    },
    async pause() {
      if (isWatched || isDue()) await tell();
    },
  };
}

/** Reads one zone and saves what changed of it. */
async function syncZone(context: StepContext, brief: DomainBrief): Promise<Mark> {
  const reading = await readWithRetries(context, brief.name);
  const at = toIso(context.deps.clock.now());
  if ('code' in reading) {
    await setDns(context, brief, { ...brief.dns, status: 'FAILED', problem: { code: reading.code, at } });
    return ZONE_MARKS.failed;
  }
  const nameServers = reading.nameServers ?? brief.nameServers;
  if (reading.status !== 'FETCHED') {
    const provider = reading.status === 'ELSEWHERE' ? toDnsProvider(nameServers) : null;
    const gone = { provider, problem: null, hash: null, recordCount: 0 };
    await setDns(context, brief, { ...brief.dns, ...gone, status: reading.status }, nameServers);
    return reading.status === 'ELSEWHERE' ? ZONE_MARKS.elsewhere : ZONE_MARKS.notPermitted;
  }
  return saveZone(context, brief, reading, nameServers, at);
}

/**
 * Writes a zone whose records changed, before the domain that points to it. A zone that had at least ten record sets
 * and is empty now is held: the old records stay and the domain says so.
 */
async function saveZone(
  context: StepContext,
  brief: DomainBrief,
  reading: Extract<ZoneReading, { status: 'FETCHED' }>,
  nameServers: readonly string[] | null,
  at: string,
): Promise<Mark> {
  if (reading.rrsets.length === 0 && brief.dns.hash !== null && brief.dns.recordCount >= 10) {
    await setDns(context, brief, { ...brief.dns, problem: { code: 'LISTING_SHRANK', at } }, nameServers);
    return ZONE_MARKS.failed;
  }
  const hash = toCanonicalHash(reading.rrsets);
  if (hash !== brief.dns.hash && !(await context.deps.zones.put(context.fence, brief.name, reading.rrsets))) {
    throw new SupersededError('a newer run wrote a zone');
  }
  const isSame = hash === brief.dns.hash && brief.dns.status === 'FETCHED' && brief.dns.problem === null;
  const dns: DomainDns = {
    status: 'FETCHED',
    provider: null,
    fetchedAt: isSame ? brief.dns.fetchedAt : at,
    problem: null,
    hash,
    recordCount: reading.rrsets.length,
  };
  await setDns(context, brief, dns, nameServers);
  return ZONE_MARKS.fetched;
}

/** Sets the zone's state on its domain, unless nothing of it changed. */
async function setDns(
  { deps, fence }: StepContext,
  brief: DomainBrief,
  dns: DomainDns,
  nameServers: readonly string[] | null = brief.nameServers,
): Promise<void> {
  const before = toCanonicalHash([brief.dns, brief.nameServers]);
  if (toCanonicalHash([dns, nameServers]) === before) return;
  if (!(await deps.domains.setDns(fence, brief.name, dns, nameServers))) {
    throw new SupersededError('a newer run wrote a domain');
  }
}

/**
 * Reads a zone, up to three times where trying again may help; gives the code of the failure that is this zone's own.
 * @throws what concerns the whole range: refusals, RATE_LIMITED, WindowClosedError, SupersededError
 */
async function readWithRetries(
  context: StepContext,
  name: string,
): Promise<ZoneReading | { readonly code: SyncCode }> {
  const { deps, account, memory } = context;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reading = await account.readZone({ name, zone: 'UNKNOWN' });
      memory.throttledSinceMs = 0;
      return reading;
    } catch (error) {
      if (error instanceof WindowClosedError || !isSyncError(error)) throw error;
      if (error.code === 'RATE_LIMITED') context.throttled(error);
      if (error.isRefusal || error.code === 'RATE_LIMITED') throw error;
      if (!error.isRetryable || attempt >= ZONE_ATTEMPTS) return { code: error.code };
      if (!(await pauseToRetry(deps, error, attempt))) return { code: error.code };
    }
  }
}
