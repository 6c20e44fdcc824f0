import { toCanonicalHash } from '#core/canonical-hash.ts';
import type { DomainDns, DomainRecord, DomainRegistration } from '#core/domain.ts';
import { SupersededError } from '#core/errors.ts';
import { toDnsProvider } from '#core/nameservers.ts';
import { toIso } from '#core/ports/clock.ts';
import type { DomainBrief } from '#core/ports/stores.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { inParallel } from '../in-parallel.ts';
import { WRITES_IN_FLIGHT } from '../timings.ts';
import type { StepContext } from './step-context.ts';

export interface MergeCounts {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Writes what a page of the listing changed: names that are new, that changed, or that were missing and are back.
 * Unchanged ones cost no write.
 * @throws SupersededError where a newer run wrote a row
 */
export async function mergeListing(
  context: StepContext,
  listed: readonly DomainRegistration[],
): Promise<MergeCounts> {
  const { deps, integration, message, run } = context;
  const counts = { new: 0, changed: 0, unchanged: 0 };
  if (listed.length === 0) return counts;
  const names = listed.map(({ name }) => name).sort();
  const known = await deps.domains.briefs(integration.id, names[0] as string, names.at(-1) as string);
  const at = toIso(deps.clock.now());

  const changes: DomainRecord[] = [];
  for (const domain of listed) {
    const before = known.get(domain.name);
    const hash = toCanonicalHash(domain);
    if (before && before.hash === hash && before.seen === 'PRESENT') {
      counts[toKind(before, message.epoch, run)] += 1;
      continue;
    }
    counts[before ? 'changed' : 'new'] += 1;
    changes.push({
      ...domain,
      nameServers: domain.nameServers ?? before?.nameServers ?? null,
      tenantId: integration.tenantId,
      integrationId: integration.id,
      registrar: integration.registrar,
      dns: toDns(domain, before),
      seen: 'PRESENT',
      firstSeenAt: before?.firstSeenAt ?? at,
      lastSeenAt: at,
      missingSince: null,
      hash,
      epoch: message.epoch,
    });
  }
  await inParallel(changes, WRITES_IN_FLIGHT, async (domain) => {
    if (!(await deps.domains.put(domain))) throw new SupersededError('a newer run wrote a domain');
  });
  return counts;
}

/** What became of a row that is as listed: this very run may have written it, at an earlier look at the listing. */
function toKind(
  { epoch, firstSeenAt }: DomainBrief,
  ownEpoch: number,
  { startedAt }: Pick<SyncRun, 'startedAt'>,
): keyof MergeCounts {
  if (epoch !== ownEpoch) return 'unchanged';
  return firstSeenAt >= startedAt ? 'new' : 'changed';
}

/** What the listing says of the zone; a zone that is (or may be) here keeps what is known of it. */
function toDns(domain: DomainRegistration, before: DomainBrief | undefined): DomainDns {
  const known = before?.dns;
  if (domain.zone === 'ELSEWHERE' || domain.zone === 'NOT_PERMITTED') {
    const provider = domain.zone === 'ELSEWHERE' ? toDnsProvider(domain.nameServers) : null;
    return { ...EMPTY_DNS, status: domain.zone, provider, fetchedAt: known?.fetchedAt ?? null };
  }
  if (!known || known.status === 'NOT_PERMITTED') return EMPTY_DNS;
  return domain.zone === 'HERE' && known.status === 'ELSEWHERE' ? EMPTY_DNS : known;
}

const EMPTY_DNS: DomainDns = {
  status: 'PENDING',
  provider: null,
  fetchedAt: null,
  problem: null,
  hash: null,
  recordCount: 0,
};
