import type { Integration } from '#core/integration.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import { toIso } from '#core/ports/clock.ts';
import type { Claim, Fence, RunNote, StepState } from '#core/ports/stores.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { MAX_PARK_SECONDS, PARKED_LEASE_MS, RUN_LEASE_MS, WORKING_LEASE_MS } from '../timings.ts';
import { toStepKey } from './step-keys.ts';
import type { Memory } from './step-memory.ts';
import type { WorkerDeps } from './worker-deps.ts';

/** One message of a registrar's queue whose step is claimed, and what the step remembers. */
export interface Delivery {
  readonly deps: WorkerDeps;
  readonly message: RegistrarMessage;
  readonly fence: Fence;
  readonly integration: Integration;
  readonly run: SyncRun;
  readonly claim: Claim;
  /** What the step remembers between deliveries; it changes it in place before it throws. */
  readonly memory: Memory;
}

/** Extends the run's lease where it would end before this delivery has to; false where the fence is lost. */
export async function keepAlive({ deps, integration, fence }: Delivery, now: number): Promise<boolean> {
  if ((integration.leaseUntilMs ?? 0) > now + WORKING_LEASE_MS) return true;
  return deps.integrations.extendLease(fence, now + RUN_LEASE_MS);
}

/** Sends the message back to its queue for later; the step's memory is saved first. */
export async function park(delivery: Delivery, untilMs: number): Promise<void> {
  const { deps, message, memory, fence } = delivery;
  const now = deps.clock.now();
  memory.wakeAtMs = untilMs;
  if (!(await save(delivery, { done: false, result: null }))) return;
  const delaySeconds = Math.min(MAX_PARK_SECONDS, Math.max(0, Math.floor((untilMs - now) / 1000)));
  const wakeMs = now + delaySeconds * 1000;
  if ((delivery.integration.leaseUntilMs ?? 0) < wakeMs + PARKED_LEASE_MS)
    await deps.integrations.extendLease(fence, wakeMs + RUN_LEASE_MS);
  // A step that has to wait before it told anything says at least that it began; an empty note writes nothing.
  if (message.hop === 0) await deps.runs.note(message.integrationId, message.runId, toStart(delivery));
  await deps.queue.park({ ...message, hop: message.hop + 1 }, delaySeconds);
}

/** Writes down how far the step is; false where another delivery holds its claim by now. */
export function save(delivery: Delivery, end: Pick<StepState, 'done' | 'result'>): Promise<boolean> {
  const { deps, message, claim, memory } = delivery;
  const { calls, waitedMs, ...position } = memory;
  return deps.work.save(message, toStepKey(message), claim, { ...end, position, calls, waitedMs });
}

const STEP_OF = { validate: undefined, list: 'FETCH_DOMAINS', dns: 'FETCH_DNS_RECORDS' } as const;

/** That the step people see began, where the run's row didn't say so yet. */
export function toStart({ deps, message, run }: Delivery): RunNote {
  const step = STEP_OF[message.kind];
  if (step === undefined || run.stepStartedAt[step]) return {};
  return { steps: { [step]: toIso(deps.clock.now()) } };
}

/** What every line of the log about a delivery says. */
export function toLogFields(message: RegistrarMessage) {
  const { tenantId, integrationId, runId, registrar, attempt, hop } = message;
  return { tenantId, integrationId, runId, registrar, attempt, hop, step: toStepKey(message) };
}
