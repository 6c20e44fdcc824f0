import { isRefusalCode } from '#core/errors.ts';
import type { Integration, Notice, Problem } from '#core/integration.ts';
import { toIso } from '#core/ports/clock.ts';
import type { Fence, FinishPatch } from '#core/ports/stores.ts';
import type { RunStatus, SyncRun } from '#core/sync-run.ts';
import type { FinishDeps } from './finish-deps.ts';
import { toNextDueMs } from './next-due.ts';
import { type ListingReceipt, receiveListing } from './receive-listing.ts';
import type { RunReceipt } from './run-receipt.ts';

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
export async function settle(deps: FinishDeps, settling: Settling): Promise<void> {
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
  if (settling.problem && isRefusalCode(settling.problem.code))
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
  const wasRefused = problem !== null && isRefusalCode(problem.code);
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
