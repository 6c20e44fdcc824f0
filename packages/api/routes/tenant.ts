import type { ApiDeps } from '../deps.ts';
import { preconditionFailed, requireMatch } from '../etag.ts';
import type { ApiApp } from '../http-app.ts';
import { SettingsChanges, SettingsJson, SummaryJson } from '../schemas/tenant.ts';
import { serve } from '../serve.ts';
import { toSummaryJson } from '../views/summary.ts';
import {
  conditionalChange,
  conditionalGet,
  createRoute,
  json,
  jsonBody,
  problems,
  unchanged,
} from './route.ts';

const getSummary = createRoute({
  method: 'get',
  path: '/v1/summary',
  operationId: 'getSummary',
  summary: 'The figures of all domains, by registrar and by month of expiry',
  request: { headers: conditionalGet },
  responses: { 200: json(SummaryJson, 'The figures'), 304: unchanged, ...problems() },
});

const getSettings = createRoute({
  method: 'get',
  path: '/v1/settings',
  operationId: 'getSettings',
  summary: 'The settings',
  request: { headers: conditionalGet },
  responses: { 200: json(SettingsJson, 'The settings'), 304: unchanged, ...problems() },
});

const changeSettings = createRoute({
  method: 'patch',
  path: '/v1/settings',
  operationId: 'changeSettings',
  summary: 'Changes settings',
  request: { headers: conditionalChange, body: jsonBody(SettingsChanges) },
  responses: {
    200: json(SettingsJson, 'The settings after the change'),
    ...problems('INVALID_REQUEST', 'PRECONDITION_FAILED', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'),
  },
});

export const tenantRoutes = [getSummary, getSettings, changeSettings];

/** What belongs to the tenant as a whole. */
export function serveTenant(app: ApiApp, deps: ApiDeps): void {
  const { stores } = deps;

  serve(app, deps, getSummary, async ({ tenantId }) => {
    const [integrations, stats, settings] = await Promise.all([
      stores.integrations.list(tenantId),
      stores.stats.list(tenantId),
      stores.tenants.settings(tenantId),
    ]);
    const { registrars } = deps;
    const nowMs = deps.clock.now();
    const soonDays = settings.expiringSoonDays;
    return { status: 200, body: toSummaryJson({ integrations, stats, registrars, nowMs, soonDays }) };
  });

  serve(app, deps, getSettings, async ({ tenantId }) => {
    const { expiringSoonDays } = await stores.tenants.settings(tenantId);
    return { status: 200, body: { expiringSoonDays } };
  });

  serve(app, deps, changeSettings, async ({ tenantId, body, ifMatch }) => {
    const { expiringSoonDays: current, revision } = await stores.tenants.settings(tenantId);
    requireMatch(ifMatch, { expiringSoonDays: current });
    const { expiringSoonDays = current } = body;
    if (expiringSoonDays === current) return { status: 200, body: { expiringSoonDays } };
    const expected = ifMatch === undefined ? undefined : revision;
    const changed = await stores.tenants.putSettings(tenantId, { expiringSoonDays }, expected);
    if (changed === 'conflict') throw preconditionFailed();
    const event = { tenantId, action: 'SETTINGS_CHANGED', atMs: deps.clock.now(), id: deps.newId() } as const;
    await stores.audit.append(event);
    return { status: 200, body: { expiringSoonDays: changed.expiringSoonDays } };
  });
}
