import { toOwner } from '#core/names.ts';
import type { CanonicalRecord } from '#core/rrsets.ts';
import { toBadResponse } from '../answers.ts';
import { toZoneRecord } from '../zone-record.ts';
import type { RecordSets } from './schema.ts';

/**
 * The records of a page of sets. Values are rdata as in a zone file: a target without its last dot is relative to the
 * zone.
 *
 * @throws SyncError REGISTRAR_BAD_RESPONSE where an owner isn't a name
 */
export function toRecords(sets: RecordSets, zone: string): CanonicalRecord[] {
  return sets.flatMap(({ host, type, ttl, values }, index) => {
    const name = toOwner(host, zone);
    if (name === null) throw toBadResponse('gandi', { path: `${index}/rrset_name` });
    return values.map((text) =>
      toZoneRecord(
        'gandi',
        { name, type, ttl },
        { form: 'presentation', text },
        { zone, targets: 'withoutDot' },
      ),
    );
  });
}
