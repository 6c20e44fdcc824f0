import { DAY_MS, toDayMs } from './dates.ts';
import { type DomainRow, toFolded } from './domain-row.ts';
import { sortDomains } from './sort-domains.ts';
import type { DomainView, ExpiryRange } from './view-shape.ts';
import { toSwitch } from './words.ts';

type Test = (row: DomainRow) => boolean;

/**
 * The rows that a view shows, in its order. Rows that are equal by all keys keep the order in which they came.
 * Integrations are put in order by the labels that `toIntegrationLabel` gives, else by their ids.
 */
export function selectDomains(
  rows: readonly DomainRow[],
  view: DomainView,
  now: number,
  toIntegrationLabel?: (id: string) => string,
): readonly DomainRow[] {
  const tests = toTests(view, now);
  const kept = tests.length === 0 ? rows : rows.filter((row) => tests.every((test) => test(row)));
  return sortDomains(kept, view.sort, toIntegrationLabel);
}

/** One test for each filter that is set, none for the others: most views have one or two. */
function toTests(view: DomainView, now: number): readonly Test[] {
  const tests: Test[] = [];
  const isAmong = <T>(wanted: readonly T[], toValue: (row: DomainRow) => T) => {
    if (wanted.length === 0) return;
    const known = new Set(wanted);
    tests.push((row) => known.has(toValue(row)));
  };
  isAmong(view.status, ({ domain }) => domain.status);
  isAmong<string>(view.registrar, ({ domain }) => domain.registrar);
  isAmong(view.integration, ({ domain }) => domain.integrationId);
  isAmong(view.tld, ({ tld }) => tld);
  isAmong(view.autoRenew, ({ domain }) => toSwitch(domain.autoRenew));
  isAmong(view.locked, ({ domain }) => toSwitch(domain.locked));
  isAmong(view.privacy, ({ domain }) => toSwitch(domain.privacy));
  const { expires, ns } = view;
  if (typeof expires === 'number') tests.push((row) => expiresWithin(row, expires, now));
  else if (expires !== null) tests.push(toRangeTest(expires));
  const part = toFolded(ns.trim());
  if (part !== '') tests.push(({ nameServersText }) => nameServersText.includes(part));
  for (const word of toFolded(view.q).split(/\s+/)) {
    if (word !== '') tests.push(({ searchText }) => searchText.includes(word));
  }
  return tests;
}

/**
 * Whether a name is in force and its day of expiry is at most `days` days after today: what reads "in 7 days" is within
 * 7 days, whatever the time.
 */
export function expiresWithin({ domain, expiresMs }: DomainRow, days: number, now: number): boolean {
  if (expiresMs === null || domain.status === 'EXPIRED') return false;
  const left = Math.floor(expiresMs / DAY_MS) - Math.floor(now / DAY_MS);
  return left >= 0 && left <= days;
}

function toRangeTest({ from, to }: ExpiryRange): Test {
  const fromMs = toDayMs(from ?? '') ?? Number.NEGATIVE_INFINITY;
  const untilMs = (toDayMs(to ?? '') ?? Number.POSITIVE_INFINITY) + DAY_MS;
  return ({ expiresMs }) => expiresMs !== null && expiresMs >= fromMs && expiresMs < untilMs;
}
