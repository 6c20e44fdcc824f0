import type { EnvironmentId } from '#core/registrar-id.ts';
import { toCredentials } from '../credentials-input.ts';
import type { IntakeApiDeps } from '../deps.ts';
import { preconditionFailed, requireMatch } from '../etag.ts';
import type { ApiApp } from '../http-app.ts';
import { findIntegration, loadIntegration } from '../load.ts';
import { ApiError, invalid, notFound } from '../problem.ts';
import { IntegrationParams } from '../schemas/common.ts';
import { IntegrationJson, NewCredentials, NewIntegration } from '../schemas/integration.ts';
import { serve } from '../serve.ts';
import { conditionalChange, createRoute, json, jsonBody, noContent, onceOnly, problems } from './route.ts';

const bodyProblems = [
  'INVALID_REQUEST',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'TOO_MANY_ATTEMPTS',
  'ENCRYPTION_UNAVAILABLE',
] as const;

const addIntegration = createRoute({
  method: 'post',
  path: '/v1/integrations',
  operationId: 'addIntegration',
  summary: 'Connects an account of a registrar and starts its first sync',
  request: { headers: onceOnly, body: jsonBody(NewIntegration) },
  responses: {
    201: json(IntegrationJson, 'The integration, syncing'),
    ...problems('ALREADY_CONNECTED', 'IDEMPOTENCY_IN_PROGRESS', 'IDEMPOTENCY_MISMATCH', ...bodyProblems),
  },
});

const replaceCredentials = createRoute({
  method: 'put',
  path: '/v1/integrations/{id}/credentials',
  operationId: 'replaceCredentials',
  summary: 'Tries new credentials by a sync, and keeps the former ones unless they work',
  request: { params: IntegrationParams, headers: conditionalChange, body: jsonBody(NewCredentials) },
  responses: {
    202: json(IntegrationJson, 'The integration, syncing'),
    ...problems('NOT_FOUND', 'PRECONDITION_FAILED', ...bodyProblems),
  },
});

const deleteIntegration = createRoute({
  method: 'delete',
  path: '/v1/integrations/{id}',
  operationId: 'deleteIntegration',
  summary: 'Removes an integration, its credentials at once and its domains within minutes',
  request: { params: IntegrationParams },
  responses: { 204: noContent, ...problems('NOT_FOUND') },
});

const deleteAccount = createRoute({
  method: 'delete',
  path: '/v1/account',
  operationId: 'deleteAccount',
  summary: 'Removes every integration and the profile',
  responses: { 204: noContent, ...problems() },
});

export const intakeRoutes = [addIntegration, replaceCredentials, deleteIntegration, deleteAccount];

/** What takes credentials in or away. */
export function serveIntake(app: ApiApp, deps: IntakeApiDeps): void {
  serve(app, deps, addIntegration, async ({ tenantId, body, newId }) => {
    const { registrar, environment, label = null, allowDuplicate } = body;
    const definition = deps.registrars[registrar];
    requireEnvironment(deps, definition.environments, environment);
    const credentials = toCredentials(body.credentials, definition.credentialFields);
    const request = { tenantId, id: newId, registrar, environment, label, credentials, allowDuplicate };
    const result = await deps.commands.add(request);
    if (result.outcome === 'tooManyRefusals') throw tooManyAttempts(result.retryAfterMs);
    if (result.outcome === 'connected') {
      const { integrationId } = result;
      throw new ApiError('ALREADY_CONNECTED', 'This key is connected as another integration of yours.', {
        integrationId,
      });
    }
    const { integration } = result;
    return {
      status: 201,
      headers: { location: `/v1/integrations/${integration.id}` },
      body: await loadIntegration(deps, integration),
    };
  });

  serve(app, deps, replaceCredentials, async ({ tenantId, params, body, ifMatch }) => {
    const ref = { tenantId, integrationId: params.id };
    const integration = await findIntegration(deps, ref);
    if (ifMatch !== undefined) requireMatch(ifMatch, await loadIntegration(deps, integration));
    const { credentialFields } = deps.registrars[integration.registrar];
    const credentials = toCredentials(body.credentials, credentialFields);
    const revision = ifMatch === undefined ? undefined : integration.revision;
    const replace = () => deps.commands.replaceCredentials(ref, credentials, revision);
    let result = await replace();
    // Who set no condition meant whatever is there: of two at once, the later one replaces the former's.
    if (result.outcome === 'conflict' && ifMatch === undefined) result = await replace();
    if (result.outcome === 'tooManyRefusals') throw tooManyAttempts(result.retryAfterMs);
    if (result.outcome !== 'accepted') throw result.outcome === 'gone' ? notFound() : preconditionFailed();
    const location = `/v1/integrations/${ref.integrationId}/runs/${result.run.runId}`;
    return { status: 202, headers: { location }, body: await loadIntegration(deps, result.integration) };
  });

  serve(app, deps, deleteIntegration, async ({ tenantId, params }) => {
    const removed = await deps.commands.remove({ tenantId, integrationId: params.id });
    if (removed === 'gone') throw notFound();
    return { status: 204 };
  });

  serve(app, deps, deleteAccount, async ({ tenantId }) => {
    await deps.commands.removeAccount(tenantId);
    return { status: 204 };
  });
}

function requireEnvironment(
  { simulators }: Pick<IntakeApiDeps, 'simulators'>,
  environments: readonly { readonly id: EnvironmentId }[],
  wanted: EnvironmentId,
): void {
  const isOffered =
    wanted === 'simulator' ? simulators !== undefined : environments.some(({ id }) => id === wanted);
  if (isOffered) return;
  const detail = 'This registrar is not offered in this environment.';
  throw invalid([{ pointer: '/environment', code: 'INVALID_VALUE', detail }]);
}

function tooManyAttempts(retryAfterMs: number): ApiError {
  const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
  const detail = `Registrars refused too many of the credentials that you entered. Try again in ${minutes} min.`;
  return new ApiError('TOO_MANY_ATTEMPTS', detail, { retryAfterMs });
}
