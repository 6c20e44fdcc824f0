import type { KeyObject } from 'node:crypto';
import { type Presented, toGoodClaims } from './presented.ts';
import { type Issuer, makeForeignKeys, type Part, toToken } from './sign.ts';

/** Tokens that say all the right things, and that the issuer didn't sign. */
export function toForeignForgeries(issuer: Issuer, now: number): Presented[] {
  const { rsa, ec, ed } = makeForeignKeys();
  const claims = toGoodClaims(issuer, now);
  const { kid } = issuer.header;
  const { kid: _, ...kidless } = issuer.header;
  const pem = issuer.publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const pkcs1 = issuer.publicKey.export({ type: 'pkcs1', format: 'pem' }) as string;
  const jwk = issuer.publicKey.export({ format: 'jwk' });
  const foreignJwk = { ...rsa.publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' };
  const elsewhere = 'http://127.0.0.1:9/fake-keys.json';

  const by = (name: string, header: Part, algorithm: string, key?: KeyObject | string): Presented => ({
    name,
    authorization: `Bearer ${toToken(header, claims, algorithm, key)}`,
  });
  const unsigned = ['none', 'None', 'NONE', 'nOnE', '', 'None ', 'RS256'].map((alg) =>
    by(`unsigned, alg ${JSON.stringify(alg)}`, { ...issuer.header, alg }, 'none'),
  );
  const shared = [
    ['the public key', pem],
    ['the public key without its last line break', pem.trimEnd()],
    ['the public key in PKCS 1', pkcs1],
    ['the public JWK', JSON.stringify(jwk)],
    ['the modulus', String(jwk.n)],
    ['the key id', String(kid)],
    ['the client id', claims.client_id],
    ['nothing', ''],
  ].map(([what = '', secret = '']) =>
    by(`HS256 by ${what}`, { ...issuer.header, alg: 'HS256' }, 'HS256', secret),
  );
  const kids = [
    '../../../../dev/null',
    '/dev/null',
    'file:///dev/null',
    "' UNION SELECT '' --",
    '__proto__',
    'constructor',
    '',
    'x'.repeat(2_000),
  ].flatMap((trick) => [
    by(`kid ${trick.slice(0, 24)}, HS256`, { ...issuer.header, alg: 'HS256', kid: trick }, 'HS256', ''),
    by(`kid ${trick.slice(0, 24)}, RS256`, { ...issuer.header, kid: trick }, 'RS256', rsa.privateKey),
  ]);
  return [
    ...unsigned,
    ...shared,
    by('HS384 by the public key', { ...issuer.header, alg: 'HS384' }, 'HS384', pem),
    by('HS512 by the public key', { ...issuer.header, alg: 'HS512' }, 'HS512', pem),
    by('said to be RS256, HS256 by the public key', issuer.header, 'HS256', pem),
    ...kids,
    by('kid that is no text', { ...issuer.header, kid: [kid] }, 'RS256', rsa.privateKey),
    by('another key, same kid', issuer.header, 'RS256', rsa.privateKey),
    by('another key, no kid', kidless, 'RS256', rsa.privateKey),
    by('another key, brought along as jwk', { ...issuer.header, jwk: foreignJwk }, 'RS256', rsa.privateKey),
    by('another key, no kid, as jwk', { ...kidless, jwk: foreignJwk }, 'RS256', rsa.privateKey),
    by('another key by jku', { ...issuer.header, jku: elsewhere }, 'RS256', rsa.privateKey),
    by('another key by x5u', { ...issuer.header, x5u: elsewhere }, 'RS256', rsa.privateKey),
    by('another key as x5c', { ...issuer.header, x5c: [toDer(rsa.publicKey)] }, 'RS256', rsa.privateKey),
    by('another key, PS256', { ...issuer.header, alg: 'PS256' }, 'PS256', rsa.privateKey),
    by('an EC key, ES256', { ...issuer.header, alg: 'ES256' }, 'ES256', ec.privateKey),
    by('an EC key, said to be RS256', issuer.header, 'ES256', ec.privateKey),
    by('an Ed25519 key', { ...issuer.header, alg: 'EdDSA' }, 'EdDSA', ed.privateKey),
    by('the own key, said to be ES256', { ...issuer.header, alg: 'ES256' }, 'RS256', issuer.privateKey),
    by('the own key, PS256', { ...issuer.header, alg: 'PS256' }, 'PS256', issuer.privateKey),
    {
      name: 'another key, sub __proto__',
      authorization: `Bearer ${toToken(issuer.header, { ...claims, sub: '__proto__' }, 'RS256', rsa.privateKey)}`,
    },
    {
      name: 'another key, 6 KB of claims',
      authorization: `Bearer ${toToken(issuer.header, { ...claims, pad: 'x'.repeat(4_500) }, 'RS256', rsa.privateKey)}`,
    },
  ];
}

function toDer(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
