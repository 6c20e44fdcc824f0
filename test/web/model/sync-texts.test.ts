import { expect, test } from 'vitest';
import {
  isStuck,
  toEstimate,
  toFraction,
  toPollDelayMs,
  toRunSummary,
  toSizeHint,
  toStages,
  toStepLabel,
} from '../../../packages/web/src/model/sync-texts.ts';

type Run = Parameters<typeof toStages>[0];

const toRun = (step: Run['step'], listed: number, done: number, total: number | null): Run => ({
  runId: 'r',
  step,
  progress: { domainsListed: listed, domainsDone: done, domainsTotal: total },
});

test.each([
  [
    toRun('VALIDATE_API_ACCESS', 0, 0, null),
    '[Checking access] Reading domains Reading DNS records Saving',
    null,
  ],
  [toRun('FETCH_DOMAINS', 0, 0, null), 'Checking access [Reading domains] Reading DNS records Saving', null],
  [
    toRun('FETCH_DOMAINS', 40, 0, null),
    'Checking access [Reading domains (40)] Reading DNS records Saving',
    null,
  ],
  [
    toRun('FETCH_DOMAINS', 40, 0, 120),
    'Checking access [Reading domains (40 of 120)] Reading DNS records Saving',
    null,
  ],
  [
    toRun('PROCESS_DOMAINS', 120, 0, 120),
    'Checking access Reading domains [Reading DNS records (0 of 120)] Saving',
    0,
  ],
  [
    toRun('FETCH_DNS_RECORDS', 1200, 12, 1200),
    'Checking access Reading domains [Reading DNS records (12 of 1,200)] Saving',
    0.01,
  ],
  [toRun('SAVE', 120, 120, 120), 'Checking access Reading domains Reading DNS records [Saving]', 1],
  [toRun('UPDATE_DASHBOARD', 0, 0, 0), 'Checking access Reading domains Reading DNS records [Saving]', 1],
  [
    toRun('FETCH_DNS_RECORDS', 0, 0, 0),
    'Checking access Reading domains [Reading DNS records (0 of 0)] Saving',
    null,
  ],
])('a run %j shows where it is', (run, expected, fraction) => {
  const shown = toStages(run).map(({ state, text }) => (state === 'current' ? `[${text}]` : text));
  expect(shown.join(' ')).toBe(expected);
  expect(toFraction(run)).toBe(fraction);
});

test('stages before the current one are done, those after it ahead', () => {
  expect(toStages(toRun('FETCH_DOMAINS', 0, 0, null)).map(({ state }) => state)).toEqual([
    'done',
    'current',
    'ahead',
    'ahead',
  ]);
  expect(toStepLabel('PROCESS_DOMAINS')).toBe('Reading DNS records');
});

test.each([
  [0, 'Usually about 30 seconds'],
  [10, 'Usually about 30 seconds'],
  [11, 'Usually 1–2 minutes'],
  [50, 'Usually 1–2 minutes'],
  [51, 'Usually 2–5 minutes'],
])('a sync of %i domains takes: %s (R29)', (domains, expected) => {
  expect(toSizeHint(domains)).toBe(expected);
});

test.each([
  [0, 'less than a minute left'],
  [59, 'less than a minute left'],
  [60, 'about 1 minute left'],
  [170, 'about 3 minutes left'],
  [5340, 'about 89 minutes left'],
  [5400, 'about 2 hours left'],
  [36_000, 'about 10 hours left'],
])('%i seconds are %s', (seconds, expected) => {
  expect(toEstimate(seconds)).toBe(expected);
});

test.each([
  [12, 1, 1, '12 domains (+1 new, 1 removed)'],
  [12, 0, 1, '12 domains (1 removed)'],
  [1204, 1000, 0, '1,204 domains (+1,000 new)'],
  [1, 0, 0, '1 domain'],
  [0, 0, 0, '0 domains'],
])('a run that listed %i, %i of them new, and removed %i, reads "%s"', (listed, added, removed, expected) => {
  const none = { changed: 0, unchanged: 0, missing: 0, dnsFetched: 0, dnsElsewhere: 0, failed: 0 };
  expect(toRunSummary({ counts: { ...none, listed, new: added, removed } })).toBe(expected);
});

test('polls come less and less often, and seldom once nothing moves', () => {
  const delays = Array.from({ length: 15 }, (_, index) => toPollDelayMs(index + 1, 0));
  expect(delays).toEqual([...Array(3).fill(1000), ...Array(10).fill(2000), 5000, 5000]);
  expect(toPollDelayMs(1, 10 * 60_000)).toBe(30_000);
  expect([isStuck(599_999), isStuck(600_000)]).toEqual([false, true]);
});
