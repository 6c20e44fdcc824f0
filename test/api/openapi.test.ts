import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createApi, createIntakeApi, createWholeApi } from '#api/app.ts';
import type { ApiDeps, IntakeApiDeps } from '#api/deps.ts';
import { toOpenApiText } from '#api/openapi.ts';
import { API_CODES } from '#api/schemas/problem.ts';
import { operations } from '../support/documented-answers.ts';
import { createHarness } from './harness.ts';

/** The calls of the contract. */
const contract = [
  'GET /v1/health',
  'GET /v1/openapi.json',
  'GET /v1/registrars',
  'GET /v1/integrations',
  'POST /v1/integrations',
  'GET /v1/integrations/{id}',
  'PATCH /v1/integrations/{id}',
  'PUT /v1/integrations/{id}/credentials',
  'POST /v1/integrations/{id}/sync',
  'POST /v1/integrations/{id}/listing/accept',
  'DELETE /v1/integrations/{id}',
  'GET /v1/integrations/{id}/runs',
  'GET /v1/integrations/{id}/runs/{runId}',
  'GET /v1/domains',
  'GET /v1/domains/{name}',
  'GET /v1/domains/{name}/records',
  'GET /v1/summary',
  'GET /v1/settings',
  'PATCH /v1/settings',
  'GET /v1/export',
  'DELETE /v1/account',
];

const intake = [
  'POST /v1/integrations',
  'PUT /v1/integrations/{id}/credentials',
  'DELETE /v1/integrations/{id}',
  'DELETE /v1/account',
];

/** What an app serves, by its router. */
function routesOf(app: { routes: readonly { method: string; path: string }[] }): string[] {
  return app.routes
    .filter(({ path, method }) => !path.includes('*') && method !== 'ALL')
    .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    .sort();
}

/** Routes are laid out before anything is asked of their parts. */
const noDeps = { stores: {} } as ApiDeps & IntakeApiDeps;

describe('the OpenAPI document', () => {
  test('that is committed is the one that the schemas give (node scripts/write-openapi.ts)', () => {
    const committed = readFileSync(new URL('../../packages/api/openapi.json', import.meta.url), 'utf8');

    expect(committed).toBe(toOpenApiText());
  });

  test('is what the API answers', async () => {
    const reply = await createHarness().call('/v1/openapi.json', { user: null });

    expect(reply.json).toEqual(JSON.parse(toOpenApiText()));
  });

  test('holds the calls of the contract and no others', () => {
    expect([...operations.keys()].sort()).toEqual([...contract].sort());
  });

  test('asks for a token everywhere but where nobody needs one', () => {
    const document = JSON.parse(toOpenApiText());

    expect(document.security).toEqual([{ accessToken: [] }]);
    const open = Object.entries<Record<string, { security?: unknown[] }>>(document.paths)
      .filter(([, methods]) => Object.values(methods).some(({ security }) => security?.length === 0))
      .map(([path]) => path);
    expect(open).toEqual(['/v1/health', '/v1/openapi.json']);
  });

  test('closes every object that it describes', () => {
    const open: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('properties' in value && !('additionalProperties' in value)) open.push(path);
      for (const [key, child] of Object.entries(value)) walk(child, `${path}/${key}`);
    };

    walk(JSON.parse(toOpenApiText()).components.schemas, '');

    expect(open).toEqual([]);
  });

  test('tells every code of the API, each with its status', () => {
    const text = toOpenApiText();

    for (const code of Object.keys(API_CODES)) expect(text).toContain(code);
  });
});

describe('the apps', () => {
  test('divide the calls between them, and the one that takes credentials in has no other', () => {
    expect(routesOf(createIntakeApi(noDeps))).toEqual([...intake].sort());
    expect(routesOf(createApi(noDeps))).toEqual(contract.filter((name) => !intake.includes(name)).sort());
  });

  test('are together what the document describes', () => {
    expect(routesOf(createWholeApi(noDeps))).toEqual([...operations.keys()].sort());
  });
});
