import { toCanonicalHash } from '#core/canonical-hash.ts';
import type { DomainDns } from '#core/domain.ts';
import { isSyncError, SupersededError, type SyncCode, WindowClosedError } from '#core/errors.ts';
import { toDnsProvider } from '#core/nameservers.ts';
import { toIso } from '#core/ports/clock.ts';
import type { DomainBrief } from '#core/ports/stores.ts';
import type { ZoneReading } from '#core/rrset.ts';
import { ZONE_ATTEMPTS } from '../timings.ts';
import { pauseToRetry } from './retry-pause.ts';
import type { StepContext } from './step-context.ts';
import { type Mark, ZONE_MARKS } from './zone-range.ts';

/** Reads one zone and saves what changed of it. */
export async function syncZone(context: StepContext, brief: DomainBrief): Promise<Mark> {
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
