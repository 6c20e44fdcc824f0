import { toOwnerFromFqdn } from '#core/names.ts';
import type { CanonicalRecord } from '#core/rrsets.ts';
import { toBadResponse } from '../answers.ts';
import { toZoneRecord } from '../zone-record.ts';
import type { Zone } from './schema.ts';

/** Types whose priority stands apart; with others a `0` or null is sent that means nothing. */
const WITH_PRIORITY = new Set(['MX', 'SRV']);

/**
 * The records of a zone. Targets are absolute without their dot, TXT is bare text, ALIAS is Porkbun's own.
 *
 * @throws SyncError REGISTRAR_BAD_RESPONSE where an owner isn't inside the zone
 */
export function toRecords(records: Zone, zone: string): CanonicalRecord[] {
  return records.map(({ fqdn, type, ttl, content, priority }, index) => {
    const name = toOwnerFromFqdn(fqdn, zone);
    if (name === null) throw toBadResponse('porkbun', { path: `records/${index}/name` });
    const fields = { form: 'fields', text: content } as const;
    const input = WITH_PRIORITY.has(type) ? { ...fields, priority } : fields;
    return toZoneRecord('porkbun', { name, type, ttl }, input, { zone, targets: 'never' });
  });
}
