import type { DomainRecord } from '#core/domain.ts';
import { SupersededError } from '#core/errors.ts';
import type { HeldListing, Integration } from '#core/integration.ts';
import { createStatsBuilder, type PortfolioStats } from '#core/portfolio-stats.ts';
import { toIso } from '#core/ports/clock.ts';
import type { DomainStore, Fence, WorkStore } from '#core/ports/stores.ts';
import { inParallel } from '../in-parallel.ts';
import { WRITES_IN_FLIGHT } from '../timings.ts';
import {
  holdListing,
  isConfirmed,
  isSuspicious,
  REMOVE_AFTER_MS,
  toListingFingerprint,
} from './departures.ts';

export interface ListingReceipt {
  readonly missing: number;
  readonly removed: number;
  readonly held: HeldListing | null;
  /** True where the listing was complete and believed: what is PRESENT was seen. */
  readonly isApplied: boolean;
  readonly stats: PortfolioStats;
}

interface Receiving {
  readonly domains: DomainStore;
  readonly work: WorkStore;
  readonly fence: Fence;
  readonly integration: Integration;
  readonly runId: string;
  readonly nowMs: number;
  /** When the run began: what was first seen since then is its own finding. */
  readonly startedMs: number;
  /** When the complete listing began; undefined where the run has none. */
  readonly listedFromMs: number | undefined;
}

/**
 * Compares what is stored with the names of a complete listing. A stored name that is absent becomes `missing`; it is
 * removed only when it was missing already for 20 hours of listings. A listing that shrank suspiciously is held: it
 * marks and removes nothing. Without a complete listing only the figures are counted.
 */
export async function receiveListing(receiving: Receiving): Promise<ListingReceipt> {
  const { domains, work, fence, integration, runId, nowMs, startedMs, listedFromMs } = receiving;
  const listed = new Set<string>();
  if (listedFromMs !== undefined) {
    for await (const page of work.pages(integration.id, runId)) {
      for (const name of [...page.zoneNames, ...page.otherNames]) listed.add(name);
    }
  }
  const stats = createStatsBuilder();
  const absent: DomainRecord[] = [];
  let known = 0;
  for await (const batch of domains.all(integration.id)) {
    for (const domain of batch) {
      if (isKnown(domain, listedFromMs === undefined ? undefined : startedMs)) known += 1;
      if (listedFromMs !== undefined && !listed.has(domain.name)) absent.push(domain);
      else stats.add(domain);
    }
  }

  const gone = absent.filter(({ seen }) => seen === 'PRESENT').length;
  const fingerprint = toListingFingerprint(listed);
  const isHeld =
    listedFromMs !== undefined &&
    isSuspicious(known, gone, listed.size) &&
    !isConfirmed(integration.held, { fingerprint, gone }, nowMs);
  if (listedFromMs === undefined || isHeld) {
    for (const domain of absent) stats.add(domain);
    const at = toIso(nowMs);
    const seen = { runId, at, known, listed: listed.size, gone, fingerprint };
    const held = isHeld ? holdListing(integration.held, seen) : integration.held;
    return { missing: 0, removed: 0, held, isApplied: false, stats: stats.build() };
  }

  const counts = { missing: 0, removed: 0 };
  const since = toIso(listedFromMs);
  await inParallel(absent, WRITES_IN_FLIGHT, async (domain) => {
    const isOld =
      domain.missingSince !== null && listedFromMs - Date.parse(domain.missingSince) >= REMOVE_AFTER_MS;
    if (isOld) {
      counts.removed += 1;
      check(await domains.remove(fence, domain.name));
      return;
    }
    counts.missing += 1;
    if (domain.seen === 'PRESENT') {
      const lastSeenAt = integration.lastListedAt ?? domain.lastSeenAt;
      check(await domains.markMissing(fence, domain.name, { since, lastSeenAt }));
    }
    stats.add({ ...domain, seen: 'MISSING' });
  });
  return { ...counts, held: null, isApplied: true, stats: stats.build() };
}

/** Names that this very run brought say nothing of how many its listing should have had. */
function isKnown(domain: DomainRecord, startedMs: number | undefined): boolean {
  return domain.seen === 'PRESENT' && (startedMs === undefined || Date.parse(domain.firstSeenAt) < startedMs);
}

function check(written: boolean): void {
  if (!written) throw new SupersededError('a newer run wrote a domain');
}
