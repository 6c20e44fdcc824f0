import * as z from 'zod/mini';
import { toInstant } from '#core/dates.ts';
import type { DomainRegistration, ZonePlace } from '#core/domain.ts';
import { toFlag } from '#core/flags.ts';
import { optionalFromText, WireDomainName, WireNameServers, WireRecordType } from '../wire.ts';

/** The year 1 is how the service writes a time that it doesn't have. */
const Time = z.union([
  z.pipe(
    z.string().check(z.regex(/^0001-/)),
    z.transform(() => null),
  ),
  optionalFromText(toInstant),
]);

/** Zeros may be left out: a flag that is missing is off. One that is null says nothing. */
const Flag = z.pipe(
  z.optional(z.unknown()),
  z.transform((value) => (value === undefined ? false : toFlag(value))),
);

const Count = z.nullish(z.int().check(z.nonnegative()));

/** Where a page stands: what is left out is null. */
const paging = { totalCount: Count, nextPage: Count };

const Entry = z.pipe(
  z.object({
    domainName: WireDomainName,
    createDate: Time,
    expireDate: Time,
    autorenewEnabled: Flag,
    locked: Flag,
    locks: z.nullish(z.array(z.unknown())),
    privacyEnabled: z.optional(z.unknown()),
    nameservers: WireNameServers,
  }),
  z.transform(
    (wire): DomainRegistration => ({
      name: wire.domainName,
      statuses: [],
      rawStatuses: [],
      registrarState: null,
      registeredAt: wire.createDate,
      expiresAt: wire.expireDate,
      expiryPrecision: 'INSTANT',
      autoRenew: wire.autorenewEnabled,
      // Newer versions name the locks one by one.
      locked: (wire.locks ?? []).length > 0 ? true : wire.locked,
      privacy: toPrivacy(wire),
      nameServers: wire.nameservers,
      registeredHere: true,
      zone: toZonePlace(wire.nameservers),
    }),
  ),
);

/** A page of `GET /core/v1/domains`. */
export const DomainPage = z.pipe(
  z.object({ domains: z.nullish(z.array(Entry)), ...paging }),
  z.transform(({ domains, totalCount, nextPage }) => ({
    entries: domains ?? [],
    total: totalCount ?? null,
    nextPage: nextPage ?? null,
  })),
);

/** A page of `GET /core/v1/domains/{domain}/records`: targets without their dot, priorities apart. */
export const RecordPage = z.pipe(
  z.object({
    records: z.nullish(
      z.array(
        z.object({
          fqdn: z.nullish(z.string()),
          host: z.nullish(z.string()),
          type: WireRecordType,
          answer: z.string(),
          ttl: z.nullish(z.int().check(z.nonnegative())),
          priority: z.nullish(z.int().check(z.nonnegative())),
        }),
      ),
    ),
    ...paging,
  }),
  z.transform(({ records, totalCount, nextPage }) => ({
    entries: (records ?? []).map(({ fqdn, host, type, answer, ttl, priority }) => ({
      fqdn: fqdn ?? '',
      host: host ?? '',
      type,
      text: answer,
      ttl: ttl ?? null,
      priority: priority ?? 0,
    })),
    total: totalCount ?? null,
    nextPage: nextPage ?? null,
  })),
);
export type RecordEntries = z.output<typeof RecordPage>['entries'];

/** `GET /core/v1/hello` names the account. */
export const Hello = z.object({ username: z.string() });

/** What is wrong, in words. */
export const Refusal = z.pipe(
  z.object({ message: z.string(), details: z.nullish(z.string()) }),
  z.transform(({ message, details }) => `${message} ${details ?? ''}`),
);

/** The older dialect lists neither nameservers nor privacy: there a missing flag isn't off but untold. */
function toPrivacy(wire: {
  readonly privacyEnabled?: unknown;
  readonly nameservers: readonly string[] | null;
}): boolean | null {
  if (wire.privacyEnabled !== undefined) return toFlag(wire.privacyEnabled);
  return wire.nameservers === null ? null : false;
}

/** The stored zone is given whatever the nameservers are, so they alone tell whether it is live. */
function toZonePlace(nameServers: readonly string[] | null): ZonePlace {
  if (nameServers === null || nameServers.length === 0) return 'UNKNOWN';
  return nameServers.some((host) => host.endsWith('.name.com')) ? 'HERE' : 'ELSEWHERE';
}
