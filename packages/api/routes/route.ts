import * as z from 'zod/mini';
import { API_CODES, type ApiCode, ApiProblemJson } from '../schemas/problem.ts';

/** Bodies by their media type. */
export type Content = Readonly<Record<string, { readonly schema: z.ZodMiniType }>>;

/** What a call takes and answers: its checks, and its part of the OpenAPI document. */
export interface RouteSpec {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As OpenAPI writes it: `/v1/domains/{name}`. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Empty where no token is asked for. */
  readonly security?: readonly [];
  readonly request?: {
    readonly params?: z.ZodMiniObject;
    readonly query?: z.ZodMiniObject;
    readonly headers?: z.ZodMiniObject;
    readonly body?: { readonly required: true; readonly content: Content };
  };
  readonly responses: Readonly<Record<number, { readonly description: string; readonly content?: Content }>>;
}

/** A route, with all that its types tell. */
export function createRoute<const R extends RouteSpec>(route: R): R {
  return route;
}

type Status = (typeof API_CODES)[ApiCode]['status'];

const header = (description: string) => z.optional(z.string()).check(z.meta({ description }));

/** Headers that a GET, a change and a POST may carry. */
export const conditionalGet = z.object({ 'if-none-match': header('An ETag: 304 where nothing changed') });
export const conditionalChange = z.object({ 'if-match': header('An ETag of GET: 412 where it changed') });
export const onceOnly = z.object({
  'idempotency-key': header('1 to 128 of A-Z a-z 0-9 _ -: a repetition within 24 h gets the first answer'),
});

/** A JSON body of a request. */
export function jsonBody<T extends z.ZodMiniType>(schema: T) {
  return { required: true, content: { 'application/json': { schema } } } as const;
}

/** A JSON answer. */
export function json<T extends z.ZodMiniType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } } as const;
}

export const unchanged = { description: 'Unchanged since the ETag that was sent' } as const;
export const noContent = { description: 'Done' } as const;

/** The problems by which a route may answer, by status, with those of every route behind a token. */
export function problems<const C extends readonly ApiCode[]>(...codes: C) {
  const byStatus = new Map<Status, ApiCode[]>();
  for (const code of ['UNAUTHENTICATED', ...codes, 'INTERNAL'] as const) {
    const { status } = API_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const entries = [...byStatus].map(([status, named]) => [
    status,
    { description: named.join(', '), content: { 'application/problem+json': { schema: ApiProblemJson } } },
  ]);
  return Object.fromEntries(entries) as Record<never, never>;
}
