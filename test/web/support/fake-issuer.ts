import { createHash, randomUUID } from 'node:crypto';

/** What the issuer is asked: `path` begins below its own. */
export interface IssuerCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly cookie: string;
}

export interface IssuerAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface FakeIssuer {
  answer(call: IssuerCall): IssuerAnswer;
  /** Whether it gave out this access token, and nobody took it back. */
  knows(accessToken: string): boolean;
  /** Takes back all access tokens, as if they had run out; `hard`: the refresh tokens too. */
  revoke(how?: 'hard'): void;
}

export interface IssuerOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly email: string;
  readonly tokenSeconds: number;
}

interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
}

const OUT = 'fake_issuer=out';

/**
 * An OpenID provider that asks for nothing: whoever comes is signed in, also with `prompt=none`, until they sign out
 * in that browser. Code and PKCE are checked as a real one would; the signatures of its tokens are not real.
 */
export function createFakeIssuer(options: IssuerOptions): FakeIssuer {
  const { issuer, clientId } = options;
  const codes = new Map<string, Grant>();
  const refreshTokens = new Map<string, Grant>();
  const accessTokens = new Set<string>();
  const authTime = toSeconds(Date.now());

  const authorize = ({ query, cookie }: IssuerCall): IssuerAnswer => {
    const redirectUri = query.get('redirect_uri') ?? '';
    const challenge = query.get('code_challenge');
    const isKnown = query.get('client_id') === clientId && redirectUri.startsWith(new URL(issuer).origin);
    if (!isKnown) return { status: 400, body: { error: 'invalid_request' } };
    const back = new URL(redirectUri);
    back.searchParams.set('state', query.get('state') ?? '');
    if (challenge === null || query.get('code_challenge_method') !== 'S256') {
      back.searchParams.set('error', 'invalid_request');
    } else if (query.get('prompt') === 'none' && cookie.includes(OUT)) {
      back.searchParams.set('error', 'login_required');
    } else {
      const code = randomUUID();
      codes.set(code, { clientId, redirectUri, challenge, nonce: query.get('nonce') });
      back.searchParams.set('code', code);
    }
    const isOut = back.searchParams.get('error') === 'login_required';
    const cookies = isOut ? {} : { 'set-cookie': 'fake_issuer=in; Path=/; HttpOnly' };
    return { status: 303, headers: { location: back.href, ...cookies } };
  };

  const token = ({ method, form }: IssuerCall): IssuerAnswer => {
    if (method !== 'POST') return { status: 405, body: { error: 'invalid_request' } };
    const type = form.get('grant_type');
    const known = type === 'refresh_token' ? refreshTokens : codes;
    const secret = form.get(type === 'refresh_token' ? 'refresh_token' : 'code') ?? '';
    const grant = known.get(secret);
    // each works once
    known.delete(secret);
    const isRight =
      grant &&
      form.get('client_id') === grant.clientId &&
      (type === 'refresh_token' ||
        (form.get('redirect_uri') === grant.redirectUri &&
          toChallenge(form.get('code_verifier') ?? '') === grant.challenge));
    if (!isRight) return { status: 400, body: { error: 'invalid_grant' } };
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: issue(grant) };
  };

  const issue = (grant: Grant) => {
    const now = toSeconds(Date.now());
    const common = { iss: issuer, sub: `fake|${options.email}`, iat: now, exp: now + options.tokenSeconds };
    const accessToken = toJwt({ ...common, client_id: clientId, token_use: 'access', jti: randomUUID() });
    const refreshToken = randomUUID();
    accessTokens.add(accessToken);
    refreshTokens.set(refreshToken, grant);
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      id_token: toJwt({
        ...common,
        aud: clientId,
        auth_time: authTime,
        email: options.email,
        ...(grant.nonce !== null && { nonce: grant.nonce }),
      }),
      token_type: 'Bearer',
      expires_in: options.tokenSeconds,
      scope: 'openid email',
    };
  };

  return {
    answer(call) {
      switch (call.path) {
        case '/.well-known/openid-configuration':
          return { status: 200, body: toDiscovery(issuer) };
        case '/jwks':
          return { status: 200, body: { keys: [] } };
        case '/auth':
          return authorize(call);
        case '/token':
          return token(call);
        case '/end-session': {
          const location = call.query.get('post_logout_redirect_uri') ?? new URL(issuer).origin;
          return { status: 303, headers: { location, 'set-cookie': `${OUT}; Path=/; HttpOnly` } };
        }
        default:
          return { status: 404, body: { error: 'not_found' } };
      }
    },
    knows: (accessToken) => accessTokens.has(accessToken),
    revoke(how) {
      accessTokens.clear();
      if (how === 'hard') refreshTokens.clear();
    },
  };
}

function toDiscovery(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/end-session`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
  };
}

/** RFC 7636 section 4.2. */
function toChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function toJwt(claims: object): string {
  const header = { alg: 'RS256', typ: 'JWT', kid: 'fake' };
  const parts = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  return [...parts, createHash('sha256').update(parts.join('.')).digest('base64url')].join('.');
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}
