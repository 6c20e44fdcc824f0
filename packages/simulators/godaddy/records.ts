import { variantOf } from '../prng.ts';
import { type FlatRecord, flatRecords, looseAddress, undottedData } from '../render.ts';
import type { SimDomain, SimResponse } from '../types.ts';
import { readWhole, refuse, refuseParameter, succeed } from './bodies.ts';

const MOST = 500;

/**
 * `GET /v1/domains/{domain}/records[/{type}[/{name}]]`: pages of at most 500, `offset` the page's number from 1;
 * a page past the end is 422, a zone that is elsewhere 404.
 */
export function listRecords(
  domain: SimDomain | undefined,
  query: URLSearchParams,
  { type, host }: { type: string | undefined; host: string | undefined },
): SimResponse {
  if (!domain?.dnsHere) {
    return refuse(404, 'UNKNOWN_DOMAIN', 'The given domain is not registered, or does not have a zone file');
  }
  const limit = readWhole(query, 'limit', { least: 1, most: MOST, ifAbsent: MOST });
  if (limit === null) return refuseParameter('limit', `Limit must have a value no greater than ${MOST}`);
  const page = readWhole(query, 'offset', { least: 0, most: Number.MAX_SAFE_INTEGER, ifAbsent: 1 });
  if (page === null) return refuseParameter('offset', 'offset is not a number');
  const records = flatRecords(domain)
    .filter((record) => (type ?? record.type) === record.type && (host ?? record.host) === record.host)
    .map((record) => toRecord(record, domain.name));
  const start = (Math.max(1, page) - 1) * limit;
  if (start > 0 && start >= records.length) return refuse(422, 'INVALID_BODY', 'offset out of range');
  return succeed(records.slice(start, start + limit));
}

function toRecord(record: FlatRecord, zone: string): Record<string, unknown> {
  const { type, key } = record;
  const ttl = record.ttl ?? 3_600;
  const plain = { type, name: record.host, data: toData(record, zone), ttl };
  if (type === 'MX') return { ...plain, priority: record.priority };
  if (type !== 'SRV') return plain;
  const [weight, port, target = ''] = undottedData(record).split(' ');
  const [service, protocol, ...rest] = record.host.split('.');
  const numbers = { priority: record.priority, weight: Number(weight), port: Number(port) };
  const name = rest.join('.') || '@';
  return variantOf(key, 2) === 0
    ? { type, name, data: target, ttl, ...numbers, service, protocol }
    : { data: target, name, ...numbers, protocol, service, ttl, type };
}

/** `@` for the zone itself, no dot at the end, plain text sometimes in a pair of quotes that isn't part of it. */
function toData(record: FlatRecord, zone: string): string {
  const { type, key } = record;
  const data = looseAddress(type, undottedData(record), key);
  if (type === 'CNAME' && data === zone) return '@';
  const quotable = type === 'TXT' && !/["\\]/.test(data) && data.length < 200;
  return quotable && variantOf(key, 6) === 0 ? `"${data}"` : data;
}
