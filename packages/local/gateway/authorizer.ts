import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';

/** A JWT authorizer as the template describes it. */
export interface AuthorizerSettings {
  readonly issuer: string;
  readonly audiences: readonly string[];
}

/** What the authorizer found: the token's claims as texts and its scopes, or why it stops the request. */
export type Authorization =
  | {
      readonly ok: true;
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[];
    }
  | { readonly ok: false; readonly status: 401 | 403; readonly challenge: string };

/** API Gateway knows RSA keys only, so that a token of another algorithm fails here as there. */
const algorithms = ['RS256', 'RS384', 'RS512'];

/**
 * Checks a bearer token as API Gateway's JWT authorizer does: signature, `iss`, `aud` (or `client_id` where there is
 * no `aud`), `exp`, `nbf`, `iat`, and at least one of the route's scopes in `scope` or `scp`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html (verified 2026-11-23)
 */
export async function authorize(
  settings: AuthorizerSettings,
  keys: JWTVerifyGetKey,
  header: string | undefined,
  routeScopes: readonly string[],
): Promise<Authorization> {
  if (!header) return { ok: false, status: 401, challenge: 'Bearer' };
  const token = header.replace(/^bearer\s+/i, '');
  let claims: Record<string, unknown>;
  try {
    ({ payload: claims } = await jwtVerify(token, keys, {
      issuer: settings.issuer,
      algorithms,
      clockTolerance: 0,
    }));
    checkTimes(claims);
    checkAudience(claims, settings.audiences);
  } catch (error) {
    return { ok: false, status: 401, challenge: toChallenge(routeScopes, 'invalid_token', describe(error)) };
  }
  const scopes = toScopes(claims.scope ?? claims.scp);
  if (routeScopes.length > 0 && !routeScopes.some((scope) => scopes.includes(scope)))
    return {
      ok: false,
      status: 403,
      challenge: toChallenge(routeScopes, 'insufficient_scope', 'insufficient scope'),
    };
  const texts = Object.entries(claims).map(([name, value]) => [name, toClaimText(value)]);
  return { ok: true, claims: Object.fromEntries(texts), scopes };
}

function checkTimes(claims: Record<string, unknown>): void {
  if (typeof claims.exp !== 'number') throw new Error('the token has no exp');
  if (typeof claims.iat === 'number' && claims.iat > Math.floor(Date.now() / 1000))
    throw new Error('the token was issued in the future');
}

function checkAudience(claims: Record<string, unknown>, audiences: readonly string[]): void {
  const found = claims.aud === undefined ? [claims.client_id] : [claims.aud].flat();
  if (!found.some((audience) => typeof audience === 'string' && audiences.includes(audience)))
    throw new Error('the token is for another audience');
}

function toScopes(value: unknown): string[] {
  const list = typeof value === 'string' ? value.split(' ') : Array.isArray(value) ? value : [];
  return list.filter((scope): scope is string => typeof scope === 'string' && scope !== '');
}

/** Lists are written as `[a b]`, everything else as text. */
function toClaimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toClaimText).join(' ')}]`;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function toChallenge(scopes: readonly string[], error: string, description: string): string {
  return `Bearer scope="${scopes.join(' ')}" error="${error}" error_description="${description}"`;
}

function describe(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey)
    return 'signature is invalid';
  if (error instanceof errors.JWTClaimValidationFailed) return `claim ${error.claim} is invalid`;
  if (error instanceof errors.JOSEError) return 'the token is malformed';
  return error instanceof Error ? error.message : 'the token is invalid';
}
