import { makeDemoAccounts } from './demo-accounts.ts';
import { refuseCall } from './namecheap/auth.ts';
import { getHosts, getInfo, getNameServers, getRegistrarLock } from './namecheap/domain.ts';
import { listDomains } from './namecheap/listing.ts';
import { type Parameters, readParameters } from './namecheap/parameters.ts';
import { element, refuse, succeed } from './namecheap/xml.ts';
import { makeTruth } from './truth-domain.ts';
import type { SimAccount, SimContext, SimProtocol, SimRequest, SimResponse } from './types.ts';

const PATH = '/xml.response';

/**
 * Namecheap's XML API: one address, the command and the secrets in parameters, errors within HTTP 200, HTTP 405 when
 * called too often. Sources: namecheap.com/support/api, its Go SDK and recordings, verified 2026-11-23.
 */
export const namecheapProtocol: SimProtocol = {
  id: 'namecheap',
  limits: [
    { name: '20 per minute', calls: 20, windowMs: 60_000 },
    { name: '700 per hour', calls: 700, windowMs: 3_600_000 },
    { name: '8000 per day', calls: 8_000, windowMs: 86_400_000 },
  ],
  limitKey: (request) => readParameters(request).get('apikey') || null,
  isWrite: (request) => {
    const command = readParameters(request).get('command')?.toLowerCase();
    return command !== undefined && command !== '' && !READING.has(command);
  },
  throttled: () => ({
    status: 405,
    headers: { 'content-type': 'text/html' },
    body: '<html><head><title>405 Not Allowed</title></head><body><h1>405 Not Allowed</h1></body></html>',
  }),
  answer,
  demoAccounts: (makePortfolio) =>
    makeDemoAccounts(
      makePortfolio,
      [
        { id: 'wrong-key', label: 'Wrong API key', refusal: 'wrongKey', expect: 'INVALID_CREDENTIALS' },
        {
          id: 'address-not-allowed',
          label: 'Address not allow-listed',
          refusal: 'addressNotAllowed',
          expect: 'AUTHENTICATION_FAILED',
        },
      ],
      ({ id, number }) => ({ username: `fakeuser${number}`, apiKey: `fake-namecheap-key-${id}` }),
    ),
  truthDomain: (domain) =>
    makeTruth('namecheap', domain, {
      registeredAt: dayOf(domain.registeredAt),
      expiresAt: dayOf(domain.expiresAt),
      expiryPrecision: 'DAY',
      locked: domain.locked ? true : null,
      nameServers: null,
    }),
  truthRecords: ({ dnsHere, rrsets }) => (dnsHere ? rrsets.filter(({ type }) => type !== 'SRV') : []),
};

type Command = (account: SimAccount, parameters: Parameters, now: number) => SimResponse;

const COMMANDS: Readonly<Record<string, Command>> = {
  'namecheap.domains.getlist': ({ portfolio, credentials }, parameters, now) =>
    listDomains(portfolio, parameters, { user: credentials.username ?? '', now }),
  'namecheap.domains.getinfo': getInfo,
  'namecheap.domains.getregistrarlock': getRegistrarLock,
  'namecheap.domains.dns.getlist': getNameServers,
  'namecheap.domains.dns.gethosts': getHosts,
  'namecheap.users.getbalances': () =>
    succeed(
      'namecheap.users.getBalances',
      element('UserGetBalancesResult', { Currency: 'USD', AvailableBalance: '0.00', AccountBalance: '0.00' }),
    ),
};

/** Commands that change nothing; those without an answer here are refused as unknown, not as writing. */
const READING = new Set([
  ...Object.keys(COMMANDS),
  'namecheap.domains.check',
  'namecheap.domains.getcontacts',
  'namecheap.domains.gettldlist',
  'namecheap.domains.dns.getemailforwarding',
  'namecheap.domains.ns.getinfo',
  'namecheap.domains.transfer.getlist',
  'namecheap.domains.transfer.getstatus',
  'namecheap.domainprivacy.getlist',
  'namecheap.ssl.getinfo',
  'namecheap.ssl.getlist',
  'namecheap.users.getpricing',
  'namecheap.users.address.getinfo',
  'namecheap.users.address.getlist',
]);

function answer(request: SimRequest, { accounts, now }: SimContext): SimResponse {
  if (request.path !== PATH) {
    return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><body>404</body></html>' };
  }
  const parameters = readParameters(request);
  const found = refuseCall(parameters, accounts, request.remoteAddress);
  if (!('account' in found)) return found;
  const name = parameters.get('command') ?? '';
  const command = name.toLowerCase();
  const handle = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!handle) return refuse(name, [['1010104', 'Parameter Command is invalid']]);
  return handle(found.account, parameters, now());
}

function dayOf(instant: string | null): string | null {
  return instant && `${instant.slice(0, 10)}T00:00:00.000Z`;
}
