import { type Presented, toGoodClaims } from './presented.ts';
import { type Issuer, type Part, toToken } from './sign.ts';

/** Tokens that the issuer's own key signed, and that are not for us, not now, or not of a form that means anything. */
export function toWrongClaims(issuer: Issuer, now: number): Presented[] {
  const good = toGoodClaims(issuer, now);
  const signed = (name: string, claims: Part, header: Part = issuer.header): Presented => ({
    name,
    authorization: `Bearer ${toToken(header, claims, 'RS256', issuer.privateKey)}`,
  });
  const withClaims = (changes: Readonly<Record<string, unknown>>): Presented =>
    signed(`claims ${JSON.stringify(changes).slice(0, 60)}`, { ...good, ...changes });
  const without = (...names: string[]): Presented =>
    signed(
      `no ${names.join(', no ')}`,
      Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name))),
    );
  const withHeader = (changes: Readonly<Record<string, unknown>>): Presented =>
    signed(`header ${JSON.stringify(changes)}`, good, { ...issuer.header, ...changes });
  const { iss } = good;

  return [
    ...['exp', 'iss', 'sub', 'scope'].map((name) => without(name)),
    without('aud', 'client_id'),
    ...[now - 1, now - 86_400, 0, -1, String(now + 60), null, [now + 60], {}, true].map((exp) =>
      withClaims({ exp }),
    ),
    signed('an end beyond all times', JSON.stringify(good).replace(/"exp":\d+/, '"exp":1e999')),
    ...[now + 600, String(now - 60), {}].map((nbf) => withClaims({ nbf })),
    withClaims({ iat: now + 600 }),
    ...[`${iss}/`, iss.toUpperCase(), `${iss}.evil.example`, 'https://evil.example', '', null, [iss]].map(
      (other) => withClaims({ iss: other }),
    ),
    ...['other', '', null, ['other'], [], {}].map((aud) => withClaims({ aud })),
    ...['other', '', null, [good.client_id]].map((id) => withClaims({ client_id: id })),
    ...['id', 'refresh', 'ACCESS', '', null].map((use) => withClaims({ token_use: use })),
    ...['', 'openidx', 'OPENID', 'profile', 'xopenid email', null, {}].map((scope) => withClaims({ scope })),
    ...['', null, 7, ['local|alice'], [], {}, true].map((sub) => withClaims({ sub })),
    ...[['exp'], ['x-fake'], [], 'exp', null].map((crit) => withHeader({ crit, 'x-fake': true })),
    withHeader({ crit: ['b64'], b64: false }),
  ];
}
