import { toTarget } from '#core/names.ts';
import { type RdataContext, type RdataInput, toRdata } from '#core/rdata.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { CanonicalRecord } from '#core/rrsets.ts';

/** Redirections at the level of names that registrars serve as addresses: no type of DNS. */
const ALIAS_TYPES = new Set(['ALIAS', 'ANAME']);

/**
 * A record of a zone in canonical form. An alias becomes a pseudo record with its absolute target; so does rdata that
 * isn't of its type's form, with its text as it came: one odd record must not hide the zone around it.
 */
export function toZoneRecord(
  provider: RegistrarId,
  head: { readonly name: string; readonly type: string; readonly ttl: number | null },
  input: RdataInput,
  context: RdataContext,
): CanonicalRecord {
  const { type } = head;
  if (ALIAS_TYPES.has(type)) {
    const target = toTarget(input.text, { zone: context.zone, relative: context.targets });
    return { ...head, pseudo: { provider, kind: type, value: target ?? input.text } };
  }
  const rdata = toRdata(type, input, context);
  return rdata === null
    ? { ...head, pseudo: { provider, kind: type, value: input.text } }
    : { ...head, rdata };
}
