import * as z from 'zod/mini';
import { toOwner } from '#core/names.ts';
import type { RdataInput } from '#core/rdata.ts';
import type { CanonicalRecord } from '#core/rrsets.ts';
import { toMiss, WireRecordType } from '../wire.ts';
import { toZoneRecord } from '../zone-record.ts';

/** GoDaddy gives numbers as numbers; texts of digits are let pass, `toRdata` judges them. */
const Numeric = z.nullish(z.union([z.number(), z.string()]));

/** A record as `GET /v1/domains/{domain}/records` gives it. */
const Wire = z.object({
  type: WireRecordType,
  name: z.string(),
  data: z.string(),
  ttl: z.nullish(z.int().check(z.nonnegative())),
  priority: Numeric,
  weight: Numeric,
  port: Numeric,
  service: z.nullish(z.string()),
  protocol: z.nullish(z.string()),
  flag: Numeric,
  flags: Numeric,
  tag: z.nullish(z.string()),
});
type Wire = z.infer<typeof Wire>;

/** A page of a zone's records in canonical form; a name that is none is a miss at its place. */
export function toRecordPage(zone: string) {
  return z.array(
    z.pipe(
      Wire,
      z.transform((wire, context): CanonicalRecord => toRecord(wire, zone) ?? toMiss(context)),
    ),
  );
}

function toRecord(wire: Wire, zone: string): CanonicalRecord | null {
  const name = toOwner(toRelativeOwner(wire), zone);
  if (name === null) return null;
  const head = { name, type: wire.type, ttl: wire.ttl ?? null };
  // The literal stands where an address would, in zones that GoDaddy parks. Seen in answers of OTE, verified 2026-11-23.
  if (wire.type === 'A' && wire.data.toLowerCase() === 'parked') {
    return { ...head, pseudo: { provider: 'godaddy', kind: 'PARKED', value: wire.data } };
  }
  return toZoneRecord('godaddy', head, toInput(wire), { zone, targets: 'never' });
}

/** Service and protocol of an SRV record stand apart from its name. */
function toRelativeOwner({ type, name, service, protocol }: Wire): string {
  if (type !== 'SRV' || !service || !protocol) return name;
  return name === '@' || name === '' ? `${service}.${protocol}` : `${service}.${protocol}.${name}`;
}

function toInput({ data, priority, weight, port, tag, flags, flag }: Wire): RdataInput {
  return {
    form: 'fields',
    text: data,
    priority,
    weight,
    port,
    // Unquoted by the documentation; outer quotes were seen in clients' captures, verified 2026-11-23.
    stripQuotes: true,
    tag,
    flags: tag ? (flags ?? flag ?? 0) : null,
  };
}
