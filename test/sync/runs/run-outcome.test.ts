import { describe, expect, test } from 'vitest';
import type { Problem } from '#core/integration.ts';
import { NO_COUNTS, type SyncRun } from '#core/sync-run.ts';
import { toNotices, toProblem, toStatus } from '#sync/runs/run-outcome.ts';
import type { RunReceipt } from '#sync/runs/run-receipt.ts';
import { type Memory, readMemory } from '#sync/steps/step-memory.ts';

const at = '2026-11-23T12:00:00.000Z';

const toMemory = (changes: Partial<Memory> = {}): Memory => ({
  ...readMemory({ done: true, result: {}, position: undefined, calls: 1, waitedMs: 0 }),
  ...changes,
});

function aReceipt(changes: Partial<RunReceipt> = {}): RunReceipt {
  const { missing: _missing, removed: _removed, ...counts } = NO_COUNTS;
  return {
    counts,
    registrarCalls: 3,
    waitedForLimitMs: 0,
    listing: toMemory({ listed: 5, complete: true }),
    validation: toMemory(),
    notPermitted: 0,
    unread: 0,
    isOverBudget: false,
    stoppedAfter: undefined,
    isReadToEnd: true,
    ...changes,
  };
}

const noted: Problem = { code: 'REGISTRAR_TLS', reason: 'unspecified', at, requestId: 'run00001' };
const run = (problem: Problem | null = null) => ({ problem }) as SyncRun;

describe('the status of a run', () => {
  test.each<[string | undefined, Problem | null, number, string]>([
    [undefined, null, 0, 'SUCCEEDED'],
    [undefined, null, 1, 'PARTIAL'],
    ['REGISTRAR_TLS', noted, 0, 'FAILED'],
    ['REGISTRAR_TLS', noted, 1, 'FAILED'],
    ['Superseded', null, 0, 'SUPERSEDED'],
    ['Superseded', noted, 1, 'SUPERSEDED'],
  ])(
    'with the error %s, the problem %o and %i zones that were not read is %4$s',
    (error, problem, unread, status) => {
      expect(toStatus(error, problem, aReceipt({ unread }))).toBe(status);
    },
  );
});

describe('the problem of a run', () => {
  const toCode = (error: string | undefined, receipt: RunReceipt, problem: Problem | null = null) =>
    toProblem({ error, runId: 'run00001' }, run(problem), receipt, at);

  test('is none where it came to its end, or another took its place', () => {
    expect(toCode(undefined, aReceipt())).toBeNull();
    expect(toCode('Superseded', aReceipt(), noted)).toBeNull();
  });

  test('is what the step wrote down, where the workflow says the same', () => {
    expect(toCode('REGISTRAR_TLS', aReceipt(), noted)).toBe(noted);
  });

  test.each<[string, string | undefined, Partial<RunReceipt>, Problem | null, string]>([
    ['ended well, but has no listing', undefined, { listing: undefined }, null, 'INTERNAL'],
    ['fails without a word of its step', 'LIST_INCOMPLETE', {}, null, 'LIST_INCOMPLETE'],
    ['fails by another error than its step wrote down', 'RATE_LIMITED', {}, noted, 'RATE_LIMITED'],
    ['ran out of time while it waited', 'States.Timeout', { waitedForLimitMs: 1 }, null, 'RATE_LIMITED'],
    [
      'was not heard of while it waited',
      'States.HeartbeatTimeout',
      { waitedForLimitMs: 1 },
      null,
      'RATE_LIMITED',
    ],
    ['ran out of time without waiting', 'States.Timeout', {}, null, 'INTERNAL'],
    ['fails as the workflow may', 'States.Runtime', { waitedForLimitMs: 1 }, null, 'INTERNAL'],
    ['fails by a timeout of somebody else', 'Lambda.Timeout', { waitedForLimitMs: 1 }, null, 'INTERNAL'],
    ['fails by a word that nobody knows', 'Lambda.Unknown', {}, null, 'INTERNAL'],
  ])('of a run that %s', (_title, error, receipt, problem, code) => {
    expect(toCode(error, aReceipt(receipt), problem)).toEqual({
      code,
      reason: 'unspecified',
      at,
      requestId: 'run00001',
    });
  });
});

describe('the notices of a run', () => {
  test('are none where there is nothing to say', () => {
    expect(toNotices(aReceipt())).toEqual([]);
    expect(toNotices(aReceipt({ listing: undefined, validation: undefined }))).toEqual([]);
  });

  test('tell each of its things with its number', () => {
    const { counts } = aReceipt();
    const receipt = aReceipt({
      validation: toMemory({ notices: ['CUSTOMER_ID_NOT_CHECKED', 'of another version'] }),
      counts: { ...counts, dnsElsewhere: 1 },
      unread: 2,
      notPermitted: 3,
    });

    expect(toNotices(receipt)).toEqual([
      { code: 'CUSTOMER_ID_NOT_CHECKED' },
      { code: 'PARTIAL_DNS', domains: 2 },
      { code: 'API_ACCESS_OFF', domains: 3 },
      { code: 'DNS_ELSEWHERE', domains: 1 },
    ]);
  });

  test('tell of an account without a domain', () => {
    expect(toNotices(aReceipt({ listing: toMemory({ complete: true }) }))).toEqual([
      { code: 'NO_DOMAINS_FOUND' },
    ]);
  });
});
