import { describe, expect, test } from 'vitest';
import { SyncError } from '#core/errors.ts';
import { connect, createHarness, DAY_MS, godaddyCredentials } from './harness.ts';

const path = '/v1/integrations';
const body = { registrar: 'godaddy', credentials: godaddyCredentials() };
const headers = { 'idempotency-key': 'form_1-A' };

async function count(harness: ReturnType<typeof createHarness>): Promise<number> {
  return (await harness.call<{ items: unknown[] }>(path)).json.items.length;
}

describe('a POST with an Idempotency-Key', () => {
  test('R24: happens once, and its repetition gets the first answer, byte for byte', async () => {
    const harness = createHarness();

    const first = await harness.call(path, { method: 'POST', body, headers });
    harness.pass(60_000);
    const second = await harness.call(path, { method: 'POST', body, headers });

    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, text: first.text });
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await count(harness)).toBe(1);
  });

  test('is another request after a day', async () => {
    const harness = createHarness();
    await harness.call(path, { method: 'POST', body, headers });
    harness.pass(DAY_MS);

    const reply = await harness.call(path, { method: 'POST', body, headers });

    expect(reply.json).toMatchObject({ code: 'ALREADY_CONNECTED' });
  });

  test('is refused with 422 where the body or the path is another', async () => {
    const harness = createHarness();
    const id = await connect(harness, 'fake-godaddy-key-other');
    await harness.call(path, { method: 'POST', body, headers });

    const otherBody = await harness.call(path, { method: 'POST', body: { ...body, label: 'x' }, headers });
    const otherPath = await harness.call(`${path}/${id}/sync`, { method: 'POST', headers });

    expect(otherBody.json).toMatchObject({
      status: 422,
      code: 'IDEMPOTENCY_MISMATCH',
      detail: 'This Idempotency-Key was used with another request within 24 hours.',
    });
    expect(otherPath.json).toMatchObject({ status: 422, code: 'IDEMPOTENCY_MISMATCH' });
  });

  test('is refused with 409 while the first is being worked on', async () => {
    const { promise: added, resolve: finish } = Promise.withResolvers<void>();
    const harness = createHarness({
      commands: {
        async add() {
          await added;
          return { outcome: 'connected', integrationId: 'abcdefgh' };
        },
      },
    });
    const first = harness.call(path, { method: 'POST', body, headers });
    await new Promise(setImmediate);

    const second = await harness.call(path, { method: 'POST', body, headers });
    const other = await harness.call(path, { method: 'POST', body: { ...body, label: 'x' }, headers });
    finish();

    expect(second.json).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_IN_PROGRESS',
      detail: 'A request with this Idempotency-Key is being worked on.',
    });
    expect(other.json).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
    expect((await first).json).toMatchObject({ code: 'ALREADY_CONNECTED' });
  });

  test('that changed nothing gives its key back, for the same or another request', async () => {
    const harness = createHarness();
    await connect(harness);
    const refused = await harness.call(path, { method: 'POST', body, headers });

    const reply = await harness.call(path, {
      method: 'POST',
      body: { ...body, allowDuplicate: true },
      headers,
    });

    expect(refused.json).toMatchObject({ code: 'ALREADY_CONNECTED' });
    expect(reply.status).toBe(201);
  });

  test('that could not be sealed gives its key back', async () => {
    let failures = 1;
    const harness = createHarness({
      commands: {
        async add() {
          failures -= 1;
          if (failures >= 0) throw new SyncError('ENCRYPTION_UNAVAILABLE');
          return { outcome: 'connected', integrationId: 'abcdefgh' };
        },
      },
    });

    const first = await harness.call(path, { method: 'POST', body, headers });
    const second = await harness.call(path, { method: 'POST', body, headers });

    expect([first.status, second.status]).toEqual([503, 409]);
    expect(second.json).toMatchObject({ code: 'ALREADY_CONNECTED' });
  });

  test('that failed in an unknown way is carried on with the same id once it lapsed', async () => {
    const ids: string[] = [];
    const harness = createHarness({
      commands: {
        async add({ id }) {
          ids.push(id);
          throw new Error('connection lost');
        },
      },
    });

    const first = await harness.call(path, { method: 'POST', body, headers });
    const second = await harness.call(path, { method: 'POST', body, headers });
    harness.pass(35_000);
    await harness.call(path, { method: 'POST', body, headers });

    expect([first.status, second.status]).toEqual([500, 409]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  test('is answered even where the answer can not be remembered', async () => {
    const harness = createHarness({
      stores: (stores) => ({
        ...stores,
        idempotency: {
          ...stores.idempotency,
          answer: async () => {
            throw new Error('away');
          },
        },
      }),
    });

    const reply = await harness.call(path, { method: 'POST', body, headers });

    expect(reply.status).toBe(201);
    expect(harness.logged).toMatchObject([{ event: 'answer not remembered' }]);
  });

  test('of another tenant is another key', async () => {
    const harness = createHarness();
    await harness.call(path, { method: 'POST', body, headers });

    const reply = await harness.call(path, {
      method: 'POST',
      body: { ...body, label: 'bob' },
      headers,
      user: 'bob',
    });

    expect(reply.json).toMatchObject({ label: 'bob' });
  });

  test.each(['', 'a b', 'ä', 'x'.repeat(129), 'a#b'])(
    'is refused with a key of another form: %j',
    async (key) => {
      const harness = createHarness();

      const reply = await harness.call(path, {
        method: 'POST',
        body,
        headers: { 'idempotency-key': encodeURI(key) },
      });

      expect(reply.json).toMatchObject({
        code: 'INVALID_REQUEST',
        errors: [{ pointer: '/Idempotency-Key' }],
      });
      expect(await count(harness)).toBe(0);
    },
  );
});

test('without a key each request is its own', async () => {
  const harness = createHarness();
  await harness.call(path, { method: 'POST', body: { ...body, allowDuplicate: true } });

  await harness.call(path, { method: 'POST', body: { ...body, allowDuplicate: true } });

  expect(await count(harness)).toBe(2);
});
