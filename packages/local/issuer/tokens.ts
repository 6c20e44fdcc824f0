import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { RuntimeFile } from '../data-dir.ts';
import { toAccount } from './accounts.ts';
import type { IssuerKeys } from './keys.ts';

/**
 * Signs an access token like those of the issuer's page, for a name. `ttlSeconds` may be negative: the token has
 * expired then. @throws Error for a name that no account can have.
 */
export async function signAccessToken(
  name: string,
  ttlSeconds: number,
  keys: IssuerKeys,
  runtime: Pick<RuntimeFile, 'issuer' | 'audience' | 'clientId'>,
  nowMs: number,
): Promise<string> {
  const now = Math.floor(nowMs / 1000);
  const expiresAt = now + ttlSeconds;
  const claims = { client_id: runtime.clientId, scope: 'openid profile email', token_use: 'access' };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid: String(keys.signing.kid) })
    .setIssuer(runtime.issuer)
    .setSubject(toAccount(name).subject)
    .setAudience(runtime.audience)
    .setJti(randomUUID())
    .setIssuedAt(Math.min(now, expiresAt - 1))
    .setExpirationTime(expiresAt)
    .sign(await importJWK(keys.signing, 'RS256'));
}
