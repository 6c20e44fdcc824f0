import * as z from 'zod/mini';
import type { DomainRegistration, ZonePlace } from '#core/domain.ts';
import { toDomainName } from '#core/names.ts';
import { fromText, WireFlag, WireInstant, WireNameServers } from '../wire.ts';
import { isArriving, toRegistrarState } from './statuses.ts';

/** A name as GoDaddy wrote it, which is the next page's marker, and in our form. */
const ListedName = fromText((sent) => {
  const name = toDomainName(sent);
  return name === null ? null : { sent, name };
});

/** A page of `GET /v1/domains`; the registration is null where the domain is no longer this account's. */
export const DomainPage = z.array(
  z.pipe(
    z.object({
      domain: ListedName,
      status: z.nullish(z.string()),
      createdAt: WireInstant,
      expires: WireInstant,
      renewAuto: WireFlag,
      locked: WireFlag,
      privacy: WireFlag,
      nameServers: WireNameServers,
    }),
    z.transform((wire) => ({
      marker: wire.domain.sent,
      registration: toRegistration({ ...wire, name: wire.domain.name, word: wire.status ?? '' }),
    })),
  ),
);

/** The ids of the account that `GET /v1/shoppers/{id}` describes: its number, and a UUID where that is given. */
export const ShopperIds = z.pipe(
  z.object({ shopperId: z.nullish(z.string()), customerId: z.nullish(z.string()) }),
  z.transform(({ shopperId, customerId }) =>
    [shopperId, customerId].filter((id): id is string => id != null && id !== ''),
  ),
);

/** The code of a refusal. */
export const Refusal = z.pipe(
  z.object({ code: z.string() }),
  z.transform(({ code }) => code),
);

/** Nameservers of GoDaddy's own DNS, parked and premium zones included: its zones answer under this name alone. */
function toZonePlace(nameServers: readonly string[] | null): ZonePlace {
  if (nameServers === null || nameServers.length === 0) return 'UNKNOWN';
  return nameServers.some((host) => host.endsWith('.domaincontrol.com')) ? 'HERE' : 'ELSEWHERE';
}

function toRegistration(entry: {
  readonly name: string;
  readonly word: string;
  readonly createdAt: string | null;
  readonly expires: string | null;
  readonly renewAuto: boolean | null;
  readonly locked: boolean | null;
  readonly privacy: boolean | null;
  readonly nameServers: readonly string[] | null;
}): DomainRegistration | null {
  const { name, word, expires, nameServers } = entry;
  const registrarState = toRegistrarState(word);
  if (registrarState === 'cancelled') return null;
  // The list also has domains of which only the DNS is here: they never have an expiry.
  const registeredHere = expires !== null || isArriving(word);
  return {
    name,
    // GoDaddy has words of its own, and none of them is an EPP code.
    statuses: [],
    rawStatuses: word === '' ? [] : [word],
    registrarState,
    registeredAt: registeredHere ? entry.createdAt : null,
    expiresAt: expires,
    expiryPrecision: 'INSTANT',
    autoRenew: entry.renewAuto,
    locked: entry.locked,
    privacy: entry.privacy,
    nameServers,
    registeredHere,
    zone: toZonePlace(nameServers),
  };
}
