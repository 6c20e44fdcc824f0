import { z } from '@hono/zod-openapi';
import { INTEGRATION_STATUSES } from '#core/integration.ts';
import { RUN_STEPS } from '#core/sync-run.ts';
import {
  Count,
  EnvironmentIdField,
  Id,
  Instant,
  NoCursor,
  NoticeJson,
  ProblemJson,
  RegistrarIdField,
} from './common.ts';

/** A name that people give an integration; blank is none. */
const Label = z
  .string()
  .trim()
  .max(100)
  .refine((text) => !/\p{Cc}/u.test(text) && text.isWellFormed(), 'control characters are not allowed')
  .transform((text) => (text === '' ? null : text))
  .nullable()
  .openapi({ type: ['string', 'null'], maxLength: 100, example: 'client A' });

/** Values of the credential form by field name; which fields there are depends on the registrar. */
const CredentialValues = z.record(z.string(), z.string()).openapi({
  description: 'By field name, see credentialFields of the registrar. Values are trimmed.',
  example: { apiKey: '…', apiSecret: '…', customerId: '…' },
});

export const NewIntegration = z
  .strictObject({
    registrar: RegistrarIdField,
    environment: EnvironmentIdField.default('production'),
    label: Label.optional(),
    credentials: CredentialValues,
    allowDuplicate: z.boolean().default(false),
  })
  .openapi('NewIntegration');

export const IntegrationChanges = z
  .strictObject({ label: Label.optional(), paused: z.boolean().optional() })
  .openapi('IntegrationChanges');

export const NewCredentials = z.strictObject({ credentials: CredentialValues }).openapi('NewCredentials');

/** How far a run is; the time is reckoned from the registrar's limits, and absent where the work isn't known yet. */
export const ProgressJson = z
  .strictObject({
    domainsListed: Count,
    domainsDone: Count,
    domainsTotal: Count.nullable(),
    estimatedSecondsLeft: Count.optional(),
  })
  .openapi('Progress');
export type ProgressJson = z.input<typeof ProgressJson>;

const CountsJson = z
  .strictObject({ total: Count, active: Count, expiringSoon: Count, expired: Count })
  .openapi('CardCounts', { description: 'total = active + expiringSoon + expired' });

/** An integration as its card shows it; no part of a credential, ever. */
export const IntegrationJson = z
  .strictObject({
    id: Id,
    registrar: RegistrarIdField,
    environment: EnvironmentIdField,
    label: z.string().nullable(),
    maskedId: z.string(),
    status: z.enum(INTEGRATION_STATUSES),
    paused: z.boolean(),
    counts: CountsJson,
    lastSyncedAt: Instant.nullable(),
    lastAttemptAt: Instant.nullable(),
    nextSyncAt: Instant.nullable(),
    currentRun: z.strictObject({ runId: Id, step: z.enum(RUN_STEPS), progress: ProgressJson }).optional(),
    problem: ProblemJson.optional(),
    notices: z.array(NoticeJson),
    credentials: z.strictObject({ updatedAt: Instant, expiresAt: Instant.nullable() }),
    createdAt: Instant,
  })
  .openapi('Integration');
export type IntegrationJson = z.input<typeof IntegrationJson>;

export const IntegrationList = z
  .strictObject({ items: z.array(IntegrationJson), nextCursor: NoCursor })
  .openapi('IntegrationList');
