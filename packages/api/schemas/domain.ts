import { z } from '@hono/zod-openapi';
import { DNS_STATUSES } from '#core/domain.ts';
import { SYNC_CODES } from '#core/errors.ts';
import { CARD_STATUSES, EPP_STATUSES, LIFECYCLES } from '#core/statuses.ts';
import { Id, Instant, NextCursor, RegistrarIdField } from './common.ts';

const DnsJson = z
  .strictObject({
    status: z.enum(DNS_STATUSES),
    provider: z.string().nullable(),
    fetchedAt: Instant.nullable(),
    problem: z
      .strictObject({
        code: z.enum([...SYNC_CODES, 'LISTING_SHRANK']),
        title: z.string(),
        detail: z.string(),
        at: Instant,
      })
      .optional(),
  })
  .openapi('DomainDns');
export type DnsJson = z.input<typeof DnsJson>;

/** A name at one integration. What the registrar doesn't tell is null. */
export const DomainJson = z
  .strictObject({
    name: z.string().openapi({ description: 'A-labels, lower-case' }),
    unicodeName: z.string(),
    tld: z.string(),
    registrar: RegistrarIdField,
    integrationId: Id,
    status: z.enum(CARD_STATUSES),
    lifecycle: z.enum(LIFECYCLES),
    statuses: z.array(z.enum(EPP_STATUSES)),
    rawStatuses: z.array(z.string()),
    registeredAt: Instant.nullable(),
    expiresAt: Instant.nullable(),
    expiryPrecision: z.enum(['INSTANT', 'DAY']),
    autoRenew: z.boolean().nullable(),
    locked: z.boolean().nullable(),
    privacy: z.boolean().nullable(),
    nameServers: z.array(z.string()).nullable(),
    registeredHere: z.boolean(),
    dns: DnsJson,
    seen: z.enum(['PRESENT', 'MISSING']),
    firstSeenAt: Instant,
    lastSeenAt: Instant,
  })
  .openapi('Domain');
export type DomainJson = z.input<typeof DomainJson>;

export const DomainList = z
  .strictObject({ items: z.array(DomainJson), nextCursor: NextCursor })
  .openapi('DomainList');

export const DomainDetail = z
  .strictObject({ name: z.string(), unicodeName: z.string(), registrations: z.array(DomainJson) })
  .openapi('DomainDetail');

export const RrsetJson = z
  .strictObject({
    name: z.string().openapi({ example: 'www.example.com.' }),
    type: z.string(),
    ttl: z.int().min(0).nullable(),
    records: z
      .array(z.string())
      .openapi({ description: 'RFC 1035 presentation form; empty for pseudo-records' }),
    pseudo: z.strictObject({ provider: RegistrarIdField, kind: z.string(), value: z.string() }).optional(),
  })
  .openapi('RRset');
export type RrsetJson = z.input<typeof RrsetJson>;

export const DomainRecords = z
  .strictObject({ dns: DnsJson, rrsets: z.array(RrsetJson) })
  .openapi('DomainRecords');

export const RecordsQuery = z.strictObject({
  integration: Id.optional().openapi({ description: 'Needed where several integrations hold the name' }),
});
