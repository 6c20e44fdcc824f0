import { Hono } from 'hono';
import type { CommonDeps } from './deps.ts';
import { type ApiEvent, type Principal, toPrincipal } from './principal.ts';
import { notFound, toApiError, toProblemResponse } from './problem.ts';

/** What the platform hands over with a request, and what the middleware finds out for the handlers. */
export interface ApiEnv {
  Bindings: { readonly event?: ApiEvent };
  Variables: { requestId: string; principal: Principal };
}
export type ApiApp = Hono<ApiEnv>;

/** The only paths that ask for no token. */
const OPEN_PATHS: readonly string[] = ['/v1/health', '/v1/openapi.json'];

/** An app without routes: request ids, headers, sign-in and problems, the same for every route. */
export function createHttpApp(deps: Pick<CommonDeps, 'clock' | 'clientId' | 'newId' | 'log'>): ApiApp {
  const app: ApiApp = new Hono<ApiEnv>();
  app.use('*', async (c, next) => {
    c.set('requestId', c.env?.event?.requestContext?.requestId ?? deps.newId());
    await next();
    // Answers hold what only their reader may see, and change at any time: a copy may be asked about, never kept.
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    c.header('x-request-id', c.var.requestId);
  });
  app.use('*', async (c, next) => {
    if (!OPEN_PATHS.includes(c.req.path)) {
      const { clientId, clock } = deps;
      const rules = { clientId, nowMs: clock.now() };
      c.set('principal', toPrincipal(c.env?.event, c.req.header('authorization'), rules));
    }
    await next();
  });
  app.onError((error, c) => toProblemResponse(toApiError(error, deps.log), c.var.requestId));
  app.notFound((c) => toProblemResponse(notFound(), c.var.requestId));
  return app;
}
