import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose';
import { type Configuration, errors, Provider } from 'oidc-provider';
import type { PlatformLog } from '../logs.ts';
import { findAccount, toAccount } from './accounts.ts';
import { type IssuerKeys, loadIssuerKeys } from './keys.ts';
import { PAGE_HEADERS, renderNotice, renderSignIn, renderSignOut } from './pages.ts';
import { openIssuerStorage } from './storage.ts';

/** The path that the issuer is served under. */
export const ISSUER_PATH = '/oidc';

export interface IssuerOptions {
  readonly dataDir: string;
  /** The edge's own address, without a slash at the end. */
  readonly origin: string;
  readonly clientId: string;
  readonly audience: string;
  /** Where the web app may be sent back to; empty: any page of the edge. */
  readonly redirectUris: readonly string[];
  readonly logoutUris: readonly string[];
  readonly log: PlatformLog;
}

/** An OpenID provider with accounts for development, in place of Cognito. */
export interface Issuer {
  readonly issuer: string;
  /** The keys that its tokens are checked with. */
  readonly keys: JWTVerifyGetKey;
  /** Answers a request whose path begins with `/oidc`. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  close(): void;
}

/** Scopes that the web app may ask for. */
const scopes = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Starts the issuer: authorization code with PKCE for one public client, JWT access tokens like Cognito's (`scope`,
 * `client_id`, `token_use`), whose `aud` is the API's audience.
 */
export async function createIssuer(options: IssuerOptions): Promise<Issuer> {
  const keys = await loadIssuerKeys(options.dataDir);
  const storage = openIssuerStorage(options.dataDir);
  const issuer = options.origin + ISSUER_PATH;
  const provider = new Provider(issuer, toConfiguration(options, keys, storage.adapterFor));
  if (options.redirectUris.length === 0) allowWholeOrigin(provider, options.origin);
  provider.on('server_error', (_context, error: Error) =>
    options.log('the issuer failed', { error: error.message }),
  );
  const answer = provider.callback();

  return {
    issuer,
    keys: createLocalJWKSet({ keys: [toPublicJwk(keys.signing)] }),
    handle(request, response) {
      const originalUrl = request.url ?? '/';
      const path = originalUrl.slice(ISSUER_PATH.length) || '/';
      if (path.startsWith('/interaction/')) return void interact(provider, options, request, response);
      Object.assign(request, { originalUrl, url: path });
      void answer(request, response);
    },
    close: () => storage.close(),
  };
}

function toConfiguration(
  options: IssuerOptions,
  keys: IssuerKeys,
  adapter: Configuration['adapter'],
): Configuration {
  const hour = 3600;
  return {
    adapter,
    jwks: { keys: [keys.signing] },
    cookies: {
      keys: [keys.cookieSecret],
      names: { session: 'local_session', interaction: 'local_interaction', resume: 'local_resume' },
    },
    clients: [
      {
        client_id: options.clientId,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: options.redirectUris.length > 0 ? [...options.redirectUris] : [`${options.origin}/`],
        post_logout_redirect_uris: [...options.logoutUris],
      },
    ],
    scopes,
    claims: {
      openid: ['sub', 'token_use'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    ttl: {
      AccessToken: hour,
      IdToken: hour,
      Grant: 30 * 24 * hour,
      Session: 14 * 24 * hour,
      Interaction: hour,
      RefreshToken: 14 * 24 * hour,
    },
    clientBasedCORS: (_context, origin) => origin === options.origin,
    interactions: { url: (_context, interaction) => `${ISSUER_PATH}/interaction/${interaction.uid}` },
    extraTokenClaims: () => ({ token_use: 'access' }),
    findAccount: (_context, subject) => {
      const account = findAccount(subject);
      if (!account) return undefined;
      const { name } = account;
      return {
        accountId: subject,
        claims: (use) => ({
          sub: subject,
          name,
          preferred_username: name,
          email: `${encodeURIComponent(name)}@example.test`,
          email_verified: false,
          ...(use === 'id_token' ? { token_use: 'id' } : {}),
        }),
      };
    },
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      const grant = (known && (await provider.Grant.find(known))) || undefined;
      if (grant) return grant;
      const fresh = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      fresh.addOIDCScope(scopes.join(' '));
      fresh.addResourceScope(options.audience, 'openid profile email');
      await fresh.save();
      return fresh;
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => options.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, resource) => {
          if (resource !== options.audience) throw new errors.InvalidTarget();
          return {
            scope: 'openid profile email',
            audience: options.audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: hour,
          };
        },
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => showPage(context, renderSignOut(form)),
        postLogoutSuccessSource: (context) =>
          showPage(context, renderNotice('Signed out', 'You are signed out.')),
      },
    },
    renderError: (context, out) =>
      showPage(context, renderNotice('Sign-in failed', out.error_description ?? out.error)),
  };
}

function showPage(
  context: { set(headers: Record<string, string>): void; body: unknown },
  html: string,
): void {
  context.set({ ...PAGE_HEADERS });
  context.body = html;
}

/** The issuer's one page: it shows the form, takes the name and goes on. */
async function interact(
  provider: Provider,
  options: IssuerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const show = (status: number, html: string) => {
    response.writeHead(status, { ...PAGE_HEADERS });
    response.end(html);
  };
  try {
    const { uid } = await provider.interactionDetails(request, response);
    const action = `${ISSUER_PATH}/interaction/${uid}`;
    if (request.method !== 'POST') return show(200, renderSignIn(action));
    const name = new URLSearchParams(await readForm(request)).get('name') ?? '';
    let accountId: string;
    try {
      accountId = toAccount(name).subject;
    } catch (error) {
      return show(
        400,
        renderSignIn(action, error instanceof Error ? error.message : 'this name is not possible'),
      );
    }
    await provider.interactionFinished(request, response, { login: { accountId, remember: true } });
  } catch (error) {
    options.log('a sign-in failed', { error: error instanceof Error ? error.message : String(error) });
    show(
      400,
      renderNotice('Sign-in failed', 'This sign-in has expired. Go back to the start and sign in again.'),
    );
  }
}

async function readForm(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) {
    text += chunk;
    if (text.length > 4096) throw new Error('the form is too large');
  }
  return text;
}

/** Where the template names no addresses, every page of the edge itself will do. */
function allowWholeOrigin(provider: Provider, origin: string): void {
  const isOwn = (address: string) => URL.canParse(address) && new URL(address).origin === origin;
  Object.assign(provider.Client.prototype, {
    redirectUriAllowed: isOwn,
    postLogoutRedirectUriAllowed: isOwn,
  });
}

function toPublicJwk({ kty, n, e, kid, alg, use }: JWK): JWK {
  return { kty, n, e, kid, alg, use } as JWK;
}
