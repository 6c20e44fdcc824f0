import type { RrsetJson } from '#api/schemas/domain.ts';
import { LONG_WORD, RIGHT_TO_LEFT, SERVER_ERROR, type Story, toProblem } from '../story.ts';
import { DAY_MS, DOMAIN, IDS, toIso, withDomain, withTwin } from './portfolios.ts';

const path = `/domains/${DOMAIN}`;
const records = `${path}?tab=records`;
const small = { count: 120 };
const FETCHED = { status: 'FETCHED', provider: null, fetchedAt: '2026-11-23T09:00:00.000Z' } as const;

const set = (owner: string, type: string, ...values: string[]): RrsetJson => ({
  name: owner === '@' ? `${DOMAIN}.` : `${owner}.${DOMAIN}.`,
  type,
  ttl: 3600,
  records: values,
});

/** A record of every type that the app has words for, and of one that nobody knows. */
const ALL_TYPES: readonly RrsetJson[] = [
  set('@', 'A', '192.0.2.10'),
  set('@', 'AAAA', '2001:db8::10'),
  set('@', 'CAA', '0 issue "letsencrypt.org"'),
  set(
    '@',
    'DNSKEY',
    '257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==',
  ),
  set('@', 'DS', '2371 13 2 1F987CC6583E92DF0890718C42A9F5B7C3A1E0D4F2B6A8C9E7D5F3B1A0C2E4D6'),
  set('@', 'HTTPS', '1 . alpn="h2,h3"'),
  set('@', 'MX', '10 mx1.example.net.', '20 mx2.example.net.'),
  set('@', 'NS', 'ns1.example.net.', 'ns2.example.net.'),
  set('@', 'SOA', 'ns1.example.net. hostmaster.example.net. 2026112301 7200 3600 1209600 3600'),
  set('@', 'TXT', `"${LONG_WORD}"`, `"${RIGHT_TO_LEFT}"`),
  set('_443._tcp', 'TLSA', '3 1 1 0C72AC70B745AC19998811B131D662C9AC69DBDBE7CB23E5B514B56664C5D3D6'),
  set('_sip._tls', 'SRV', '100 1 443 sip.example.net.'),
  set('info', 'NAPTR', '100 10 "U" "E2U+sip" "!^.*$!sip:info@example.net!" .'),
  set('key', 'SSHFP', '4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789'),
  set('*', 'CNAME', `${DOMAIN}.`),
  set('strange', 'TYPE65400', '\\# 4 0A000001'),
  {
    ...set('old', 'URL301'),
    records: [],
    ttl: null,
    pseudo: { provider: 'namecheap', kind: 'URL301', value: 'https://example.com/' },
  },
];

/** One name, its records and its syncs. */
export const DOMAIN_STORIES: readonly Story[] = [
  { id: 'domain', title: 'Overview', path, portfolio: small, change: withDomain(), shows: 'First seen' },
  {
    id: 'domain-records',
    title: 'DNS records',
    path: records,
    portfolio: small,
    change: withDomain(),
    shows: 'Download zone file',
  },
  {
    id: 'domain-records-types',
    title: 'DNS records of all types',
    path: records,
    portfolio: small,
    change: withDomain(),
    answers: { 'GET /v1/domains/*/records': { body: { dns: FETCHED, rrsets: ALL_TYPES } } },
    shows: 'TYPE65400',
  },
  {
    id: 'domain-records-no-match',
    title: 'DNS records: no match',
    path: `${records}&q=nothing-is-called-so`,
    portfolio: small,
    change: withDomain(),
    shows: 'No records match.',
  },
  {
    id: 'domain-records-none',
    title: 'No DNS records',
    path: records,
    portfolio: small,
    change: withDomain(),
    answers: { 'GET /v1/domains/*/records': { body: { dns: FETCHED, rrsets: [] } } },
    shows: 'This domain has no DNS records at GoDaddy.',
  },
  {
    id: 'domain-records-elsewhere',
    title: 'DNS records are elsewhere',
    path: records,
    portfolio: small,
    change: withDomain(() => ({ dns: { status: 'ELSEWHERE', provider: 'cloudflare.com', fetchedAt: null } })),
    shows: 'so its records live there.',
  },
  {
    id: 'domain-records-pending',
    title: 'DNS records not read yet',
    path: records,
    portfolio: small,
    change: withDomain(() => ({ dns: { status: 'PENDING', provider: null, fetchedAt: null } })),
    shows: 'The records are read at the next sync.',
  },
  {
    id: 'domain-records-failed',
    title: 'DNS records could not be read',
    path: records,
    portfolio: small,
    change: withDomain((now) => ({
      dns: {
        status: 'FAILED',
        provider: null,
        fetchedAt: null,
        problem: {
          code: 'REGISTRAR_BAD_RESPONSE',
          title: 'Records Not Read',
          detail: 'GoDaddy answered in a form that we do not know.',
          at: toIso(now - DAY_MS),
        },
      },
    })),
    shows: 'GoDaddy did not give us the records for this domain.',
  },
  {
    id: 'domain-records-loading',
    title: 'DNS records: loading',
    path: records,
    portfolio: small,
    change: withDomain(),
    answers: { 'GET /v1/domains/*/records': 'never' },
    shows: 'Loading DNS records',
  },
  {
    id: 'domain-records-error',
    title: 'DNS records: not loaded',
    path: records,
    portfolio: small,
    change: withDomain(),
    answers: { 'GET /v1/domains/*/records': SERVER_ERROR },
    shows: 'Something went wrong on our side',
  },
  {
    id: 'domain-history',
    title: 'History',
    path: `${path}?tab=runs`,
    portfolio: small,
    change: withDomain(),
    shows: 'Counts are of all its domains.',
  },
  {
    id: 'domain-history-empty',
    title: 'History: none',
    path: `${path}?tab=runs`,
    portfolio: small,
    change: withDomain(),
    answers: { 'GET /v1/integrations/*/runs': { body: { items: [], nextCursor: null } } },
    shows: 'No syncs yet',
  },
  {
    id: 'domain-gone',
    title: 'Gone from its registrar',
    path,
    portfolio: small,
    change: withDomain((now) => ({ seen: 'MISSING', lastSeenAt: toIso(now - 2 * DAY_MS) })),
    shows: 'Not seen at GoDaddy since',
  },
  {
    id: 'domain-dns-only',
    title: 'Only its DNS is there',
    path,
    portfolio: small,
    change: withDomain(() => ({ registeredHere: false, expiresAt: null, registeredAt: null })),
    shows: 'Only its DNS is at GoDaddy.',
  },
  {
    id: 'domain-expiring',
    title: 'Expires soon',
    path,
    portfolio: small,
    change: withDomain((now) => ({
      status: 'EXPIRING_SOON',
      lifecycle: 'expiringSoon',
      autoRenew: false,
      expiresAt: toIso(now + 12 * DAY_MS),
    })),
    shows: 'Expiring soon',
  },
  {
    id: 'domain-twice',
    title: 'In two integrations',
    path: `${path}?integration=${IDS.godaddy}`,
    portfolio: small,
    change: withTwin,
    shows: 'This name is in 2 of your integrations.',
  },
  {
    id: 'domain-not-found',
    title: 'Not found',
    path: '/domains/unknown.example',
    portfolio: small,
    shows: 'It may have been removed at the last sync.',
  },
  {
    id: 'domain-loading',
    title: 'Loading',
    path,
    portfolio: small,
    answers: { 'GET /v1/domains/*': 'never' },
    shows: 'Loading domain',
  },
  {
    id: 'domain-error',
    title: 'Not loaded',
    path,
    portfolio: small,
    answers: { 'GET /v1/domains/*': toProblem(503, 'UNAVAILABLE', ['Not available just now', 'Try again.']) },
    shows: 'Not available just now',
  },
  {
    id: 'domain-long',
    title: 'A name of 253 characters',
    path: `/domains/${['a', 'b', 'c'].map((letter) => letter.repeat(63)).join('.')}.${'d'.repeat(57)}.com`,
    portfolio: small,
    change: withDomain(() => {
      const name = `${['a', 'b', 'c'].map((letter) => letter.repeat(63)).join('.')}.${'d'.repeat(57)}.com`;
      return { name, unicodeName: name };
    }),
    shows: 'd'.repeat(57),
  },
  {
    id: 'domain-idn',
    title: 'A name in another script',
    path: '/domains/xn--bcher-caf-j4a4r.com',
    portfolio: small,
    change: withDomain(() => ({ name: 'xn--bcher-caf-j4a4r.com', unicodeName: 'bücher-café.com' })),
    shows: 'xn--bcher-caf-j4a4r.com',
  },
  {
    id: 'domain-rtl',
    title: 'A name from right to left',
    path: '/domains/xn----zmcdfcj9a0kie.com',
    portfolio: small,
    change: withDomain(() => ({ name: 'xn----zmcdfcj9a0kie.com', unicodeName: 'متجر-الكتب.com' })),
    shows: 'xn----zmcdfcj9a0kie.com',
  },
];
