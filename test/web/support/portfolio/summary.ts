import type { DomainJson } from '#api/schemas/domain.ts';
import type { IntegrationJson } from '#api/schemas/integration.ts';
import type { RegistrarSummaryJson, SummaryJson } from '#api/schemas/tenant.ts';
import { DAY_MS, isExpiredByStatus, toExpiryMs, toIso } from './life.ts';

/** The dashboard's figures for these domains. */
export function makeSummary(
  domains: readonly DomainJson[],
  integrations: readonly IntegrationJson[],
  now = Date.now(),
): SummaryJson {
  const registrars = [...new Set(integrations.map(({ registrar }) => registrar))];
  const { lockOff: _lockOff, ...totals } = count(domains);
  return {
    ...totals,
    byRegistrar: registrars.map((registrar) => summarize(registrar, domains, now)),
    byMonth: toMonths(domains, now),
    attention: toAttention(domains, integrations, now),
  };
}

function summarize(
  registrar: DomainJson['registrar'],
  domains: readonly DomainJson[],
  now: number,
): RegistrarSummaryJson {
  const own = domains.filter((domain) => domain.registrar === registrar);
  const next = own
    .filter((domain) => !isExpiredByStatus(domain) && (toExpiryMs(domain) ?? 0) > now)
    .map(({ expiresAt }) => expiresAt ?? '')
    .sort()[0];
  return { registrar, ...count(own), nextExpiresAt: next ?? null };
}

function count(domains: readonly DomainJson[]) {
  const having = (test: (domain: DomainJson) => boolean) => domains.filter(test).length;
  return {
    total: domains.length,
    active: having(({ status }) => status === 'ACTIVE'),
    expiringSoon: having(({ status }) => status === 'EXPIRING_SOON'),
    expired: having(({ status }) => status === 'EXPIRED'),
    autoRenewOff: having(({ autoRenew }) => autoRenew === false),
    lockOff: having(({ locked }) => locked === false),
  };
}

function toMonths(domains: readonly DomainJson[], now: number): SummaryJson['byMonth'] {
  const date = new Date(now);
  return Array.from({ length: 12 }, (_, index) => {
    const month = toIso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + index, 1)).slice(0, 7);
    return { month, count: domains.filter(({ expiresAt }) => expiresAt?.startsWith(month)).length };
  });
}

function toAttention(
  domains: readonly DomainJson[],
  integrations: readonly IntegrationJson[],
  now: number,
): SummaryJson['attention'] {
  const isEndingUnrenewed = (domain: DomainJson) => {
    const ms = toExpiryMs(domain);
    const isNear = ms !== null && ms > now && ms <= now + 7 * DAY_MS;
    return isNear && domain.autoRenew === false && !isExpiredByStatus(domain);
  };
  const says = (code: string) =>
    integrations.filter(({ notices }) => notices.some((notice) => notice.code === code)).length;
  const counts = {
    EXPIRES_THIS_WEEK_NO_RENEWAL: domains.filter(isEndingUnrenewed).length,
    SYNC_FAILED: integrations.filter(({ status }) => status === 'FAILED').length,
    LISTING_SHRANK: says('LISTING_SHRANK'),
    CREDENTIALS_EXPIRE_SOON: says('CREDENTIALS_EXPIRE_SOON'),
    ZONES_FAILED: domains.filter(({ dns }) => dns.problem !== undefined).length,
  };
  return Object.entries(counts)
    .filter(([, number]) => number > 0)
    .map(([code, number]) => ({ code: code as keyof typeof counts, count: number }));
}
