import { type Presented, toGoodClaims } from './presented.ts';
import { type Issuer, toToken } from './sign.ts';

/** What must be let in, made and sent just as the forgeries are: else those may be refused for a fault of the probe. */
export function toAllowed(issuer: Issuer, now: number): Presented[] {
  const claims = { ...toGoodClaims(issuer, now), sub: 'local|carol' };
  const { token_use: _, ...useless } = claims;
  const signed = (name: string, given: object, header: object = issuer.header, scheme = 'Bearer') => ({
    name,
    authorization: `${scheme} ${toToken({ ...header }, { ...given }, 'RS256', issuer.privateKey)}`,
  });
  return [
    signed('as the issuer signs', claims),
    signed('scheme in small letters', claims, issuer.header, 'bearer'),
    signed('one audience of several', { ...claims, aud: ['other', claims.aud] }),
    signed('no token_use, which not every issuer sets', useless),
    signed('a scope more', { ...claims, scope: 'openid fake' }),
    signed('a claim more', { ...claims, fake: { nested: [1, 'two'] } }),
    signed('type JWT', claims, { ...issuer.header, typ: 'JWT' }),
    signed('begun to be good just now', { ...claims, nbf: now }),
    // An odd name is a name: it has a tenant of its own.
    signed('subject __proto__', { ...claims, sub: '__proto__' }),
  ];
}
