import { describe, expect, it, test } from 'vitest';
import { makePortfolio } from '#simulators/portfolio.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { ANCHOR_DAY, domainsOf, seat, toRequest } from './protocol-support.ts';

test('there is one protocol for each registrar', () => {
  expect(PROTOCOLS.map(({ id }) => id)).toEqual(['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom']);
});

const REFUSALS: readonly [string, Record<string, string>][] = [
  [
    'godaddy',
    {
      'wrong-key': 'INVALID_CREDENTIALS',
      'wrong-secret': 'INVALID_CREDENTIALS',
      'wrong-customer-id': 'AUTHENTICATION_FAILED',
      'access-not-granted': 'ACCESS_NOT_GRANTED',
      'customer-id-unverifiable': 'SYNCED',
    },
  ],
  ['namecheap', { 'wrong-key': 'INVALID_CREDENTIALS', 'address-not-allowed': 'AUTHENTICATION_FAILED' }],
  [
    'gandi',
    {
      'wrong-key': 'INVALID_CREDENTIALS',
      'token-expired': 'AUTHENTICATION_FAILED',
      'access-not-granted': 'ACCESS_NOT_GRANTED',
    },
  ],
  [
    'porkbun',
    {
      'wrong-key': 'INVALID_CREDENTIALS',
      'wrong-secret': 'INVALID_CREDENTIALS',
      'address-not-allowed': 'AUTHENTICATION_FAILED',
      'access-not-granted': 'ACCESS_NOT_GRANTED',
    },
  ],
  ['namecom', { 'wrong-key': 'INVALID_CREDENTIALS', 'access-not-granted': 'ACCESS_NOT_GRANTED' }],
];

const FIELDS: Readonly<Record<string, string[]>> = {
  godaddy: ['apiKey', 'apiSecret', 'customerId'],
  namecheap: ['username', 'apiKey'],
  gandi: ['apiToken'],
  porkbun: ['apiKey', 'secretApiKey'],
  namecom: ['username', 'apiToken'],
};

describe.each(PROTOCOLS.map((protocol) => [protocol.id, protocol] as const))(
  'the demo accounts of %s',
  (id, protocol) => {
    const { accounts } = seat(protocol);

    it('hold 10, 50 and 0 domains, and refuse in each way that the registrar can tell apart', () => {
      const good = accounts
        .slice(0, 3)
        .map((account) => [account.id, account.portfolio.size, account.expect]);
      const refusing = accounts.slice(3);

      expect(good).toEqual([
        ['demo-10', 10, 'SYNCED'],
        ['demo-50', 50, 'SYNCED'],
        ['demo-0', 0, 'SYNCED'],
      ]);
      expect(Object.fromEntries(refusing.map((account) => [account.id, account.expect]))).toEqual(
        new Map(REFUSALS).get(id),
      );
      expect(refusing.every(({ refusal }) => refusal !== 'none')).toBe(true);
    });

    it('have the fields of the registrar’s form, no value twice, none with white space, secrets that say they are fake', () => {
      const values = accounts.flatMap(({ credentials }) => Object.values(credentials));

      for (const { credentials } of accounts) {
        expect(Object.keys(credentials)).toEqual(FIELDS[id]);
        for (const [field, value] of Object.entries(credentials)) {
          expect(value).toMatch(/^\S{1,50}$/);
          if (field === 'customerId') expect(value).toMatch(/^\d{9}$/);
          else expect(value).toContain('fake');
          if (field === 'username') expect(value.length).toBeLessThanOrEqual(20);
        }
      }
      expect(new Set(values).size).toBe(values.length);
    });
  },
);

describe.each(PROTOCOLS.map((protocol) => [protocol.id, protocol] as const))(
  'the protocol of %s',
  (_id, protocol) => {
    it('answers an unknown path with 404 and counts no caller without credentials', () => {
      const { ask } = seat(protocol);
      const request = toRequest({ path: '/nowhere/at/all' });

      expect(ask({ path: '/nowhere/at/all' }).status).toBe(404);
      expect(protocol.limitKey(request)).toBeNull();
      expect(protocol.isWrite(request)).toBe(false);
    });

    it.each(['PUT', 'PATCH', 'DELETE'])('knows %s as writing, if it has more than one method', (method) => {
      const path = protocol.id === 'namecheap' ? '/xml.response' : '/v1/domains/example.com';
      const isWrite = protocol.isWrite(toRequest({ method, path }));

      expect(isWrite).toBe(protocol.id !== 'namecheap');
    });

    it('tells records of live zones only', () => {
      for (const domain of domainsOf(makePortfolio(protocol.id, 60, 1, ANCHOR_DAY))) {
        const { dns } = protocol.truthDomain(domain);

        expect(protocol.truthRecords(domain).length > 0).toBe(dns.status === 'FETCHED');
        expect(dns.status === 'FETCHED').toBe(domain.dnsHere && domain.apiAccess);
      }
    });
  },
);
