import { describe, expect, test } from 'vitest';
import { type ApiEvent, toPrincipal } from '#api/principal.ts';
import { toTenantId } from '#core/ids.ts';
import { CLIENT_ID, ISSUER, toClaims, toToken } from '../support/memory-api.ts';

const NOW_MS = Date.parse('2026-11-29T12:00:00.000Z');
const RULES = { clientId: CLIENT_ID, nowMs: NOW_MS };
const CLAIMS = toClaims('alice', NOW_MS);
const SIGNED = `Bearer ${toToken()}`;
const toEvent = (claims: object): ApiEvent => ({
  requestContext: { authorizer: { jwt: { claims: claims as Record<string, unknown> } } },
});
const ask = (claims: object, authorization: string | undefined = SIGNED) =>
  toPrincipal(toEvent(claims), authorization, RULES);
/** Claims that say whom the token is for in another way. */
const toClaimsFor = (audience: object) => {
  const { client_id: _, ...others } = CLAIMS;
  return { ...others, ...audience };
};

describe('who asks', () => {
  test('is the tenant of issuer and subject', () => {
    expect(ask(CLAIMS)).toEqual({ tenantId: toTenantId(ISSUER, 'alice') });
  });

  test.each<[string, object]>([
    ['azp', { azp: CLIENT_ID }],
    ['an audience', { aud: CLIENT_ID }],
    ['one of some audiences', { aud: `[other ${CLIENT_ID}]` }],
    ['the first of some', { aud: `[${CLIENT_ID} other]` }],
    ['a client, whatever the audience', { client_id: CLIENT_ID, aud: 'other' }],
  ])('may be told by %s', (_how, audience) => {
    expect(ask(toClaimsFor(audience))).toBeDefined();
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['another client', { client_id: 'other', aud: CLIENT_ID }],
    ['another azp', { azp: 'other', aud: CLIENT_ID }],
    ['other audiences', { aud: '[other another]' }],
    ['an audience that only begins so', { aud: `${CLIENT_ID}-other` }],
    ['half a list', { aud: `[${CLIENT_ID}` }],
    ['the other half', { aud: `${CLIENT_ID}]` }],
    ['a list behind something', { aud: `other [${CLIENT_ID}]` }],
    ['a list before something', { aud: `[${CLIENT_ID}] other` }],
    ['no text', { aud: [CLIENT_ID] }],
  ])('is nobody where the token is for %s', (_whom, audience) => {
    const detail = 'The access token is missing, expired or not for this service.';

    expect(() => ask(toClaimsFor(audience))).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED', detail }) as Error,
    );
  });

  test.each<[string, ApiEvent | undefined]>([
    ['no event', undefined],
    ['an empty event', {}],
    ['no authorizer', { requestContext: {} }],
    ['no token', { requestContext: { authorizer: {} } }],
    ['no claims', { requestContext: { authorizer: { jwt: {} } } }],
  ])('is nobody with %s', (_what, event) => {
    expect(() => toPrincipal(event, SIGNED, RULES)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }) as Error,
    );
  });

  test.each([
    ['nothing', undefined],
    ['an empty text', ''],
    ['two parts', 'Bearer a.b'],
    ['parts that are no JSON', 'Bearer a.b.c'],
    ['a header that is null', `Bearer ${toToken(null)}`],
    ['a header that is a text', `Bearer ${toToken('RS256')}`],
    ['claims that are null', `Bearer ${toToken(undefined, null)}`],
    ['an algorithm that is a list', `Bearer ${toToken({ alg: ['RS256'] })}`],
    ['a subject that is a list', `Bearer ${toToken(undefined, { sub: ['alice'] })}`],
    ['something before it', `x ${SIGNED}`],
    ['something behind it', `${SIGNED} x`],
  ])('is nobody whose header holds %s', (_what, authorization) => {
    expect(() => toPrincipal(toEvent(CLAIMS), authorization, RULES)).toThrow(
      expect.objectContaining({ code: 'UNAUTHENTICATED' }) as Error,
    );
  });
});
