import { hashText, variantOf } from '../prng.ts';
import type { SimDomain, SimPortfolio } from '../types.ts';

const SORT_KEYS: Readonly<Record<string, (domain: SimDomain) => string>> = {
  domain: ({ name }) => name,
  tld: ({ name }) => tldOf(name),
  create_date: ({ registeredAt }) => registeredAt ?? '',
  expire_date: ({ expiresAt }) => expiresAt ?? '',
};

const orders = new WeakMap<SimPortfolio, Map<string, readonly string[]>>();

/** The names of a portfolio in the order of one of the documented sort keys; another key sorts by expiry. */
export function sortedNames(
  portfolio: SimPortfolio,
  sortName: string,
  descending: boolean,
): readonly string[] {
  const known = Object.hasOwn(SORT_KEYS, sortName) ? sortName : 'expire_date';
  const cached = orders.get(portfolio) ?? new Map<string, readonly string[]>();
  orders.set(portfolio, cached);
  let ascending = cached.get(known);
  if (!ascending) {
    ascending = known === 'domain' ? portfolio.names : sortBy(portfolio, SORT_KEYS[known] ?? (() => ''));
    cached.set(known, ascending);
  }
  return descending ? ascending.toReversed() : ascending;
}

/** A domain as `listAll` gives it: flags as numbers, as strings or mixed, dates in one of three documented forms. */
export function toListedDomain(domain: SimDomain, withLabels: boolean): Record<string, unknown> {
  const { name } = domain;
  const form = variantOf(`${name}/flags`, 3);
  const flag = (value: boolean): number | string =>
    form === 0 || (form === 2 && !value) ? Number(value) : value ? '1' : '0';
  return {
    domain: variantOf(`${name}/capitals`, 12) === 0 ? name.toUpperCase() : name,
    status: domain.rawStatuses[0] ?? 'ACTIVE',
    tld: tldOf(name),
    createDate: toDate(domain.registeredAt, name),
    expireDate: toDate(domain.expiresAt, name),
    securityLock: flag(domain.locked),
    whoisPrivacy: flag(domain.privacy),
    autoRenew: flag(domain.autoRenew),
    apiAccess: flag(domain.apiAccess),
    notLocal: flag(!domain.registeredHere),
    ...(withLabels
      ? { labels: [{ id: String(hashText(name) % 90_000), title: 'fake label', color: '#ff9e9e' }] }
      : {}),
  };
}

function sortBy(portfolio: SimPortfolio, keyOf: (domain: SimDomain) => string): string[] {
  const keyed = portfolio.names.map((name) => {
    const domain = portfolio.get(name);
    return { name, key: domain ? keyOf(domain) : '' };
  });
  keyed.sort((a, b) => (a.key === b.key ? (a.name < b.name ? -1 : 1) : a.key < b.key ? -1 : 1));
  return keyed.map(({ name }) => name);
}

function tldOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}

/** `YYYY-MM-DD HH:MM:SS`, with a T for some names, without seconds for some where they are none. */
function toDate(instant: string | null, name: string): string | null {
  if (instant === null) return null;
  const [day, time = ''] = instant.slice(0, 19).split('T');
  if (time.endsWith(':00') && variantOf(`${name}/seconds`, 2) === 0) return `${day} ${time.slice(0, 5)}`;
  return `${day}${variantOf(`${name}/joint`, 4) === 0 ? 'T' : ' '}${time}`;
}
