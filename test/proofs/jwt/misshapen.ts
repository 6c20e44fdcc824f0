import { type Presented, toGoodClaims } from './presented.ts';
import { encode, type Issuer, type Part, toToken } from './sign.ts';

/** Good tokens that were changed, cut or presented as something else; and texts that are no token. */
export function toMisshapen(issuer: Issuer, now: number): Presented[] {
  const claims = toGoodClaims(issuer, now);
  const good = toToken(issuer.header, claims, 'RS256', issuer.privateKey);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const middle = signature.length / 2;
  const flipped = (signature[middle] === 'A' ? 'B' : 'A') + signature.slice(middle + 1);
  // As a thief would add to what was signed: the last, or the first, of two equal names may be the one that counts.
  const twice = JSON.stringify(claims).replace(/^\{/, '{"sub":"local|mallory",');
  const again = JSON.stringify(claims).replace(/\}$/, ',"sub":"local|mallory"}');

  const changed: Readonly<Record<string, string>> = {
    'no signature': `${header}.${payload}.`,
    'no signature and no dot': `${header}.${payload}`,
    'half a signature': `${header}.${payload}.${signature.slice(0, middle)}`,
    'a signature without its last four characters': `${header}.${payload}.${signature.slice(0, -4)}`,
    'a signature with more behind it': `${header}.${payload}.${signature}AAAA`,
    'a signature with one character changed': `${header}.${payload}.${signature.slice(0, middle)}${flipped}`,
    'a signature of the claims alone': `${header}.${payload}.${toToken('', claims, 'RS256', issuer.privateKey).split('.')[2]}`,
    'the signature of other claims': `${header}.${encode({ ...claims, sub: 'local|mallory' })}.${signature}`,
    'the signature of other scopes': `${header}.${encode({ ...claims, scope: 'openid admin' })}.${signature}`,
    'the signature of another header': `${encode({ alg: 'none' })}.${payload}.${signature}`,
    'a claim twice, before the signed ones': `${header}.${encode(twice)}.${signature}`,
    'a claim twice, behind the signed ones': `${header}.${encode(again)}.${signature}`,
    'a fourth part': `${good}.${signature}`,
    'an empty fourth part': `${good}.`,
    'five parts, as if encrypted': `${header}..${payload}.${signature}.${signature}`,
    'a part before': `.${good}`,
    'no claims': `${header}..${signature}`,
    'parts in another order': `${payload}.${header}.${signature}`,
    'a blank inside': `${header}. ${payload}.${signature}`,
    'a tab inside': `${header}.${payload}.\t${signature}`,
    'two tokens': `${good} ${good}`,
    'two headers in one': `${good}, Bearer ${good}`,
    'quotes around it': `"${good}"`,
    'an escaped dot': good.replaceAll('.', '%2E'),
  };
  const texts = [
    '',
    'null',
    'undefined',
    'fake',
    '..',
    '...',
    'e30.e30.',
    'e30.e30.e30',
    '{}',
    'bnVsbA.e30.e30',
  ];
  const schemes = ['Basic', 'Token', 'DPoP', 'Digest', 'JWT', 'Bearer:', 'Bearer Bearer', 'xBearer', 'MAC'];
  const bearers = ['bearer', 'BEARER', 'bEaReR', 'Bearer  ', 'bearer\t'];
  const named = (name: string, authorization: string): Presented => ({ name, authorization });
  return [
    ...Object.entries(changed).map(([name, token]) => named(name, `Bearer ${token}`)),
    ...texts.map((text) => named(`the text ${JSON.stringify(text)}`, `Bearer ${text}`)),
    named('a scheme alone', 'Bearer'),
    ...schemes.map((scheme) => named(`scheme ${scheme}`, `${scheme} ${good}`)),
    ...bearers.map((scheme) =>
      named(`${JSON.stringify(scheme)} and no signature`, `${scheme} ${header}.${payload}.`),
    ),
    ...toBodies(issuer, good),
  ];
}

/** Signed by the issuer's own key, and yet no claims. */
function toBodies({ header, privateKey }: Issuer, good: string): Presented[] {
  const bodies: readonly Part[] = ['null', '[]', '"text"', '1', '', '{', '\u0000', good];
  return bodies.map((body) => ({
    name: `signed, but its claims are ${String(body).slice(0, 8)}`,
    authorization: `Bearer ${toToken(header, body, 'RS256', privateKey)}`,
  }));
}
