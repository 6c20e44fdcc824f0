import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SyncError } from '#core/errors.ts';
import type { RegistrarAnswer } from '#core/registrar.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { ACCOUNT_CALLS, makeFakeCredentials, openOver } from './open-account.ts';

/** Names of fields that adapters look at, so that odd values reach the code behind the first check. */
const keys = [
  'domain domains domainName name fqdn fqdn_unicode host status statuses expires expireDate createdAt dates locked',
  'nameServers nameservers nameserver records items rrset_name rrset_type rrset_values type data content answer',
  'ttl prio priority weight port service count totalCount nextPage lastPage code message credentialsValid ns',
  'expires_in sharing_id shopperId customerId username __proto__ constructor toString',
]
  .join(' ')
  .split(' ');
const oddText = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'SUCCESS',
    'ACTIVE',
    'example.com',
    'A',
    'SRV',
    'TXT',
    'CAA',
    '@',
    '..',
    '*',
    '2027-01-01T00:00:00Z',
  ),
);
const { value: oddJson } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    oddText,
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 12 }).map(Object.fromEntries),
  ),
}));
const oddXml = fc
  .tuple(fc.constantFrom('OK', 'ERROR', 'ok', ''), fc.string(), fc.nat({ max: 300 }), fc.string())
  .map(
    ([status, text, total, address]) =>
      `<ApiResponse Status="${status}"><Errors><Error Number="${toXml(text)}"/></Errors><CommandResponse>
        <DomainGetListResult><Domain Name="${toXml(text)}" Expires="${toXml(address)}"/></DomainGetListResult>
        <Paging><TotalItems>${total}</TotalItems></Paging>
        <DomainDNSGetHostsResult Domain="example.com"><host Name="${toXml(text)}" Type="A" Address="${toXml(address)}"/></DomainDNSGetHostsResult>
      </CommandResponse></ApiResponse>`,
  );
const oddAnswer: fc.Arbitrary<RegistrarAnswer> = fc.record({
  status: fc.oneof({ weight: 4, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 })),
  headers: fc.constantFrom(
    {},
    { 'retry-after': 'x' },
    { 'total-count': '-1' },
    { 'x-amzn-waf-action': 'challenge' },
  ),
  body: fc.oneof(
    fc.string(),
    oddJson.map((value) => JSON.stringify(value) ?? ''),
    oddXml,
  ),
});

describe.each(REGISTRAR_IDS)('%s, whatever it answers,', (id) => {
  const definition = REGISTRARS[id];
  const credentials = makeFakeCredentials(definition);

  test.each(ACCOUNT_CALLS)('%s gives a result or one of our own errors', async (_, call) => {
    await fc.assert(
      fc.asyncProperty(fc.array(oddAnswer, { minLength: 1, maxLength: 4 }), async (answers) => {
        let sent = 0;
        const account = openOver(definition, credentials, async () => {
          const answer = answers[Math.min(sent, answers.length - 1)];
          sent++;
          if (answer === undefined || sent > 100) throw new Error('too many calls');
          return answer;
        });

        const error: unknown = await call(account).then(
          () => undefined,
          (reason) => reason,
        );

        if (error !== undefined) expect(error).toBeInstanceOf(SyncError);
      }),
      { numRuns: 300 },
    );
  });
});

function toXml(text: string): string {
  return text.replace(/[&<"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
