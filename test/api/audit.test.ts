import { describe, expect, test } from 'vitest';
import { operations } from '../support/documented-answers.ts';
import { connect, createHarness, godaddyCredentials, type Harness, tenantOf } from './harness.ts';

/** Every call that changes something or takes everything along, and the event that tells of it. */
const CALLS: Readonly<
  Record<string, { readonly action: string; readonly body?: unknown; readonly held?: boolean }>
> = {
  'POST /v1/integrations': {
    action: 'INTEGRATION_CREATED',
    body: { registrar: 'godaddy', credentials: godaddyCredentials('fake-godaddy-key-2') },
  },
  'PATCH /v1/integrations/{id}': { action: 'INTEGRATION_CHANGED', body: { label: 'mine' } },
  'DELETE /v1/integrations/{id}': { action: 'INTEGRATION_DELETED' },
  'POST /v1/integrations/{id}/sync': { action: 'SYNC_REQUESTED' },
  'POST /v1/integrations/{id}/listing/accept': { action: 'LISTING_ACCEPTED', held: true },
  'PUT /v1/integrations/{id}/credentials': {
    action: 'CREDENTIALS_REPLACED',
    body: { credentials: godaddyCredentials('fake-godaddy-key-3') },
  },
  'DELETE /v1/account': { action: 'ACCOUNT_DELETED' },
  'PATCH /v1/settings': { action: 'SETTINGS_CHANGED', body: { expiringSoonDays: 7 } },
  'GET /v1/export': { action: 'EXPORTED' },
};

function readTrail({ stores }: Harness): string[] {
  return stores.rows.portfolio
    .dump()
    .filter(({ PK }) => PK.startsWith(`AUD#${tenantOf('alice')}#`))
    .map(({ action }) => String(action));
}

describe('the audit trail', () => {
  test('is asked of every call that changes something', () => {
    const changing = [...operations.keys()].filter((name) => !name.startsWith('GET '));

    expect(
      Object.keys(CALLS)
        .filter((name) => !name.startsWith('GET '))
        .sort(),
    ).toEqual(changing.sort());
  });

  test.each(Object.entries(CALLS))('tells once of %s', async (name, { action, body, held }) => {
    const harness = createHarness();
    const id = await connect(harness);
    const ref = { tenantId: tenantOf('alice'), integrationId: id };
    // The first run, whose worker isn't part of this, gives its place back; a listing may be held then.
    const integration = await harness.stores.integrations.get(ref);
    const fence = { ...ref, epoch: integration?.epoch ?? 0 };
    if (held)
      await harness.stores.integrations.patchRunning(fence, { held: aHeldListing(integration?.runId ?? '') });
    await harness.stores.integrations.finishRun(fence, integration?.runId ?? '', { dueAtMs: harness.now() });
    harness.pass(120_000);
    const before = readTrail(harness);
    const [method = '', path = ''] = name.split(' ');

    const answer = await harness.call(path.replace('{id}', id), {
      method,
      ...(body !== undefined && { body }),
    });

    expect(answer.status).toBeLessThan(300);
    expect(readTrail(harness).slice(before.length)).toEqual([action]);
  });
});

function aHeldListing(runId: string) {
  const at = '2026-11-23T11:00:00.000Z';
  return {
    runId,
    at,
    known: 10,
    listed: 1,
    gone: 9,
    fingerprint: 'fingerprint',
    sightings: 1,
    firstAt: at,
    acceptedAt: null,
  };
}
