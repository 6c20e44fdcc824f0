import type { DomainRecord } from '#core/domain.ts';
import type { Integration } from '#core/integration.ts';
import { toUnicodeName } from '#core/names.ts';
import { toCardStatus } from '#core/statuses.ts';
import type { DomainQuery } from './schemas/domain-query.ts';

export type DomainFilters = Omit<DomainQuery, 'sort' | 'limit' | 'cursor'>;

export interface FilterTime {
  readonly nowMs: number;
  readonly soonDays: number;
}

/** The integrations whose domains a query may show. */
export function selectIntegrations(
  integrations: readonly Integration[],
  { registrar, integration }: DomainFilters,
): readonly Integration[] {
  return integrations.filter(
    (each) =>
      (registrar === undefined || registrar.includes(each.registrar)) &&
      (integration === undefined || integration.includes(each.id)),
  );
}

/** Whether a domain passes the filters that are about the domain itself. */
export function passes(
  domain: DomainRecord,
  filters: DomainFilters,
  { nowMs, soonDays }: FilterTime,
): boolean {
  const { status, expiresBefore, autoRenew, locked, tld, q } = filters;
  return (
    (status === undefined || status.includes(toCardStatus(domain, nowMs, soonDays))) &&
    (expiresBefore === undefined || (domain.expiresAt !== null && domain.expiresAt < expiresBefore)) &&
    (autoRenew === undefined || domain.autoRenew === autoRenew) &&
    (locked === undefined || domain.locked === locked) &&
    (tld === undefined || tld.some((suffix) => domain.name.endsWith(`.${suffix}`))) &&
    (q === undefined || contains(domain.name, q))
  );
}

/** Whether a part of a name, lower-case, is found in its A-labels or in what people read. */
function contains(name: string, part: string): boolean {
  return name.includes(part) || toUnicodeName(name).toLowerCase().includes(part);
}
