import { toOwner, toOwnerFromFqdn } from '#core/names.ts';
import type { CanonicalRecord } from '#core/rrsets.ts';
import { toBadResponse } from '../answers.ts';
import { toZoneRecord } from '../zone-record.ts';
import type { RecordEntries } from './schema.ts';

/** Types whose priority stands apart, left out where it is 0. */
const WITH_PRIORITY = new Set(['MX', 'SRV']);

/**
 * The records of a page. `fqdn` is the owner; `host`, which writes the apex in four ways, only where that is missing.
 *
 * @throws SyncError REGISTRAR_BAD_RESPONSE where an owner isn't inside the zone
 */
export function toRecords(entries: RecordEntries, zone: string): CanonicalRecord[] {
  return entries.map(({ fqdn, host, type, ttl, text, priority }, index) => {
    const name = fqdn === '' ? toOwner(host, zone) : toOwnerFromFqdn(fqdn, zone);
    if (name === null) throw toBadResponse('namecom', { path: `records/${index}/fqdn` });
    const fields = { form: 'fields', text } as const;
    const input = WITH_PRIORITY.has(type) ? { ...fields, priority } : fields;
    return toZoneRecord('namecom', { name, type, ttl }, input, { zone, targets: 'never' });
  });
}
