import type { ApiDeps } from '../deps.ts';
import { preconditionFailed, requireMatch } from '../etag.ts';
import type { ApiApp } from '../http-app.ts';
import { findIntegration, loadIntegration, loadIntegrations, showRun } from '../load.ts';
import { ApiError, notFound } from '../problem.ts';
import { IntegrationParams } from '../schemas/common.ts';
import { IntegrationChanges, IntegrationJson, IntegrationList } from '../schemas/integration.ts';
import { RunJson } from '../schemas/run.ts';
import { serve } from '../serve.ts';
import {
  conditionalChange,
  conditionalGet,
  createRoute,
  json,
  jsonBody,
  onceOnly,
  problems,
  unchanged,
} from './route.ts';

const listIntegrations = createRoute({
  method: 'get',
  path: '/v1/integrations',
  operationId: 'listIntegrations',
  summary: 'All integrations, in the order of their creation',
  request: { headers: conditionalGet },
  responses: { 200: json(IntegrationList, 'All of them'), 304: unchanged, ...problems() },
});

const getIntegration = createRoute({
  method: 'get',
  path: '/v1/integrations/{id}',
  operationId: 'getIntegration',
  summary: 'One integration',
  request: { params: IntegrationParams, headers: conditionalGet },
  responses: { 200: json(IntegrationJson, 'The integration'), 304: unchanged, ...problems('NOT_FOUND') },
});

const changeIntegration = createRoute({
  method: 'patch',
  path: '/v1/integrations/{id}',
  operationId: 'changeIntegration',
  summary: 'Renames, pauses or resumes an integration',
  request: { params: IntegrationParams, headers: conditionalChange, body: jsonBody(IntegrationChanges) },
  responses: {
    200: json(IntegrationJson, 'The integration after the change'),
    ...problems(
      'INVALID_REQUEST',
      'NOT_FOUND',
      'PRECONDITION_FAILED',
      'BODY_TOO_LARGE',
      'UNSUPPORTED_MEDIA_TYPE',
    ),
  },
});

const bodiless = ['INVALID_REQUEST', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const;
const repeated = ['IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_MISMATCH'] as const;

const syncIntegration = createRoute({
  method: 'post',
  path: '/v1/integrations/{id}/sync',
  operationId: 'syncIntegration',
  summary: 'Starts a sync, at most once a minute',
  request: { params: IntegrationParams, headers: onceOnly },
  responses: {
    202: json(RunJson, 'The run, under way; its address is in Location'),
    ...problems('NOT_FOUND', 'SYNC_RUNNING', 'SYNC_TOO_SOON', ...bodiless, ...repeated),
  },
});

const acceptListing = createRoute({
  method: 'post',
  path: '/v1/integrations/{id}/listing/accept',
  operationId: 'acceptListing',
  summary: 'Says that a held listing is right: the next one is applied',
  request: { params: IntegrationParams, headers: onceOnly },
  responses: {
    202: json(IntegrationJson, 'The integration'),
    ...problems('NOT_FOUND', ...bodiless, ...repeated),
  },
});

export const integrationRoutes = [
  listIntegrations,
  getIntegration,
  changeIntegration,
  syncIntegration,
  acceptListing,
];

/** Integrations, as far as no credential is touched. */
export function serveIntegrations(app: ApiApp, deps: ApiDeps): void {
  serve(app, deps, listIntegrations, async ({ tenantId }) => ({
    status: 200,
    body: { items: await loadIntegrations(deps, tenantId), nextCursor: null },
  }));

  serve(app, deps, getIntegration, async ({ tenantId, params }) => {
    const integration = await findIntegration(deps, { tenantId, integrationId: params.id });
    return { status: 200, body: await loadIntegration(deps, integration) };
  });

  serve(app, deps, changeIntegration, async ({ tenantId, params, body, ifMatch }) => {
    const ref = { tenantId, integrationId: params.id };
    const integration = await findIntegration(deps, ref);
    const current = await loadIntegration(deps, integration);
    requireMatch(ifMatch, current);
    const { label, paused } = body;
    const changes = { ...(label !== undefined && { label }), ...(paused !== undefined && { paused }) };
    if (Object.keys(changes).length === 0) return { status: 200, body: current };
    // The revision closes the gap between what was compared and what is written.
    const revision = ifMatch === undefined ? undefined : integration.revision;
    const changed = await deps.commands.change(ref, changes, revision);
    if (changed === 'gone') throw notFound();
    if (changed === 'conflict') throw preconditionFailed();
    return { status: 200, body: await loadIntegration(deps, changed) };
  });

  serve(app, deps, syncIntegration, async ({ tenantId, params }) => {
    const ref = { tenantId, integrationId: params.id };
    await findIntegration(deps, ref);
    const result = await deps.commands.requestSync(ref);
    if (result.outcome === 'gone') throw notFound();
    if (result.outcome === 'running') {
      throw new ApiError('SYNC_RUNNING', 'A sync of this integration is under way.', { runId: result.runId });
    }
    if (result.outcome === 'tooSoon') {
      const seconds = Math.max(1, Math.ceil(result.retryAfterMs / 1000));
      const detail = `Manual syncs are limited to once per minute. Try again in ${seconds} s.`;
      throw new ApiError('SYNC_TOO_SOON', detail, { retryAfterMs: result.retryAfterMs });
    }
    const { run } = result;
    const location = `/v1/integrations/${run.integrationId}/runs/${run.runId}`;
    // Read again: the run holds it now.
    const integration = await findIntegration(deps, ref);
    return {
      status: 202,
      headers: { location, 'retry-after': '2' },
      body: showRun(deps, integration, run),
    };
  });

  serve(app, deps, acceptListing, async ({ tenantId, params }) => {
    const ref = { tenantId, integrationId: params.id };
    const accepted = await deps.commands.acceptListing(ref);
    // Without a held listing there is nothing at this address.
    if (accepted === 'gone') throw notFound();
    return { status: 202, body: await loadIntegration(deps, accepted) };
  });
}
