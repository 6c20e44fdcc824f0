import type { Context } from 'hono';
import type * as z from 'zod/mini';
import { parseBody, parseFields, readBytes, toBodyText } from './body.ts';
import { type Cursors, createCursors } from './cursor.ts';
import type { CommonDeps } from './deps.ts';
import { isUnchanged, toEtag } from './etag.ts';
import type { ApiApp, ApiEnv } from './http-app.ts';
import { answerOnce, type PlainAnswer } from './idempotency.ts';
import { notFound } from './problem.ts';
import type { RouteSpec } from './routes/route.ts';

type Json<C> = C extends { readonly content: { readonly 'application/json': { readonly schema: infer S } } }
  ? S
  : never;
type Output<S, Else> = [S] extends [never] ? Else : S extends z.ZodMiniType ? z.output<S> : Else;
type Part<R, K extends string> = R extends { readonly request: Readonly<Record<K, infer S>> } ? S : never;

/** A request, checked against its route. */
export interface ApiRequest<R extends RouteSpec> {
  /** Whose request it is; empty on a route that asks for no token. */
  readonly tenantId: string;
  readonly params: Output<Part<R, 'params'>, Record<string, never>>;
  readonly query: Output<Part<R, 'query'>, Record<string, never>>;
  readonly body: Output<Json<Part<R, 'body'>>, undefined>;
  readonly ifMatch: string | undefined;
  /** The id for what a POST creates: the same for its repetitions. */
  readonly newId: string;
  readonly cursors: Cursors;
}

/** What a route may answer: a status that it documents with the body that it documents for it. */
export type Answer<R extends RouteSpec> = {
  [S in Extract<keyof R['responses'], 200 | 201 | 202 | 204>]: {
    readonly status: S;
    readonly headers?: Readonly<Record<string, string>>;
  } & ([Json<R['responses'][S]>] extends [never]
    ? { readonly body?: undefined }
    : {
        readonly body: Json<R['responses'][S]> extends z.ZodMiniType
          ? z.input<Json<R['responses'][S]>>
          : never;
      });
}[Extract<keyof R['responses'], 200 | 201 | 202 | 204>];

interface AnyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export type ServeDeps = Pick<CommonDeps, 'stores' | 'fingerprinter' | 'clock' | 'newId' | 'log'>;

/**
 * Puts a route on the app: checks path, query and body against the route's schemas before `handle` sees them, lets a
 * POST with an Idempotency-Key happen once, and gives every JSON answer its entity tag.
 */
export function serve<R extends RouteSpec>(
  app: ApiApp,
  deps: ServeDeps,
  route: R,
  handle: (request: ApiRequest<R>) => Promise<Answer<R>>,
): void {
  const cursors = createCursors(deps.fingerprinter);
  const bodySchema = toBodySchema(route);

  async function work(c: Context<ApiEnv>): Promise<Response> {
    const { req } = c;
    const tenantId = c.var.principal?.tenantId ?? '';
    const params = parseParams(route, req.param());
    const query = toQuery(req.queries());
    const bytes = await readBytes(req);
    const text = takesBody(route) ? toBodyText(bytes, req.header('content-type')) : '';
    const request = {
      tenantId,
      params,
      query: route.request?.query ? parseFields(route.request.query, query) : {},
      body: takesBody(route) ? parseBody(text, bodySchema) : undefined,
      ifMatch: req.header('if-match'),
      cursors,
    };
    const run = async (newId: string) => {
      // The types of a request follow from the very schemas that it has just been checked with.
      const answer = await handle({ ...request, newId } as unknown as ApiRequest<R>);
      return toPlain(answer);
    };
    if (route.method !== 'post') return toResponse(await run(''), req.header('if-none-match'), route);
    const repeatable = { key: req.header('idempotency-key'), method: 'POST', path: req.path, bodyText: text };
    return toResponse(await answerOnce(deps, { tenantId, ...repeatable }, run), undefined, route);
  }

  app.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), work);
}

/** An id that can't be one names nothing; it must not be told apart from one that isn't there. */
function parseParams(route: RouteSpec, params: Record<string, string>): unknown {
  const schema = route.request?.params;
  if (schema === undefined) return {};
  const parsed = schema.safeParse(params);
  if (!parsed.success) throw notFound();
  return parsed.data;
}

/** A parameter that comes twice is a list. */
function toQuery(queries: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(queries).map(([name, values]) => [name, values.join(',')]));
}

function takesBody({ method }: RouteSpec): boolean {
  return method === 'post' || method === 'put' || method === 'patch';
}

function toBodySchema(route: RouteSpec): z.ZodMiniType | undefined {
  return route.request?.body?.content['application/json']?.schema;
}

function toPlain({ status, headers = {}, body }: AnyAnswer): PlainAnswer {
  return { status, headers, body: body === undefined ? '' : JSON.stringify(body) };
}

function toResponse(answer: PlainAnswer, ifNoneMatch: string | undefined, route: RouteSpec): Response {
  const { status, body } = answer;
  if (body === '') return new Response(null, { status, headers: answer.headers });
  // A GET that documents no 304 is not polled, and gets no tag.
  const isTagged = route.method !== 'get' || '304' in route.responses;
  const etag = toEtag(body);
  const headers = { ...answer.headers, ...(isTagged && { etag }) };
  if ('304' in route.responses && isUnchanged(ifNoneMatch, etag))
    return new Response(null, { status: 304, headers });
  return new Response(body, { status, headers: { ...headers, 'content-type': 'application/json' } });
}
