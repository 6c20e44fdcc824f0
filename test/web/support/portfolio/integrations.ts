import type { NoticeJson, ProblemJson } from '#api/schemas/common.ts';
import type { DomainJson } from '#api/schemas/domain.ts';
import type { IntegrationJson } from '#api/schemas/integration.ts';
import { ACCOUNTS, type Account, toLastSyncedAt } from './accounts.ts';
import { DAY_MS, toIso } from './life.ts';

export interface IntegrationsOptions {
  readonly now?: number;
  readonly accounts?: readonly Account[];
  /** `settled`: all are synced and have nothing to say. `varied`: every state and several notices. */
  readonly states?: 'settled' | 'varied';
}

/** The integrations that hold these domains, with the counts that go with them. */
export function makeIntegrations(
  domains: readonly DomainJson[],
  options: IntegrationsOptions = {},
): IntegrationJson[] {
  const { now = Date.now(), accounts = ACCOUNTS, states = 'settled' } = options;
  return accounts.map((account, index) => {
    const own = domains.filter(({ integrationId }) => integrationId === account.id);
    const settled = makeSettled(account, own, now);
    const vary = states === 'varied' ? STATES[index % STATES.length] : undefined;
    return { ...settled, ...vary?.({ account, own, now }) };
  });
}

function makeSettled(account: Account, own: readonly DomainJson[], now: number): IntegrationJson {
  const count = (status: DomainJson['status']) => own.filter((domain) => domain.status === status).length;
  const lastSyncedAt = toLastSyncedAt(account, now);
  return {
    id: account.id,
    registrar: account.registrar,
    environment: 'production',
    label: account.label,
    maskedId: `...${account.id.slice(-5)}`,
    status: 'SYNCED',
    paused: false,
    counts: {
      total: own.length,
      active: count('ACTIVE'),
      expiringSoon: count('EXPIRING_SOON'),
      expired: count('EXPIRED'),
    },
    lastSyncedAt,
    lastAttemptAt: lastSyncedAt,
    nextSyncAt: toIso(Date.parse(lastSyncedAt) + 3 * DAY_MS),
    notices: own.length === 0 ? [NO_DOMAINS] : [],
    credentials: { updatedAt: toIso(now - 40 * DAY_MS), expiresAt: null },
    createdAt: toIso(now - 300 * DAY_MS),
  };
}

interface Facts {
  readonly account: Account;
  readonly own: readonly DomainJson[];
  readonly now: number;
}

/** What is otherwise in each state; one for each of the six accounts. */
const STATES: readonly ((facts: Facts) => Partial<IntegrationJson>)[] = [
  () => ({}),
  ({ account, own, now }) => ({
    status: 'SYNCING',
    lastAttemptAt: toIso(now - 20_000),
    currentRun: {
      runId: toRunId(account, 0),
      step: 'FETCH_DNS_RECORDS',
      progress: {
        domainsListed: own.length,
        domainsDone: Math.floor(own.length / 3),
        domainsTotal: own.length,
        estimatedSecondsLeft: Math.ceil(own.length * 0.7),
      },
    },
  }),
  ({ account, now }) => ({
    status: 'FAILED',
    lastAttemptAt: toIso(now - 600_000),
    problem: makeAddressProblem(account, now),
  }),
  ({ own, now }) => ({
    notices: [partialDns(Math.min(2, own.length)), credentialsEnd(now + 12 * DAY_MS)],
    credentials: { updatedAt: toIso(now - 353 * DAY_MS), expiresAt: toIso(now + 12 * DAY_MS) },
  }),
  () => ({ status: 'IDLE', paused: true, nextSyncAt: null }),
  ({ own }) => ({ notices: [listingShrank(own.length)] }),
];

/** The id of an account's run: the higher `age`, the longer ago. */
export function toRunId({ id }: Pick<Account, 'id'>, age: number): string {
  return `0mih${String(9999 - age)}${id.slice(0, 18)}`;
}

/** Namecheap's most frequent refusal. */
export function makeAddressProblem(account: Pick<Account, 'id'>, now: number): ProblemJson {
  return {
    code: 'AUTHENTICATION_FAILED',
    title: 'Authentication Failed',
    detail: 'Namecheap refused our address. Add 203.0.113.7 to your allow-list.',
    advice: ['IP not whitelisted (Namecheap) - add our IP 203.0.113.7 to the whitelist'],
    at: toIso(now - 600_000),
    requestId: toRunId(account, 0),
  };
}

const NO_DOMAINS: NoticeJson = {
  code: 'NO_DOMAINS_FOUND',
  title: 'No Domains Found',
  detail: 'Connected, but this account has no domains. Check that the key may read domains.',
  advice: ['Check registrar account - log in directly to verify domains exist'],
};

function partialDns(domains: number): NoticeJson {
  return {
    code: 'PARTIAL_DNS',
    title: 'Some Records Not Read',
    detail: `The DNS records of ${domains} domains could not be read. The former ones are shown until the next sync.`,
    advice: ['Sync again later to read the rest'],
    domains,
  };
}

function credentialsEnd(ms: number): NoticeJson {
  return {
    code: 'CREDENTIALS_EXPIRE_SOON',
    title: 'Credentials Expire Soon',
    detail: `These Gandi credentials expire on ${toIso(ms).slice(0, 10)}.`,
    advice: ['Secure Credentials - Update tokens before they expire'],
  };
}

function listingShrank(known: number): NoticeJson {
  const listed = Math.floor(known / 4);
  return {
    code: 'LISTING_SHRANK',
    title: 'Listing Held',
    detail: `Name.com listed ${listed} of ${known} domains, so nothing was removed.`,
    advice: [
      'Check registrar account - log in directly to verify domains exist',
      'If the shorter list is right, accept it: the next sync applies it',
    ],
    domains: known - listed,
  };
}
