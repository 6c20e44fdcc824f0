import * as z from 'zod/mini';
import { toInstantAssumingUtc } from '#core/dates.ts';
import type { DomainRegistration } from '#core/domain.ts';
import { optionalFromText, WireDomainName, WireFlag, WireNameServers, WireRecordType } from '../wire.ts';

const Success = z.literal('SUCCESS');

/**
 * A date without a zone, in three forms that were all seen; the zone is not documented and taken for UTC. Zeros stand
 * for none. Verified 2026-11-23 by recordings.
 */
const PlainDate = z.union([
  z.pipe(
    z.string().check(z.regex(/^0000-00-00/)),
    z.transform(() => null),
  ),
  optionalFromText(toInstantAssumingUtc),
]);

/** An entry of the listing. Flags come as numbers or text, mixed within one entry. */
const Entry = z.pipe(
  z.object({
    domain: WireDomainName,
    status: z.nullish(z.string()),
    createDate: PlainDate,
    expireDate: PlainDate,
    securityLock: WireFlag,
    whoisPrivacy: WireFlag,
    autoRenew: WireFlag,
    apiAccess: WireFlag,
    notLocal: WireFlag,
  }),
  z.transform((wire): DomainRegistration => {
    const registeredHere = wire.notLocal !== true;
    return {
      name: wire.domain,
      statuses: [],
      rawStatuses: wire.status ? [wire.status] : [],
      // The list of words is not documented: the only one that was seen is known, the dates decide for others.
      registrarState: wire.status === 'ACTIVE' ? 'active' : null,
      registeredAt: registeredHere ? wire.createDate : null,
      expiresAt: registeredHere ? wire.expireDate : null,
      expiryPrecision: 'INSTANT',
      autoRenew: wire.autoRenew,
      locked: wire.securityLock,
      privacy: wire.whoisPrivacy,
      nameServers: null,
      registeredHere,
      zone: wire.apiAccess === false ? 'NOT_PERMITTED' : 'UNKNOWN',
    };
  }),
);

/** A page of `/domain/listAll`; `count`, where it is told, is how many entries the page has. */
export const DomainPage = z.object({
  status: Success,
  count: z.nullish(z.int().check(z.nonnegative())),
  domains: z.array(Entry),
});

/** The nameservers of `/domain/getNs/{domain}`, null where none are told. */
export const Delegation = z.pipe(
  z.object({ status: Success, ns: WireNameServers }),
  z.transform(({ ns }) => ns),
);

const Ttl = z.union([
  z.int().check(z.nonnegative()),
  z.pipe(z.string().check(z.regex(/^\d{1,10}$/)), z.transform(Number)),
]);

/** The records of `/dns/retrieve/{domain}`: owners in full without the last dot, priorities with every type. */
export const Zone = z.pipe(
  z.object({
    status: Success,
    records: z.array(
      z.pipe(
        z.object({
          name: z.string(),
          type: WireRecordType,
          content: z.string(),
          ttl: z.nullish(Ttl),
          prio: z.nullish(z.union([z.int(), z.string()])),
        }),
        z.transform(({ name, type, content, ttl, prio }) => ({
          fqdn: name,
          type: type.toUpperCase(),
          content,
          ttl: ttl ?? null,
          priority: prio,
        })),
      ),
    ),
  }),
  z.transform(({ records }) => records),
);
export type Zone = z.output<typeof Zone>;

/** An answer that says what is wrong. The code may be missing, or the HTTP status as a number or text. */
export const Refusal = z.pipe(
  z.object({
    status: z.literal('ERROR'),
    message: z.nullish(z.string()),
    code: z.nullish(z.union([z.string(), z.number()])),
  }),
  z.transform(({ message, code }) => ({ code: String(code ?? ''), message: message ?? '' })),
);
