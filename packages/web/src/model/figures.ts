import type { Registrar } from '../api/types.gen.ts';
import { DAY_MS, formatMonth, toDay } from './dates.ts';
import type { DomainRow } from './domain-row.ts';
import { expiresWithin } from './select-domains.ts';
import { formatCount } from './words.ts';

/** How many names have their date of expiry in a month, those that expired already included. */
export interface ExpiryBucket {
  /** YYYY-MM */
  readonly month: string;
  /** "Nov 2026" */
  readonly label: string;
  readonly count: number;
}

const BUCKETS = 12;
const CALENDAR_DAYS = 53 * 7;
/** 1970-01-05, a Monday. */
const SOME_MONDAY_MS = 4 * DAY_MS;

/** The month of `now` and the eleven after it, in UTC. */
export function toExpiryBuckets(rows: readonly DomainRow[], now: number): readonly ExpiryBucket[] {
  const today = new Date(now);
  const first = today.getUTCFullYear() * 12 + today.getUTCMonth();
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const { expiresMs } of rows) {
    if (expiresMs === null) continue;
    const at = new Date(expiresMs);
    const index = at.getUTCFullYear() * 12 + at.getUTCMonth() - first;
    const count = counts[index];
    if (count !== undefined) counts[index] = count + 1;
  }
  return counts.map((count, index) => {
    const month = toDay(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + index)).slice(0, 7);
    return { month, label: formatMonth(month), count };
  });
}

/**
 * How many names expire on each day (YYYY-MM-DD) of 53 weeks: every day has an entry, in order, beginning with the
 * Monday of this week in UTC.
 */
export function toExpiryDays(rows: readonly DomainRow[], now: number): ReadonlyMap<string, number> {
  const week = 7 * DAY_MS;
  const firstMs = Math.floor((now - SOME_MONDAY_MS) / week) * week + SOME_MONDAY_MS;
  const counts = new Array<number>(CALENDAR_DAYS).fill(0);
  for (const { expiresMs } of rows) {
    const index = expiresMs === null ? -1 : Math.floor((expiresMs - firstMs) / DAY_MS);
    const count = counts[index];
    if (count !== undefined) counts[index] = count + 1;
  }
  return new Map(counts.map((count, index) => [toDay(firstMs + index * DAY_MS), count]));
}

/** A registrar beside the others. Shares go from 0 to 1, of the domains whose value is known; null if none is. */
export interface RegistrarLine {
  readonly registrar: string;
  readonly name: string;
  readonly domains: number;
  readonly active: number;
  readonly expiringSoon: number;
  readonly expired: number;
  readonly autoRenewOn: number | null;
  readonly locked: number | null;
  readonly privacyOn: number | null;
  /** The next date of a name in force, ISO 8601. */
  readonly nextExpiresAt: string | null;
  /** Which shares this registrar never tells: "not provided by GoDaddy". */
  readonly notProvided: readonly ('autoRenewOn' | 'locked' | 'privacyOn')[];
}

type Provider = Pick<Registrar, 'id' | 'name'> & {
  readonly capabilities: Pick<Registrar['capabilities'], 'autoRenew' | 'transferLock' | 'privacy'>;
};

/** A line for each registrar that has domains, by name. What isn't among `registrars` goes by its id. */
export function toRegistrarComparison(
  rows: readonly DomainRow[],
  registrars: readonly Provider[],
): readonly RegistrarLine[] {
  const groups = Map.groupBy(rows, ({ domain }) => domain.registrar);
  const lines = [...groups].map(([id, group]) =>
    toLine(
      group,
      registrars.find((registrar) => registrar.id === id) ?? {
        id,
        name: id,
        capabilities: { autoRenew: true, transferLock: true, privacy: true },
      },
    ),
  );
  return lines.sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
}

/** Names that are registered here, expire within a week and won't surely renew by themselves, in the given order. */
export function toExpiringUnrenewed(rows: readonly DomainRow[], now: number): readonly DomainRow[] {
  return rows.filter(
    (row) => row.domain.registeredHere && row.domain.autoRenew !== true && expiresWithin(row, 7, now),
  );
}

/** What to say of {@link toExpiringUnrenewed}: that they will not renew only where each registrar said so. */
export function toUnrenewedText(found: readonly DomainRow[]): string {
  const verb = found.every(({ domain }) => domain.autoRenew === false) ? 'will' : 'may';
  return found.length === 1
    ? `1 domain expires this week and ${verb} not renew by itself.`
    : `${formatCount(found.length)} domains expire this week and ${verb} not renew by themselves.`;
}

function toLine(rows: readonly DomainRow[], { id, name, capabilities }: Provider): RegistrarLine {
  const count = (status: string) => rows.filter(({ domain }) => domain.status === status).length;
  const next = rows.reduce<DomainRow | null>((soonest, row) => {
    if (row.expiresMs === null || row.domain.status === 'EXPIRED') return soonest;
    return row.expiresMs < (soonest?.expiresMs ?? Number.POSITIVE_INFINITY) ? row : soonest;
  }, null);
  return {
    registrar: id,
    name,
    domains: rows.length,
    active: count('ACTIVE'),
    expiringSoon: count('EXPIRING_SOON'),
    expired: count('EXPIRED'),
    autoRenewOn: toShare(rows, ({ domain }) => domain.autoRenew),
    locked: toShare(rows, ({ domain }) => domain.locked),
    privacyOn: toShare(rows, ({ domain }) => domain.privacy),
    nextExpiresAt: next?.domain.expiresAt ?? null,
    notProvided: [
      ...(capabilities.autoRenew ? [] : ['autoRenewOn' as const]),
      ...(capabilities.transferLock ? [] : ['locked' as const]),
      ...(capabilities.privacy ? [] : ['privacyOn' as const]),
    ],
  };
}

function toShare(rows: readonly DomainRow[], read: (row: DomainRow) => boolean | null): number | null {
  let known = 0;
  let on = 0;
  for (const row of rows) {
    const value = read(row);
    if (value !== null) known += 1;
    if (value === true) on += 1;
  }
  return known === 0 ? null : on / known;
}
