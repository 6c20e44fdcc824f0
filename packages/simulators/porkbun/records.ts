import { hashText, variantOf } from '../prng.ts';
import { flatRecords, looseAddress, undottedData } from '../render.ts';
import type { SimDomain } from '../types.ts';

/** A record of `dns/retrieve`. */
export interface PorkbunRecord {
  readonly id: string | number;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly ttl: string | number;
  readonly prio: string | number | null;
  readonly notes: string | null;
}

/** The stored zone, live or not: FQDN owners without a dot, ids, TTLs and priorities mostly as strings. */
export function toRecords(domain: SimDomain): PorkbunRecord[] {
  return flatRecords(domain).map((record) => {
    const { owner, type, ttl, priority, key } = record;
    const id = 400_000_000 + (hashText(key) % 90_000_000);
    const asNumbers = variantOf(`${domain.name}/numbers`, 8) === 0;
    const idle = variantOf(key, 2) === 0 ? '0' : null;
    const prio = priority === null ? idle : String(priority);
    return {
      id: asNumbers || variantOf(`${key}/id`, 9) === 0 ? id : String(id),
      name: owner,
      type,
      content: looseAddress(type, undottedData(record), key),
      ttl: asNumbers ? (ttl ?? 600) : String(ttl ?? 600),
      prio: asNumbers && prio !== null ? Number(prio) : prio,
      notes: variantOf(key, 3) === 0 ? '' : null,
    };
  });
}
