import * as z from 'zod';
import type { DomainRegistration, ZonePlace } from '#core/domain.ts';
import { type EppStatus, toEppStatus } from '#core/statuses.ts';
import { WireDomainName, WireFlag, WireInstant } from '../wire.ts';

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
    z
      .object({
        fqdn: WireDomainName,
        status: z.array(z.string()).nullish(),
        autorenew: WireFlag,
        dates: Dates.nullish(),
        nameserver: z.object({ current: z.string().nullish() }).nullish(),
      })
      .transform(
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
  );
}

/** What a token says of itself; `expires_in` in seconds, null where it doesn't end. */
export const TokenInfo = z
  .object({
    expires_in: z
      .union([
        z.number(),
        z
          .string()
          .regex(/^-?\d+$/)
          .transform(Number),
      ])
      .nullish(),
  })
  .transform(({ expires_in }) => ({ expiresInSeconds: expires_in ?? null }));

/** What is wrong, in the words of OAuth (id.gandi.net) or of the API; all of them together. */
export const Refusal = z
  .object({
    error: z.string().nullish(),
    error_description: z.string().nullish(),
    message: z.string().nullish(),
    object: z.string().nullish(),
    code: z.union([z.int(), z.string()]).nullish(),
  })
  .refine((wire) => Object.values(wire).some((value) => value != null))
  .transform(({ error, error_description, message }) => ({
    words: [error, error_description, message].filter((text) => text != null).join(' '),
  }));

/** A page of `GET /v5/livedns/domains/{fqdn}/records`: sets, with owners and targets as in a zone file. */
export const RecordSets = z.array(
  z
    .object({
      rrset_name: z.string(),
      rrset_type: z.string().toUpperCase(),
      rrset_ttl: z.int().nonnegative().nullish(),
      rrset_values: z.array(z.string()),
    })
    .transform((wire) => ({
      host: wire.rrset_name,
      type: wire.rrset_type,
      ttl: wire.rrset_ttl ?? null,
      values: wire.rrset_values,
    })),
);
export type RecordSets = z.output<typeof RecordSets>;

/** The `Total-Count` header; null where it is missing. */
export const TotalCount = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .optional()
  .transform((total) => total ?? null);

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
