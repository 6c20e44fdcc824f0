import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { operations } from '../support/documented-answers.ts';
import { connect, createHarness, godaddyCredentials } from './harness.ts';

const harness = createHarness();
const ids: Record<string, string> = {
  missing: newId(),
  malformed: 'A',
  'too long': 'a'.repeat(200),
  'with a hash': 'abcdefgh%23',
};

beforeAll(async () => {
  ids.foreign = await connect(harness, 'fake-godaddy-key-bob', 'bob');
  ids.deleted = await connect(harness, 'fake-godaddy-key-gone');
  await harness.call(`/v1/integrations/${ids.deleted}`, { method: 'DELETE' });
});

const bodies: Readonly<Record<string, unknown>> = {
  'PATCH /v1/integrations/{id}': { label: 'mine now' },
  'PUT /v1/integrations/{id}/credentials': { credentials: godaddyCredentials() },
};

const aboutIntegrations = [...operations.keys()].filter((name) => name.includes('{id}'));

describe.each(aboutIntegrations)('%s', (name) => {
  const [method = '', template = ''] = name.split(' ');

  test('answers the same 404 for what is missing, foreign, malformed or deleted, but for the request id', async () => {
    const answers: [string, string][] = [];
    for (const id of Object.values(ids)) {
      const path = template.replace('{id}', id).replace('{runId}', newId());
      const reply = await harness.call(path, { method, ...(name in bodies && { body: bodies[name] }) });
      expect(reply.status).toBe(404);
      answers.push([reply.text.replace(/request-\d+/, ''), reply.headers.get('content-type') ?? '']);
    }

    expect(answers.length).toBe(6);
    expect(new Set(answers.map(String)).size).toBe(1);
  });
});

test('nothing of this changed what belongs to somebody else', async () => {
  const { json } = await harness.call(`/v1/integrations/${ids.foreign}`, { user: 'bob' });

  expect(json).toMatchObject({ id: ids.foreign, label: null, status: 'SYNCING' });
});

test('a run is found only below its own integration', async () => {
  const own = await connect(harness, 'fake-godaddy-key-own');
  const bobs = await harness.call<{ items: { runId: string }[] }>(`/v1/integrations/${ids.foreign}/runs`, {
    user: 'bob',
  });

  const reply = await harness.call(`/v1/integrations/${own}/runs/${bobs.json.items[0]?.runId}`);

  expect(reply.status).toBe(404);
});

test.each(['xn--', 'not a name', '..', 'example', '%00.com', 'a'.repeat(300)])(
  'a domain that can not be one is as missing as any other: %s',
  async (name) => {
    const missing = await harness.call('/v1/domains/missing.example');

    const reply = await harness.call(`/v1/domains/${encodeURIComponent(name)}/records`);

    expect(reply.status).toBe(404);
    expect(reply.text.replace(/request-\d+/, '')).toBe(missing.text.replace(/request-\d+/, ''));
  },
);
