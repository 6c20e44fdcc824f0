import { NOTICE_CODES, SUPERSEDED, SYNC_CODES, type SyncCode } from '#core/errors.ts';
import type { Notice, Problem } from '#core/integration.ts';
import type { FinishInput } from '#core/payloads.ts';
import type { RunStatus, SyncRun } from '#core/sync-run.ts';
import type { RunReceipt } from './run-receipt.ts';

/** How a run ended, by the workflow's error, its problem and the zones that were not read. */
export function toStatus(error: string | undefined, problem: Problem | null, receipt: RunReceipt): RunStatus {
  if (error === SUPERSEDED) return 'SUPERSEDED';
  if (problem !== null) return 'FAILED';
  return receipt.unread > 0 ? 'PARTIAL' : 'SUCCEEDED';
}

/** Why the run failed, by the instant `at`: what the step wrote down, or what the workflow's error means. */
export function toProblem(
  { error, runId }: Pick<FinishInput, 'error' | 'runId'>,
  run: SyncRun,
  receipt: RunReceipt,
  at: string,
): Problem | null {
  if (error === SUPERSEDED) return null;
  if (error === undefined && receipt.listing) return null;
  if (run.problem && run.problem.code === error) return run.problem;
  const code = toCode(error, receipt);
  return { code, reason: 'unspecified', at, requestId: runId };
}

/** A step that ran into its timeout while it waited for a limit is the limit's doing; other foreign errors are ours. */
function toCode(error: string | undefined, receipt: RunReceipt): SyncCode {
  const known = SYNC_CODES.find((code) => code === error);
  if (known) return known;
  const waited = receipt.waitedForLimitMs > 0;
  return error?.startsWith('States.') && error.endsWith('Timeout') && waited ? 'RATE_LIMITED' : 'INTERNAL';
}

/** What a run has to say to people, the graver first. */
export function toNotices(receipt: RunReceipt): Notice[] {
  const { counts, notPermitted, listing, validation, unread } = receipt;
  const about = (code: Notice['code'], domains: number) => (domains > 0 ? [{ code, domains }] : []);
  return [
    ...NOTICE_CODES.filter((code) => validation?.notices.includes(code)).map((code) => ({ code })),
    ...(listing?.listed === 0 ? [{ code: 'NO_DOMAINS_FOUND' as const }] : []),
    ...about('PARTIAL_DNS', unread),
    ...about('API_ACCESS_OFF', notPermitted),
    ...about('DNS_ELSEWHERE', counts.dnsElsewhere),
  ];
}
