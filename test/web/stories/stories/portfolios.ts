import { type ProblemFacts, toNoticeText, toProblemText } from '#core/problem-texts.ts';
import type { Domain, Integration, Notice, SyncProblem } from '../../../../packages/web/src/api/types.gen.ts';
import type { Portfolio } from '../../support/portfolio.ts';

/** Changes a portfolio to what a story is about. */
export type Change = (portfolio: Portfolio) => Portfolio;

/** The accounts of the made-up portfolio, by what they are for in the stories. */
export const IDS = {
  godaddy: 'goda2main2222222222222akj1l',
  client: 'goda2clienta222222222277xyz',
  namecheap: 'name2cheap22222222222225tq4',
  gandi: 'gand2i222222222222222222mno',
  porkbun: 'pork2bun2222222222222226rst',
  namecom: 'name2com222222222222222bcde',
} as const;

export type AccountName = keyof typeof IDS;

const NAMES = {
  godaddy: { id: 'godaddy', name: 'GoDaddy' },
  client: { id: 'godaddy', name: 'GoDaddy' },
  namecheap: { id: 'namecheap', name: 'Namecheap' },
  gandi: { id: 'gandi', name: 'Gandi' },
  porkbun: { id: 'porkbun', name: 'Porkbun' },
  namecom: { id: 'namecom', name: 'Name.com' },
} as const;

const subjectOf = (account: AccountName) => ({
  registrar: NAMES[account],
  environment: 'production' as const,
  egressAddresses: account === 'namecheap' ? ['203.0.113.7'] : [],
});

/** A portfolio without anything in it. */
export const toEmpty: Change = (portfolio) => ({ ...portfolio, integrations: [], domains: [] });

/** Keeps one account and its domains. */
export function keepOnly(
  account: AccountName,
  facts: (now: number) => Partial<Integration> = () => ({}),
): Change {
  return (portfolio) => {
    const changed = changeAccount(account, facts)(portfolio);
    return {
      ...changed,
      integrations: changed.integrations.filter(({ id }) => id === IDS[account]),
      domains: changed.domains.filter(({ integrationId }) => integrationId === IDS[account]),
    };
  };
}

/** Says something else of one account. */
export function changeAccount(account: AccountName, facts: (now: number) => Partial<Integration>): Change {
  return (portfolio) => ({
    ...portfolio,
    integrations: portfolio.integrations.map((integration) =>
      integration.id === IDS[account]
        ? ({ ...integration, ...facts(portfolio.now) } as Portfolio['integrations'][number])
        : integration,
    ),
  });
}

/** What a card tells of a failed sync, in the product's own words. */
export function toFailed(
  account: AccountName,
  code: SyncProblem['code'],
  facts: Partial<ProblemFacts> = {},
): (now: number) => Partial<Integration> {
  return (now) => {
    const at = toIso(now - 600_000);
    const text = toProblemText({ reason: 'unspecified', ...facts, code }, subjectOf(account));
    const problem: SyncProblem = { ...text, code, at, requestId: '0mih9999storyrequest' };
    return { status: 'FAILED', lastAttemptAt: at, problem };
  };
}

/** What a card tells beside the outcome, in the product's own words. */
export function toNotice(
  account: AccountName,
  code: Notice['code'],
  facts: Omit<Parameters<typeof toNoticeText>[0], 'code'> = {},
): Notice {
  const { domains } = facts;
  return {
    code,
    ...toNoticeText({ ...facts, code }, subjectOf(account)),
    ...(domains !== undefined && { domains }),
  };
}

/** A sync under way, begun 20 seconds ago. */
export function toSyncing(
  step: NonNullable<Integration['currentRun']>['step'],
  progress: NonNullable<Integration['currentRun']>['progress'],
): (now: number) => Partial<Integration> {
  return (now) => ({
    status: 'SYNCING',
    lastAttemptAt: toIso(now - 20_000),
    currentRun: { runId: '0mih0000storyrun', step, progress },
  });
}

/** The domain that the stories of one domain are about. */
export const DOMAIN = 'harbour-coffee.com';

/** Puts {@link DOMAIN} into the portfolio: at GoDaddy, in force, its records read. */
export function withDomain(facts: (now: number) => Partial<Domain> = () => ({})): Change {
  return (portfolio) => ({ ...portfolio, domains: [toDomain(portfolio.now, facts), ...portfolio.domains] });
}

function toDomain(now: number, facts: (now: number) => Partial<Domain>): Portfolio['domains'][number] {
  const syncedAt = toIso(now - 3 * 3_600_000);
  const domain: Domain = {
    name: DOMAIN,
    unicodeName: DOMAIN,
    tld: 'com',
    registrar: 'godaddy',
    integrationId: IDS.godaddy,
    status: 'ACTIVE',
    lifecycle: 'active',
    statuses: ['clientTransferProhibited', 'clientUpdateProhibited'],
    rawStatuses: ['ACTIVE'],
    registeredAt: '2014-03-18T09:12:44.000Z',
    expiresAt: toIso(now + 200 * DAY_MS),
    expiryPrecision: 'INSTANT',
    autoRenew: true,
    locked: true,
    privacy: true,
    nameServers: ['ns51.domaincontrol.com', 'ns52.domaincontrol.com'],
    registeredHere: true,
    dns: { status: 'FETCHED', provider: null, fetchedAt: syncedAt },
    seen: 'PRESENT',
    firstSeenAt: toIso(now - 250 * DAY_MS),
    lastSeenAt: syncedAt,
  };
  return { ...domain, ...facts(now) } as Portfolio['domains'][number];
}

/** Puts the same name into another account, too. */
export const withTwin: Change = (portfolio) =>
  withDomain(() => ({ registrar: 'namecheap', integrationId: IDS.namecheap }))(withDomain()(portfolio));

export const DAY_MS = 86_400_000;

/** ISO 8601 UTC of ms since the epoch. */
export const toIso = (ms: number): string => new Date(ms).toISOString();
