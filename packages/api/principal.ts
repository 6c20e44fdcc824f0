import { toTenantId } from '#core/ids.ts';
import { ApiError } from './problem.ts';

/** Of the Lambda event (HTTP API, payload format 2.0) what the API looks at; everything in it may be missing. */
export interface ApiEvent {
  readonly requestContext?: {
    readonly requestId?: string;
    readonly authorizer?: { readonly jwt?: { readonly claims?: Readonly<Record<string, unknown>> } };
  };
}

export interface Principal {
  readonly tenantId: string;
}

/** Signatures by a key of the issuer's own; `none` and shared secrets are no such thing (RFC 8725 §3.1). */
const ALGORITHMS = /^(?:(?:RS|PS|ES)(?:256|384|512)|EdDSA)$/;

/**
 * Who asks, by the claims that the gateway's authorizer verified, never by a header. The gateway has checked signature,
 * issuer, audience and times; checked again or besides here: that the token ends and hasn't ended, that it is an access
 * token of our client, and that it says nothing that the gateway may have read otherwise.
 * @throws ApiError UNAUTHENTICATED
 */
export function toPrincipal(
  event: ApiEvent | undefined,
  authorization: string | undefined,
  { clientId, nowMs }: { readonly clientId: string; readonly nowMs: number },
): Principal {
  const claims = event?.requestContext?.authorizer?.jwt?.claims ?? {};
  const { iss, sub, exp, token_use: use } = claims;
  const endsMs = Number(exp) * 1000;
  const isSound =
    isFilled(iss) &&
    isFilled(sub) &&
    isFilled(exp) &&
    Number.isFinite(endsMs) &&
    endsMs > nowMs &&
    (use === undefined || use === 'access') &&
    isForClient(claims, clientId) &&
    isPlainToken(authorization);
  if (!isSound)
    throw new ApiError('UNAUTHENTICATED', 'The access token is missing, expired or not for this service.');
  return { tenantId: toTenantId(iss, sub) };
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** `client_id` (RFC 9068 §2.2) says whom the token was issued to; else `azp`, else an audience (written `[a b]`). */
function isForClient(
  { client_id: id, azp, aud }: Readonly<Record<string, unknown>>,
  clientId: string,
): boolean {
  if (id !== undefined) return id === clientId;
  if (azp !== undefined) return azp === clientId;
  return (
    typeof aud === 'string' &&
    aud
      .replace(/^\[(.*)\]$/s, '$1')
      .split(' ')
      .includes(clientId)
  );
}

/** Three parts of base64url and nothing between them (RFC 7515 §3.1): some decoders overlook what doesn't belong there. */
const TOKEN = /^(?:bearer\s+)?([\w-]+)\.([\w-]+)\.[\w-]+$/i;

/**
 * Whether a token means one thing to everybody: signed by a key of the issuer's own, without extensions that the gateway
 * may not have understood (RFC 7515 §4.1.11), its subject a text (RFC 7519 §4.1.2). The gateway makes texts of whatever
 * stands there, so that the list ["a"] and the text "[a]" would be one person.
 */
function isPlainToken(authorization: string | undefined): boolean {
  const [, ...parts] = TOKEN.exec(authorization ?? '') ?? [];
  const [header, claims] = parts.map(toObject);
  if (!header || !claims || 'crit' in header) return false;
  return typeof header.alg === 'string' && ALGORITHMS.test(header.alg) && typeof claims.sub === 'string';
}

function toObject(encoded: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    // Not JSON: no token that the gateway can have verified.
    return undefined;
  }
}
