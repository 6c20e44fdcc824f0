import type { DomainJson } from '#api/schemas/domain.ts';
import { ACCOUNTS, type Account, toLastSyncedAt } from './accounts.ts';
import { DAY_MS, toIso, toLife } from './life.ts';
import { createNames, type Name } from './names.ts';
import { createRandom, type Random } from './random.ts';

export interface DomainsOptions {
  /** ms since the epoch; the present unless told. Give one where the data has to be the same tomorrow. */
  readonly now?: number;
  readonly accounts?: readonly Account[];
}

/**
 * `count` domains as the API lists them, soonest expiry first and unknown ones last. Beside the ordinary, each 50 hold
 * a name from right to left, one of another script, one of 253 characters, one that is registered elsewhere, one of
 * which nothing is known, one that its registrar no longer lists, and one that two accounts hold.
 */
export function makeDomains(
  count: number,
  seed: number | string = 1,
  options: DomainsOptions = {},
): DomainJson[] {
  const { now = Date.now(), accounts = ACCOUNTS } = options;
  const random = createRandom(seed);
  const nameOf = createNames(random);
  const domains: DomainJson[] = [];
  for (let index = 0; index < count; index += 1) {
    const former = index % 50 === 23 ? domains.at(-1) : undefined;
    // each account has one at least, if there are enough
    const account = accounts[index] ?? pickAccount(random, accounts, former);
    // a transfer under way: the same name, at another account
    const name = former && account.id !== former.integrationId ? former : nameOf(index);
    domains.push(makeDomain({ index, name, account, random, now }));
  }
  return domains.sort(byExpiry);
}

interface Draft {
  readonly index: number;
  readonly name: Name;
  readonly account: Account;
  readonly random: Random;
  readonly now: number;
}

function makeDomain(draft: Draft): DomainJson {
  const { index, name, account, random, now } = draft;
  const { registrar } = account;
  const kind = index % 50;
  const isRegisteredHere = kind !== 13 || registrar !== 'godaddy';
  const expiryPrecision = registrar === 'namecheap' ? 'DAY' : 'INSTANT';
  const expiresAt = isRegisteredHere && kind !== 29 ? makeExpiry(random, now, expiryPrecision) : null;
  const isOver = expiresAt !== null && Date.parse(expiresAt) < now;
  const locked = makeLock(random, registrar);
  const statuses = kind === 29 ? [] : makeStatuses(random, { registrar, isOver, locked });
  const isMissing = kind === 21;
  const lastSyncedAt = toLastSyncedAt(account, now);
  return {
    name: name.name,
    unicodeName: name.unicodeName,
    tld: name.name.slice(name.name.lastIndexOf('.') + 1),
    registrar,
    integrationId: account.id,
    ...toLife({ statuses, expiresAt, expiryPrecision }, now),
    statuses,
    rawStatuses: makeRawStatuses(registrar, isOver),
    registeredAt: expiresAt && toIso(Date.parse(expiresAt) - random.int(11, 20) * 365 * DAY_MS),
    expiresAt,
    expiryPrecision,
    autoRenew: isRegisteredHere ? random.pick([true, true, true, true, false, false, null]) : null,
    locked: isRegisteredHere ? locked : null,
    privacy: registrar === 'gandi' ? null : random.pick([true, true, true, false, null]),
    nameServers: makeNameServers(random, registrar),
    registeredHere: isRegisteredHere,
    dns: makeDns(draft, isMissing ? toIso(now - 2 * DAY_MS) : lastSyncedAt),
    seen: isMissing ? 'MISSING' : 'PRESENT',
    firstSeenAt: toIso(now - random.int(3, 300) * DAY_MS),
    lastSeenAt: isMissing ? toIso(now - 2 * DAY_MS) : lastSyncedAt,
  };
}

function pickAccount(
  random: Random,
  accounts: readonly Account[],
  other: { readonly integrationId: string } | undefined,
): Account {
  const free = accounts.filter(({ id }) => id !== other?.integrationId);
  const choices = free.length > 0 ? free : accounts;
  let left = (random.int(0, 9_999) / 10_000) * choices.reduce((sum, { share }) => sum + share, 0);
  const found = choices.find(({ share }) => {
    left -= share;
    return left < 0;
  });
  const account = found ?? choices.at(-1);
  if (!account) throw new Error('there are no accounts');
  return account;
}

/** In days: 3 % are over, 4 % have a week, 6 % a month, 50 % a year, the others up to ten. */
function makeExpiry(random: Random, now: number, precision: DomainJson['expiryPrecision']): string {
  const share = random.int(1, 100);
  const days =
    share <= 3
      ? random.int(-40, -2)
      : share <= 7
        ? random.int(0, 7)
        : share <= 13
          ? random.int(8, 30)
          : share <= 63
            ? random.int(31, 365)
            : random.int(366, 3_650);
  const ms = now + days * DAY_MS + random.int(1, 86_399) * 1_000;
  return toIso(precision === 'DAY' ? Math.floor(ms / DAY_MS) * DAY_MS : ms);
}

function makeLock(random: Random, registrar: DomainJson['registrar']): boolean | null {
  const isLocked = random.chance(0.8);
  return registrar === 'namecheap' && !isLocked ? null : isLocked;
}

function makeStatuses(
  random: Random,
  { registrar, isOver, locked }: Pick<DomainJson, 'registrar' | 'locked'> & { readonly isOver: boolean },
): DomainJson['statuses'] {
  // Name.com tells no statuses
  if (registrar === 'namecom') return [];
  if (isOver) return random.pick([[], ['autoRenewPeriod'], ['redemptionPeriod'], ['pendingDelete']]);
  if (random.chance(0.02)) return ['clientHold'];
  if (random.chance(0.01)) return ['pendingTransfer'];
  return locked ? ['clientTransferProhibited', 'clientUpdateProhibited'] : ['ok'];
}

function makeRawStatuses(registrar: DomainJson['registrar'], isOver: boolean): string[] {
  const words = {
    godaddy: isOver ? ['EXPIRED_REASSIGNED'] : ['ACTIVE'],
    namecheap: isOver ? ['IsExpired'] : [],
    gandi: ['clientTransferProhibited'],
    porkbun: ['ACTIVE'],
    namecom: [],
  };
  return words[registrar];
}

function makeNameServers(random: Random, registrar: DomainJson['registrar']): string[] | null {
  // their listings don't tell
  if (registrar === 'namecheap' || registrar === 'gandi') return null;
  const own = {
    godaddy: ['ns51.domaincontrol.com', 'ns52.domaincontrol.com'],
    porkbun: ['curitiba.ns.porkbun.com', 'fortaleza.ns.porkbun.com', 'maceio.ns.porkbun.com'],
    namecom: ['ns1.name.com', 'ns2.name.com', 'ns3.name.com', 'ns4.name.com'],
  };
  const elsewhere = ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'];
  return random.pick([own[registrar], own[registrar], own[registrar], elsewhere, []]);
}

function makeDns(
  { index, account: { registrar }, random, now }: Draft,
  fetchedAt: string,
): DomainJson['dns'] {
  const kind = index % 50;
  if (kind === 7) {
    const failed = { code: 'REGISTRAR_BAD_RESPONSE', title: 'Records Not Read', at: fetchedAt } as const;
    const detail = 'The registrar did not give us the records for this domain.';
    return { status: 'FAILED', provider: null, fetchedAt: null, problem: { ...failed, detail } };
  }
  if (kind === 27) {
    const held = { code: 'LISTING_SHRANK', title: 'Records Held', at: fetchedAt } as const;
    const detail = 'The registrar answered without a single record for a domain that had many.';
    const formerly = toIso(now - 9 * DAY_MS);
    return { status: 'FETCHED', provider: null, fetchedAt: formerly, problem: { ...held, detail } };
  }
  if (kind === 37) return { status: 'PENDING', provider: null, fetchedAt: null };
  if (random.chance(0.12)) {
    return {
      status: 'ELSEWHERE',
      provider: random.pick(['cloudflare.com', 'awsdns.com', null]),
      fetchedAt: null,
    };
  }
  if (registrar === 'porkbun' && random.chance(0.1)) {
    return { status: 'NOT_PERMITTED', provider: null, fetchedAt: null };
  }
  return { status: 'FETCHED', provider: null, fetchedAt };
}

function byExpiry(a: DomainJson, b: DomainJson): number {
  const toKey = ({ expiresAt, name, integrationId }: DomainJson) =>
    `${expiresAt ?? '9999'}#${name}#${integrationId}`;
  return toKey(a) < toKey(b) ? -1 : 1;
}
