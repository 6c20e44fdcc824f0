import { describe, expect, test } from 'vitest';
import { type FailureReason, NOTICE_CODES, SYNC_CODES } from '#core/errors.ts';
import { type TextSubject, toNoticeText, toProblemText, toZoneProblemText } from '#core/problem-texts.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';

const names: Record<RegistrarId, string> = {
  godaddy: 'GoDaddy',
  namecheap: 'Namecheap',
  gandi: 'Gandi',
  porkbun: 'Porkbun',
  namecom: 'Name.com',
};
const reasons: readonly FailureReason[] = [
  'unspecified',
  'addressNotAllowed',
  'tokenExpired',
  'wrongCustomerId',
  'wrongEnvironment',
  'apiAccessOff',
  'accountNotEligible',
  'scopeMissing',
  'accountDisabled',
];

function at(id: RegistrarId, more: Partial<TextSubject> = {}): TextSubject {
  return { registrar: { id, name: names[id] }, environment: 'production', egressAddresses: [], ...more };
}

const plain = { reason: 'unspecified' } as const;

describe('the text of a failed sync', () => {
  test.each([
    ['INVALID_CREDENTIALS', 'Invalid Credentials'],
    ['AUTHENTICATION_FAILED', 'Authentication Failed'],
    ['ACCESS_NOT_GRANTED', 'API Access Not Granted'],
    ['RATE_LIMITED', 'Sync Failed'],
    ['REGISTRAR_UNAVAILABLE', 'Sync Failed'],
    ['REGISTRAR_TIMEOUT', 'Sync Failed'],
    ['REGISTRAR_TLS', 'Sync Failed'],
    ['REGISTRAR_BAD_RESPONSE', 'Sync Failed'],
    ['LIST_INCOMPLETE', 'Sync Failed'],
    ['PORTFOLIO_TOO_LARGE', 'Sync Failed'],
    ['ENCRYPTION_UNAVAILABLE', 'Sync Failed'],
    ['CREDENTIALS_UNREADABLE', 'Sync Failed'],
    ['INTERNAL', 'Sync Failed'],
  ] as const)('has the title of its code: %s is "%s"', (code, title) => {
    expect(toProblemText({ code, ...plain }, at('godaddy')).title).toBe(title);
  });

  test('is whole for every code, reason and registrar: a sentence, advice, no gaps', () => {
    for (const code of SYNC_CODES) {
      for (const reason of reasons) {
        for (const id of REGISTRAR_IDS) {
          const { detail, advice } = toProblemText({ code, reason }, at(id));
          expect(detail).toMatch(/^[A-Z].*\.$/s);
          expect(advice.length).toBeGreaterThan(0);
          expect([detail, ...advice].join()).not.toMatch(/undefined|null|\[object/);
        }
      }
    }
  });

  test('R66: wrong credentials get the three bullets of the guide', () => {
    const text = toProblemText({ code: 'INVALID_CREDENTIALS', ...plain }, at('godaddy'));

    expect(text.detail).toBe(
      'GoDaddy did not accept this API key. Check for spaces and that it is a production key.',
    );
    expect(text.advice).toEqual([
      'Double-check your API key and secret',
      'Remove spaces - ensure no extra spaces when pasting',
      "Verify environment - ensure you're using production credentials",
    ]);
  });

  test('names the environment that the key must be of', () => {
    const subject = at('godaddy', { environment: 'sandbox' });

    expect(toProblemText({ code: 'INVALID_CREDENTIALS', ...plain }, subject).detail).toContain('sandbox key');
  });

  test('R67: a wrong customer id at GoDaddy says to verify the account number', () => {
    const problem = { code: 'AUTHENTICATION_FAILED', reason: 'wrongCustomerId' } as const;
    const text = toProblemText(problem, at('godaddy'));

    expect(text.detail).toBe('The customer ID does not belong to this key.');
    expect(text.advice).toEqual(['Wrong customer ID (GoDaddy) - verify your account number']);
  });

  test('R67: an expired token at Gandi says to generate a new one', () => {
    const text = toProblemText({ code: 'AUTHENTICATION_FAILED', reason: 'tokenExpired' }, at('gandi'));

    expect(text.detail).toBe('This Gandi token has expired. Create a new one and update it here.');
    expect(text.advice).toEqual(['Token expired (Gandi) - generate a new PAT']);
  });

  test('R67: an address that Namecheap refused is shown, to be added', () => {
    const problem = {
      code: 'AUTHENTICATION_FAILED',
      reason: 'addressNotAllowed',
      address: '203.0.113.7',
    } as const;
    const text = toProblemText(problem, at('namecheap'));

    expect(text.detail).toBe('Namecheap refused our address. Add 203.0.113.7 to your allow-list.');
    expect(text.advice).toEqual(['IP not whitelisted (Namecheap) - add our IP 203.0.113.7 to the whitelist']);
  });

  test('without a fixed address Namecheap can not be helped by the user', () => {
    const problem = { code: 'AUTHENTICATION_FAILED', reason: 'addressNotAllowed' } as const;

    expect(toProblemText(problem, at('namecheap')).advice.join()).toMatch(/operator/);
  });

  test('where no fixed address is wanted, says what to do all the same', () => {
    const problem = { code: 'AUTHENTICATION_FAILED', reason: 'addressNotAllowed' } as const;

    expect(toProblemText(problem, at('porkbun')).advice.join()).toContain('from every address');
    expect(toProblemText({ ...problem, address: '203.0.113.7' }, at('namecom')).advice.join()).toContain(
      'add our IP 203.0.113.7',
    );
  });

  test('a key that Namecheap does not know names the API switch and our address too', () => {
    const subject = at('namecheap', { egressAddresses: ['203.0.113.7'] });
    const { advice } = toProblemText({ code: 'INVALID_CREDENTIALS', reason: 'apiAccessOff' }, subject);

    expect(advice).toContain('Switch API access on at Namecheap: Profile, Tools, API Access');
    expect(advice.join()).toContain('203.0.113.7');
  });

  test.each(['RATE_LIMITED', 'REGISTRAR_UNAVAILABLE', 'REGISTRAR_TIMEOUT'] as const)(
    'R68: %s gets the bullets that the guide has for a failed sync',
    (code) => {
      expect(toProblemText({ code, ...plain }, at('porkbun')).advice).toEqual(
        expect.arrayContaining([
          'Check credentials - may have expired or been revoked',
          'Network issues - temporary connectivity problems',
          'Rate limits - registrar API limits exceeded',
        ]),
      );
    },
  );

  test('says when to come back where the registrar said so', () => {
    const problem = { code: 'RATE_LIMITED', ...plain, retryAt: '2026-11-23T14:20:31.000Z' } as const;

    expect(toProblemText(problem, at('porkbun')).detail).toBe(
      'Porkbun asked us to slow down. Sync again after 14:20 UTC on 2026-11-23.',
    );
  });

  test('says that the former credentials stay in force where new ones were refused', () => {
    const problem = { code: 'INVALID_CREDENTIALS', ...plain, formerCredentialsKept: true } as const;

    expect(toProblemText(problem, at('gandi')).detail).toMatch(/the former credentials stay in force\.$/);
    expect(toProblemText({ ...problem, formerCredentialsKept: false }, at('gandi')).detail).not.toMatch(
      /former/,
    );
  });
});

describe('the text of one domain whose records were not read', () => {
  test.each(SYNC_CODES)('names the registrar and the cause: %s', (code) => {
    const { title, detail } = toZoneProblemText(code, at('godaddy'));

    expect(title).toBe('Records Not Read');
    expect(detail).toMatch(/^GoDaddy did not give us the records for this domain\. [A-Z]/);
  });

  test('says that former records are shown where a zone was suddenly empty', () => {
    expect(toZoneProblemText('LISTING_SHRANK', at('gandi'))).toMatchObject({ title: 'Records Held' });
  });
});

describe('the text of a notice', () => {
  test('is there for every code and registrar', () => {
    for (const code of NOTICE_CODES) {
      for (const id of REGISTRAR_IDS) {
        const { title, detail } = toNoticeText({ code, domains: 3 }, at(id));
        expect(title).not.toBe('');
        expect(detail).toMatch(/^[A-Z].*\.$/s);
        expect(detail).not.toMatch(/undefined|null/);
      }
    }
  });

  test('R69: an empty account gets the three bullets of the guide', () => {
    const text = toNoticeText({ code: 'NO_DOMAINS_FOUND' }, at('gandi'));

    expect(text.title).toBe('No Domains Found');
    expect(text.detail).toBe(
      'Connected, but this account has no domains. Check that the key may read domains.',
    );
    expect(text.advice).toEqual([
      'Check registrar account - log in directly to verify domains exist',
      'API permissions - ensure API has access to domains',
      'Wait and retry - sometimes initial sync needs a retry',
    ]);
  });

  test('a held listing says how much it shrank and that nothing was removed', () => {
    const held = { known: 12, listed: 3, isAccepted: false };
    const text = toNoticeText({ code: 'LISTING_SHRANK', domains: 9, held }, at('godaddy'));

    expect(text.detail).toBe('GoDaddy listed 3 of 12 domains, so nothing was removed.');
    expect(toNoticeText({ code: 'LISTING_SHRANK', domains: 9 }, at('godaddy')).detail).toContain(
      '9 domains fewer',
    );
  });

  test('an accepted listing says that the next sync applies it', () => {
    const held = { known: 12, listed: 3, isAccepted: true };

    expect(toNoticeText({ code: 'LISTING_SHRANK', held }, at('godaddy')).detail).toContain('You accepted it');
  });

  test.each([
    [1, '1 domain'],
    [2, '2 domains'],
    [1234, '1,234 domains'],
  ])('counts domains in words: %i', (domains, words) => {
    expect(toNoticeText({ code: 'DNS_ELSEWHERE', domains }, at('godaddy')).detail).toContain(words);
  });

  test('domains that nobody counted are some', () => {
    expect(toNoticeText({ code: 'PARTIAL_DNS' }, at('godaddy')).detail).toContain('of some domains');
  });

  test('credentials that end soon say when', () => {
    const notice = { code: 'CREDENTIALS_EXPIRE_SOON', expiresAt: '2026-12-01T10:00:00.000Z' } as const;

    expect(toNoticeText(notice, at('gandi')).detail).toBe('These Gandi credentials expire on 2026-12-01.');
  });
});
