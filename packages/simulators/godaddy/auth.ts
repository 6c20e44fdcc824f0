import type { SimAccount, SimRequest, SimResponse } from '../types.ts';
import { refuse } from './bodies.ts';

/** Key and secret of an `Authorization: sso-key K:S` header, or null where there is none of that form. */
export function readSsoKey({ headers }: SimRequest): { apiKey: string; apiSecret: string } | null {
  const match = /^sso-key ([^:\s]+):(\S+)$/i.exec(headers.authorization ?? '');
  return match ? { apiKey: match[1] ?? '', apiSecret: match[2] ?? '' } : null;
}

/** The account of a call, or the 401 that refuses it: GoDaddy doesn't tell a wrong key from a wrong secret. */
export function refuseAccount(
  request: SimRequest,
  accounts: readonly SimAccount[],
): SimResponse | { readonly account: SimAccount } {
  const keys = readSsoKey(request);
  if (!keys && request.headers.authorization?.toLowerCase().startsWith('sso-key')) {
    return refuse(401, 'MALFORMED_CREDENTIALS', 'Unauthorized : Credentials are malformed');
  }
  const account = accounts.find(
    ({ credentials }) => credentials.apiKey === keys?.apiKey && credentials.apiSecret === keys?.apiSecret,
  );
  if (!account || ['wrongKey', 'wrongSecret', 'tokenExpired'].includes(account.refusal)) {
    return refuse(401, 'UNABLE_TO_AUTHENTICATE', 'Unauthorized : Could not authenticate API key/secret');
  }
  return { account };
}
