import { afterAll, beforeAll, describe, test } from 'vitest';
import { type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

const TITLES: Readonly<Record<string, string>> = {
  INVALID_CREDENTIALS: 'Invalid Credentials',
  AUTHENTICATION_FAILED: 'Authentication Failed',
  ACCESS_NOT_GRANTED: 'API Access Not Granted',
};

/** What each refusal must say, and no other: a word of its advice or sentence. */
const REFUSALS = [
  ['godaddy', 'wrong-key', 'INVALID_CREDENTIALS', /production/i],
  ['godaddy', 'wrong-secret', 'INVALID_CREDENTIALS', /production/i],
  ['godaddy', 'wrong-customer-id', 'AUTHENTICATION_FAILED', /customer ID|account number/i],
  ['godaddy', 'access-not-granted', 'ACCESS_NOT_GRANTED', /10|ten/i],
  ['namecheap', 'wrong-key', 'INVALID_CREDENTIALS', /API/],
  ['namecheap', 'address-not-allowed', 'AUTHENTICATION_FAILED', /127\.0\.0\.1/],
  ['gandi', 'wrong-key', 'INVALID_CREDENTIALS', /token/i],
  ['gandi', 'token-expired', 'AUTHENTICATION_FAILED', /expired/i],
  ['gandi', 'access-not-granted', 'ACCESS_NOT_GRANTED', /permission/i],
  ['porkbun', 'wrong-key', 'INVALID_CREDENTIALS', /key/i],
  ['porkbun', 'address-not-allowed', 'AUTHENTICATION_FAILED', /address|IP/],
  ['porkbun', 'access-not-granted', 'ACCESS_NOT_GRANTED', /./],
  ['namecom', 'wrong-key', 'INVALID_CREDENTIALS', /token/i],
  ['namecom', 'access-not-granted', 'ACCESS_NOT_GRANTED', /API access/i],
] as const;

let system: RunningSystem;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system.stop());

const text = ({ problem }: { problem: { detail: string; advice: string[] } }) =>
  [problem.detail, ...problem.advice].join(' ');

describe.concurrent('credentials that are refused', () => {
  test.for(REFUSALS)(
    '%s %s: %s, with its own text and advice',
    { timeout: 60_000 },
    async ([registrar, account, code, word], { expect }) => {
      const person: Person = await system.person(`${registrar}-${account}`);
      const added = await person.connect(registrar, account);

      const integration = await person.settled(added.body.id);

      expect(added.status).toBe(201);
      expect(integration).toMatchObject({
        status: 'FAILED',
        lastSyncedAt: null,
        problem: { code, title: TITLES[code] },
      });
      expect(integration.problem.advice.length).toBeGreaterThan(0);
      expect(text(integration)).toMatch(word);
      expect(integration.problem.requestId).toMatch(/^\S+$/);
    },
  );

  test('an empty account is Synced, and says that no domains were found', { timeout: 60_000 }, async ({
    expect,
  }) => {
    const person = await system.person('empty');
    const added = await person.connect('namecom', 'demo-0');

    const integration = await person.settled(added.body.id);

    expect(integration).toMatchObject({ status: 'SYNCED', counts: { total: 0 } });
    expect(integration).not.toHaveProperty('problem');
    expect(integration.notices.map(({ code }: { code: string }) => code)).toContain('NO_DOMAINS_FOUND');
  });

  test('a customer id that GoDaddy does not let us check is a notice only', { timeout: 60_000 }, async ({
    expect,
  }) => {
    const person = await system.person('unverifiable');
    const added = await person.connect('godaddy', 'customer-id-unverifiable');

    const integration = await person.settled(added.body.id);

    expect(integration.status).toBe('SYNCED');
    expect(integration.notices.map(({ code }: { code: string }) => code)).toContain(
      'CUSTOMER_ID_NOT_CHECKED',
    );
  });
});
