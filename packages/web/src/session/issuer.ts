import * as oauth from 'oauth4webapi';
import type { Config } from '../config.ts';
import type { SignInRequest } from './sign-in-request.ts';

/** What the issuer gave for a code or for a refresh token. */
export interface Tokens {
  readonly access: string;
  readonly refresh: string | undefined;
  readonly id: string;
  readonly claims: oauth.IDToken;
  /** How long the access token holds; undefined where the issuer doesn't say. */
  readonly seconds: number | undefined;
}

/** OpenID Connect with one issuer, for a client that has no secret. */
export interface Issuer {
  /** What the issuer says of itself, read once. @throws Error where it can't be read. */
  describe(): Promise<oauth.AuthorizationServer>;
  /** The issuer's page for a request. */
  toAddress(request: SignInRequest): Promise<URL>;
  /**
   * Takes tokens for the code that the issuer's answer brings.
   * @throws oauth.AuthorizationResponseError, ResponseBodyError where the issuer refuses; Error where its answer is not
   * one to this request, or not for this client.
   */
  redeem(answer: URLSearchParams, request: SignInRequest): Promise<Tokens>;
  /** New tokens for the same person. @throws as `redeem` does, and where there is no refresh token. */
  renew(former: Tokens): Promise<Tokens>;
}

/**
 * The expiry of an id token that comes from the issuer at once says little, and clocks may be wrong: no sign-in fails
 * for one that is a day ahead.
 */
const CLOCK_TOLERANCE_SECONDS = 24 * 3600;

/** `back` is the address to which the issuer sends people back. */
export function createIssuer({ issuer, clientId, audience }: Config, back: string): Issuer {
  const address = new URL(issuer);
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: CLOCK_TOLERANCE_SECONDS };
  const options = { [oauth.allowInsecureRequests]: isLoopback(address) };
  // Cognito's tokens are for its client; other issuers are told which API the token is for.
  const target: Record<string, string> = audience === clientId ? {} : { resource: audience };
  let description: Promise<oauth.AuthorizationServer> | undefined;

  const describe = (): Promise<oauth.AuthorizationServer> => {
    description ??= oauth
      .discoveryRequest(address, options)
      .then((response) => oauth.processDiscoveryResponse(address, response))
      .catch((error: unknown) => {
        // the next one asks again
        description = undefined;
        throw error;
      });
    return description;
  };

  return {
    describe,
    async toAddress({ state, verifier, nonce, isResuming }) {
      const { authorization_endpoint: endpoint } = await describe();
      if (endpoint === undefined) throw new Error('The issuer names no page to sign in.');
      const url = new URL(endpoint);
      const parameters = {
        client_id: clientId,
        redirect_uri: back,
        response_type: 'code',
        scope: 'openid email',
        state,
        nonce,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...target,
        ...(audience !== clientId && { audience }),
        ...(isResuming && { prompt: 'none' }),
      };
      for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
      return url;
    },
    async redeem(answer, { state, verifier, nonce }) {
      const server = await describe();
      const code = oauth.validateAuthResponse(server, client, answer, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        code,
        back,
        verifier,
        options,
      );
      const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
        expectedNonce: nonce,
        requireIdToken: true,
      });
      return toTokens(result);
    },
    async renew(former) {
      if (former.refresh === undefined) throw new Error('There is no refresh token.');
      const server = await describe();
      const response = await oauth.refreshTokenGrantRequest(server, client, oauth.None(), former.refresh, {
        ...options,
        additionalParameters: target,
      });
      const tokens = toTokens(await oauth.processRefreshTokenResponse(server, client, response), former);
      // OpenID Connect Core, section 12.2
      if (tokens.claims.sub !== former.claims.sub) throw new Error('The tokens are for somebody else.');
      return tokens;
    },
  };
}

/** A refresh may bring neither another refresh token nor another id token: the former ones stay. */
function toTokens(result: oauth.TokenEndpointResponse, former?: Tokens): Tokens {
  const claims = oauth.getValidatedIdTokenClaims(result) ?? former?.claims;
  const id = result.id_token ?? former?.id;
  if (claims === undefined || id === undefined) throw new Error('The issuer gave no id token.');
  return {
    access: result.access_token,
    refresh: result.refresh_token ?? former?.refresh,
    id,
    claims,
    seconds: result.expires_in,
  };
}

/** An issuer on this very machine needs no TLS; every other one does. */
function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
