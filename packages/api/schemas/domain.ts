import * as z from 'zod/mini';
import { DNS_STATUSES } from '#core/domain.ts';
import { SYNC_CODES } from '#core/errors.ts';
import { CARD_STATUSES, EPP_STATUSES, LIFECYCLES } from '#core/statuses.ts';
import { Id, Instant, NextCursor, RegistrarIdField } from './common.ts';

const DnsJson = z
  .strictObject({
    status: z.enum(DNS_STATUSES),
    provider: z.nullable(z.string()),
    fetchedAt: z.nullable(Instant),
    problem: z.optional(
      z.strictObject({
        code: z.enum([...SYNC_CODES, 'LISTING_SHRANK']),
        title: z.string(),
        detail: z.string(),
        at: Instant,
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'DomainDns' });
export type DnsJson = z.input<typeof DnsJson>;

/** A name at one integration. What the registrar doesn't tell is null. */
export const DomainJson = z
  .strictObject({
    name: z.string().check(z.meta({ description: 'A-labels, lower-case' })),
    unicodeName: z.string(),
    tld: z.string(),
    registrar: RegistrarIdField,
    integrationId: Id,
    status: z.enum(CARD_STATUSES),
    lifecycle: z.enum(LIFECYCLES),
    statuses: z.array(z.enum(EPP_STATUSES)),
    rawStatuses: z.array(z.string()),
    registeredAt: z.nullable(Instant),
    expiresAt: z.nullable(Instant),
    expiryPrecision: z.enum(['INSTANT', 'DAY']),
    autoRenew: z.nullable(z.boolean()),
    locked: z.nullable(z.boolean()),
    privacy: z.nullable(z.boolean()),
    nameServers: z.nullable(z.array(z.string())),
    registeredHere: z.boolean(),
    dns: DnsJson,
    seen: z.enum(['PRESENT', 'MISSING']),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
  })
  .register(z.globalRegistry, { id: 'Domain' });
export type DomainJson = z.input<typeof DomainJson>;

export const DomainList = z
  .strictObject({ items: z.array(DomainJson), nextCursor: NextCursor })
  .register(z.globalRegistry, { id: 'DomainList' });

export const DomainDetail = z
  .strictObject({ name: z.string(), unicodeName: z.string(), registrations: z.array(DomainJson) })
  .register(z.globalRegistry, { id: 'DomainDetail' });

export const RrsetJson = z
  .strictObject({
    name: z.string().check(z.meta({ example: 'www.example.com.' })),
    type: z.string(),
    ttl: z.nullable(z.int().check(z.gte(0))),
    records: z
      .array(z.string())
      .check(z.meta({ description: 'RFC 1035 presentation form; empty for pseudo-records' })),
    pseudo: z.optional(z.strictObject({ provider: RegistrarIdField, kind: z.string(), value: z.string() })),
  })
  .register(z.globalRegistry, { id: 'RRset' });
export type RrsetJson = z.input<typeof RrsetJson>;

export const DomainRecords = z
  .strictObject({ dns: DnsJson, rrsets: z.array(RrsetJson) })
  .register(z.globalRegistry, { id: 'DomainRecords' });

export const RecordsQuery = z.strictObject({
  integration: z
    .optional(Id)
    .check(z.meta({ description: 'Needed where several integrations hold the name' })),
});
