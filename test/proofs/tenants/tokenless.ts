import type { Household } from './household.ts';
import { type Probe, toProbes } from './probes.ts';

/** Every question about a household, asked by those who hold no token that counts. */
export function toTokenlessProbes(household: Household): Probe[] {
  return Object.entries(toHeaders(household)).flatMap(([who, headers]) => toProbes(household, headers, who));
}

function toHeaders(household: Household): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { token, expiredToken } = household;
  const [header = '', payload = '', signature = ''] = token.split('.');
  const first = signature.startsWith('A') ? 'B' : 'A';
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });
  return {
    nobody: {},
    expired: bearer(expiredToken),
    garbage: bearer('fake.garbage.token'),
    changed: bearer(`${header}.${payload}.${first}${signature.slice(1)}`),
    unsigned: bearer(`${header}.${payload}.`),
    basic: { authorization: `Basic ${Buffer.from(`alice:${token}`).toString('base64')}` },
    // A browser sends cookies along with what a foreign page makes it ask: they must be worth nothing.
    cookies: { cookie: `authorization=Bearer ${token}; access_token=${token}; session=${token}` },
    claims: toClaimHeaders(household),
  };
}

/** Headers by which a client could pretend that the gateway had found out who asks. */
export function toClaimHeaders({ token, tenantId }: Household): Readonly<Record<string, string>> {
  const [, payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  const context = JSON.stringify({ authorizer: { jwt: { claims } } });
  return {
    'x-tenant-id': tenantId,
    'x-user-id': claims.sub,
    'x-amzn-oidc-identity': claims.sub,
    'x-amzn-oidc-data': token,
    'x-amzn-oidc-accesstoken': token,
    'x-amzn-request-context': context,
    'x-amzn-requestcontext': context,
    'x-apigateway-event': JSON.stringify({ requestContext: context }),
    'x-forwarded-user': claims.sub,
    'x-original-authorization': `Bearer ${token}`,
    'x-authorization': `Bearer ${token}`,
  };
}
