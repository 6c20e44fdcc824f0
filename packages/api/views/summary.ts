import { type Integration, toIntegrationStatus } from '#core/integration.ts';
import { countUntil, type PortfolioStats, toCardCounts, unpackSeconds } from '#core/portfolio-stats.ts';
import { toIso } from '#core/ports/clock.ts';
import type { RegistrarProfile } from '#core/registrar.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import type { RegistrarSummaryJson, SummaryJson } from '../schemas/tenant.ts';
import { expireSoon } from './integration.ts';

export interface SummaryFacts {
  readonly integrations: readonly Integration[];
  readonly stats: ReadonlyMap<string, PortfolioStats>;
  readonly registrars: Readonly<Record<RegistrarId, RegistrarProfile>>;
  readonly nowMs: number;
  readonly soonDays: number;
}

const dayMs = 86_400_000;
const MONTHS = 12;

type Totals = Omit<RegistrarSummaryJson, 'registrar' | 'nextExpiresAt'>;

/** A tenant's figures at an instant, from the stats that each sync leaves; no domain is read for it. */
export function toSummaryJson(facts: SummaryFacts): SummaryJson {
  const { integrations } = facts;
  const used = REGISTRAR_IDS.filter((id) => integrations.some(({ registrar }) => registrar === id));
  const byRegistrar = used.map((registrar) => toRegistrarSummary(facts, registrar));
  const { lockOff: _lockOff, ...totals } = addUp(byRegistrar);
  return { ...totals, byRegistrar, byMonth: toMonths(facts), attention: toAttention(facts) };
}

function toRegistrarSummary(facts: SummaryFacts, registrar: RegistrarId): RegistrarSummaryJson {
  const { nowMs, soonDays } = facts;
  const stats = statsOf(facts, registrar);
  const totals = addUp(
    stats.map((each) => ({
      ...toCardCounts(each, nowMs, soonDays),
      autoRenewOff: each.autoRenewOff,
      lockOff: each.lockOff,
    })),
  );
  const offsetMs = toDayOffsetMs(facts, registrar);
  const nextMs = Math.min(...stats.map(({ expiries }) => findNextMs(expiries, nowMs)));
  const nextExpiresAt = Number.isFinite(nextMs) ? toIso(nextMs - offsetMs) : null;
  return { registrar, ...totals, nextExpiresAt };
}

function findNextMs(expiries: Uint8Array, nowMs: number): number {
  for (const seconds of unpackSeconds(expiries)) if (seconds * 1000 > nowMs) return seconds * 1000;
  return Number.POSITIVE_INFINITY;
}

function statsOf({ integrations, stats }: SummaryFacts, registrar?: RegistrarId): PortfolioStats[] {
  return integrations.flatMap((integration) => {
    const found = stats.get(integration.id);
    return found && (registrar === undefined || integration.registrar === registrar) ? [found] : [];
  });
}

/** Stats hold the instant from which a name counts as expired; where dates are days, that is a day after the date. */
function toDayOffsetMs({ registrars }: SummaryFacts, registrar: RegistrarId): number {
  return registrars[registrar].capabilities.expiryPrecision === 'DAY' ? dayMs : 0;
}

function addUp(parts: readonly Totals[]): Totals {
  const sum = { total: 0, active: 0, expiringSoon: 0, expired: 0, autoRenewOff: 0, lockOff: 0 };
  for (const part of parts) {
    sum.total += part.total;
    sum.active += part.active;
    sum.expiringSoon += part.expiringSoon;
    sum.expired += part.expired;
    sum.autoRenewOff += part.autoRenewOff;
    sum.lockOff += part.lockOff;
  }
  return sum;
}

/** How many names have their date in this calendar month (UTC) and in each of the eleven after it. */
function toMonths(facts: SummaryFacts): SummaryJson['byMonth'] {
  const now = new Date(facts.nowMs);
  const startsMs = Array.from({ length: MONTHS + 1 }, (_, index) =>
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + index, 1),
  );
  const months = startsMs.slice(0, MONTHS).map((ms) => ({ month: toIso(ms).slice(0, 7), count: 0 }));
  for (const registrar of REGISTRAR_IDS) {
    const offsetMs = toDayOffsetMs(facts, registrar);
    for (const { expiries, expiredByStatusExpiries } of statsOf(facts, registrar)) {
      for (const seconds of [...unpackSeconds(expiries), ...unpackSeconds(expiredByStatusExpiries)]) {
        const ms = seconds * 1000 - offsetMs;
        const month = months[startsMs.findLastIndex((startMs) => startMs <= ms)];
        if (month) month.count += 1;
      }
    }
  }
  return months;
}

function toAttention(facts: SummaryFacts): SummaryJson['attention'] {
  const { integrations, nowMs } = facts;
  const counts = {
    EXPIRES_THIS_WEEK_NO_RENEWAL: statsOf(facts).reduce(
      (sum, { autoRenewOffExpiries: off }) =>
        sum + countUntil(off, nowMs + 7 * dayMs) - countUntil(off, nowMs),
      0,
    ),
    SYNC_FAILED: integrations.filter((each) => toIntegrationStatus(each, nowMs) === 'FAILED').length,
    LISTING_SHRANK: integrations.filter(({ held }) => held !== null && held.acceptedAt === null).length,
    CREDENTIALS_EXPIRE_SOON: integrations.filter((each) => expireSoon(each, nowMs)).length,
    ZONES_FAILED: statsOf(facts).reduce((sum, { zonesFailed }) => sum + zonesFailed, 0),
  } as const;
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => ({ code: code as keyof typeof counts, count }));
}
