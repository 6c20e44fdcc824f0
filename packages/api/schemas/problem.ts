import * as z from 'zod/mini';
import { Id } from './common.ts';

/** Codes of the API itself, each with its status and the title that people read. */
export const API_CODES = {
  INVALID_REQUEST: { status: 400, title: 'This request is not valid' },
  INVALID_CURSOR: { status: 400, title: 'This list can not be continued here' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in to continue' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  SYNC_RUNNING: { status: 409, title: 'Already syncing' },
  ALREADY_CONNECTED: { status: 409, title: 'This account is already connected' },
  IDEMPOTENCY_IN_PROGRESS: { status: 409, title: 'The same request is still being worked on' },
  PRECONDITION_FAILED: { status: 412, title: 'Changed by somebody else meanwhile' },
  BODY_TOO_LARGE: { status: 413, title: 'This request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'JSON is expected' },
  IDEMPOTENCY_MISMATCH: { status: 422, title: 'This key belongs to another request' },
  SYNC_TOO_SOON: { status: 429, title: 'Synced less than a minute ago' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many refused credentials' },
  INTERNAL: { status: 500, title: 'Something went wrong on our side' },
  ENCRYPTION_UNAVAILABLE: { status: 503, title: 'Credentials can not be taken in just now' },
} as const;
export type ApiCode = keyof typeof API_CODES;

const FieldProblemJson = z
  .strictObject({
    pointer: z
      .string()
      .check(z.meta({ description: 'JSON pointer into the body, or `/` and the parameter' })),
    code: z.string(),
    detail: z.string(),
  })
  .register(z.globalRegistry, { id: 'FieldProblem' });
export type FieldProblemJson = z.input<typeof FieldProblemJson>;

/** RFC 9457. */
export const ApiProblemJson = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(Object.keys(API_CODES) as [ApiCode, ...ApiCode[]]),
    requestId: z.string(),
    errors: z.optional(z.array(FieldProblemJson)),
    runId: z.optional(Id).check(z.meta({ description: 'With SYNC_RUNNING: the run under way' })),
    integrationId: z
      .optional(Id)
      .check(z.meta({ description: 'With ALREADY_CONNECTED: the integration that is' })),
  })
  .register(z.globalRegistry, { id: 'Problem' });
export type ApiProblemJson = z.input<typeof ApiProblemJson>;
