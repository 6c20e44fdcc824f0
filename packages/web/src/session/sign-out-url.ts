import type { AuthorizationServer } from 'oauth4webapi';
import type { Config } from '../config.ts';

/**
 * Where signing out leads. Cognito's `/logout` wants `client_id` and `logout_uri`, and no parameter of OpenID Connect.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html (verified 2026-11-25)
 * @see https://openid.net/specs/openid-connect-rpinitiated-1_0.html section 2
 */
export function toSignOutUrl(
  metadata: Pick<AuthorizationServer, 'authorization_endpoint' | 'end_session_endpoint'>,
  config: Pick<Config, 'issuer' | 'clientId'>,
  origin: string,
  idToken: string | undefined,
): string {
  const back = `${origin}/`;
  if (/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/.test(new URL(config.issuer).hostname)) {
    const url = new URL('/logout', metadata.authorization_endpoint);
    url.search = new URLSearchParams({ client_id: config.clientId, logout_uri: back }).toString();
    return url.href;
  }
  if (metadata.end_session_endpoint === undefined) return back;
  const url = new URL(metadata.end_session_endpoint);
  url.searchParams.set('client_id', config.clientId);
  url.searchParams.set('post_logout_redirect_uri', back);
  if (idToken !== undefined) url.searchParams.set('id_token_hint', idToken);
  return url.href;
}
