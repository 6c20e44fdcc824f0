import { isSyncError, SUPERSEDED, SupersededError, SyncError, WindowClosedError } from '#core/errors.ts';
import type { Integration } from '#core/integration.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import { toIso } from '#core/ports/clock.ts';
import type { Claim, Fence, RunNote, StepState } from '#core/ports/stores.ts';
import { isTerminal, type SyncRun } from '#core/sync-run.ts';
import { type LeasedGate, leaseGate, toBucketKey } from '#limits/leased-gate.ts';
import { holdsFence } from './fence.ts';
import { fetchDomains } from './fetch-domains.ts';
import { fetchZones, isOverBudget, markOverBudget, ZONE_MARKS } from './fetch-zones.ts';
import { openAccount } from './open-account.ts';
import type { StepContext } from './step-context.ts';
import { toStepKey } from './step-keys.ts';
import { type Memory, readMemory } from './step-memory.ts';
import {
  COPY_WAIT_SECONDS,
  DEFAULT_THROTTLE_MS,
  GATHER_EVERY_RANGES,
  GATHER_FROM_MS,
  MAX_GATHER_MS,
  MAX_PARK_SECONDS,
  MAX_SLEEP_MS,
  MAX_THROTTLED_MS,
  PARKED_LEASE_MS,
  RAREST_THROTTLE_MS,
  RUN_LEASE_MS,
  THROTTLE_SHARE,
  WORK_MS,
  WORKING_LEASE_MS,
} from './timings.ts';
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

interface Delivery {
  readonly deps: WorkerDeps;
  readonly message: RegistrarMessage;
  readonly fence: Fence;
  readonly integration: Integration;
  readonly run: SyncRun;
  readonly claim: Claim;
  readonly memory: Memory;
}

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

/** Parks until a turn, unless the run's time for zones is over by then: what is left of the range is for the next run. */
async function waitUntil(delivery: Delivery, turnMs: number): Promise<void> {
  const { message, run } = delivery;
  if (message.kind === 'dns' && isOverBudget(run, turnMs)) await endOverBudget(delivery, message.range);
  else await park(delivery, turnMs);
}

async function endOverBudget(delivery: Delivery, range: number): Promise<void> {
  await markOverBudget(delivery, range);
  await answer(delivery, { kind: 'done', result: {}, calls: 0 });
}

type Ending =
  | { readonly kind: 'done'; readonly result: unknown; readonly calls: number }
  | { readonly kind: 'failed'; readonly error: unknown; readonly calls: number }
  | {
      readonly kind: 'window';
      readonly untilMs: number;
      /** Whether our own count closed the window, and not the registrar's word. */
      readonly isSpent: boolean;
      readonly calls: number;
    };

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

/** Says to the workflow how the step ended, after it is written down. */
async function answer(delivery: Delivery, ending: Exclude<Ending, { kind: 'window' }>): Promise<void> {
  const { deps, message } = delivery;
  if (ending.kind === 'done') {
    const saved = await save(delivery, { done: true, result: ending.result });
    if (saved) await deps.tokens.succeed(message.taskToken, ending.result);
    return;
  }
  if (ending.error instanceof SupersededError) {
    await deps.tokens.fail(message.taskToken, SUPERSEDED);
    return;
  }
  const error = isSyncError(ending.error) ? ending.error : new SyncError('INTERNAL');
  deps.log.error('step failed', {
    ...toLogFields(message),
    code: error.code,
    ...(error.facts.reason && { reason: error.facts.reason }),
    ...(error.facts.status && { status: error.facts.status }),
    ...(error.facts.path && { path: error.facts.path }),
    ...(!isSyncError(ending.error) && ending.error instanceof Error && { error: ending.error.name }),
  });
  if (!(await save(delivery, { done: false, result: null }))) return;
  await deps.runs.note(message.integrationId, message.runId, {
    ...toStart(delivery),
    problem: {
      code: error.code,
      reason: error.facts.reason ?? 'unspecified',
      at: toIso(deps.clock.now()),
      requestId: message.runId,
      ...(error.facts.address && { address: error.facts.address }),
      ...(delivery.memory.candidateRefused && { formerCredentialsKept: true }),
    },
  });
  await deps.tokens.fail(message.taskToken, error.code);
}

/** Sends the message back to its queue for later; the step's memory is saved first. */
async function park(delivery: Delivery, untilMs: number): Promise<void> {
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

const STEP_OF = { validate: undefined, list: 'FETCH_DOMAINS', dns: 'FETCH_DNS_RECORDS' } as const;

/** That the step people see began, where the run's row didn't say so yet. */
function toStart({ deps, message, run }: Delivery): RunNote {
  const step = STEP_OF[message.kind];
  if (step === undefined || run.stepStartedAt[step]) return {};
  return { steps: { [step]: toIso(deps.clock.now()) } };
}

function save(delivery: Delivery, end: Pick<StepState, 'done' | 'result'>): Promise<boolean> {
  const { deps, message, claim, memory } = delivery;
  const { calls, waitedMs, ...position } = memory;
  return deps.work.save(message, toStepKey(message), claim, { ...end, position, calls, waitedMs });
}

/** Extends the run's lease where it would end before this delivery has to; false where the fence is lost. */
async function keepAlive({ deps, integration, fence }: Delivery, now: number): Promise<boolean> {
  if ((integration.leaseUntilMs ?? 0) > now + WORKING_LEASE_MS) return true;
  return deps.integrations.extendLease(fence, now + RUN_LEASE_MS);
}

/**
 * Takes the lease of the credential, or of one of the deployment's lanes; else books a turn where it comes first, and
 * says until when to park.
 */
async function takeLease(
  delivery: Delivery,
  closesAtMs: number,
): Promise<{ readonly gate: LeasedGate } | { readonly parkUntilMs: number }> {
  const { deps, message, integration } = delivery;
  const { limits, id } = deps.registrar.definition;
  const proving = message.kind === 'validate' ? integration.credentials.candidateLimitKey : null;
  const firstLane = message.kind === 'dns' ? message.range : integration.id.charCodeAt(0);
  const lanes = limits.keyedBy === 'deployment' ? limits.lanes : 1;
  // Of this very delivery: a message that the queue delivers twice must not share the lease with itself.
  const holder = deps.newId();
  let best: Turn | undefined;
  for (let lane = firstLane; lane < firstLane + lanes; lane += 1) {
    const key = toBucketKey(id, limits, proving ?? integration.limitKey, lane);
    const options = { buckets: deps.rateBuckets, key, windows: limits.windows, holder, clock: deps.clock };
    const leased = await leaseGate({ ...options, maxWaitMs: MAX_SLEEP_MS, closesAtMs });
    const now = deps.clock.now();
    if (!('busyUntilMs' in leased)) {
      const gatheredMs = toGatheredTurnMs(delivery, leased);
      const turnMs = gatheredMs ?? leased.nextTurnMs();
      if (gatheredMs === undefined && turnMs <= now + MAX_SLEEP_MS) return { gate: leased };
      await leased.release();
      best = toSooner(best, { key, fromMs: turnMs, atMs: Math.max(turnMs, leased.bookedMs) });
    } else {
      // A holder that died gives nothing back: its lease ends by itself, and nobody waits longer than that.
      const latestMs = leased.busyUntilMs + 1_000;
      best = toSooner(best, { key, fromMs: now, atMs: Math.max(now, leased.bookedMs), latestMs });
    }
  }
  const now = deps.clock.now();
  const { key, fromMs, latestMs } = best as Turn;
  const turnMs = await deps.rateBuckets.book(key, fromMs, toTurnSpanMs(delivery));
  if (latestMs === undefined) return { parkUntilMs: turnMs };
  const soonestMs = now + 1_000 + deps.random() * 2_000;
  return { parkUntilMs: Math.min(Math.max(soonestMs, latestMs), Math.max(turnMs, soonestMs)) };
}

/** Where a delivery may come to its turn: from when on, and when behind those that booked before. */
interface Turn {
  readonly key: string;
  readonly fromMs: number;
  readonly atMs: number;
  /** Set where somebody has the lease: when it ends, whatever becomes of them. */
  readonly latestMs?: number;
}

function toSooner(best: Turn | undefined, turn: Turn): Turn {
  return best === undefined || turn.atMs < best.atMs ? turn : best;
}

/**
 * When the turns of a range come together, where it is worth waiting for. Calls that were made one by one, as those of a
 * listing are, have their turns one by one in every window that follows, and a worker would sleep between them for good.
 */
function toGatheredTurnMs({ deps, message }: Delivery, gate: LeasedGate): number | undefined {
  const { limits, rangeSize } = deps.registrar.definition;
  const isTime =
    message.kind === 'dns' && message.range % GATHER_EVERY_RANGES === 1 && message.hop <= LAST_GATHERING_HOP;
  // In a lane that everybody shares others take the turns meanwhile.
  if (!isTime || limits.keyedBy === 'deployment') return undefined;
  const turnMs = gate.nextTurnMs();
  const gatheredMs = gate.gatheredTurnMs(rangeSize);
  return gatheredMs - turnMs < GATHER_FROM_MS ? undefined : Math.min(gatheredMs, turnMs + MAX_GATHER_MS);
}

/** A range that began in what was left of a window looks once more where the next window begins. */
const LAST_GATHERING_HOP = 1;

/**
 * How long a delivery's calls keep a limit busy at the rate of its narrowest window: what its turn is booked for. A
 * window too long to sleep through ends the delivery; what is left of its range books another turn then.
 */
function toTurnSpanMs(delivery: Delivery): number {
  const [narrowest] = [...delivery.deps.registrar.definition.limits.windows].sort(
    (a, b) => a.windowMs - b.windowMs,
  );
  if (!narrowest) return 1_000;
  const calls = delivery.message.kind === 'dns' ? toZonesLeft(delivery, delivery.message.range) : FEW_CALLS;
  const spanMs = Math.ceil((calls / narrowest.calls) * narrowest.windowMs);
  const mostMs = narrowest.windowMs > MAX_SLEEP_MS ? narrowest.windowMs : WORK_MS;
  return Math.max(1_000, Math.min(spanMs, mostMs));
}

/** The zones of a range that wait to be read; before it began, as many as a range has of what was listed, at most. */
function toZonesLeft({ deps, run, memory }: Delivery, range: number): number {
  if (memory.marks !== '') return memory.marks.split(ZONE_MARKS.waiting).length - 1;
  const { rangeSize } = deps.registrar.definition;
  const listed = run.progress.domainsTotal ?? Number.POSITIVE_INFINITY;
  return Math.min(rangeSize, Math.max(1, listed - (range - 1) * rangeSize));
}

/** About what validating takes, or a page or two of a listing. */
const FEW_CALLS = 2;

function toLogFields(message: RegistrarMessage) {
  const { tenantId, integrationId, runId, registrar, attempt, hop } = message;
  return { tenantId, integrationId, runId, registrar, attempt, hop, step: toStepKey(message) };
}
