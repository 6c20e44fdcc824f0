import { isSyncError, SUPERSEDED, SyncError, WindowClosedError } from '#core/errors.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import type { Claim, Fence } from '#core/ports/stores.ts';
import { isTerminal } from '#core/sync-run.ts';
import type { LeasedGate } from '#limits/leased-gate.ts';
import { holdsFence } from '../fence.ts';
import {
  COPY_WAIT_SECONDS,
  DEFAULT_THROTTLE_MS,
  MAX_SLEEP_MS,
  MAX_THROTTLED_MS,
  RAREST_THROTTLE_MS,
  THROTTLE_SHARE,
  WORK_MS,
} from '../timings.ts';
import { type Delivery, keepAlive, park, toLogFields } from './delivery.ts';
import { answer, type Ending, endOverBudget, waitUntil } from './delivery-end.ts';
import { takeLease, toTurnSpanMs } from './delivery-turn.ts';
import { fetchDomains } from './fetch-domains.ts';
import { fetchZones } from './fetch-zones.ts';
import { openAccount } from './open-account.ts';
import { isOverBudget } from './over-budget.ts';
import type { StepContext } from './step-context.ts';
import { toStepKey } from './step-keys.ts';
import { readMemory } from './step-memory.ts';
import { validateApiAccess } from './validate-api-access.ts';
import type { WorkerDeps } from './worker-deps.ts';

/**
 * Does the work of one message from a registrar's queue: checks that its run is still the one, claims the step, takes
 * the lease of the rate limit, does what fits into one worker's time, and then answers the workflow or parks the
 * message. Every way out answers or parks; what is thrown from here (a store or a queue that is away) lets the queue
 * deliver the message again.
 */
export async function handleRegistrarMessage(
  deps: WorkerDeps,
  message: RegistrarMessage,
  messageId: string,
): Promise<void> {
  const { tenantId, integrationId, runId, epoch } = message;
  const fence: Fence = { tenantId, integrationId, epoch };
  const [integration, run] = await Promise.all([
    deps.integrations.get(fence),
    deps.runs.get(integrationId, runId),
  ]);
  if (!integration || !run || !holdsFence(integration, message) || isTerminal(run.status)) {
    await deps.tokens.fail(message.taskToken, SUPERSEDED);
    return;
  }

  const claim: Claim = { attempt: message.attempt, hop: message.hop, messageId, atMs: deps.clock.now() };
  const claimed = await deps.work.claim({ integrationId, runId, epoch }, toStepKey(message), claim);
  if (!('state' in claimed)) {
    // A copy looks again when the first can't be at work any more, which may have died.
    if (claimed.outcome === 'busy')
      await deps.queue.park({ ...message, hop: message.hop + 1 }, COPY_WAIT_SECONDS);
    deps.log.info('delivery dropped', { ...toLogFields(message) });
    return;
  }
  if (claimed.outcome === 'done') {
    await deps.tokens.succeed(message.taskToken, claimed.state.result);
    return;
  }
  const delivery = { deps, message, fence, integration, run, claim, memory: readMemory(claimed.state) };
  if (message.hop > 0) await deps.tokens.heartbeat(message.taskToken);
  if (delivery.memory.wakeAtMs > deps.clock.now() + EARLY_MS) await park(delivery, delivery.memory.wakeAtMs);
  else await work(delivery);
}

/** Delays are whole seconds: a parked message wakes up to one too early, and sleeps the rest; nothing of a turn is lost. */
const EARLY_MS = 1_500;

async function work(delivery: Delivery): Promise<void> {
  const { deps, message, memory } = delivery;
  const startedMs = deps.clock.now();
  if (!(await keepAlive(delivery, startedMs))) {
    await deps.tokens.fail(message.taskToken, SUPERSEDED);
    return;
  }
  if (message.kind === 'dns' && isOverBudget(delivery.run, startedMs)) {
    await endOverBudget(delivery, message.range);
    return;
  }
  for (;;) {
    const leased = await takeLease(delivery, startedMs + WORK_MS);
    if ('parkUntilMs' in leased) {
      memory.waitedMs += Math.max(0, leased.parkUntilMs - deps.clock.now());
      await waitUntil(delivery, leased.parkUntilMs);
      return;
    }
    const { gate } = leased;
    const ending = await doStep(delivery, gate, startedMs);
    memory.calls += ending.calls;
    memory.waitedMs += gate.waitedMs();
    if (ending.kind !== 'window') {
      await gate.release();
      await answer(delivery, ending);
      return;
    }
    // Time for the longest sleep at least, so that each round makes a call.
    const hasTime = deps.clock.now() < startedMs + WORK_MS - MAX_SLEEP_MS;
    if (ending.isSpent && hasTime && deps.registrar.definition.limits.lanes > 1) {
      // This lane is spent; another one may be open. Where the registrar itself said "too many", none is.
      await gate.release();
      continue;
    }
    const turnMs = await gate.releaseAndBook(ending.untilMs, toTurnSpanMs(delivery));
    memory.waitedMs += Math.max(0, turnMs - deps.clock.now());
    await waitUntil(delivery, turnMs);
    return;
  }
}

/** Runs the step's use case behind the gate; whatever it throws becomes an ending. All its calls have settled then. */
async function doStep(delivery: Delivery, gate: LeasedGate, startedMs: number): Promise<Ending> {
  const { deps, message, memory } = delivery;
  let calls = 0;
  // Noted where it is seen, since of several calls under way only the first failure ends the step.
  const throttled = (error: SyncError) => {
    const now = deps.clock.now();
    memory.throttledSinceMs ||= now;
    const saidMs = error.facts.retryAfterMs ?? DEFAULT_THROTTLE_MS;
    const rarerMs = Math.min((now - memory.throttledSinceMs) * THROTTLE_SHARE, RAREST_THROTTLE_MS);
    gate.closeUntil(now + Math.max(saidMs, Math.round(rarerMs)));
    deps.log.warn('registrar says too many', toLogFields(message));
  };
  const isHopeless = () =>
    memory.throttledSinceMs > 0 && deps.clock.now() - memory.throttledSinceMs > MAX_THROTTLED_MS;
  try {
    const session = await openAccount(delivery, gate, startedMs, () => {
      calls += 1;
    });
    const context: StepContext = { ...delivery, ...session, throttled };
    const result = await runStep(context);
    return { kind: 'done', result, calls };
  } catch (error) {
    const isWindow = error instanceof WindowClosedError;
    if (!isWindow && !(isSyncError(error) && error.code === 'RATE_LIMITED'))
      return { kind: 'failed', error, calls };
    if (!isWindow) throttled(error);
    if (!isHopeless())
      return {
        kind: 'window',
        untilMs: isWindow ? error.untilMs : gate.nextTurnMs(),
        isSpent: isWindow && memory.throttledSinceMs === 0,
        calls,
      };
    const tooMany = isWindow ? new SyncError('RATE_LIMITED', { registrar: message.registrar }) : error;
    return { kind: 'failed', error: tooMany, calls };
  }
}

function runStep(context: StepContext): Promise<unknown> {
  if (context.message.kind === 'validate') return validateApiAccess(context);
  if (context.message.kind === 'list') return fetchDomains(context);
  return fetchZones(context, context.message.range);
}
