import { newId } from '#core/ids.ts';
import type { Integration } from '#core/integration.ts';
import { FinishInput, RegistrarMessage } from '#core/payloads.ts';
import type { LogFields } from '#core/ports/log.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { Workflow } from '#core/ports/workflow.ts';
import type { RegistrarAnswer, RegistrarCall } from '#core/registrar.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { toWorkflowDefinition } from '#infra/workflow-definition.ts';
import { createWorkflowService } from '#local/workflow/service.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import { type AccountBook, makeAccountBook } from '#simulators/accounts.ts';
import { makePortfolio } from '#simulators/portfolio.ts';
import { PROTOCOLS } from '#simulators/protocols.ts';
import { makeSlidingLimiter } from '#simulators/sliding-window.ts';
import type { SimProtocol, SimResponse } from '#simulators/types.ts';
import type { MemoryRows } from '#store/memory-rows.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { finishSync } from '#sync/runs/finish-sync.ts';
import { handleRegistrarMessage } from '#sync/steps/registrar-step.ts';
import type { WorkerDeps } from '#sync/steps/worker-deps.ts';
import { sweep } from '#sync/sweep.ts';
import { createMemoryWorkflowStore } from '#test/support/memory-workflow-store.ts';
import { toSimRequest } from '#test/support/sim-request.ts';
import { createMemoryStores, type TestStores } from '#test/support/stores.ts';
import { createMemoryVault, type MemoryVault } from '#test/support/vault.ts';
import { createVirtualClock, type VirtualClock } from '#test/support/virtual-clock.ts';
import { createWorkflowPorts } from '#test/support/workflow-ports.ts';

/** How long a run is looked at often. */
const LONG_MS = 10 * 60_000;
/** So many are sent by no sync: copies send copies. */
const MOST_MESSAGES = 20_000;
const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:SyncIntegration';

/** Between copies of a message that a queue delivers more than once. */
const COPY_MS = 15;

/** What a test may lay over a simulator's answer: undefined lets the real one through. */
export type Interference = (
  call: RegistrarCall,
  answer: SimResponse,
) => SimResponse | undefined | Promise<SimResponse | undefined>;

export interface SyncWorldOptions {
  readonly latencyMs?: number;
  readonly maxRanges?: number;
  /** Time of another make, with stores and vault that go by it. */
  readonly clock?: VirtualClock;
  readonly stores?: TestStores<MemoryRows>;
  readonly vault?: MemoryVault;
  /** By how much the clock of the next delivery's worker is off, in ms. */
  readonly skewMs?: () => number;
  /** Registrars that are called in another way. */
  readonly registrars?: {
    simulator(id: RegistrarId): { readonly protocol: SimProtocol; readonly accounts: AccountBook };
    send(id: RegistrarId): (call: RegistrarCall) => Promise<RegistrarAnswer>;
  };
}

/**
 * The whole sync in one process and in virtual time: the real use cases, adapters, limiter, stores (over memory rows)
 * and state machine definition, with the simulators' protocols answering after a latency, and their sliding windows
 * counting. Only sockets, AWS and Lambda are left out.
 */
export function createSyncWorld(options: SyncWorldOptions = {}) {
  const { clock = createVirtualClock() } = options;
  const { stores = createMemoryStores(clock), vault = createMemoryVault() } = options;
  const lines: { readonly event: string; readonly fields: LogFields }[] = [];
  const note = (event: string, fields: LogFields = {}) => void lines.push({ event, fields });
  const log = { info: note, warn: note, error: note };
  const counters = { calls: 0, violations: 0, writes: 0, deliveries: 0, failures: [] as unknown[] };
  const simulators = new Map<RegistrarId, { protocol: SimProtocol; accounts: AccountBook }>();
  const limiters = new Map<RegistrarId, ReturnType<typeof makeSlidingLimiter>>();
  let interfere: Interference = () => undefined;
  let refusedStarts = 0;
  let copies = 0;
  const messages: RegistrarMessage[] = [];

  for (const protocol of options.registrars ? [] : PROTOCOLS) {
    const bound = (size: number, seed: number, zoneSize?: number) =>
      makePortfolio(protocol.id, size, seed, '2026-11-23', zoneSize);
    simulators.set(protocol.id, { protocol, accounts: makeAccountBook(protocol, bound) });
    limiters.set(protocol.id, makeSlidingLimiter(protocol.limits));
  }

  const simulator = (id: RegistrarId) => {
    if (options.registrars) return options.registrars.simulator(id);
    const found = simulators.get(id);
    if (!found) throw new Error(`no simulator of ${id}`);
    return found;
  };

  const send =
    options.registrars?.send ??
    ((id: RegistrarId) =>
      async (call: RegistrarCall): Promise<RegistrarAnswer> => {
        const { protocol, accounts } = simulator(id);
        await clock.sleep((options.latencyMs ?? 350) / 2);
        counters.calls += 1;
        const request = toSimRequest(call);
        if (protocol.isWrite(request)) counters.writes += 1;
        const key = protocol.limitKey(request);
        const admission = key === null ? undefined : limiters.get(id)?.admit(key, clock.now());
        if (admission && !admission.admitted) counters.violations += 1;
        const own =
          admission && !admission.admitted
            ? protocol.throttled(admission.retryAfterMs, clock.now())
            : protocol.answer(request, { accounts: accounts.list(), now: clock.now });
        const answer = (await interfere(call, own)) ?? own;
        await clock.sleep((options.latencyMs ?? 350) / 2);
        return { status: answer.status, headers: answer.headers ?? {}, body: answer.body };
      });

  const service = createWorkflowService({
    clock,
    store: createMemoryWorkflowStore(),
    random: () => 0.5,
    emit: () => undefined,
    log: { error: (message, details) => void counters.failures.push({ message, details }) },
    tasks: {
      sendMessage: async ({ messageBody, delaySeconds = 0 }) => {
        deliver(RegistrarMessage.parse(JSON.parse(messageBody)), newId(), delaySeconds);
        return { MessageId: newId() };
      },
      invokeLambda: async ({ payload }) => {
        const { stateMachineArn: _, ...input } = FinishInput.parse(payload);
        await finishSync(runDeps, input);
        return { payload: null };
      },
    },
  });
  service.registerStateMachine(
    MACHINE_ARN,
    JSON.stringify(
      toWorkflowDefinition({
        queueUrls: Object.fromEntries(
          REGISTRAR_IDS.map((id) => [id, `http://127.0.0.1/queue/${id}`]),
        ) as Record<RegistrarId, string>,
        lanes: { godaddy: 1, namecheap: 1, gandi: 4, porkbun: 1, namecom: 1 },
        ...(options.maxRanges !== undefined && { maxRanges: options.maxRanges }),
        finishSyncArn: 'arn:aws:lambda:us-east-1:000000000000:function:finish-sync',
      }),
    ),
  );

  const { workflow: plain, tokens } = createWorkflowPorts(service, MACHINE_ARN);
  const workflow: Workflow = {
    ...plain,
    async start(name, input) {
      if (refusedStarts > 0) {
        refusedStarts -= 1;
        throw new Error('throttled');
      }
      await plain.start(name, input);
    },
  };

  const runDeps = { ...stores, clock, log, newId, workflow };
  const workerDeps = (id: RegistrarId): WorkerDeps => {
    const skewMs = options.skewMs?.() ?? 0;
    const own = skewMs === 0 ? clock : { ...clock, now: () => clock.now() + skewMs };
    return {
      ...runDeps,
      clock: own,
      random: () => 0.5,
      opener: vault,
      tokens,
      queue: { park: async (message, delaySeconds) => deliver(message, newId(), delaySeconds) },
      registrar: {
        definition: REGISTRARS[id],
        open: (_environment, credentials, around) => {
          const guarded = guardReadOnly(REGISTRARS[id], send(id));
          return REGISTRARS[id].open(credentials, {
            send: (call) => around(() => guarded(call)),
            origins: { api: 'https://simulator.test' },
            egressAddress: '127.0.0.1',
            now: own.now,
          });
        },
      },
    };
  };

  /** A queue that delivers after the delay, and again after its visibility timeout where the worker threw. */
  function deliver(message: RegistrarMessage, messageId: string, delaySeconds: number, receives = 1): void {
    if (receives === 1) messages.push(message);
    for (let copy = 0; copy < copies && receives === 1; copy += 1) {
      clock.setTimer(clock.now() + delaySeconds * 1000 + 25 + copy * COPY_MS, () => {
        handleRegistrarMessage(workerDeps(message.registrar), message, messageId).catch((error: unknown) => {
          counters.failures.push(error);
        });
      });
    }
    clock.setTimer(clock.now() + delaySeconds * 1000 + 20, () => {
      counters.deliveries += 1;
      handleRegistrarMessage(workerDeps(message.registrar), message, messageId).catch((error: unknown) => {
        counters.failures.push(error);
        if (receives < 3) deliver(message, messageId, 720, receives + 1);
      });
    });
  }

  const commands = createPlainCommands(runDeps);
  const intake = createIntakeCommands({
    ...runDeps,
    sealer: vault,
    fingerprinter: vault,
    limitSubject: (registrar, credentials) => REGISTRARS[registrar].limitSubject(credentials),
  });

  const endOf = async (
    ref: IntegrationRef,
    runId: string,
  ): Promise<{ run: SyncRun; integration: Integration }> => {
    const beganMs = clock.now();
    for (;;) {
      if (messages.length > MOST_MESSAGES) throw new Error(`messages multiply: ${messages.length}`);
      const [run, integration] = await Promise.all([
        stores.runs.get(ref.integrationId, runId),
        stores.integrations.get(ref),
      ]);
      if (
        run &&
        integration &&
        run.status !== 'RUNNING' &&
        (integration.leaseUntilMs === null || integration.runId !== runId)
      ) {
        return { run, integration };
      }
      // A run of hours is looked at less often: each look costs, and days pass in some tests.
      await clock.sleep(clock.now() - beganMs > LONG_MS ? 10_000 : 100);
    }
  };

  return {
    clock,
    stores,
    vault,
    lines,
    counters,
    commands: { ...commands, ...intake },
    simulator,
    runDeps,
    log,
    /** Tells finish-sync once more that a run ended, as EventBridge or a retry may. */
    finishAgain: async (ref: IntegrationRef, run: SyncRun, error?: string) => {
      const { registrar } = (await stores.integrations.get(ref)) ?? { registrar: 'godaddy' as const };
      const { runId, epoch, trigger } = run;
      await finishSync(runDeps, { ...ref, registrar, runId, epoch, trigger, ...(error && { error }) });
    },
    sweep: () => sweep(runDeps),
    workerDeps,
    tokens,
    service,
    setInterference: (next: Interference) => {
      interfere = next;
    },
    /** Every message that was sent to a queue. */
    messages,
    /** Lets the queue deliver every message more often, at nearly the same time. */
    deliverTwice: (further = 1) => {
      copies = further;
    },
    /** Lets Step Functions refuse the next so many starts of an execution. */
    refuseStarts: (count: number) => {
      refusedStarts = count;
    },
    /** Connects a demo account of a registrar; gives the reference and the run. */
    async connect(
      registrar: RegistrarId,
      accountId: string,
      tenantId = 'tenantaaaaaaaaaaaaaaaaaaaaa',
      id = newId(),
    ) {
      const account = simulator(registrar).accounts.get(accountId);
      const request = {
        tenantId,
        id,
        registrar,
        environment: 'simulator' as const,
        label: null,
        allowDuplicate: true,
      };
      const added = await intake.add({ ...request, credentials: toSecret(account.credentials) });
      if (added.outcome !== 'added') throw new Error(added.outcome);
      return { ref: { tenantId, integrationId: id }, run: added.run };
    },
    /** Lets time run until the run is over and the integration has its outcome. */
    finish: (ref: IntegrationRef, runId: string) => clock.runUntil(endOf(ref, runId)),
    /** Waits (a minute, unless told otherwise), then syncs as a person does, to the end. */
    async syncAgain(ref: IntegrationRef, afterMs = 61_000) {
      await clock.advance(afterMs);
      const sync = await commands.requestSync(ref);
      if (sync.outcome !== 'started') throw new Error(sync.outcome);
      return clock.runUntil(endOf(ref, sync.run.runId));
    },
    close: () => service.close(),
  };
}
