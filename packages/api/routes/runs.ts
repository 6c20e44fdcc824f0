import type { ApiDeps } from '../deps.ts';
import type { ApiApp } from '../http-app.ts';
import { findIntegration, showRun } from '../load.ts';
import { notFound } from '../problem.ts';
import { DEFAULT_LIMIT, Id, IntegrationParams, RunParams } from '../schemas/common.ts';
import { RunJson, RunList, RunQuery } from '../schemas/run.ts';
import { serve } from '../serve.ts';
import { conditionalGet, createRoute, json, problems, unchanged } from './route.ts';

const listRuns = createRoute({
  method: 'get',
  path: '/v1/integrations/{id}/runs',
  operationId: 'listRuns',
  summary: 'The runs of an integration, newest first',
  request: { params: IntegrationParams, query: RunQuery, headers: conditionalGet },
  responses: {
    200: json(RunList, 'A page of them'),
    304: unchanged,
    ...problems('INVALID_REQUEST', 'INVALID_CURSOR', 'NOT_FOUND'),
  },
});

const getRun = createRoute({
  method: 'get',
  path: '/v1/integrations/{id}/runs/{runId}',
  operationId: 'getRun',
  summary: 'One run',
  request: { params: RunParams, headers: conditionalGet },
  responses: { 200: json(RunJson, 'The run'), 304: unchanged, ...problems('NOT_FOUND') },
});

export const runRoutes = [listRuns, getRun];

/** Sync runs. */
export function serveRuns(app: ApiApp, deps: ApiDeps): void {
  serve(app, deps, listRuns, async ({ tenantId, params, query, cursors }) => {
    const integration = await findIntegration(deps, { tenantId, integrationId: params.id });
    const scope = { tenantId, list: `runs/${integration.id}`, filters: {} };
    const after = await cursors.read(scope, query.cursor, Id);
    const { items, next } = await deps.stores.runs.list(integration.id, query.limit ?? DEFAULT_LIMIT, after);
    const nextCursor = await cursors.write(scope, next);
    return { status: 200, body: { items: items.map((run) => showRun(deps, integration, run)), nextCursor } };
  });

  serve(app, deps, getRun, async ({ tenantId, params }) => {
    const integration = await findIntegration(deps, { tenantId, integrationId: params.id });
    const run = await deps.stores.runs.get(integration.id, params.runId);
    if (!run) throw notFound();
    return { status: 200, body: showRun(deps, integration, run) };
  });
}
