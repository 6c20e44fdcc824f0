import { domainToUnicode } from 'node:url';
import type { SimDomain, SimRegistrarId, TruthDomain } from './types.ts';

/**
 * The truth of a domain at a registrar that tells everything to the instant; `differences` say what this one doesn't
 * tell or tells in another way. `statuses` are empty: only a registrar that gives EPP codes sets them.
 */
export function makeTruth(
  registrar: SimRegistrarId,
  domain: SimDomain,
  differences: Partial<TruthDomain> = {},
): TruthDomain {
  return {
    name: domain.name,
    unicodeName: domainToUnicode(domain.name),
    registrar,
    registeredAt: domain.registeredHere ? domain.registeredAt : null,
    expiresAt: domain.registeredHere ? domain.expiresAt : null,
    expiryPrecision: 'INSTANT',
    autoRenew: domain.autoRenew,
    locked: domain.locked,
    privacy: domain.privacy,
    nameServers: domain.nameServers,
    registeredHere: domain.registeredHere,
    rawStatuses: domain.rawStatuses,
    statuses: [],
    dns: { status: domain.dnsHere ? 'FETCHED' : 'ELSEWHERE' },
    ...differences,
  };
}
