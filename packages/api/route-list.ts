import { domainRoutes } from './routes/domains.ts';
import { exportRoutes } from './routes/export.ts';
import { intakeRoutes } from './routes/intake.ts';
import { integrationRoutes } from './routes/integrations.ts';
import { metaRoutes } from './routes/meta.ts';
import type { RouteSpec } from './routes/route.ts';
import { runRoutes } from './routes/runs.ts';
import { tenantRoutes } from './routes/tenant.ts';

/** Every route of the API, whichever app serves it. */
export const ROUTES: readonly RouteSpec[] = [
  ...metaRoutes,
  ...integrationRoutes,
  ...intakeRoutes,
  ...runRoutes,
  ...domainRoutes,
  ...tenantRoutes,
  ...exportRoutes,
];

/** The methods that a path knows, in capitals; none for a path that isn't known. */
export function methodsOf(path: string): readonly string[] {
  const methods = ROUTES.filter((route) => fits(route.path, path)).map(({ method }) => method.toUpperCase());
  if (methods.length === 0) return [];
  return [...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
}

function fits(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith('{') ? given[index] !== '' : part === given[index]))
  );
}
