import type { RegistrarId } from '#core/registrar-id.ts';
import { atEach, inListing, inZones } from '../places.ts';
import type { Scenario } from '../scenario.ts';
import type { Fault } from '../stage.ts';

const QUARTER_HOUR_MS = 15 * 60_000;
/** A wait of the registrar's word, the seconds by which a message wakes up early, and the call's own time. */
const MOST_PAUSE_MS = QUARTER_HOUR_MS + 10_000;
const HOUR_MS = 3_600_000;

/** F01: statuses of 500 and more. */
const serverErrors: readonly Scenario[] = atEach((registrar) =>
  [500, 502, 503, 504].flatMap((status): Scenario[] => [
    {
      fault: 'F01',
      variant: `${status} once, at the first call`,
      registrar,
      begin: (stage) => stage.spoil({ status, times: 1 }),
      expect: { status: 'SUCCEEDED' },
    },
    {
      fault: 'F01',
      variant: `${status} once, at the listing`,
      registrar,
      begin: (stage) => stage.spoil(inListing(registrar, { status, times: 1 })),
      expect: { status: 'SUCCEEDED' },
    },
    {
      fault: 'F01',
      variant: `${status} always, at the listing`,
      registrar,
      begin: (stage) => stage.spoil(inListing(registrar, { status })),
      expect: { status: 'FAILED', code: 'REGISTRAR_UNAVAILABLE', mostCalls: 5 },
    },
    {
      fault: 'F01',
      variant: `${status} always, at every zone`,
      registrar,
      begin: (stage) => stage.spoil(inZones(registrar, { status })),
      expect: { status: 'PARTIAL', notice: 'PARTIAL_DNS', zoneCode: 'REGISTRAR_UNAVAILABLE' },
    },
  ]),
).flat();

/** F01 at each page of a listing of three. */
const pageErrors: readonly Scenario[] = (['namecheap', 'gandi'] as const).flatMap((registrar) =>
  [0, 1, 2].map(
    (page): Scenario => ({
      fault: 'F01',
      variant: `503 once, at page ${page + 1} of 3`,
      registrar,
      stage: { size: 230 },
      begin: (stage) => stage.spoil(inListing(registrar, { status: 503, times: 1, skip: page })),
      expect: { status: 'SUCCEEDED', mostMs: 2 * HOUR_MS },
    }),
  ),
);

/** F02: 429 with each word on how long to stay away. */
const waits: readonly Scenario[] = atEach((registrar) =>
  [
    '0',
    '5',
    '900',
    '-1',
    'abc',
    '1000000000',
    'Mon, 23 Nov 2020 00:00:00 GMT',
    'Wed, 23 Nov 2126 00:00:00 GMT',
  ].flatMap((wait): Scenario[] => {
    const tooMany = { status: 429, headers: { 'retry-after': wait }, body: '{"message":"slow down"}' };
    return [
      {
        fault: 'F02',
        variant: `Retry-After: ${wait}, once`,
        registrar,
        begin: (stage) => stage.spoil(inListing(registrar, { ...tooMany, times: 1 })),
        expect: { status: 'SUCCEEDED', mostMs: QUARTER_HOUR_MS + 180_000, mostPauseMs: MOST_PAUSE_MS },
      },
      {
        fault: 'F02',
        variant: `Retry-After: ${wait}, always`,
        registrar,
        begin: (stage) => stage.spoil(inListing(registrar, tooMany)),
        expect: {
          status: 'FAILED',
          code: 'RATE_LIMITED',
          mostMs: 2 * HOUR_MS,
          mostPauseMs: MOST_PAUSE_MS,
          mostCalls: 60,
        },
      },
    ];
  }),
).flat();

/** F03: too many, without a header or in the registrar's own words. */
const tooMany: readonly Scenario[] = atEach((registrar): Scenario[] => [
  {
    fault: 'F03',
    variant: '429 without a word',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { status: 429, times: 2 })),
    expect: { status: 'SUCCEEDED', mostMs: 6 * 60_000 },
  },
  {
    fault: 'F03',
    variant: 'in its own words, once',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, { ...toOwnWords(registrar), times: 1 })),
    expect: { status: 'SUCCEEDED', mostMs: 6 * 60_000 },
  },
  {
    fault: 'F03',
    variant: 'in its own words, always',
    registrar,
    begin: (stage) => stage.spoil(inListing(registrar, toOwnWords(registrar))),
    expect: { status: 'FAILED', code: 'RATE_LIMITED', mostMs: 2 * HOUR_MS, mostCalls: 60 },
  },
]).flat();

/** How a registrar says it, by its documentation (verified 2026-11-23). */
function toOwnWords(registrar: RegistrarId): Fault {
  const words: Readonly<Record<RegistrarId, Fault>> = {
    godaddy: { status: 429, body: { code: 'TOO_MANY_REQUESTS', message: 'Too many', retryAfterSec: 30 } },
    namecheap: {
      body: '<ApiResponse Status="ERROR"><Errors><Error Number="500000">Too many requests</Error></Errors></ApiResponse>',
    },
    gandi: { status: 429, body: { code: 429, message: 'Too many', object: 'HTTPTooManyRequests' } },
    porkbun: { status: 429, body: { status: 'ERROR', code: 'RATE_LIMIT_EXCEEDED', ttlRemaining: 30 } },
    namecom: { status: 429, body: { message: 'Rate Limit Exceeded' } },
  };
  return words[registrar];
}

const BROKEN: readonly (readonly [what: string, body: Fault])[] = [
  ['empty', { body: '' }],
  ['an open brace', { body: '{' }],
  ['half an element', { body: '<ApiResponse Status="OK"><CommandResponse>' }],
  ['null', { body: 'null' }],
  ['a number', { body: '42' }],
  ['a text', { body: '"domains"' }],
  ['two values', { body: '{} {}' }],
  ['NUL bytes', { bodyBase64: Buffer.alloc(64).toString('base64') }],
  ['UTF-16', { bodyBase64: Buffer.from('[{"domain":"a.com"}]', 'utf16le').toString('base64') }],
  ['not UTF-8', { bodyBase64: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]).toString('base64') }],
  ['nested 100,000 deep', { body: '['.repeat(100_000) }],
  ['a comment', { body: '// domains\n[]' }],
];

/** F07: bodies that are no answer. */
const broken: readonly Scenario[] = atEach((registrar) =>
  BROKEN.map(
    ([what, body]): Scenario => ({
      fault: 'F07',
      variant: what,
      registrar,
      begin: (stage) => stage.spoil(inListing(registrar, { status: 200, ...body })),
      expect: { status: 'FAILED', code: 'REGISTRAR_BAD_RESPONSE', mostCalls: 5 },
    }),
  ),
).flat();

const PAGES = [
  '<!doctype html><title>Maintenance</title><h1>We will be back</h1>',
  '<html><head><meta http-equiv="refresh" content="0;url=http://captive.example/login"></head></html>',
  '<html><body>Access denied. Reference #18.fake</body></html>',
  '<?xml version="1.0"?><html><body><p>Error 1020</p></body></html>',
  '<ApiResponse><html></html></ApiResponse>',
];

/** F08: a page for people in place of an answer. */
const pages: readonly Scenario[] = atEach((registrar) =>
  PAGES.map(
    (body, index): Scenario => ({
      fault: 'F08',
      variant: `page ${index + 1}`,
      registrar,
      begin: (stage) =>
        stage.spoil(inListing(registrar, { status: 200, body, headers: { 'content-type': 'text/html' } })),
      expect: { status: 'FAILED', code: 'REGISTRAR_BAD_RESPONSE', mostCalls: 5 },
    }),
  ),
).flat();

/** F09: the content type says something else; the body decides. */
const types: readonly Scenario[] = atEach((registrar) =>
  ['text/html', 'text/plain', 'application/octet-stream', 'application/json; charset=utf-16'].map(
    (type): Scenario => ({
      fault: 'F09',
      variant: `${type} around the right body`,
      registrar,
      begin: (stage) => stage.spoil(inListing(registrar, { headers: { 'content-type': type } })),
      expect: { status: 'SUCCEEDED' },
    }),
  ),
).flat();

export const answers = [...serverErrors, ...pageErrors, ...waits, ...tooMany, ...broken, ...pages, ...types];
