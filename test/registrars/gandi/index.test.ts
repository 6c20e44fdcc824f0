import { describe, expect, test } from 'vitest';
import type { ZonePlace } from '#core/domain.ts';
import { SyncError, WindowClosedError } from '#core/errors.ts';
import { toSecret } from '#core/secret.ts';
import { gandi } from '#registrars/gandi/index.ts';
import type { ScriptedAnswer, ScriptedCall } from '#test/support/scripted-server.ts';
import { readFixture } from '../fixtures.ts';
import { openOver, TEST_NOW_MS, withScript } from '../open-account.ts';

const credentials = { apiToken: 'fake-gandi-token-1' };
const daySeconds = 86_400;

function fixture(name: string, status = 200, headers: Record<string, string> = {}): ScriptedAnswer {
  return { status, headers, body: readFixture(`gandi/${name}`) };
}

function get(path: string, query: Record<string, string>, answer: ScriptedAnswer): ScriptedCall {
  return { method: 'GET', path, query, headers: { authorization: 'Bearer fake-gandi-token-1' }, answer };
}

const total = (count: number) => ({ 'total-count': String(count) });
const tokenInfo = (answer: ScriptedAnswer) => get('/tokeninfo', {}, answer);
const one = (answer: ScriptedAnswer) => get('/v5/domain/domains', { per_page: '1' }, answer);
const list = (answer: ScriptedAnswer, page = '1') =>
  get('/v5/domain/domains', { page, per_page: '100', sort_by: 'fqdn' }, answer);
const records = (answer: ScriptedAnswer, page = '1') =>
  get('/v5/livedns/domains/example.com/records', { page, per_page: '100' }, answer);

const noDomains = { headers: total(0), body: [] };

/** Refusals of any call to the API, and what each is taken for. */
const refusals: [string, ScriptedAnswer, object][] = [
  [
    '401',
    fixture('unauthorized.json', 401),
    { code: 'INVALID_CREDENTIALS', facts: { registrar: 'gandi', status: 401 } },
  ],
  ['400', fixture('bad-request.json', 400), { code: 'INTERNAL' }],
  ['400 with a code', fixture('bad-request-coded.json', 400), { code: 'INTERNAL' }],
  [
    '429',
    fixture('too-many-requests.json', 429, { 'retry-after': '7' }),
    { code: 'RATE_LIMITED', facts: { registrar: 'gandi', status: 429, retryAfterMs: 7_000 } },
  ],
  ['503', fixture('unavailable.json', 503), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['502 in HTML', fixture('bad-gateway.html', 502), { code: 'REGISTRAR_UNAVAILABLE' }],
  ['HTML', fixture('bad-gateway.html'), { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['nothing', { body: '' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['an object', { body: {} }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  ['a cut-off list', { body: '[{"fqdn":' }, { code: 'REGISTRAR_BAD_RESPONSE' }],
  [
    'a total that is none',
    { headers: { 'total-count': '-1' }, body: [] },
    { code: 'REGISTRAR_BAD_RESPONSE' },
  ],
];
const forbidden = {
  code: 'ACCESS_NOT_GRANTED',
  facts: { registrar: 'gandi', status: 403, reason: 'scopeMissing' },
};
const expired = { code: 'AUTHENTICATION_FAILED', facts: { registrar: 'gandi', reason: 'tokenExpired' } };

describe('validate', () => {
  const validate = (script: ScriptedCall[]) =>
    withScript(gandi, credentials, script, (account) => account.validate());

  test('asks what the token is, then for one domain, and tells when the token ends', async () => {
    const result = await validate([tokenInfo(fixture('tokeninfo.json')), one(noDomains)]);

    expect(result).toEqual({ notices: [], credentialsExpireAt: '2027-03-03T12:00:00.000Z' });
  });

  test.each([
    [30 * daySeconds, ['CREDENTIALS_EXPIRE_SOON']],
    [30 * daySeconds + 1, []],
    [1, ['CREDENTIALS_EXPIRE_SOON']],
    [String(5 * daySeconds), ['CREDENTIALS_EXPIRE_SOON']],
    [1_000 * 365 * daySeconds, []],
  ])('of a token that ends in %s seconds gives the notices %j', async (expires_in, notices) => {
    const result = await validate([tokenInfo({ body: { expires_in } }), one(noDomains)]);

    expect(result).toEqual({
      notices,
      credentialsExpireAt: new Date(TEST_NOW_MS + Number(expires_in) * 1_000).toISOString(),
    });
  });

  test.each([null, undefined, 1e15, 1_000 * 365 * daySeconds + 1])(
    'of a token whose end is %s tells no end',
    async (expires_in) => {
      const result = await validate([tokenInfo({ body: { expires_in } }), one(noDomains)]);

      expect(result).toEqual({ notices: [], credentialsExpireAt: null });
    },
  );

  test.each<[string, ScriptedAnswer]>([
    ['0 seconds left', { body: { expires_in: 0 } }],
    ['less than 0 seconds left', { body: { expires_in: -259_200 } }],
    ['401 that names expiry', fixture('token-expired.json', 401)],
    ['400 that names expiry', fixture('token-expired.json', 400)],
    ['499 that names expiry', fixture('token-expired.json', 499)],
    ['401 in other words', { status: 401, body: { error: 'access', error_description: 'expire' } }],
  ])('answered by %s fails as an expired token', async (_, answer) => {
    await expect(validate([tokenInfo(answer)])).rejects.toMatchObject(expired);
  });

  test.each(['unauthorized.json', 'invalid-token.json'])(
    'answered by 401 with %s fails as a wrong token',
    async (name) => {
      await expect(validate([tokenInfo(fixture(name, 401))])).rejects.toMatchObject({
        code: 'INVALID_CREDENTIALS',
        facts: { registrar: 'gandi', status: 401 },
      });
    },
  );

  test('waits where the description of the token is limited', async () => {
    await expect(validate([tokenInfo(fixture('too-many-requests.json', 429))])).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
  });

  test.each<[string, ScriptedAnswer]>([
    ['503', fixture('unavailable.json', 503)],
    ['404', fixture('not-found.json', 404)],
    ['404 with a lifetime', { status: 404, body: { expires_in: 0 } }],
    ['200 that names expiry', fixture('token-expired.json')],
    ['500 that names expiry', fixture('token-expired.json', 500)],
    ['503 that names expiry', fixture('token-expired.json', 503)],
    ['HTML', fixture('bad-gateway.html')],
    ['a redirect', { status: 302, headers: { location: 'https://example.com/' } }],
  ])('goes by the listing alone where the token is described by %s', async (_, answer) => {
    const good = await validate([tokenInfo(answer), one(noDomains)]);
    const refused = validate([tokenInfo(answer), one(fixture('unauthorized.json', 401))]);

    expect(good).toEqual({ notices: [], credentialsExpireAt: null });
    await expect(refused).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });

  test('asks the identity host about the token, and goes on where it is unreachable', async () => {
    const asked: string[] = [];
    const account = gandi.open(toSecret(credentials), {
      async send({ origin, path }) {
        asked.push(`${origin}${path}`);
        if (path === '/tokeninfo') throw new SyncError('REGISTRAR_TIMEOUT');
        return { status: 200, headers: {}, body: '[]' };
      },
      origins: { api: 'https://api.example', identity: 'https://id.example' },
      egressAddress: null,
      now: () => TEST_NOW_MS,
    });

    const result = await account.validate();

    expect(result).toEqual({ notices: [], credentialsExpireAt: null });
    expect(asked).toEqual(['https://id.example/tokeninfo', 'https://api.example/v5/domain/domains']);
  });

  test.each([
    ['a closed window', new WindowClosedError(1)],
    ['a defect', new SyncError('INTERNAL')],
  ])('lets %s pass through, and asks no more', async (_, error) => {
    let sent = 0;
    const account = openOver(gandi, credentials, async ({ path }) => {
      sent += 1;
      if (path === '/tokeninfo') throw error;
      return { status: 200, headers: {}, body: '[]' };
    });

    await expect(account.validate()).rejects.toBe(error);
    expect(sent).toBe(1);
  });

  test.each(refusals)('fails where the listing is answered by %s', async (_, answer, error) => {
    await expect(validate([tokenInfo(fixture('tokeninfo.json')), one(answer)])).rejects.toMatchObject(error);
  });

  test('fails where the token has no right to list', async () => {
    const script = [tokenInfo(fixture('tokeninfo.json')), one(fixture('forbidden.json', 403))];

    await expect(validate(script)).rejects.toMatchObject(forbidden);
  });

  test.each(['fake\ntoken', 'fake tokén', ''])('makes no call with the token %j', async (apiToken) => {
    const refused = withScript(gandi, { apiToken }, [], (account) => account.validate());

    await expect(refused).rejects.toMatchObject({ code: 'INVALID_CREDENTIALS' });
  });
});

describe('listPage', () => {
  const listPage = (script: ScriptedCall[], cursor: string | null = null) =>
    withScript(gandi, credentials, script, (account) => account.listPage(cursor));
  const entries = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ fqdn: `name-${index}.example` }));

  test('brings each entry into the common form', async () => {
    const page = await listPage([list(fixture('domains.json', 200, total(4)))]);

    expect(page).toMatchObject({ nextCursor: null, declaredTotal: 4, skipped: 0 });
    const [first, redeemable, lost, bare] = page.domains;
    expect(first).toEqual({
      name: 'example.com',
      statuses: ['clientTransferProhibited', 'serverHold'],
      rawStatuses: ['clientTransferProhibited', 'serverHold'],
      registrarState: null,
      registeredAt: '2015-02-13T10:04:18.000Z',
      expiresAt: '2027-02-13T10:04:18.000Z',
      expiryPrecision: 'INSTANT',
      autoRenew: true,
      locked: true,
      privacy: null,
      nameServers: null,
      registeredHere: true,
      zone: 'HERE',
    });
    expect(redeemable).toMatchObject({
      statuses: [],
      registrarState: 'redemption',
      locked: false,
      autoRenew: false,
      zone: 'ELSEWHERE',
    });
    expect(lost).toMatchObject({
      statuses: ['pendingDelete'],
      rawStatuses: ['pendingDelete', 'fakeStatusProhibited'],
      registrarState: null,
      registeredAt: '2011-12-31T23:00:00.000Z',
      expiresAt: null,
      zone: 'ELSEWHERE',
    });
    expect(bare).toMatchObject({
      name: 'bare.example',
      statuses: [],
      rawStatuses: [],
      registeredAt: null,
      expiresAt: null,
      autoRenew: null,
      locked: null,
      zone: 'UNKNOWN',
    });
  });

  test.each([
    ['1', 250, 100, '2'],
    ['2', 250, 100, '3'],
    ['3', 250, 50, null],
    ['1', 100, 100, null],
    ['1', 0, 0, null],
    ['2', 200, 100, null],
  ])('page %s of %i domains has %i, and next comes %s', async (page, count, size, next) => {
    const answer = { headers: total(count), body: entries(size) };

    const result = await listPage([list(answer, page)], page === '1' ? null : page);

    expect(result).toMatchObject({ nextCursor: next, declaredTotal: count });
    expect(result.domains).toHaveLength(size);
  });

  test.each([
    [null, 100, 450, ['3', '4', '5']],
    ['3', 100, 450, ['5']],
    ['4', 100, 450, []],
    ['5', 50, 450, []],
  ])('at cursor %s names the pages behind the next', async (cursor, size, count, later) => {
    const answer = { headers: total(count), body: entries(size) };

    const result = await listPage([list(answer, cursor ?? '1')], cursor);

    expect(result.laterCursors).toEqual(later);
  });

  const before = '2026-11-23T11:59:59.999Z';
  const now = '2026-11-23T12:00:00.000Z';
  const after = '2026-11-23T12:00:00.001Z';
  test.each([
    [before, after, 'redemption'],
    [now, after, null],
    [before, now, null],
    [after, after, null],
    [before, before, null],
    [before, null, null],
    [null, after, null],
  ])(
    'a name on hold until %s and restorable until %s is in %s',
    async (hold_ends_at, restore_ends_at, state) => {
      const body = [{ fqdn: 'example.com', dates: { hold_ends_at, restore_ends_at } }];

      const { domains } = await listPage([list({ body })]);

      expect(domains[0]?.registrarState).toBe(state);
    },
  );

  test.each([
    ['1', 250, 99],
    ['3', 250, 49],
    ['2', 250, 0],
  ])('page %s of %i domains with only %i of them is incomplete', async (page, count, size) => {
    const short = list({ headers: total(count), body: entries(size) }, page);

    await expect(listPage([short], page === '1' ? null : page)).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'gandi' },
    });
  });

  test('without a total goes on after full pages only', async () => {
    const full = await listPage([list({ body: entries(100) })]);
    const short = await listPage([list({ body: entries(99) })]);

    expect(full).toMatchObject({ nextCursor: '2', declaredTotal: null });
    expect(short).toMatchObject({ nextCursor: null, declaredTotal: null });
  });

  test('says where an entry is not of the form, and not what', async () => {
    const odd = [{ fqdn: 'example.com', dates: { registry_ends_at: 'soon' } }];
    const failure = listPage([list({ body: odd })]);

    await expect(failure).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path: '0/dates/registry_ends_at' },
    });
    await expect(failure).rejects.not.toThrow(/soon/);
  });

  test.each<[string, ScriptedAnswer, object]>([
    ...refusals,
    ['403', fixture('forbidden.json', 403), forbidden],
  ])('answered by %s fails', async (_, answer, error) => {
    await expect(listPage([list(answer)])).rejects.toMatchObject(error);
  });

  test.each(['0', '-1', '1.5', 'x'])('refuses the cursor %j without a call', async (cursor) => {
    await expect(listPage([], cursor)).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});

describe('readZone', () => {
  const readZone = (script: ScriptedCall[], zone: ZonePlace = 'HERE') =>
    withScript(gandi, credentials, script, (account) => account.readZone({ name: 'example.com', zone }));
  const sets = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({
      rrset_name: `host-${from + index}`,
      rrset_type: 'A',
      rrset_ttl: 300,
      rrset_values: ['192.0.2.1'],
    }));

  test('reads values as a zone file has them: relative targets, strings in pieces', async () => {
    const reading = await readZone([records(fixture('records.json', 200, total(10)))]);

    const set = (name: string, type: string, ttl: number, values: string[]) => ({
      name,
      type,
      ttl,
      records: values,
    });
    expect(reading).toEqual({
      status: 'FETCHED',
      mixedTtl: false,
      rrsets: [
        set('*.example.com.', 'AAAA', 300, ['2001:db8::1']),
        {
          ...set('_dmarc.example.com.', 'CNAME', 10_800, []),
          pseudo: {
            provider: 'gandi',
            kind: 'CNAME',
            value: 'v=DMARC1;p=reject;pct=100;rua=mailto:postmaster@example.com',
          },
        },
        set('_sip._tcp.example.com.', 'SRV', 300, ['10 60 5060 sip.example.net.']),
        set('docs.example.com.', 'CNAME', 300, ['docs.example.com.example.com.']),
        set('example.com.', 'A', 10_800, ['203.0.113.9', '203.0.113.10']),
        {
          ...set('example.com.', 'ALIAS', 300, []),
          pseudo: { provider: 'gandi', kind: 'ALIAS', value: 'target.example.com.' },
        },
        set('example.com.', 'CAA', 10_800, ['0 issue "letsencrypt.org"']),
        set('example.com.', 'MX', 10_800, [
          '5 mail.example.com.',
          '10 spool.mail.gandi.net.',
          '50 fb.mail.gandi.net.',
        ]),
        set('example.com.', 'TXT', 10_800, ['"v=spf1 -all"', '"part one part \\"two\\""']),
        set('www.example.com.', 'CNAME', 300, ['example.com.']),
      ],
    });
  });

  test('reads all pages that the total tells of', async () => {
    const reading = await readZone([
      records({ headers: total(101), body: sets(100) }),
      records({ headers: total(101), body: sets(1, 100) }, '2'),
    ]);

    expect(reading).toMatchObject({ status: 'FETCHED', rrsets: { length: 101 } });
  });

  test('without a total reads until a page is not full', async () => {
    const reading = await readZone([records({ body: sets(100) }), records({ body: [] }, '2')]);

    expect(reading).toMatchObject({ status: 'FETCHED', rrsets: { length: 100 } });
  });

  test('fails where the total is not reached', async () => {
    const script = [
      records({ headers: total(101), body: sets(100) }),
      records({ headers: total(101), body: [] }, '2'),
    ];

    await expect(readZone(script)).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'gandi' },
    });
  });

  test('gives up a zone that has no end', async () => {
    const script = Array.from({ length: 100 }, (_, index) => records({ body: sets(100) }, String(index + 1)));

    await expect(readZone(script)).rejects.toMatchObject({
      code: 'LIST_INCOMPLETE',
      facts: { registrar: 'gandi' },
    });
  });

  test.each(['not-found.json', 'unknown-domain.json'])(
    'takes 404 with %s for a zone elsewhere',
    async (name) => {
      expect(await readZone([records(fixture(name, 404))], 'UNKNOWN')).toEqual({ status: 'ELSEWHERE' });
    },
  );

  test('takes 403 for a zone that the token may not read', async () => {
    expect(await readZone([records(fixture('forbidden.json', 403))])).toEqual({ status: 'NOT_PERMITTED' });
  });

  test.each<ZonePlace>(['ELSEWHERE', 'NOT_PERMITTED'])(
    'makes no call for a zone that is %s',
    async (zone) => {
      expect(await readZone([], zone)).toEqual({ status: zone });
    },
  );

  test.each<[string, ScriptedAnswer, object]>([
    ...refusals,
    ['404 in HTML', fixture('bad-gateway.html', 404), { code: 'REGISTRAR_BAD_RESPONSE' }],
    ['404 that says nothing', { status: 404, body: {} }, { code: 'REGISTRAR_BAD_RESPONSE' }],
    ['403 that says nothing', { status: 403, body: { message: null } }, { code: 'ACCESS_NOT_GRANTED' }],
  ])('answered by %s fails', async (_, answer, error) => {
    await expect(readZone([records(answer)])).rejects.toMatchObject(error);
  });

  test('refuses a set whose owner is no name', async () => {
    const odd = [{ rrset_name: 'a..b', rrset_type: 'A', rrset_ttl: 300, rrset_values: ['192.0.2.1'] }];

    await expect(readZone([records({ body: odd })])).rejects.toMatchObject({
      code: 'REGISTRAR_BAD_RESPONSE',
      facts: { path: '0/rrset_name' },
    });
  });
});

test('calls are counted for the whole deployment, in lanes of a quarter of the limit', () => {
  expect(gandi.limits).toEqual({
    windows: [{ calls: 250, windowMs: 60_000 }],
    keyedBy: 'deployment',
    lanes: 4,
    inFlight: 12,
  });
  expect(gandi.limitSubject(credentials)).toBe('fake-gandi-token-1');
});
