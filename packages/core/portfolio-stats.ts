import type { DomainRecord } from './domain.ts';
import { isExpiredByStatus, toExpiryMs } from './statuses.ts';

/**
 * What the figures on cards and dashboard are counted from: every known expiry of an integration's domains, so that
 * the counts are right at any later instant without a write and without reading the domains (about 2 to 4 bytes each).
 */
export interface PortfolioStats {
  readonly total: number;
  /** Names expired by their status, whatever their date; they are not among `expiries`. */
  readonly expiredByStatus: number;
  /** Expiries of those that have a date. */
  readonly expiredByStatusExpiries: Uint8Array;
  /** Names without a date that no status calls expired: they count as active. */
  readonly unknownExpiry: number;
  /** Expiries of the others, see {@link packSeconds}. */
  readonly expiries: Uint8Array;
  /** The subset of `expiries` whose auto-renewal is known to be off. */
  readonly autoRenewOffExpiries: Uint8Array;
  readonly autoRenewOff: number;
  readonly lockOff: number;
  readonly missing: number;
  /** Domains whose zone could not be read, or is held, at the last attempt. */
  readonly zonesFailed: number;
}

export interface CardCounts {
  readonly total: number;
  readonly active: number;
  readonly expiringSoon: number;
  readonly expired: number;
}

const dayMs = 86_400_000;

/** Collects the stats of one integration from its rows, in any order. */
export function createStatsBuilder(): { add(domain: DomainRecord): void; build(): PortfolioStats } {
  const expiries: number[] = [];
  const autoRenewOffExpiries: number[] = [];
  const expiredByStatusExpiries: number[] = [];
  const counts = {
    total: 0,
    expiredByStatus: 0,
    unknownExpiry: 0,
    autoRenewOff: 0,
    lockOff: 0,
    missing: 0,
    zonesFailed: 0,
  };
  return {
    add(domain) {
      counts.total += 1;
      if (domain.seen === 'MISSING') counts.missing += 1;
      if (domain.autoRenew === false) counts.autoRenewOff += 1;
      if (domain.locked === false) counts.lockOff += 1;
      if (domain.dns.problem !== null) counts.zonesFailed += 1;
      const expiryMs = toExpiryMs(domain);
      const seconds = expiryMs === null ? null : Math.ceil(expiryMs / 1000);
      if (isExpiredByStatus(domain)) {
        counts.expiredByStatus += 1;
        if (seconds !== null) expiredByStatusExpiries.push(seconds);
      } else if (seconds === null) counts.unknownExpiry += 1;
      else {
        expiries.push(seconds);
        if (domain.autoRenew === false) autoRenewOffExpiries.push(seconds);
      }
    },
    build: () => ({
      ...counts,
      expiries: packSeconds(expiries),
      autoRenewOffExpiries: packSeconds(autoRenewOffExpiries),
      expiredByStatusExpiries: packSeconds(expiredByStatusExpiries),
    }),
  };
}

/** The figures of a card at an instant: a partition of the total. */
export function toCardCounts(stats: PortfolioStats, nowMs: number, soonDays: number): CardCounts {
  const passed = countUntil(stats.expiries, nowMs);
  const soon = countUntil(stats.expiries, nowMs + soonDays * dayMs) - passed;
  const expired = stats.expiredByStatus + passed;
  return { total: stats.total, active: stats.total - expired - soon, expiringSoon: soon, expired };
}

/** How many packed instants are at or before `untilMs`. */
export function countUntil(packed: Uint8Array, untilMs: number): number {
  let count = 0;
  for (const seconds of unpackSeconds(packed)) {
    if (seconds * 1000 > untilMs) break;
    count += 1;
  }
  return count;
}

/**
 * Packs whole seconds since the epoch, sorted ascending, each as the difference to the one before in LEB128
 * (7 bits a byte, low bits first). Instants before 1970 are taken as 1970.
 */
export function packSeconds(seconds: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let previous = 0;
  for (const value of seconds.map((s) => Math.max(0, s)).sort((a, b) => a - b)) {
    let delta = value - previous;
    previous = value;
    while (delta >= 128) {
      bytes.push((delta % 128) | 128);
      delta = Math.floor(delta / 128);
    }
    bytes.push(delta);
  }
  return Uint8Array.from(bytes);
}

/** The seconds that {@link packSeconds} packed, ascending. */
export function* unpackSeconds(packed: Uint8Array): Generator<number> {
  let previous = 0;
  let delta = 0;
  let factor = 1;
  for (const byte of packed) {
    delta += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) {
      previous += delta;
      yield previous;
      delta = 0;
      factor = 1;
    }
  }
}
