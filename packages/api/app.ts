import type { ApiDeps, CommonDeps, IntakeApiDeps } from './deps.ts';
import { type ApiApp, createHttpApp } from './http-app.ts';
import { notFound } from './problem.ts';
import { methodsOf } from './route-list.ts';
import { serveDomains } from './routes/domains.ts';
import { serveExport } from './routes/export.ts';
import { serveIntake } from './routes/intake.ts';
import { serveIntegrations } from './routes/integrations.ts';
import { serveMeta } from './routes/meta.ts';
import { serveRuns } from './routes/runs.ts';
import { serveTenant } from './routes/tenant.ts';

/** The API without the routes that take credentials in or away. */
export function createApi(deps: ApiDeps): ApiApp {
  const app = createApp(deps);
  servePlain(app, deps);
  return app;
}

/**
 * The routes that take credentials in or away: POST of integrations, PUT of credentials, DELETE of integrations and of
 * the account. A function of its own serves them, the only one that can seal credentials.
 */
export function createIntakeApi(deps: IntakeApiDeps): ApiApp {
  const app = createApp(deps);
  serveIntake(app, deps);
  return app;
}

/** Both in one, where nothing keeps them apart. */
export function createWholeApi(
  deps: Omit<ApiDeps, 'commands'> & Pick<ApiDeps & IntakeApiDeps, 'commands'>,
): ApiApp {
  const app = createApp(deps);
  servePlain(app, deps);
  serveIntake(app, deps);
  return app;
}

function createApp(deps: CommonDeps): ApiApp {
  const app = createHttpApp(deps);
  app.options('*', (c) => {
    const methods = methodsOf(c.req.path);
    if (methods.length === 0) throw notFound();
    return new Response(null, { status: 204, headers: { allow: methods.join(', ') } });
  });
  return app;
}

function servePlain(app: ApiApp, deps: ApiDeps): void {
  serveMeta(app, deps);
  serveIntegrations(app, deps);
  serveRuns(app, deps);
  serveDomains(app, deps);
  serveTenant(app, deps);
  serveExport(app, deps);
}
