import * as z from 'zod/mini';
import type { DomainRegistration, ZonePlace } from '#core/domain.ts';
import { type EppStatus, toEppStatus } from '#core/statuses.ts';
import { WireDomainName, WireFlag, WireInstant, WireRecordType } from '../wire.ts';

const Dates = z.object({
  registry_created_at: WireInstant,
  created_at: WireInstant,
  registry_ends_at: WireInstant,
  hold_ends_at: WireInstant,
  restore_ends_at: WireInstant,
});

/** A page of `GET /v5/domain/domains`, as it stands at an instant: that a name can only be redeemed is told by dates. */
export function toDomainPage(nowMs: number) {
  return z.array(
    z.pipe(
      z.object({
        fqdn: WireDomainName,
        status: z.nullish(z.array(z.string())),
        autorenew: WireFlag,
        dates: z.nullish(Dates),
        nameserver: z.nullish(z.object({ current: z.nullish(z.string()) })),
      }),
      z.transform(
        ({ fqdn, status, autorenew, dates, nameserver }): DomainRegistration => ({
          name: fqdn,
          statuses: toStatuses(status ?? []),
          rawStatuses: status ?? [],
          registrarState: isRedeemable(dates, nowMs) ? 'redemption' : null,
          // `created_at` is when it came to Gandi, which after a transfer is later.
          registeredAt: dates?.registry_created_at ?? dates?.created_at ?? null,
          expiresAt: dates?.registry_ends_at ?? null,
          expiryPrecision: 'INSTANT',
          autoRenew: autorenew,
          locked: status?.includes('clientTransferProhibited') ?? null,
          privacy: null,
          nameServers: null,
          registeredHere: true,
          zone: places.get(nameserver?.current ?? '') ?? 'UNKNOWN',
        }),
      ),
    ),
  );
}

/** What a token says of itself; `expires_in` in seconds, null where it doesn't end. */
export const TokenInfo = z.pipe(
  z.object({
    expires_in: z.nullish(
      z.union([z.number(), z.pipe(z.string().check(z.regex(/^-?\d+$/)), z.transform(Number))]),
    ),
  }),
  z.transform(({ expires_in }) => ({ expiresInSeconds: expires_in ?? null })),
);

/** What is wrong, in the words of OAuth (id.gandi.net) or of the API; all of them together. */
export const Refusal = z.pipe(
  z
    .object({
      error: z.nullish(z.string()),
      error_description: z.nullish(z.string()),
      message: z.nullish(z.string()),
      object: z.nullish(z.string()),
      code: z.nullish(z.union([z.int(), z.string()])),
    })
    .check(z.refine((wire) => Object.values(wire).some((value) => value != null))),
  z.transform(({ error, error_description, message }) => ({
    words: [error, error_description, message].join(' '),
  })),
);

/** A page of `GET /v5/livedns/domains/{fqdn}/records`: sets, with owners and targets as in a zone file. */
export const RecordSets = z.array(
  z.pipe(
    z.object({
      rrset_name: z.string(),
      rrset_type: WireRecordType,
      rrset_ttl: z.nullish(z.int().check(z.nonnegative())),
      rrset_values: z.array(z.string()),
    }),
    z.transform((wire) => ({
      host: wire.rrset_name,
      type: wire.rrset_type,
      ttl: wire.rrset_ttl ?? null,
      values: wire.rrset_values,
    })),
  ),
);
export type RecordSets = z.output<typeof RecordSets>;

/** The `Total-Count` header; null where it is missing. */
export const TotalCount = z.pipe(
  z.optional(z.pipe(z.string().check(z.regex(/^\d{1,9}$/)), z.transform(Number))),
  z.transform((total) => total ?? null),
);

/** `abc` is Gandi's DNS from before LiveDNS, which its API doesn't read. */
const places: ReadonlyMap<string, ZonePlace> = new Map([
  ['livedns', 'HERE'],
  ['abc', 'ELSEWHERE'],
  ['other', 'ELSEWHERE'],
]);

function toStatuses(words: readonly string[]): EppStatus[] {
  return [...new Set(words.map(toEppStatus))].filter((status) => status !== undefined);
}

/** Held until one date and restorable until another: between them is the redemption period (RFC 3915 §3.1). */
function isRedeemable(dates: z.output<typeof Dates> | null | undefined, nowMs: number): boolean {
  const from = dates?.hold_ends_at;
  const until = dates?.restore_ends_at;
  return from != null && until != null && Date.parse(from) < nowMs && nowMs < Date.parse(until);
}
