import { hashText, variantOf } from '../prng.ts';
import { type FlatRecord, flatRecords, looseAddress, undottedData } from '../render.ts';
import type { SimDomain, SimResponse } from '../types.ts';
import { answerPage } from './bodies.ts';

/**
 * `GET /core/v1/domains/{domain}/records`: 500 a page unless told otherwise. With nameservers elsewhere the stored
 * zone is given all the same, or nothing.
 */
export function listRecords(domain: SimDomain, query: URLSearchParams): SimResponse {
  const hasZone = domain.dnsHere || variantOf(`${domain.name}/stale`, 2) === 0;
  const records = hasZone ? flatRecords(domain) : [];
  return answerPage('records', records, query, 500, (record) => toRecord(record, domain.name));
}

function toRecord(record: FlatRecord, domainName: string): Record<string, unknown> {
  const { owner, type, ttl, priority, key } = record;
  return {
    id: 1 + (hashText(key) % 99_999_999),
    domainName,
    ...hostField(record),
    fqdn: `${owner}.`,
    type,
    answer: looseAddress(type, undottedData(record), key),
    ttl: ttl ?? 300,
    ...(priority ? { priority } : {}),
  };
}

/** The apex is `''`, `@`, null or not there at all. */
function hostField({ host, key }: FlatRecord): { host?: string | null } {
  if (host !== '@') return { host };
  return [{ host: '' }, { host: '@' }, { host: null }, {}][variantOf(key, 4)] ?? {};
}
