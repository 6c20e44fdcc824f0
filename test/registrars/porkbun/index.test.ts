import { describe, expect, test } from 'vitest';
import type { ZonePlace } from '#core/domain.ts';
import { porkbun } from '#registrars/porkbun/index.ts';
import type { ScriptedAnswer, ScriptedCall } from '#test/support/scripted-server.ts';
import { readFixture } from '../fixtures.ts';
import { withScript } from '../open-account.ts';

const credentials = { apiKey: 'pk1_fake_porkbun_key', secretApiKey: 'sk1_fake_porkbun_secret' };
const keys = { apikey: 'pk1_fake_porkbun_key', secretapikey: 'sk1_fake_porkbun_secret' };

function fixture(name: string, status = 200): ScriptedAnswer {
  return { status, body: readFixture(`porkbun/${name}`) };
}

function post(path: string, answer: ScriptedAnswer, fields: Record<string, string> = {}): ScriptedCall {
  const headers = { 'content-type': 'application/json', authorization: undefined, 'x-api-key': undefined };
  return { method: 'POST', path: `/api/json/v3${path}`, headers, json: { ...keys, ...fields }, answer };
}

const list = (answer: ScriptedAnswer, start = '0') =>
  post('/domain/listAll', answer, { start, sortName: 'domain' });
const getNs = (answer: ScriptedAnswer) => post('/domain/getNs/example.com', answer);
const retrieve = (answer: ScriptedAnswer) => post('/dns/retrieve/example.com', answer);

/** Refusals of any call, and what each is taken for. */
const refusals: [string, ScriptedAnswer, object][] = [
  ['an unknown key', fixture('invalid-api-keys-001.json', 400), { code: 'INVALID_CREDENTIALS' }],
  ['a wrong secret', fixture('invalid-api-keys-002.json', 400), { code: 'INVALID_CREDENTIALS' }],
  [
    'a wrong key, said without a code',
    fixture('invalid-api-key-older.json', 400),
    { code: 'INVALID_CREDENTIALS' },
  ],
  [
    'a wrong key, said with status 200',
    fixture('invalid-api-keys-001.json'),
    { code: 'INVALID_CREDENTIALS' },
  ],
  ['a wrong token', fixture('invalid-token.json', 400), { code: 'INVALID_CREDENTIALS' }],
  ['a wrong user', fixture('invalid-user.json', 400), { code: 'INVALID_CREDENTIALS' }],
  ['401 without a word', { status: 401 }, { code: 'INVALID_CREDENTIALS' }],
  [
    'an address that is not allowed',
    fixture('ip-not-allowed.json', 403),
    {
      code: 'AUTHENTICATION_FAILED',
      facts: { registrar: 'porkbun', status: 403, reason: 'addressNotAllowed' },
    },
  ],
  [
    'missing two-factor authentication',
    fixture('two-factor.json', 403),
    {
      code: 'ACCESS_NOT_GRANTED',
      facts: { registrar: 'porkbun', status: 403, reason: 'accountNotEligible' },
    },
  ],
  ['403 without a word', { status: 403 }, { code: 'ACCESS_NOT_GRANTED' }],
  [
    'its rate limit',
    fixture('rate-limit-exceeded.json', 429),
    { code: 'RATE_LIMITED', facts: { registrar: 'porkbun', status: 429, retryAfterMs: 12_000 } },
  ],
  [
    'its rate limit, said with status 200',
    fixture('rate-limit-exceeded.json'),
    { code: 'RATE_LIMITED', facts: { registrar: 'porkbun', status: 200, retryAfterMs: 12_000 } },
  ],
  [
    'a challenge for browsers',
    { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } },
    { code: 'RATE_LIMITED', facts: { registrar: 'porkbun', status: 202 } },
  ],
  ['503 in HTML', fixture('unavailable.html', 503), { code: 'RATE_LIMITED' }],
  ['503 in JSON', { status: 503, body: { status: 'ERROR' } }, { code: 'REGISTRAR_UNAVAILABLE' }],
  ['503 in HTML after blanks', { status: 503, body: ' \n<html>' }, { code: 'RATE_LIMITED' }],
  ['502 in HTML', fixture('unavailable.html', 502), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['a call without a key', fixture('api-key-required.json', 400), { code: 'INTERNAL' }],
  ['a call without a secret', fixture('missing-secret.json', 400), { code: 'INTERNAL' }],
  ['a body that is no JSON', fixture('invalid-json.json', 400), { code: 'INTERNAL' }],
  ['a wrong method', fixture('method-not-allowed.json', 405), { code: 'INTERNAL' }],
  ['a domain that is gone', fixture('domain-not-found.json', 404), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['an error without a word', { body: { status: 'ERROR' } }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['HTML', fixture('unavailable.html'), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['nothing', { body: '' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['JSON without a status', { body: {} }, { code: 'REGISTRAR_BAD_RESPONSE', facts: { path: 'status' } }],
];

describe('validate', () => {
  const validate = (script: ScriptedCall[], changed = {}) =>
    withScript(porkbun, { ...credentials, ...changed }, script, (account) => account.validate());

  test('is content with the first page of the listing, and tells what it brought', async () => {
    const result = await validate([list(fixture('list-all.json'))]);

    expect(result).toMatchObject({ notices: [], credentialsExpireAt: null });
    expect(result.firstDomains?.map(({ name }) => name)).toContain('example.com');
  });

  test('is content with an account that has no domain', async () => {
    const empty = { body: { status: 'SUCCESS', count: 0, domains: [] } };

    expect(await validate([list(empty)])).toMatchObject({ firstDomains: [] });
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(validate([list(answer)])).rejects.toMatchObject(error);
  });

  test.each(['apiKey', 'secretApiKey'])('makes no call without %s', async (field) => {
    await expect(validate([], { [field]: '' })).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });
});

describe('listPage', () => {
  const listPage = (script: ScriptedCall[], cursor: string | null = null) =>
    withScript(porkbun, credentials, script, (account) => account.listPage(cursor));
  const entries = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({
      domain: `name-${from + index}.example`,
      status: 'ACTIVE',
    }));
  const answer = (domains: readonly object[], more = {}) => ({
    body: { status: 'SUCCESS', ...more, domains },
  });

  test('brings flags and dates of every form into the common one', async () => {
    const page = await listPage([list(fixture('list-all.json'))]);

    expect(page).toMatchObject({ nextCursor: null, declaredTotal: null, skipped: 0 });
    const [first, switchedOff, onlyDns, older, bare] = page.domains;
    expect(first).toEqual({
      name: 'example.com',
      statuses: [],
      rawStatuses: ['ACTIVE'],
      registrarState: 'active',
      registeredAt: '2018-08-20T17:52:51.000Z',
      expiresAt: '2027-08-20T17:52:51.000Z',
      expiryPrecision: 'INSTANT',
      autoRenew: false,
      locked: true,
      privacy: true,
      nameServers: null,
      registeredHere: true,
      zone: 'UNKNOWN',
    });
    expect(switchedOff).toMatchObject({
      registeredAt: '2018-08-20T17:52:51.000Z',
      expiresAt: '2027-08-20T17:52:00.000Z',
      autoRenew: true,
      locked: false,
      zone: 'NOT_PERMITTED',
    });
    expect(onlyDns).toMatchObject({ registeredHere: false, registeredAt: null, expiresAt: null });
    expect(older).toMatchObject({
      rawStatuses: ['ON_FAKE_HOLD'],
      registrarState: null,
      expiresAt: null,
      autoRenew: null,
      locked: null,
      privacy: null,
      registeredHere: true,
      zone: 'UNKNOWN',
    });
    expect(bare).toMatchObject({ name: 'xn--bcher-kva.example', rawStatuses: [], registeredAt: null });
  });

  test('goes on after a full page and ends with one that is not, even empty', async () => {
    const full = await listPage([list(answer(entries(1_000), { count: 1_000 }))]);
    const last = await listPage([list(answer([], { count: 0 }), '1000')], full.nextCursor);

    expect(full).toMatchObject({ nextCursor: '1000' });
    expect(full.domains).toHaveLength(1_000);
    expect(last).toMatchObject({ nextCursor: null, domains: [] });
  });

  test('understands a count of the page and a count of all', async () => {
    const ofAll = await listPage([list(answer(entries(1_000), { count: 1_001 }))]);
    const rest = await listPage([list(answer(entries(1, 1_000), { count: 1_001 }), '1000')], '1000');

    expect(ofAll.nextCursor).toBe('1000');
    expect(rest.nextCursor).toBeNull();
  });

  test('does not take a page that lost entries for the last one', async () => {
    const short = list(answer(entries(100), { count: 250 }));

    const half = list(answer(entries(1_000), { count: 500 }));

    await expect(listPage([half])).rejects.toMatchObject({ code: 'LIST_INCOMPLETE' });
    await expect(listPage([short])).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'porkbun' },
    });
  });

  test.each<[string, object, string]>([
    ['a name that is none', { domain: 'no name' }, 'domains/0/domain'],
    ['no name', { status: 'ACTIVE' }, 'domains/0/domain'],
    [
      'a date that is none',
      { domain: 'example.com', expireDate: '2027-02-30 00:00:00' },
      'domains/0/expireDate',
    ],
  ])('says where an entry has %s, and not what', async (_, entry, path) => {
    const failure = listPage([list(answer([entry]))]);

    await expect(failure).rejects.toMatchObject({ code: 'REGISTRAR_BAD_RESPONSE', facts: { path } });
    await expect(failure).rejects.not.toThrow(/no name|02-30/);
  });

  test('refuses a page of more entries than there may be', async () => {
    await expect(listPage([list(answer(entries(1_001)))])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { registrar: 'porkbun', path: 'domains' },
    });
  });

  test('counts itself where no count is told', async () => {
    expect(await listPage([list(answer(entries(3)))])).toMatchObject({
      nextCursor: null,
      domains: { length: 3 },
    });
  });

  test.each(refusals)('answered by %s fails', async (_, refusal, error) => {
    await expect(listPage([list(refusal)])).rejects.toMatchObject(error);
  });

  test('takes keys for other domains only for a missing right', async () => {
    await expect(listPage([list(fixture('domain-not-allowed.json', 403))])).rejects.toMatchObject({
      code: 'ACCESS_NOT_GRANTED',
      facts: { reason: 'scopeMissing' },
    });
  });

  test('refuses a cursor that is not its own, without a call', async () => {
    await expect(listPage([], '1e3')).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('readZone', () => {
  const readZone = (script: ScriptedCall[], zone: ZonePlace = 'UNKNOWN') =>
    withScript(porkbun, credentials, script, (account) => account.readZone({ name: 'example.com', zone }));
  const nameServers = ['curitiba.ns.porkbun.com', 'fortaleza.ns.porkbun.com'];

  test('asks for the nameservers, then for the records, and gives both', async () => {
    const reading = await readZone([getNs(fixture('get-ns.json')), retrieve(fixture('retrieve.json'))]);

    const set = (name: string, type: string, records: string[], ttl: number | null = 600) => ({
      name,
      type,
      ttl,
      records,
    });
    expect(reading).toEqual({
      status: 'FETCHED',
      nameServers,
      mixedTtl: true,
      rrsets: [
        set('*.example.com.', 'CNAME', ['example.com.']),
        set('_sip._tcp.example.com.', 'SRV', ['20 5 5060 sip.example.net.']),
        set('example.com.', 'A', ['203.0.113.2', '203.0.113.10']),
        set('example.com.', 'AAAA', ['2001:db8::1']),
        set('example.com.', 'CAA', ['0 issue "letsencrypt.org"']),
        set('example.com.', 'HTTPS', ['1 . alpn=h2,h3']),
        set('example.com.', 'MX', ['0 mail2.example.net.', '10 mail.example.net.']),
        set('example.com.', 'NS', ['curitiba.ns.porkbun.com.'], 86_400),
        set('example.com.', 'TXT', ['"v=spf1 include:\\"x\\" -all"']),
        {
          ...set('example.com.example.com.', 'ALIAS', []),
          pseudo: { provider: 'porkbun', kind: 'ALIAS', value: 'pixie.porkbun.com.' },
        },
        {
          ...set('odd.example.com.', 'A', [], null),
          pseudo: { provider: 'porkbun', kind: 'A', value: 'no address' },
        },
      ],
    });
  });

  test('does not read the stored zone where the nameservers are elsewhere', async () => {
    const reading = await readZone([getNs(fixture('get-ns-elsewhere.json'))]);

    expect(reading).toEqual({
      status: 'ELSEWHERE',
      nameServers: ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
    });
  });

  test.each<[string, object, object]>([
    ['older nameservers', { ns: ['maceio.porkbun.com'] }, { nameServers: ['maceio.porkbun.com'] }],
    ['no nameserver', { ns: [] }, { nameServers: [] }],
    [
      'one nameserver of its own among others',
      { ns: ['ns1.example.net', 'maceio.porkbun.com'] },
      { nameServers: ['ns1.example.net', 'maceio.porkbun.com'] },
    ],
  ])('told %s, reads the zone', async (_, fields, told) => {
    const empty = { body: { status: 'SUCCESS', records: [] } };

    const reading = await readZone([getNs({ body: { status: 'SUCCESS', ...fields } }), retrieve(empty)]);

    expect(reading).toEqual({ status: 'FETCHED', rrsets: [], mixedTtl: false, ...told });
  });

  test('tells no nameservers where none are told', async () => {
    const empty = { body: { status: 'SUCCESS', records: [] } };

    const reading = await readZone([getNs({ body: { status: 'SUCCESS' } }), retrieve(empty)]);

    expect(reading).toEqual({ status: 'FETCHED', rrsets: [], mixedTtl: false });
  });

  test.each<ZonePlace>(['NOT_PERMITTED', 'ELSEWHERE'])(
    'makes no call for a zone that is %s',
    async (zone) => {
      expect(await readZone([], zone)).toEqual({ status: zone });
    },
  );

  test.each([
    ['not-opted-in.json', 400],
    ['not-opted-in-coded.json', 400],
    ['api-access-disabled.json', 400],
    ['invalid-domain.json', 400],
    ['invalid-domain-older.json', 400],
    ['invalid-domain.json', 200],
    ['domain-not-allowed.json', 403],
  ])('takes %s with status %d for a domain that is out of reach', async (name, status) => {
    const atOnce = await readZone([getNs(fixture(name, status))]);
    const later = await readZone([getNs(fixture('get-ns.json')), retrieve(fixture(name, status))]);

    expect(atOnce).toEqual({ status: 'NOT_PERMITTED' });
    expect(later).toEqual({ status: 'NOT_PERMITTED', nameServers });
  });

  test('takes a domain for out of reach only where the refusal begins so', async () => {
    const refusal = { status: 400, body: { status: 'ERROR', message: 'An invalid domain was named' } };

    await expect(readZone([getNs(refusal)])).rejects.toMatchObject({ code: 'REGISTRAR_BAD_RESPONSE' });
  });

  test.each(refusals)('answered by %s fails', async (_, answer, error) => {
    await expect(readZone([getNs(answer)])).rejects.toMatchObject(error);
    await expect(readZone([getNs(fixture('get-ns.json')), retrieve(answer)])).rejects.toMatchObject(error);
  });

  test.each(['example.net', 'notexample.com', 'com', 'www.example.com.example.net'])(
    'refuses a record of %s, which is not in the zone',
    async (name) => {
      const foreign = { name, type: 'A', content: '192.0.2.1', ttl: '600' };
      const script = [
        getNs(fixture('get-ns.json')),
        retrieve({ body: { status: 'SUCCESS', records: [foreign] } }),
      ];

      await expect(readZone(script)).rejects.toMatchObject({
        code: 'REGISTRAR_BAD_RESPONSE',
        facts: { path: 'records/0/name' },
      });
    },
  );
});

test('calls are counted by the API key', () => {
  expect(porkbun.limitSubject(credentials)).toBe('pk1_fake_porkbun_key');
});
