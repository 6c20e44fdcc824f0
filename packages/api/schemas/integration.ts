import * as z from 'zod/mini';
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
  .nullable(
    z.pipe(
      z.string().check(
        z.trim(),
        z.maxLength(100),
        z.refine(
          (text) => !/\p{Cc}/u.test(text) && text.isWellFormed(),
          'control characters are not allowed',
        ),
      ),
      z.transform((text) => (text === '' ? null : text)),
    ),
  )
  .check(z.meta({ type: ['string', 'null'], maxLength: 100, example: 'client A' }));

/** Values of the credential form by field name; which fields there are depends on the registrar. */
const CredentialValues = z.record(z.string(), z.string()).check(
  z.meta({
    description: 'By field name, see credentialFields of the registrar. Values are trimmed.',
    example: { apiKey: '…', apiSecret: '…', customerId: '…' },
  }),
);

export const NewIntegration = z
  .strictObject({
    registrar: RegistrarIdField,
    environment: z._default(EnvironmentIdField, 'production'),
    label: z.optional(Label),
    credentials: CredentialValues,
    allowDuplicate: z._default(z.boolean(), false),
  })
  .register(z.globalRegistry, { id: 'NewIntegration' });

export const IntegrationChanges = z
  .strictObject({ label: z.optional(Label), paused: z.optional(z.boolean()) })
  .register(z.globalRegistry, { id: 'IntegrationChanges' });

export const NewCredentials = z
  .strictObject({ credentials: CredentialValues })
  .register(z.globalRegistry, { id: 'NewCredentials' });

/** How far a run is; the time is reckoned from the registrar's limits, and absent where the work isn't known yet. */
export const ProgressJson = z
  .strictObject({
    domainsListed: Count,
    domainsDone: Count,
    domainsTotal: z.nullable(Count),
    estimatedSecondsLeft: z.optional(Count),
  })
  .register(z.globalRegistry, { id: 'Progress' });
export type ProgressJson = z.input<typeof ProgressJson>;

const CountsJson = z
  .strictObject({ total: Count, active: Count, expiringSoon: Count, expired: Count })
  .register(z.globalRegistry, { id: 'CardCounts', description: 'total = active + expiringSoon + expired' });

/** An integration as its card shows it; no part of a credential, ever. */
export const IntegrationJson = z
  .strictObject({
    id: Id,
    registrar: RegistrarIdField,
    environment: EnvironmentIdField,
    label: z.nullable(z.string()),
    maskedId: z.string(),
    status: z.enum(INTEGRATION_STATUSES),
    paused: z.boolean(),
    counts: CountsJson,
    lastSyncedAt: z.nullable(Instant),
    lastAttemptAt: z.nullable(Instant),
    nextSyncAt: z.nullable(Instant),
    currentRun: z.optional(z.strictObject({ runId: Id, step: z.enum(RUN_STEPS), progress: ProgressJson })),
    problem: z.optional(ProblemJson),
    notices: z.array(NoticeJson),
    credentials: z.strictObject({ updatedAt: Instant, expiresAt: z.nullable(Instant) }),
    createdAt: Instant,
  })
  .register(z.globalRegistry, { id: 'Integration' });
export type IntegrationJson = z.input<typeof IntegrationJson>;

export const IntegrationList = z
  .strictObject({ items: z.array(IntegrationJson), nextCursor: NoCursor })
  .register(z.globalRegistry, { id: 'IntegrationList' });
