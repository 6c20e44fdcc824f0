import type { DomainRecord } from '#core/domain.ts';
import type { Integration } from '#core/integration.ts';
import { toTld, toUnicodeName } from '#core/names.ts';
import { type TextSubject, toZoneProblemText } from '#core/problem-texts.ts';
import type { RRset } from '#core/rrset.ts';
import { toCardStatus, toLifecycle } from '#core/statuses.ts';
import type { DnsJson, DomainJson, RrsetJson } from '../schemas/domain.ts';
import { toLater } from './times.ts';

type Source = Pick<Integration, 'lastListedAt' | 'zonesReadAt'>;

export interface DomainFacts {
  readonly integration: Source;
  readonly subject: TextSubject;
  readonly nowMs: number;
  readonly soonDays: number;
}

/** A domain at an instant. Unchanged rows aren't written: what their integration's last run saw dates them. */
export function toDomainJson(domain: DomainRecord, facts: DomainFacts): DomainJson {
  const { integration, nowMs, soonDays } = facts;
  const isPresent = domain.seen === 'PRESENT';
  return {
    name: domain.name,
    unicodeName: toUnicodeName(domain.name),
    tld: toTld(domain.name),
    registrar: domain.registrar,
    integrationId: domain.integrationId,
    status: toCardStatus(domain, nowMs, soonDays),
    lifecycle: toLifecycle(domain, nowMs, soonDays),
    statuses: [...domain.statuses],
    rawStatuses: [...domain.rawStatuses],
    registeredAt: domain.registeredAt,
    expiresAt: domain.expiresAt,
    expiryPrecision: domain.expiryPrecision,
    autoRenew: domain.autoRenew,
    locked: domain.locked,
    privacy: domain.privacy,
    nameServers: domain.nameServers && [...domain.nameServers],
    registeredHere: domain.registeredHere,
    dns: toDnsJson(domain, facts),
    seen: domain.seen,
    firstSeenAt: domain.firstSeenAt,
    lastSeenAt: (isPresent && toLater(domain.lastSeenAt, integration.lastListedAt)) || domain.lastSeenAt,
  };
}

/** The state of a domain's records. */
export function toDnsJson(
  { dns, seen }: Pick<DomainRecord, 'dns' | 'seen'>,
  { integration, subject }: Pick<DomainFacts, 'integration' | 'subject'>,
): DnsJson {
  const { status, provider, fetchedAt, problem } = dns;
  // What a complete run listed it also read; a name that it missed was not.
  const isFresh = status === 'FETCHED' && problem === null && seen === 'PRESENT';
  return {
    status,
    provider,
    fetchedAt: isFresh ? toLater(fetchedAt, integration.zonesReadAt) : fetchedAt,
    ...(problem && {
      problem: { code: problem.code, ...toZoneProblemText(problem.code, subject), at: problem.at },
    }),
  };
}

export function toRrsetJson({ name, type, ttl, records, pseudo }: RRset): RrsetJson {
  return { name, type, ttl, records: [...records], ...(pseudo && { pseudo: { ...pseudo } }) };
}
