import * as z from 'zod/mini';
import { SYNC_CODES } from '#core/errors.ts';
import { Count, EnvironmentIdField, NoCursor, RegistrarIdField } from './common.ts';

const CredentialFieldJson = z
  .strictObject({
    name: z.string(),
    label: z.string(),
    secret: z.boolean(),
    required: z.boolean(),
    hint: z.string(),
    pattern: z.optional(z.string()),
  })
  .register(z.globalRegistry, { id: 'CredentialField' });

const DemoCredentialsJson = z
  .strictObject({
    label: z.string(),
    accountId: z.string(),
    domains: Count,
    expect: z
      .enum(['SYNCED', ...SYNC_CODES])
      .check(z.meta({ description: 'What a sync of this account comes to' })),
    credentials: z.record(z.string(), z.string()),
  })
  .register(z.globalRegistry, { id: 'DemoCredentials' });

const EnvironmentJson = z
  .strictObject({
    id: EnvironmentIdField,
    label: z.string(),
    demoCredentials: z
      .optional(z.array(DemoCredentialsJson))
      .check(z.meta({ description: 'Accounts of the simulator; on one machine only' })),
  })
  .register(z.globalRegistry, { id: 'RegistrarEnvironment' });

/** A registrar as people choose it: what it is, what it wants, what it can tell. */
export const RegistrarJson = z
  .strictObject({
    id: RegistrarIdField,
    name: z.string(),
    tagline: z.string(),
    environments: z.array(EnvironmentJson),
    credentialFields: z.array(CredentialFieldJson),
    prerequisites: z.array(z.string()),
    links: z.array(z.strictObject({ label: z.string(), url: z.url() })),
    capabilities: z.strictObject({
      nameServersInListing: z.boolean(),
      privacy: z.boolean(),
      transferLock: z.boolean(),
      autoRenew: z.boolean(),
      expiryPrecision: z.enum(['INSTANT', 'DAY']),
      recordTypes: z.array(z.string()),
      notes: z.array(z.string()),
    }),
    egressAddresses: z
      .optional(z.array(z.ipv4()))
      .check(z.meta({ description: 'Our addresses, where the registrar wants them on its allow-list' })),
  })
  .register(z.globalRegistry, { id: 'Registrar' });
export type RegistrarJson = z.input<typeof RegistrarJson>;

export const RegistrarList = z
  .strictObject({ items: z.array(RegistrarJson), nextCursor: NoCursor })
  .register(z.globalRegistry, { id: 'RegistrarList' });
