import { expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '#api/body.ts';
import { type Call, connect, createHarness, godaddyCredentials, type Harness } from './harness.ts';

interface ProblemJson {
  readonly type: string;
  readonly detail: string;
  readonly errors?: readonly { readonly code: string; readonly detail: string }[];
}

const path = '/v1/integrations';
const body = { registrar: 'godaddy', credentials: godaddyCredentials() };
const post = (harness: Harness, request: Call) =>
  harness.call<ProblemJson>(path, { method: 'POST', ...request });

/** A form with credentials of which one field is changed. */
const having = (changes: Readonly<Record<string, string>>): Call => ({
  body: { ...body, credentials: { ...godaddyCredentials(), ...changes } },
});

test.each<[title: string, request: Call, detail: string, type: string]>([
  ['no JSON', { text: '{' }, 'The body is not JSON in UTF-8.', 'invalid-request'],
  ['an unknown field', { body: { ...body, x: 1 } }, 'This field is not known.', 'invalid-request'],
  ['two of them', { body: { ...body, x: 1, y: 2 } }, 'Several fields are not valid.', 'invalid-request'],
  [
    'a wrong type',
    { body: { ...body, label: 5 } },
    'Invalid input: expected string, received number.',
    'invalid-request',
  ],
  [
    'an environment that is not offered',
    { body: { ...body, environment: 'simulator' } },
    'This registrar is not offered in this environment.',
    'invalid-request',
  ],
  [
    'another kind of body',
    { text: 'a', headers: { 'content-type': 'text/plain' } },
    'Send the body as application/json.',
    'unsupported-media-type',
  ],
  [
    'a kind of body that only begins so',
    { text: '{}', headers: { 'content-type': 'application/jsonp' } },
    'Send the body as application/json.',
    'unsupported-media-type',
  ],
  [
    'a kind of body that only ends so',
    { text: '{}', headers: { 'content-type': 'text/plain, application/json' } },
    'Send the body as application/json.',
    'unsupported-media-type',
  ],
  [
    'a body too large',
    { text: ' '.repeat(MAX_BODY_BYTES + 1) },
    'A request may hold 16 KiB at most.',
    'body-too-large',
  ],
  [
    'a key of repetition that is none',
    { body, headers: { 'idempotency-key': 'a b' } },
    'Idempotency-Key takes 1 to 128 letters, digits, hyphens and underscores.',
    'invalid-request',
  ],
  ['no API secret', having({ apiSecret: '' }), 'API Secret is needed.', 'invalid-request'],
  [
    'an API secret too long',
    having({ apiSecret: 'x'.repeat(513) }),
    'API Secret takes 512 characters at most.',
    'invalid-request',
  ],
  [
    'a space in a secret',
    having({ apiSecret: 'fake secret' }),
    'API Secret has a space or line break inside.',
    'invalid-request',
  ],
  [
    'a character that none has',
    having({ apiSecret: 'fake\u0001secret' }),
    'API Secret has a character inside that no key has.',
    'invalid-request',
  ],
  [
    'a field of another registrar',
    having({ apiToken: 'fake' }),
    'This field is not one of this registrar.',
    'invalid-request',
  ],
])('says in words what is wrong: %s', async (_title, request, detail, type) => {
  const { json } = await post(createHarness(), request);

  expect(json).toMatchObject({ detail, type: `urn:domain-collective:problem:${type}` });
});

test('each of several wrong fields says what is wrong with it', async () => {
  const { json } = await post(createHarness(), { body: { ...body, x: 1, label: 5 } });

  expect(json.errors?.map(({ code, detail }) => `${code}: ${detail}`).sort()).toEqual([
    'INVALID_VALUE: Invalid input: expected string, received number.',
    'UNKNOWN_FIELD: This field is not known.',
  ]);
});

test('a body of 16 KiB is read to its last byte', async () => {
  const text = JSON.stringify(body).padEnd(MAX_BODY_BYTES, ' ');

  expect((await post(createHarness(), { text })).status).toBe(201);
});

test.each([
  [0, '1 min', '1'],
  [60_000, '1 min', '60'],
  [60_001, '2 min', '61'],
])(
  'who had too many credentials refused is told how long to wait: %i ms',
  async (retryAfterMs, words, seconds) => {
    const harness = createHarness({
      commands: { add: async () => ({ outcome: 'tooManyRefusals', retryAfterMs }) },
    });

    const { json, headers } = await post(harness, { body });

    expect(json.detail).toBe(
      `Registrars refused too many of the credentials that you entered. Try again in ${words}.`,
    );
    expect(headers.get('retry-after')).toBe(seconds);
  },
);

test.each([
  [0, '1 s'],
  [2_001, '3 s'],
])('who syncs too soon is told how long to wait: %i ms', async (retryAfterMs, words) => {
  const harness = createHarness({
    commands: { requestSync: async () => ({ outcome: 'tooSoon', retryAfterMs }) },
  });
  const id = await connect(harness);

  const { json } = await harness.call<ProblemJson>(`${path}/${id}/sync`, { method: 'POST' });

  expect(json.detail).toBe(`Manual syncs are limited to once per minute. Try again in ${words}.`);
});
