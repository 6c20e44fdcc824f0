import { hashText, variantOf } from '../prng.ts';
import type { SimDomain, SimPortfolio, SimResponse } from '../types.ts';
import { readWhole, refuseParameter, succeed } from './bodies.ts';

const INCLUDES = ['authCode', 'contacts', 'nameServers'];
const GROUPS = ['INACTIVE', 'PRE_REGISTRATION', 'REDEMPTION', 'RENEWABLE', 'VERIFICATION_ICANN', 'VISIBLE'];
const MOST = 1_000;

/**
 * `GET /v1/domains`: names in ascending order after `marker`, at most `limit`. Without `statusGroups=VISIBLE` a
 * tail of domains that were cancelled or transferred away follows, one for each ten of the account.
 */
export function listDomains(portfolio: SimPortfolio, query: URLSearchParams): SimResponse {
  const limit = readWhole(query, 'limit', { least: 1, most: MOST, ifAbsent: 100 });
  if (limit === null) return refuseParameter('limit', `Limit must have a value no greater than ${MOST}`);
  const includes = list(query, 'includes');
  const stranger = includes.find((word) => !INCLUDES.includes(word));
  if (stranger !== undefined) return refuseParameter('includes', `includes has no value ${stranger}`);
  const groups = list(query, 'statusGroups');
  const unknown = groups.find((word) => !GROUPS.includes(word));
  if (unknown !== undefined) return refuseParameter('statusGroups', `statusGroups has no value ${unknown}`);
  const statuses = list(query, 'statuses');
  const page: Record<string, unknown>[] = [];
  for (const entry of entriesAfter(portfolio, query.get('marker')?.toLowerCase() ?? '', includes, groups)) {
    if (page.length === limit) break;
    if (statuses.length === 0 || statuses.includes(String(entry.status))) page.push(entry);
  }
  return succeed(page);
}

/** `GET /v1/domains/{domain}`: what the listing has with nameservers, and the transfer secret that nobody should keep. */
export function toDetail(domain: SimDomain): Record<string, unknown> {
  return {
    ...toEntry(domain, ['nameServers', 'contacts']),
    authCode: 'fake-auth-code-not-to-be-kept',
    verifications: {},
  };
}

function* entriesAfter(
  { names, get }: SimPortfolio,
  marker: string,
  includes: readonly string[],
  groups: readonly string[],
): Generator<Record<string, unknown>> {
  for (let i = firstAfter(names, marker); i < names.length; i += 1) {
    const domain = get(names[i] ?? '');
    if (domain) yield toEntry(domain, includes);
  }
  if (groups.includes('VISIBLE')) return;
  for (let i = 1; i <= Math.ceil(names.length / 10); i += 1) {
    const name = `zzz-former-${String(i).padStart(5, '0')}.com`;
    if (name > marker) yield toDeadEntry(name);
  }
}

/** The place of the first name that is greater than the marker. */
function firstAfter(names: readonly string[], marker: string): number {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') <= marker) low = middle + 1;
    else high = middle;
  }
  return low;
}

function toEntry(domain: SimDomain, includes: readonly string[]): Record<string, unknown> {
  const { name, registeredAt, expiresAt } = domain;
  const capitals = variantOf(`${name}/capitals`, 6) === 0;
  const nameServers = domain.nameServers.map((host) => (capitals ? host.toUpperCase() : host));
  return {
    domain: variantOf(`${name}/name`, 12) === 0 ? name.replace(/^./, (first) => first.toUpperCase()) : name,
    domainId: 100_000_000 + (hashText(name) % 90_000_000),
    status: domain.rawStatuses[0] ?? 'ACTIVE',
    ...(registeredAt === null
      ? {}
      : {
          createdAt: toDate(registeredAt, name),
          registrarCreatedAt: registeredAt.replace(/\.\d{3}Z$/, '.123Z'),
          transferAwayEligibleAt: daysAfter(registeredAt, 60),
        }),
    ...(expiresAt === null
      ? {}
      : { expires: toDate(expiresAt, name), renewDeadline: daysAfter(expiresAt, 45) }),
    renewAuto: domain.autoRenew,
    renewable: domain.registeredHere,
    locked: domain.locked,
    privacy: domain.privacy,
    exposeWhois: false,
    holdRegistrar: false,
    expirationProtected: false,
    transferProtected: false,
    nameServers: includes.includes('nameServers') ? nameServers : null,
    ...(includes.includes('authCode') ? { authCode: 'fake-auth-code-not-to-be-kept' } : {}),
    ...(includes.includes('contacts')
      ? { contactRegistrant: { nameFirst: 'Fake', nameLast: 'Person' } }
      : {}),
  };
}

function toDeadEntry(name: string): Record<string, unknown> {
  return {
    domain: name,
    domainId: 100_000_000 + (hashText(name) % 90_000_000),
    status: variantOf(name, 2) === 0 ? 'CANCELLED' : 'TRANSFERRED_OUT',
    createdAt: '2012-03-04T05:06:07.000Z',
    deletedAt: '2020-04-18T05:06:07.000Z',
    expires: '2020-03-04T05:06:07.000Z',
    renewAuto: false,
    renewable: false,
    locked: false,
    privacy: false,
    nameServers: null,
  };
}

/** Mostly with milliseconds, for some names without. */
function toDate(instant: string, name: string): string {
  return variantOf(`${name}/ms`, 4) === 0 ? instant.replace(/\.000Z$/, 'Z') : instant;
}

function daysAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString();
}

function list(query: URLSearchParams, name: string): string[] {
  return query.getAll(name).flatMap((text) => text.split(',').filter((word) => word !== ''));
}
