import type { HonoRequest } from 'hono';
import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';
import { ApiError, invalid } from './problem.ts';
import type { FieldProblemJson } from './schemas/problem.ts';

// zod/mini says "invalid input" and no more unless it is given words: they become the details of a refused field.
z.config(en());

/** Bodies up to 16 KiB are read. */
export const MAX_BODY_BYTES = 16 * 1024;

/**
 * The body's bytes, none where there is none.
 * @throws ApiError BODY_TOO_LARGE
 */
export async function readBytes(request: HonoRequest): Promise<Uint8Array> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  if (bytes.byteLength <= MAX_BODY_BYTES) return bytes;
  throw new ApiError('BODY_TOO_LARGE', 'A request may hold 16 KiB at most.');
}

/**
 * A body's text, empty where there is none.
 * @throws ApiError UNSUPPORTED_MEDIA_TYPE, INVALID_REQUEST
 */
export function toBodyText(bytes: Uint8Array, contentType: string | undefined): string {
  if (bytes.byteLength === 0) return '';
  if (!isJson(contentType)) {
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', 'Send the body as application/json.');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notJson();
  }
}

/**
 * The value of a body. A route without a body takes an empty object too, since some clients always send one.
 * @throws ApiError INVALID_REQUEST with a pointer for each wrong field; values are never repeated in it
 */
export function parseBody(text: string, schema: z.ZodMiniType | undefined): unknown {
  if (schema === undefined && text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notJson();
  }
  if (schema !== undefined) return parseFields(schema, value);
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  if (!isEmpty) throw invalid([{ pointer: '', code: 'UNKNOWN_FIELD', detail: 'No body is expected.' }]);
  return undefined;
}

/**
 * A value as a schema has it.
 * @throws ApiError INVALID_REQUEST with a pointer for each wrong field
 */
export function parseFields<T extends z.ZodMiniType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap(toFieldProblems));
}

/** A JSON pointer (RFC 6901). */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function toFieldProblems(issue: z.core.$ZodIssue): FieldProblemJson[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key]),
      code: 'UNKNOWN_FIELD',
      detail: 'This field is not known.',
    }));
  }
  return [{ pointer: toPointer(issue.path), code: 'INVALID_VALUE', detail: toDetail(issue.message) }];
}

function toDetail(message: string): string {
  return `${message.slice(0, 1).toUpperCase()}${message.slice(1)}.`;
}

function isJson(contentType = ''): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType);
}

function notJson(): ApiError {
  return invalid([{ pointer: '', code: 'NOT_JSON', detail: 'The body is not JSON in UTF-8.' }]);
}
