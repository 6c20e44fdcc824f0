import * as z from 'zod/mini';
import { Count, Instant, NextCursor, RegistrarIdField } from './common.ts';
import { DomainJson, RrsetJson } from './domain.ts';
import { IntegrationJson } from './integration.ts';
import { RunJson } from './run.ts';

export const SettingsJson = z
  .strictObject({ expiringSoonDays: z.int().check(z.gte(1), z.lte(365)) })
  .register(z.globalRegistry, { id: 'Settings' });
export const SettingsChanges = z.partial(SettingsJson).register(z.globalRegistry, { id: 'SettingsChanges' });

/** What wants a person's eye. */
export const ATTENTION_CODES = [
  'EXPIRES_THIS_WEEK_NO_RENEWAL',
  'SYNC_FAILED',
  'LISTING_SHRANK',
  'CREDENTIALS_EXPIRE_SOON',
  'ZONES_FAILED',
] as const;

const RegistrarSummaryJson = z
  .strictObject({
    registrar: RegistrarIdField,
    total: Count,
    active: Count,
    expiringSoon: Count,
    expired: Count,
    autoRenewOff: Count,
    lockOff: Count,
    nextExpiresAt: z.nullable(Instant),
  })
  .register(z.globalRegistry, { id: 'RegistrarSummary' });
export type RegistrarSummaryJson = z.input<typeof RegistrarSummaryJson>;

export const SummaryJson = z
  .strictObject({
    total: Count,
    active: Count,
    expiringSoon: Count,
    expired: Count,
    autoRenewOff: Count,
    byRegistrar: z.array(RegistrarSummaryJson),
    byMonth: z
      .array(z.strictObject({ month: z.string().check(z.regex(/^\d{4}-\d{2}$/)), count: Count }))
      .check(z.meta({ description: 'Names that expire in this month and the eleven after it, UTC' })),
    attention: z.array(z.strictObject({ code: z.enum(ATTENTION_CODES), count: z.int().check(z.gte(1)) })),
  })
  .register(z.globalRegistry, { id: 'Summary' });
export type SummaryJson = z.input<typeof SummaryJson>;

// Not `extend`: in the document that would be both forms at once, each closed to the other's fields.
const ExportedDomainJson = z
  .strictObject({ ...DomainJson.shape, rrsets: z.array(RrsetJson) })
  .register(z.globalRegistry, { id: 'ExportedDomain' });

/** A part of everything that is kept of a tenant; the last has no cursor. */
export const ExportJson = z
  .strictObject({
    exportedAt: Instant,
    settings: SettingsJson,
    integrations: z.array(IntegrationJson),
    runs: z.array(RunJson),
    domains: z.array(ExportedDomainJson),
    nextCursor: NextCursor,
  })
  .register(z.globalRegistry, { id: 'Export' });
export type ExportJson = z.input<typeof ExportJson>;

export const ExportQuery = z.strictObject({ cursor: z.optional(z.string().check(z.maxLength(2048))) });

export const Health = z
  .strictObject({ status: z.literal('ok') })
  .register(z.globalRegistry, { id: 'Health' });
