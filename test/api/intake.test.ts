import { describe, expect, test } from 'vitest';
import type { DemoAccount } from '#api/deps.ts';
import type { AddRequest } from '#core/ports/commands.ts';
import { connect, createHarness, godaddyCredentials, HOUR_MS, tenantOf } from './harness.ts';

const path = '/v1/integrations';
const body = { registrar: 'godaddy', credentials: godaddyCredentials() };

describe('adding an integration', () => {
  test('R25, R26: answers 201 with the integration, already syncing', async () => {
    const harness = createHarness();

    const reply = await harness.call<{ id: string }>(path, {
      method: 'POST',
      body: { ...body, label: ' client A ' },
    });

    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/integrations/${reply.json.id}`);
    expect(reply.json).toMatchObject({
      registrar: 'godaddy',
      environment: 'production',
      label: 'client A',
      maskedId: `...${reply.json.id.slice(-5)}`,
      status: 'SYNCING',
      counts: { total: 0, active: 0, expiringSoon: 0, expired: 0 },
      lastSyncedAt: null,
      currentRun: { step: 'VALIDATE_API_ACCESS', progress: { domainsDone: 0, domainsTotal: null } },
    });
    expect(harness.started).toHaveLength(1);
    expect((await harness.call(reply.headers.get('location') ?? '')).json).toEqual(reply.json);
  });

  test('R6: no part of a credential is in any answer, and no row or log holds it', async () => {
    const canary = 'fake-canary-7f3a91';
    const credentials = {
      apiKey: `${canary}-key`,
      apiSecret: `${canary}-secret`,
      customerId: '999000111222',
    };
    const harness = createHarness();

    const added = await harness.call<{ id: string }>(path, {
      method: 'POST',
      body: { ...body, credentials },
    });
    const again = await harness.call(path, { method: 'POST', body: { ...body, credentials } });
    const wrong = await harness.call(path, {
      method: 'POST',
      body: { ...body, credentials: { ...credentials, apiKey: `${canary} x` } },
    });
    const exported = await harness.call('/v1/export');

    const rows = [...harness.stores.rows.portfolio.dump(), ...harness.stores.rows.credentials.dump()];
    const texts = [added, again, wrong, exported].map(({ text }) => text);
    for (const text of [...texts, JSON.stringify(rows), JSON.stringify(harness.logged)]) {
      expect(text).not.toContain('canary');
      expect(text).not.toContain('999000111222');
    }
  });

  test('R74: the same key once more is refused with the integration that has it', async () => {
    const harness = createHarness();
    const id = await connect(harness);

    const reply = await harness.call(path, { method: 'POST', body });

    expect(reply.status).toBe(409);
    expect(reply.json).toMatchObject({ code: 'ALREADY_CONNECTED', integrationId: id });
  });

  test('R74: unless that is what is wanted, or it is another tenant', async () => {
    const harness = createHarness();
    await connect(harness);

    const wanted = await harness.call(path, { method: 'POST', body: { ...body, allowDuplicate: true } });
    const others = await harness.call(path, { method: 'POST', body, user: 'bob' });

    expect([wanted.status, others.status]).toEqual([201, 201]);
  });

  test('hands the command trimmed credentials that do not print', async () => {
    const requests: AddRequest[] = [];
    const harness = createHarness({
      commands: {
        async add(request) {
          requests.push(request);
          return { outcome: 'connected', integrationId: 'abcdefgh' };
        },
      },
    });
    const credentials = { ...godaddyCredentials(), apiKey: '\u00a0\u200b fake-godaddy-key \n' };

    await harness.call(path, { method: 'POST', body: { ...body, environment: 'sandbox', credentials } });

    const [request] = requests;
    expect(request).toMatchObject({
      tenantId: tenantOf('alice'),
      environment: 'sandbox',
      label: null,
      allowDuplicate: false,
    });
    expect(JSON.stringify(request)).toContain('"credentials":"[redacted]"');
    expect(request?.credentials.reveal()).toEqual(godaddyCredentials('fake-godaddy-key'));
  });

  test.each([
    ['a field is missing', { apiKey: 'fake-key' }, ['/credentials/apiSecret', '/credentials/customerId']],
    ['a field is blank', { ...godaddyCredentials(), apiSecret: ' \u00a0' }, ['/credentials/apiSecret']],
    [
      'a field is not of this registrar',
      { ...godaddyCredentials(), apiToken: 'fake' },
      ['/credentials/apiToken'],
    ],
    ['R27: a space is inside', { ...godaddyCredentials(), apiKey: 'fake key' }, ['/credentials/apiKey']],
  ])('is refused where %s', async (_title, credentials, pointers) => {
    const harness = createHarness();

    const reply = await harness.call<{ errors: { pointer: string }[] }>(path, {
      method: 'POST',
      body: { ...body, credentials },
    });

    expect(reply.status).toBe(400);
    expect(reply.json.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  test('after 20 refused credentials within an hour is closed until the first of them is an hour old', async () => {
    const harness = createHarness();
    const { tenants } = harness.stores;
    for (let count = 0; count < 20; count += 1)
      await tenants.noteRefusal(tenantOf('alice'), harness.now() - HOUR_MS / 2);

    const reply = await harness.call(path, { method: 'POST', body });

    expect(reply.status).toBe(429);
    expect(reply.headers.get('retry-after')).toBe('1800');
    expect(reply.json).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
    expect((await harness.call(path, { method: 'POST', body, user: 'bob' })).status).toBe(201);
  });

  test('a wait of no time at all is said as one second', async () => {
    const harness = createHarness({
      commands: { add: async () => ({ outcome: 'tooManyRefusals', retryAfterMs: 0 }) },
    });

    expect((await harness.call(path, { method: 'POST', body })).headers.get('retry-after')).toBe('1');
  });

  test('takes accounts of the simulator where there is one', async () => {
    const demo: DemoAccount = {
      label: 'Ten domains',
      accountId: 'a1',
      domains: 10,
      expect: 'SYNCED',
      credentials: godaddyCredentials(),
    };
    const harness = createHarness({ demoAccounts: [demo] });

    const reply = await harness.call(path, { method: 'POST', body: { ...body, environment: 'simulator' } });

    expect(reply.json).toMatchObject({ environment: 'simulator', status: 'SYNCING' });
  });
});

describe('new credentials', () => {
  const credentials = { credentials: godaddyCredentials('fake-godaddy-key-2') };

  test('R72: are tried by a sync that takes the place of one under way', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const before = await harness.call<{ currentRun: { runId: string } }>(`${path}/${id}`);

    const reply = await harness.call<{ currentRun: { runId: string } }>(`${path}/${id}/credentials`, {
      method: 'PUT',
      body: credentials,
    });

    expect(reply.status).toBe(202);
    expect(reply.json).toMatchObject({ id, status: 'SYNCING' });
    expect(reply.headers.get('location')).toBe(`${path}/${id}/runs/${reply.json.currentRun.runId}`);
    const old = await harness.call(`${path}/${id}/runs/${before.json.currentRun.runId}`);
    expect(old.json).toMatchObject({ status: 'SUPERSEDED' });
  });

  test('must be complete', async () => {
    const harness = createHarness();
    const id = await connect(harness);

    const reply = await harness.call(`${path}/${id}/credentials`, {
      method: 'PUT',
      body: { credentials: { apiKey: 'fake' } },
    });

    expect(reply.json).toMatchObject({
      code: 'INVALID_REQUEST',
      errors: [{ pointer: '/credentials/apiSecret' }, { pointer: '/credentials/customerId' }],
    });
  });

  test('are refused where the integration is not what the client last read', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const etag = (await harness.call(`${path}/${id}`)).headers.get('etag') ?? '';
    await harness.call(`${path}/${id}`, { method: 'PATCH', body: { label: 'renamed' } });

    const put = (ifMatch: string) =>
      harness.call(`${path}/${id}/credentials`, {
        method: 'PUT',
        body: credentials,
        headers: { 'if-match': ifMatch },
      });

    expect((await put(etag)).json).toMatchObject({ status: 412, code: 'PRECONDITION_FAILED' });
    const fresh = (await harness.call(`${path}/${id}`)).headers.get('etag') ?? '';
    expect((await put(fresh)).status).toBe(202);
  });

  test('of two changes at once the later one is tried again, unless it set a condition', async () => {
    let calls = 0;
    const conflicting = createHarness({
      commands: {
        async replaceCredentials() {
          calls += 1;
          return { outcome: 'conflict' };
        },
      },
    });
    const id = await connect(conflicting);

    const plain = await conflicting.call(`${path}/${id}/credentials`, { method: 'PUT', body: credentials });
    const conditional = await conflicting.call(`${path}/${id}/credentials`, {
      method: 'PUT',
      body: credentials,
      headers: { 'if-match': '*' },
    });

    expect([plain.status, conditional.status, calls]).toEqual([412, 412, 3]);
  });

  test('after too many refusals must wait', async () => {
    const harness = createHarness({
      commands: { replaceCredentials: async () => ({ outcome: 'tooManyRefusals', retryAfterMs: 1500 }) },
    });
    const id = await connect(harness);

    const reply = await harness.call(`${path}/${id}/credentials`, { method: 'PUT', body: credentials });

    expect(reply.headers.get('retry-after')).toBe('2');
    expect(reply.json).toMatchObject({ code: 'TOO_MANY_ATTEMPTS' });
  });

  test('of an integration that goes away meanwhile are 404', async () => {
    const harness = createHarness({ commands: { replaceCredentials: async () => ({ outcome: 'gone' }) } });
    const id = await connect(harness);

    expect(
      (await harness.call(`${path}/${id}/credentials`, { method: 'PUT', body: credentials })).status,
    ).toBe(404);
  });
});

describe('deleting', () => {
  test('R76: an integration answers 204, and from then on there is none', async () => {
    const harness = createHarness();
    const id = await connect(harness);

    const reply = await harness.call(`${path}/${id}`, { method: 'DELETE' });

    expect(reply).toMatchObject({ status: 204, text: '' });
    expect(await harness.stores.credentials.read(id)).toBe('deleted');
    expect((await harness.call(path)).json).toEqual({ items: [], nextCursor: null });
    expect((await harness.call(`${path}/${id}`, { method: 'DELETE' })).status).toBe(404);
  });

  test('the account takes every integration and the settings along, and nothing of others', async () => {
    const harness = createHarness();
    await connect(harness, 'fake-godaddy-key-1');
    await connect(harness, 'fake-godaddy-key-2');
    await connect(harness, 'fake-godaddy-key-3', 'bob');
    await harness.call('/v1/settings', { method: 'PATCH', body: { expiringSoonDays: 7 } });

    const reply = await harness.call('/v1/account', { method: 'DELETE' });

    expect(reply.status).toBe(204);
    expect((await harness.call(path)).json).toEqual({ items: [], nextCursor: null });
    expect((await harness.call('/v1/settings')).json).toEqual({ expiringSoonDays: 30 });
    expect((await harness.call<{ items: unknown[] }>(path, { user: 'bob' })).json.items).toHaveLength(1);
  });
});
