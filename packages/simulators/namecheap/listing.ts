import { hashText, variantOf } from '../prng.ts';
import type { SimDomain, SimPortfolio, SimResponse } from '../types.ts';
import type { Parameters } from './parameters.ts';
import { element, refuse, succeed } from './xml.ts';

const COMMAND = 'namecheap.domains.getList';
const MONTH_MS = 30 * 86_400_000;

/**
 * `namecheap.domains.getList`: pages of 10 to 100 (default 20). `ListType` is ALL, EXPIRING or EXPIRED; `SortBy`
 * NAME (default) or another of the documented keys. A page size out of bounds is an error.
 */
export function listDomains(
  portfolio: SimPortfolio,
  parameters: Parameters,
  { user, now }: { user: string; now: number },
): SimResponse {
  const page = Number(parameters.get('page') ?? 1);
  const pageSize = Number(parameters.get('pagesize') ?? 20);
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(pageSize) || pageSize < 10 || pageSize > 100) {
    return refuse(COMMAND, [['5050169', 'Page or PageSize is out of bounds']]);
  }
  const names = select(portfolio, parameters, now);
  const domains = names.slice((page - 1) * pageSize, page * pageSize).flatMap((name) => {
    const domain = portfolio.get(name);
    return domain ? [`\n      ${toElement(domain, user, now)}`] : [];
  });
  const result = element('DomainGetListResult', {}, domains.join(''));
  const counts = [
    element('TotalItems', {}, String(names.length)),
    element('CurrentPage', {}, String(page)),
    element('PageSize', {}, String(pageSize)),
  ];
  return succeed(COMMAND, `    ${result}\n    ${element('Paging', {}, counts.join(''))}`);
}

/** A day as `MM/DD/YYYY`, '' where there is none. */
export function toDay(instant: string | null): string {
  if (instant === null) return '';
  const [year, month, day] = instant.slice(0, 10).split('-');
  return `${month}/${day}/${year}`;
}

/** The number that Namecheap knows a domain by. */
export function idOf(name: string): string {
  return String(1 + (hashText(name) % 9_999_999));
}

function toElement(domain: SimDomain, user: string, now: number): string {
  const { name, expiresAt, privacy } = domain;
  const absent = ['DISABLED', 'NOTPRESENT', 'NOTALLOTED'][variantOf(`${name}/guard`, 3)] ?? '';
  return element('Domain', {
    ID: idOf(name),
    Name: name,
    User: user,
    Created: toDay(domain.registeredAt),
    Expires: toDay(expiresAt),
    IsExpired: String(expiresAt !== null && Date.parse(expiresAt) < now),
    IsLocked: String(domain.locked),
    AutoRenew: String(domain.autoRenew),
    WhoisGuard: privacy ? 'ENABLED' : absent,
    IsPremium: 'false',
    IsOurDNS: String(domain.dnsHere),
  });
}

function select(portfolio: SimPortfolio, parameters: Parameters, now: number): readonly string[] {
  const type = (parameters.get('listtype') ?? 'ALL').toUpperCase();
  const term = (parameters.get('searchterm') ?? '').toLowerCase();
  const [sortKey = 'NAME', direction] = (parameters.get('sortby') ?? 'NAME').toUpperCase().split('_');
  if (type === 'ALL' && term === '' && sortKey === 'NAME') {
    return direction === 'DESC' ? portfolio.names.toReversed() : portfolio.names;
  }
  const chosen = portfolio.names.flatMap((name) => {
    const domain = portfolio.get(name);
    if (!domain || !name.includes(term)) return [];
    const left = domain.expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(domain.expiresAt) - now;
    if (type === 'EXPIRED' && left > 0) return [];
    if (type === 'EXPIRING' && (left <= 0 || left > MONTH_MS)) return [];
    const date =
      sortKey === 'EXPIREDATE' ? domain.expiresAt : sortKey === 'CREATEDATE' ? domain.registeredAt : '';
    return [{ name, key: date ?? '' }];
  });
  chosen.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
  const sorted = chosen.map(({ name }) => name);
  return direction === 'DESC' ? sorted.reverse() : sorted;
}
