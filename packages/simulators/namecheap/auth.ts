import { isIPv4 } from 'node:net';
import type { SimAccount, SimResponse } from '../types.ts';
import type { Parameters } from './parameters.ts';
import { type ApiError, refuse } from './xml.ts';

const REQUIRED = [
  ['apiuser', '1010101', 'Parameter ApiUser is missing'],
  ['apikey', '1010102', 'Parameter APIKey is missing'],
  ['command', '1010104', 'Parameter Command is missing'],
  ['clientip', '1010105', 'Parameter ClientIP is missing'],
] as const;

/**
 * The account of a call, or the answer that refuses it. Missing parameters are named all at once. `ClientIp` must be
 * an IPv4 address, and the caller's own unless the caller is on this machine.
 */
export function refuseCall(
  parameters: Parameters,
  accounts: readonly SimAccount[],
  remoteAddress: string,
): SimResponse | { readonly account: SimAccount } {
  const missing = REQUIRED.filter(([name]) => !parameters.get(name));
  if (missing.length > 0) {
    return refuse(
      '',
      missing.map(([, number, text]): ApiError => [number, text]),
    );
  }
  const clientIp = parameters.get('clientip') ?? '';
  if (!isIPv4(clientIp)) return refuse('', [['1011105', 'Parameter ClientIP is invalid']]);
  const account = accounts.find(
    ({ credentials }) =>
      credentials.apiKey === parameters.get('apikey') &&
      same(credentials.username, parameters.get('apiuser')),
  );
  if (!account || ['wrongKey', 'wrongSecret', 'tokenExpired'].includes(account.refusal)) {
    return refuse('', [['1011102', 'API Key is invalid or API access has not been enabled']]);
  }
  const from = remoteAddress.replace(/^::ffff:/, '');
  const isLocal = from.startsWith('127.') || from === '::1';
  if (account.refusal === 'addressNotAllowed' || (!isLocal && from !== clientIp)) {
    return refuse('', [
      ['1011150', `Invalid request IP: ${clientIp}`],
      ['1011151', 'Client IP is not whitelisted'],
    ]);
  }
  const actsFor = parameters.get('username') ?? '';
  if (actsFor !== '' && !same(actsFor, account.credentials.username)) {
    return refuse('', [['1019103', 'Parameter UserName is not available']]);
  }
  if (account.refusal === 'accessNotGranted') {
    return refuse(parameters.get('command') ?? '', [['4011103', 'Access denied']]);
  }
  return { account };
}

function same(a: string | undefined, b: string | undefined): boolean {
  return a?.toLowerCase() === b?.toLowerCase();
}
