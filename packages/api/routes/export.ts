import type { ApiDeps } from '../deps.ts';
import { ExportCursor, exportPage } from '../export-page.ts';
import type { ApiApp } from '../http-app.ts';
import { ExportJson, ExportQuery } from '../schemas/tenant.ts';
import { serve } from '../serve.ts';
import { createRoute, json, problems } from './route.ts';

const exportAll = createRoute({
  method: 'get',
  path: '/v1/export',
  operationId: 'exportAll',
  summary: 'Everything that is kept of the tenant, without credentials',
  description:
    'Integrations, their runs and their domains with records. A small portfolio fits in one answer; of a larger one each answer is a part of about 3 MB, and nextCursor leads to the next.',
  request: { query: ExportQuery },
  responses: {
    200: json(ExportJson, 'All of it, or a part'),
    ...problems('INVALID_REQUEST', 'INVALID_CURSOR'),
  },
});

export const exportRoutes = [exportAll];

/** The tenant's own copy. */
export function serveExport(app: ApiApp, deps: ApiDeps): void {
  serve(app, deps, exportAll, async ({ tenantId, query, cursors }) => {
    const scope = { tenantId, list: 'export', filters: {} };
    const after = await cursors.read(scope, query.cursor, ExportCursor);
    if (after === undefined) {
      const event = { tenantId, action: 'EXPORTED', atMs: deps.clock.now(), id: deps.newId() } as const;
      await deps.stores.audit.append(event);
    }
    const { next, ...page } = await exportPage(deps, tenantId, after);
    return { status: 200, body: { ...page, nextCursor: await cursors.write(scope, next) } };
  });
}
