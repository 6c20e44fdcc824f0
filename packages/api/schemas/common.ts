import * as z from 'zod/mini';
import { NOTICE_CODES, SYNC_CODES } from '#core/errors.ts';
import { ENVIRONMENT_IDS, REGISTRAR_IDS } from '#core/registrar-id.ts';

/** An instant, ISO 8601 UTC. */
export const Instant = z.iso.datetime().check(z.meta({ example: '2026-11-23T12:00:00.000Z' }));
export const RegistrarIdField = z.enum(REGISTRAR_IDS);
export const EnvironmentIdField = z.enum(ENVIRONMENT_IDS);
/** How many; never negative. */
export const Count = z.int().check(z.gte(0));

/** Ids are lower-case base32 or base36; anything else names nothing. */
export const Id = z.string().check(z.regex(/^[a-z0-9]{8,64}$/));

/** Where a list goes on; opaque, signed, and the caller's own. */
export const NextCursor = z.nullable(z.string());
/** Of a list that is always whole. */
export const NoCursor = z.null();

export const IntegrationParams = z.object({
  id: Id.check(z.meta({ example: 'mfrggzdfmztwq2lknnwg23tpoa' })),
});
export const RunParams = z.extend(IntegrationParams, {
  runId: Id.check(z.meta({ example: '0mih2b8k3fabcdefghijklmnop' })),
});
export const DomainParams = z.object({
  name: z
    .string()
    .check(z.minLength(1))
    .check(
      z.meta({
        description: 'As A-labels or U-labels',
        example: 'example.com',
      }),
    ),
});

/** `limit` and `cursor` of a list. */
export const pageQuery = {
  limit: z
    .optional(
      z.pipe(
        z.pipe(
          z.string().check(z.regex(/^\d{1,4}$/, 'a whole number from 1 to 1000 is expected')),
          z.transform(Number),
        ),
        z.number().check(z.gte(1, 'at least 1 is expected'), z.lte(1000, 'at most 1000 is expected')),
      ),
    )
    .check(z.meta({ type: 'integer', minimum: 1, maximum: 1000, default: 100 })),
  cursor: z.optional(z.string().check(z.maxLength(2048))),
};

/** How many items a page holds unless asked otherwise. */
export const DEFAULT_LIMIT = 100;

/** Why a sync failed, in words, and what to do. */
export const ProblemJson = z
  .strictObject({
    code: z.enum(SYNC_CODES),
    title: z.string(),
    detail: z.string(),
    advice: z.array(z.string()),
    at: Instant,
    requestId: z.string().check(z.meta({ description: 'What support asks for' })),
  })
  .register(z.globalRegistry, { id: 'SyncProblem' });
export type ProblemJson = z.input<typeof ProblemJson>;

/** What a sync says beside its outcome. */
export const NoticeJson = z
  .strictObject({
    code: z.enum(NOTICE_CODES),
    title: z.string(),
    detail: z.string(),
    advice: z.array(z.string()),
    domains: z.optional(Count),
  })
  .register(z.globalRegistry, { id: 'Notice' });
export type NoticeJson = z.input<typeof NoticeJson>;
