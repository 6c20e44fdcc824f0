import {
  NOTICE_CODES,
  REFUSAL_CODES,
  SUPERSEDED,
  SupersededError,
  SYNC_CODES,
  type SyncCode,
} from '#core/errors.ts';
import type { Integration, Notice, Problem } from '#core/integration.ts';
import type { FinishInput } from '#core/payloads.ts';
import { type Clock, toIso } from '#core/ports/clock.ts';
import type { Log } from '#core/ports/log.ts';
import type {
  AuditStore,
  DomainStore,
  Fence,
  FinishPatch,
  IntegrationStore,
  RunStore,
  StatsStore,
  TenantStore,
  WorkStore,
} from '#core/ports/stores.ts';
import type { Workflow } from '#core/ports/workflow.ts';
import { isTerminal, RUN_STEPS, type RunStatus, type SyncRun } from '#core/sync-run.ts';
import { holdsFence } from './fence.ts';
import { toNextDueMs } from './next-due.ts';
import { type ListingReceipt, receiveListing } from './receive-listing.ts';
import { type RunReceipt, readReceipt } from './run-receipt.ts';
import { stopEarlierRuns } from './start-run.ts';
import { RUN_LEASE_MS } from './timings.ts';

export interface FinishDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly integrations: IntegrationStore;
  readonly runs: RunStore;
  readonly work: WorkStore;
  readonly domains: DomainStore;
  readonly stats: StatsStore;
  readonly tenants: TenantStore;
  readonly audit: AuditStore;
  readonly workflow: Workflow;
}

/**
 * Last step: makes the run terminal, then draws its consequences (what is missing, the figures, the integration's
 * state) and gives the lease back. Every part is repeatable: after a crash the same call does the rest.
 */
export async function finishSync(
  deps: FinishDeps,
  input: Omit<FinishInput, 'stateMachineArn'>,
): Promise<void> {
  const { tenantId, integrationId, runId, epoch } = input;
  const fence: Fence = { tenantId, integrationId, epoch };
  const [integration, run] = await Promise.all([
    deps.integrations.get(fence),
    deps.runs.get(integrationId, runId),
  ]);
  if (!run) return;
  if (!integration || !holdsFence(integration, input)) {
    const receipt = await readReceipt(deps.work, input);
    await endRun(
      deps,
      run,
      integration && !integration.deleting ? 'SUPERSEDED' : 'CANCELLED',
      null,
      [],
      receipt,
    );
    return;
  }
  if (input.error === undefined && input.continueAt !== undefined) {
    await goOn(deps, input, fence, input.continueAt);
    return;
  }
  // Told twice, after all was done: the integration is free, and counts nothing a second time.
  if (isTerminal(run.status) && integration.leaseUntilMs === null) return;
  // It took the place of others, one of which may have been written down only after it.
  if (input.trigger === 'CREDENTIALS_UPDATED') await stopEarlierRuns(deps, run);
  const receipt = await readReceipt(deps.work, input);
  const ended = await endOnce(deps, input, run, receipt);
  const { status, problem, notices } = ended;
  if (status === 'SUPERSEDED' || status === 'CANCELLED') {
    // Its successor never began (a crash between the two): give the lease back and be due at once.
    await deps.integrations.finishRun(fence, runId, {
      dueAtMs: deps.clock.now(),
    });
    return;
  }
  try {
    await settle(deps, { fence, integration, run, status, problem, notices, receipt });
  } catch (error) {
    if (!(error instanceof SupersededError)) throw error;
    deps.log.info('superseded while finishing', { integrationId, runId });
  }
}

/**
 * Ends the run as its steps and the error say; one that is over already, or that another call ends at the same time,
 * keeps the outcome that it has.
 */
async function endOnce(
  deps: FinishDeps,
  input: Omit<FinishInput, 'stateMachineArn'>,
  run: SyncRun,
  receipt: RunReceipt,
): Promise<Pick<SyncRun, 'status' | 'problem' | 'notices'>> {
  if (isTerminal(run.status)) return run;
  const problem = toProblem(deps, input, run, receipt);
  const outcome = { status: toStatus(input.error, problem, receipt), problem, notices: toNotices(receipt) };
  const isOurs = await endRun(deps, run, outcome.status, problem, outcome.notices, receipt);
  return isOurs ? outcome : ((await deps.runs.get(run.integrationId, run.runId)) ?? outcome);
}

/** Goes on with the ranges that one execution can't hold in a further one, named for its first range. */
async function goOn(
  deps: FinishDeps,
  input: Omit<FinishInput, 'stateMachineArn'>,
  fence: Fence,
  firstRange: number,
) {
  const { tenantId, integrationId, registrar, runId, epoch, trigger } = input;
  const executionName = `${runId}-${firstRange}`;
  await deps.integrations.extendLease(fence, deps.clock.now() + RUN_LEASE_MS);
  await deps.runs.note(integrationId, runId, { executionName });
  await deps.workflow.start(executionName, {
    tenantId,
    integrationId,
    registrar,
    runId,
    epoch,
    trigger,
    firstRange,
  });
}

interface Settling {
  readonly fence: Fence;
  readonly integration: Integration;
  readonly run: SyncRun;
  readonly status: RunStatus;
  readonly problem: Problem | null;
  readonly notices: readonly Notice[];
  readonly receipt: RunReceipt;
}

/** Draws the consequences of a run that is terminal and still holds the fence. */
async function settle(deps: FinishDeps, settling: Settling): Promise<void> {
  const { fence, integration, run, receipt } = settling;
  const nowMs = deps.clock.now();
  const { domains, work, stats } = deps;
  const listedFromMs = receipt.listing?.startedAtMs;
  const listing = await receiveListing({
    domains,
    work,
    fence,
    integration,
    runId: run.runId,
    nowMs,
    startedMs: Date.parse(run.startedAt),
    listedFromMs,
  });
  await stats.put(fence, listing.stats);
  const isHeldNow = listing.held !== null && listing.held.runId === run.runId;
  const about = { tenantId: fence.tenantId, integrationId: integration.id, runId: run.runId, atMs: nowMs };
  if (isHeldNow) await deps.audit.append({ ...about, action: 'LISTING_HELD', id: run.runId });
  if (settling.problem && isRefusal(settling.problem.code))
    await deps.tenants.noteRefusal(fence.tenantId, nowMs);
  const held = listing.held;
  const gone = held && isHeldNow ? [{ code: 'LISTING_SHRANK' as const, domains: held.gone }] : [];
  const notices = [...settling.notices, ...gone];
  const counts = { ...receipt.counts, missing: listing.missing, removed: listing.removed };
  const isAsEnded = notices.length === settling.notices.length && listing.missing + listing.removed === 0;
  if (!isAsEnded) await deps.runs.amend(integration.id, run.runId, { counts, notices });
  await deps.integrations.finishRun(fence, run.runId, toPatch(settling, listing, notices, nowMs));
  deps.log.info('run ended', {
    integrationId: integration.id,
    runId: run.runId,
    registrar: integration.registrar,
    code: settling.problem?.code ?? settling.status,
    count: counts.listed,
    calls: receipt.registrarCalls,
    ms: nowMs - Date.parse(run.startedAt),
  });
}

function toPatch(
  settling: Settling,
  listing: ListingReceipt,
  notices: readonly Notice[],
  nowMs: number,
): FinishPatch {
  const { status, problem, receipt, integration, run } = settling;
  const isGood = status === 'SUCCEEDED' || status === 'PARTIAL';
  // New credentials that were refused say nothing against the former ones, which stay in force.
  const wasRefused = problem !== null && isRefusal(problem.code);
  const counts = wasRefused && !problem.formerCredentialsKept;
  const refusals = counts ? integration.refusals + 1 : isGood ? 0 : integration.refusals;
  const outcome = wasRefused ? 'refused' : !isGood ? 'failed' : status === 'SUCCEEDED' ? 'good' : 'partial';
  const at = toIso(nowMs);
  return {
    problem,
    notices,
    held: listing.held,
    refusals,
    dueAtMs: toNextDueMs({
      integrationId: integration.id,
      startedMs: Date.parse(run.startedAt),
      nowMs,
      outcome: outcome === 'partial' && receipt.isOverBudget ? 'overBudget' : outcome,
      refusals,
    }),
    // A run that came to no listing read no zones: the place where the last one stopped stays.
    ...(receipt.listing && { zoneCursor: toZoneCursor(receipt, integration) }),
    ...(isGood && { lastSyncedAt: at }),
    ...(listing.isApplied && receipt.listing && { lastListedAt: toIso(receipt.listing.startedAtMs) }),
    ...(isGood && listing.isApplied && receipt.unread === 0 && { zonesReadAt: at }),
    ...(isGood && {
      credentials: { ...integration.credentials, expiresAt: receipt.validation?.credentialsExpireAt ?? null },
    }),
  };
}

/**
 * Where the next run goes on: after the last zone that was reached, where the budget ended this run or the round that
 * it goes on with; null begins a round. A run that other trouble cut short is made again as a whole.
 */
function toZoneCursor(receipt: RunReceipt, { zoneCursor }: Integration): string | null {
  if (receipt.isReadToEnd || !(receipt.isOverBudget || zoneCursor !== null)) return null;
  return receipt.stoppedAfter ?? zoneCursor;
}

/** Makes the run terminal; steps that a good run skipped, for want of zones, began and ended at once. */
async function endRun(
  deps: FinishDeps,
  run: SyncRun,
  status: RunStatus,
  problem: Problem | null,
  notices: readonly Notice[],
  receipt: RunReceipt,
): Promise<boolean> {
  const endedAt = toIso(deps.clock.now());
  const isGood = status === 'SUCCEEDED' || status === 'PARTIAL';
  const skipped = isGood ? RUN_STEPS.filter((step) => !run.stepStartedAt[step]) : [];
  return deps.runs.end({
    integrationId: run.integrationId,
    runId: run.runId,
    status,
    endedAt,
    problem,
    notices,
    counts: { ...receipt.counts, missing: 0, removed: 0 },
    registrarCalls: receipt.registrarCalls,
    waitedForLimitMs: receipt.waitedForLimitMs,
    stepStartedAt: { ...run.stepStartedAt, ...Object.fromEntries(skipped.map((step) => [step, endedAt])) },
  });
}

function toStatus(error: string | undefined, problem: Problem | null, receipt: RunReceipt): RunStatus {
  if (error === SUPERSEDED) return 'SUPERSEDED';
  if (problem !== null) return 'FAILED';
  return receipt.unread > 0 ? 'PARTIAL' : 'SUCCEEDED';
}

/** Why the run failed: what the step wrote down, or what the workflow's error means. */
function toProblem(
  deps: FinishDeps,
  { error, runId }: Pick<FinishInput, 'error' | 'runId'>,
  run: SyncRun,
  receipt: RunReceipt,
): Problem | null {
  if (error === SUPERSEDED) return null;
  if (error === undefined && receipt.listing) return null;
  if (run.problem && run.problem.code === error) return run.problem;
  const code = toCode(error, receipt);
  return { code, reason: 'unspecified', at: toIso(deps.clock.now()), requestId: runId };
}

/** A step that ran into its timeout while it waited for a limit is the limit's doing; other foreign errors are ours. */
function toCode(error: string | undefined, receipt: RunReceipt): SyncCode {
  const known = SYNC_CODES.find((code) => code === error);
  if (known) return known;
  const waited = receipt.waitedForLimitMs > 0;
  return error?.startsWith('States.') && error.endsWith('Timeout') && waited ? 'RATE_LIMITED' : 'INTERNAL';
}

function toNotices(receipt: RunReceipt): Notice[] {
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

function isRefusal(code: SyncCode): boolean {
  return (REFUSAL_CODES as readonly SyncCode[]).includes(code);
}
