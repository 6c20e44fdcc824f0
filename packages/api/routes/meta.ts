import * as z from 'zod/mini';
import type { CommonDeps } from '../deps.ts';
import type { ApiApp } from '../http-app.ts';
import { readOpenApi } from '../openapi-file.ts';
import { RegistrarList } from '../schemas/registrar.ts';
import { Health } from '../schemas/tenant.ts';
import { type ServeDeps, serve } from '../serve.ts';
import { toRegistrarJson } from '../views/registrar.ts';
import { conditionalGet, createRoute, json, problems, unchanged } from './route.ts';

const getHealth = createRoute({
  method: 'get',
  path: '/v1/health',
  operationId: 'getHealth',
  summary: 'Whether the API answers',
  security: [],
  responses: { 200: json(Health, 'It does') },
});

const getOpenApi = createRoute({
  method: 'get',
  path: '/v1/openapi.json',
  operationId: 'getOpenApi',
  summary: 'This description',
  security: [],
  request: { headers: conditionalGet },
  responses: { 200: json(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'), 304: unchanged },
});

const listRegistrars = createRoute({
  method: 'get',
  path: '/v1/registrars',
  operationId: 'listRegistrars',
  summary: 'The registrars that can be connected, and what each wants',
  request: { headers: conditionalGet },
  responses: { 200: json(RegistrarList, 'All of them'), 304: unchanged, ...problems() },
});

export const metaRoutes = [getHealth, getOpenApi, listRegistrars];

/** What is the same for everybody. */
export function serveMeta(
  app: ApiApp,
  deps: ServeDeps & Pick<CommonDeps, 'registrars' | 'egressAddresses' | 'simulators'>,
): void {
  serve(app, deps, getHealth, async () => ({ status: 200, body: { status: 'ok' as const } }));
  serve(app, deps, getOpenApi, async () => ({ status: 200, body: await readOpenApi() }));
  serve(app, deps, listRegistrars, async () => {
    const { registrars, egressAddresses, simulators } = deps;
    const items = Object.values(registrars).map(async (definition) => {
      const demoAccounts = await simulators?.accounts(definition.id);
      return toRegistrarJson(definition, { egressAddresses, demoAccounts });
    });
    return { status: 200, body: { items: await Promise.all(items), nextCursor: null } };
  });
}
