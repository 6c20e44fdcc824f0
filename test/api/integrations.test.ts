import { describe, expect, test } from 'vitest';
import { aHeldListing } from './fixtures.ts';
import { connect, createHarness, type Harness, tenantOf } from './harness.ts';

const path = '/v1/integrations';
const tenantId = tenantOf('alice');

/** Ends the run under way as a good one. */
async function finish(harness: Harness, integrationId: string): Promise<string> {
  const integration = await harness.stores.integrations.get({ tenantId, integrationId });
  const { epoch, runId } = integration as { epoch: number; runId: string };
  const at = new Date(harness.now()).toISOString();
  const run = await harness.stores.runs.get(integrationId, runId);
  await harness.stores.runs.end({ ...(run as NonNullable<typeof run>), status: 'SUCCEEDED', endedAt: at });
  const patch = { lastSyncedAt: at, problem: null, notices: [] };
  expect(await harness.stores.integrations.finishRun({ tenantId, integrationId, epoch }, runId, patch)).toBe(
    true,
  );
  return runId;
}

describe('integrations', () => {
  test('R9: are none for a new user', async () => {
    expect((await createHarness().call(path)).json).toEqual({ items: [], nextCursor: null });
  });

  test('are listed in the order of their creation, each as GET gives it', async () => {
    const harness = createHarness();
    const ids: string[] = [];
    for (const key of ['fake-1', 'fake-2', 'fake-3']) {
      ids.push(await connect(harness, key));
      harness.pass(1000);
    }

    const { json } = await harness.call<{ items: { id: string }[] }>(path);

    expect(json.items.map(({ id }) => id)).toEqual(ids);
    for (const item of json.items) expect((await harness.call(`${path}/${item.id}`)).json).toEqual(item);
  });

  test('answer 304 to a poll until something changed', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const first = await harness.call(path);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };

    const same = await harness.call(path, { headers });
    await harness.call(`${path}/${id}`, { method: 'PATCH', body: { label: 'renamed' } });
    const changed = await harness.call(path, { headers });

    expect(same).toMatchObject({ status: 304, text: '' });
    expect(same.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(changed.status).toBe(200);
  });
});

describe('changing an integration', () => {
  test.each([
    [{ label: 'client A' }, { label: 'client A' }],
    [{ label: '  client\u00a0A  ' }, { label: 'client\u00a0A' }],
    [{ label: '' }, { label: null }],
    [{ label: null }, { label: null }],
    [{ paused: true }, { paused: true, nextSyncAt: null }],
    [{}, { label: 'before', paused: false }],
  ])('by %j', async (body, expected) => {
    const harness = createHarness();
    const id = await connect(harness);
    await harness.call(`${path}/${id}`, { method: 'PATCH', body: { label: 'before' } });

    const reply = await harness.call(`${path}/${id}`, { method: 'PATCH', body });

    expect(reply.status).toBe(200);
    expect(reply.json).toMatchObject(expected);
    expect((await harness.call(`${path}/${id}`)).json).toEqual(reply.json);
  });

  test('R57: pausing one that synced makes it idle, resuming it puts it back on the list', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    await finish(harness, id);

    const paused = await harness.call(`${path}/${id}`, { method: 'PATCH', body: { paused: true } });
    const resumed = await harness.call(`${path}/${id}`, { method: 'PATCH', body: { paused: false } });

    expect(paused.json).toMatchObject({ status: 'IDLE', nextSyncAt: null });
    expect(resumed.json).toMatchObject({ status: 'SYNCED', nextSyncAt: expect.any(String) });
  });

  test('T42: nothing but label and pause can be set', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const before = await harness.stores.integrations.get({ tenantId, integrationId: id });
    const body = { tenantId: 'x', status: 'SYNCED', epoch: 9, registrar: 'gandi', id: 'y', credentials: {} };

    const reply = await harness.call<{ errors: { pointer: string }[] }>(`${path}/${id}`, {
      method: 'PATCH',
      body,
    });

    expect(reply.json.errors.map(({ pointer }) => pointer)).toEqual(
      Object.keys(body).map((name) => `/${name}`),
    );
    expect(await harness.stores.integrations.get({ tenantId, integrationId: id })).toEqual(before);
  });

  test('is refused where it is not what the client last read, and carries on with what it read now', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const first = (await harness.call(`${path}/${id}`)).headers.get('etag') ?? '';
    const patch = (label: string, ifMatch: string) =>
      harness.call(`${path}/${id}`, { method: 'PATCH', body: { label }, headers: { 'if-match': ifMatch } });

    const one = await patch('one', first);
    const late = await patch('late', first);
    const two = await patch('two', `"other", ${one.headers.get('etag')}`);

    expect([one.status, late.status, two.status]).toEqual([200, 412, 200]);
    expect(late.json).toMatchObject({ code: 'PRECONDITION_FAILED' });
    expect((await patch('three', '*')).json).toMatchObject({ label: 'three' });
  });

  test('of two that read the same only one passes', async () => {
    const revisions: (number | undefined)[] = [];
    const harness = createHarness({
      commands: {
        async change(_ref, _changes, revision) {
          revisions.push(revision);
          return 'conflict';
        },
      },
    });
    const id = await connect(harness);
    const etag = (await harness.call(`${path}/${id}`)).headers.get('etag') ?? '';

    const reply = await harness.call(`${path}/${id}`, {
      method: 'PATCH',
      body: { label: 'x' },
      headers: { 'if-match': etag },
    });

    expect(reply.status).toBe(412);
    expect(revisions).toEqual([1]);
  });

  test('of one that goes away meanwhile is 404', async () => {
    const harness = createHarness({ commands: { change: async () => 'gone' } });
    const id = await connect(harness);

    expect((await harness.call(`${path}/${id}`, { method: 'PATCH', body: { label: 'x' } })).status).toBe(404);
  });
});

describe('a manual sync', () => {
  test('R61, R64: answers 202 with the run and where to follow it', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    await finish(harness, id);

    const reply = await harness.call<{ runId: string }>(`${path}/${id}/sync`, { method: 'POST' });

    expect(reply.status).toBe(202);
    expect(reply.json).toMatchObject({
      integrationId: id,
      trigger: 'MANUAL',
      status: 'RUNNING',
      step: 'VALIDATE_API_ACCESS',
    });
    expect(reply.headers.get('location')).toBe(`${path}/${id}/runs/${reply.json.runId}`);
    expect(reply.headers.get('retry-after')).toBe('2');
    expect((await harness.call(reply.headers.get('location') ?? '')).json).toEqual(reply.json);
  });

  test('R39: while one is under way is refused with that one', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const { json } = await harness.call<{ currentRun: { runId: string } }>(`${path}/${id}`);

    const reply = await harness.call(`${path}/${id}/sync`, { method: 'POST' });

    expect(reply.json).toMatchObject({ status: 409, code: 'SYNC_RUNNING', runId: json.currentRun.runId });
  });

  test('R63: within a minute of the last one is refused until the minute is over', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    await finish(harness, id);
    await harness.call(`${path}/${id}/sync`, { method: 'POST' });
    await finish(harness, id);
    harness.pass(17_500);

    const early = await harness.call(`${path}/${id}/sync`, { method: 'POST' });
    harness.pass(42_500);
    const later = await harness.call(`${path}/${id}/sync`, { method: 'POST' });

    expect(early.json).toMatchObject({ status: 429, code: 'SYNC_TOO_SOON' });
    expect(early.headers.get('retry-after')).toBe('43');
    expect(later.status).toBe(202);
  });

  test('R63: of many at once exactly one is accepted', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    await finish(harness, id);

    const replies = await Promise.all(
      Array.from({ length: 20 }, () => harness.call(`${path}/${id}/sync`, { method: 'POST' })),
    );

    expect(replies.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 409)).toHaveLength(19);
  });

  test('of one that goes away meanwhile is 404', async () => {
    const harness = createHarness({ commands: { requestSync: async () => ({ outcome: 'gone' }) } });
    const id = await connect(harness);

    expect((await harness.call(`${path}/${id}/sync`, { method: 'POST' })).status).toBe(404);
  });
});

describe('accepting a held listing', () => {
  const held = aHeldListing();

  test('answers 202 and the card says that the next sync applies it', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const { epoch } = (await harness.stores.integrations.get({ tenantId, integrationId: id })) as {
      epoch: number;
    };
    await harness.stores.integrations.patchRunning({ tenantId, integrationId: id, epoch }, { held });
    const before = await harness.call<{ notices: object[] }>(`${path}/${id}`);

    const reply = await harness.call<{ notices: object[] }>(`${path}/${id}/listing/accept`, {
      method: 'POST',
    });

    expect(before.json.notices).toMatchObject([
      { code: 'LISTING_SHRANK', title: 'Listing Held', domains: 9 },
    ]);
    expect(reply.status).toBe(202);
    expect(reply.json.notices).toMatchObject([{ code: 'LISTING_SHRANK', title: 'Listing Accepted' }]);
  });

  test('changes nothing where none is held', async () => {
    const harness = createHarness();
    const id = await connect(harness);

    expect((await harness.call(`${path}/${id}/listing/accept`, { method: 'POST' })).status).toBe(202);
  });
});

describe('runs', () => {
  test('come newest first, page by page, each as GET gives it', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const ids = [await finish(harness, id)];
    for (let count = 0; count < 4; count += 1) {
      harness.pass(60_000);
      await harness.call(`${path}/${id}/sync`, { method: 'POST' });
      ids.unshift(await finish(harness, id));
    }

    const found: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await harness.call<{ items: { runId: string }[]; nextCursor: string | null }>(
        `${path}/${id}/runs?limit=2${cursor}`,
      );
      found.push(...page.json.items.map(({ runId }) => runId));
      if (page.json.nextCursor === null) break;
      cursor = `&cursor=${page.json.nextCursor}`;
    }

    expect(found).toEqual(ids);
    expect((await harness.call(`${path}/${id}/runs/${ids[0]}`)).json).toMatchObject({
      runId: ids[0],
      status: 'SUCCEEDED',
    });
  });

  test('of another integration are not continued by a cursor of this one', async () => {
    const harness = createHarness();
    const [one, two] = [await connect(harness, 'fake-1'), await connect(harness, 'fake-2')];
    await finish(harness, one);
    harness.pass(60_000);
    await harness.call(`${path}/${one}/sync`, { method: 'POST' });
    const page = await harness.call<{ nextCursor: string }>(`${path}/${one}/runs?limit=1`);

    const reply = await harness.call(`${path}/${two}/runs?cursor=${page.json.nextCursor}`);

    expect(reply.json).toMatchObject({ status: 400, code: 'INVALID_CURSOR' });
  });

  test('that are over while their integration is still held are updating the dashboard: all flips at once', async () => {
    const harness = createHarness();
    const id = await connect(harness);
    const { json } = await harness.call<{ currentRun: { runId: string } }>(`${path}/${id}`);
    const run = await harness.stores.runs.get(id, json.currentRun.runId);
    const endedAt = new Date(harness.now()).toISOString();
    await harness.stores.runs.end({ ...(run as NonNullable<typeof run>), status: 'SUCCEEDED', endedAt });

    const held = await harness.call(`${path}/${id}/runs/${json.currentRun.runId}`);
    const card = await harness.call(`${path}/${id}`);
    await finish(harness, id);
    const free = await harness.call(`${path}/${id}/runs/${json.currentRun.runId}`);

    expect(held.json).toMatchObject({ status: 'RUNNING', step: 'UPDATE_DASHBOARD', endedAt: null });
    expect(card.json).toMatchObject({ status: 'SYNCING', currentRun: { step: 'UPDATE_DASHBOARD' } });
    expect(free.json).toMatchObject({ status: 'SUCCEEDED', endedAt });
  });
});

describe('registrars', () => {
  test('R11, R15: are all five, with the fields of their forms', async () => {
    const { json } = await createHarness().call<{
      items: { id: string; credentialFields: { name: string }[] }[];
    }>('/v1/registrars');

    expect(
      json.items.map(({ id, credentialFields }) => [id, credentialFields.map(({ name }) => name)]),
    ).toEqual([
      ['godaddy', ['apiKey', 'apiSecret', 'customerId']],
      ['namecheap', ['username', 'apiKey']],
      ['gandi', ['apiToken']],
      ['porkbun', ['apiKey', 'secretApiKey']],
      ['namecom', ['username', 'apiToken']],
    ]);
  });

  test('offer the simulator with its accounts on one machine, and nowhere else', async () => {
    const demo = {
      label: 'Ten domains',
      accountId: 'a1',
      domains: 10,
      expect: 'SYNCED',
      credentials: { apiToken: 'fake' },
    } as const;
    type Registrars = { items: { environments: { id: string; demoCredentials?: unknown }[] }[] };

    const local = await createHarness({ demoAccounts: [demo] }).call<Registrars>('/v1/registrars');
    const deployed = await createHarness().call<Registrars>('/v1/registrars');

    for (const { environments } of local.json.items) {
      expect(environments.at(-1)).toMatchObject({ id: 'simulator', demoCredentials: [demo] });
    }
    expect(deployed.text).not.toMatch(/simulator|demoCredentials/);
  });
});
