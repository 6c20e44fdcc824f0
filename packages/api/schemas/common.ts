import { z } from '@hono/zod-openapi';
import { NOTICE_CODES, SYNC_CODES } from '#core/errors.ts';
import { ENVIRONMENT_IDS, REGISTRAR_IDS } from '#core/registrar-id.ts';

/** An instant, ISO 8601 UTC. */
export const Instant = z.iso.datetime().openapi({ example: '2026-11-23T12:00:00.000Z' });
export const RegistrarIdField = z.enum(REGISTRAR_IDS);
export const EnvironmentIdField = z.enum(ENVIRONMENT_IDS);
/** How many; never negative. */
export const Count = z.int().min(0);

/** Ids are lower-case base32 or base36; anything else names nothing. */
export const Id = z.string().regex(/^[a-z0-9]{8,64}$/);

/** Where a list goes on; opaque, signed, and the caller's own. */
export const NextCursor = z.string().nullable();
/** Of a list that is always whole. */
export const NoCursor = z.null();

export const IntegrationParams = z.object({
  id: Id.openapi({ param: { name: 'id', in: 'path' }, example: 'mfrggzdfmztwq2lknnwg23tpoa' }),
});
export const RunParams = IntegrationParams.extend({
  runId: Id.openapi({ param: { name: 'runId', in: 'path' }, example: '0mih2b8k3fabcdefghijklmnop' }),
});
export const DomainParams = z.object({
  name: z
    .string()
    .min(1)
    .openapi({
      param: { name: 'name', in: 'path' },
      description: 'As A-labels or U-labels',
      example: 'example.com',
    }),
});

/** `limit` and `cursor` of a list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,4}$/, 'a whole number from 1 to 1000 is expected')
    .transform(Number)
    .pipe(z.number().min(1, 'at least 1 is expected').max(1000, 'at most 1000 is expected'))
    .optional()
    .openapi({ type: 'integer', minimum: 1, maximum: 1000, default: 100 }),
  cursor: z.string().max(2048).optional(),
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
    requestId: z.string().openapi({ description: 'What support asks for' }),
  })
  .openapi('SyncProblem');
export type ProblemJson = z.input<typeof ProblemJson>;

/** What a sync says beside its outcome. */
export const NoticeJson = z
  .strictObject({
    code: z.enum(NOTICE_CODES),
    title: z.string(),
    detail: z.string(),
    advice: z.array(z.string()),
    domains: Count.optional(),
  })
  .openapi('Notice');
export type NoticeJson = z.input<typeof NoticeJson>;
