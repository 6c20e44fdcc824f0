import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Integration } from '#core/integration.ts';
import { FinishInput, RegistrarMessage, type StartMessage } from '#core/payloads.ts';
import type { LogFields } from '#core/ports/log.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { Workflow } from '#core/ports/workflow.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { STAGES } from '#infra/stage.ts';
import { toWorkflowDefinition } from '#infra/workflow-definition.ts';
import { createWorkflowService } from '#local/workflow/service.ts';
import { openWorkflowStore } from '#local/workflow/store.ts';
import type { ExecutionRecord } from '#local/workflow/thread.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import type { SimPortfolio } from '#simulators/types.ts';
import { createMemoryRows } from '#store/memory-rows.ts';
import type { RowStore } from '#store/rows.ts';
import { createStores } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE, type TableForm } from '#store/table.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { answerDeadLetter } from '#sync/runs/dead-letter.ts';
import { dispatchDueSyncs } from '#sync/runs/dispatch-due-syncs.ts';
import { finishSync } from '#sync/runs/finish-sync.ts';
import { startDueSync } from '#sync/runs/start-due-sync.ts';
import { handleRegistrarMessage } from '#sync/steps/registrar-step.ts';
import type { WorkerDeps } from '#sync/steps/worker-deps.ts';
import { sweep } from '#sync/sweep.ts';
import { createMemoryVault } from '#test/support/vault.ts';
import { createWorkflowPorts } from '#test/support/workflow-ports.ts';
import { delayRows } from './delay-rows.ts';
import { createFairQueue, type Delivery, type FairQueue } from './fair-queue.ts';
import { beginLife, makeMortal } from './mortal.ts';
import { createIds } from './random.ts';
import { createRegistrars, type SeenCall } from './registrars.ts';
import { createVirtualTime } from './virtual-time.ts';

const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:SyncIntegration';
/** The hard timeout of a worker. */
const WORKER_TIMEOUT_MS = 120_000;

/** What goes wrong with one delivery. */
export interface Mishaps {
  /** By how much the worker's clock is off. */
  readonly skewMs: number;
  /** After how long in the delivery the worker dies; undefined: it doesn't. */
  readonly diesAfterMs?: number;
}

export interface WorldOptions {
  /** A call's way to the registrar and back, in ms. @default 175 each */
  readonly latency?: () => readonly [number, number];
  /** From a message that is visible to the worker's first line. @default 100 */
  readonly handOffMs?: number;
  /** What one request to the table takes. @default 0 */
  readonly rowMs?: number;
  readonly mishaps?: () => Mishaps;
  /** Whether the queue hands a delivery out twice. */
  readonly isDoubled?: () => boolean;
  /** Gives the status with which the registrar's so-and-so-manyth call fails, where it is to. */
  readonly spoil?: (call: number, registrar: RegistrarId) => number | undefined;
  /** Looks at every request to the tables. */
  readonly meterRows?: (rows: RowStore, form: TableForm) => RowStore;
  /** Another number of domains to a range than the registrar's own. */
  readonly rangeSize?: number;
  /** Bends the shipped definition: for controls. */
  readonly bendDefinition?: (definition: object) => object;
  /** In [0, 1), for the jitter of product and workflow. @default 0.5 */
  readonly random?: () => number;
}

/**
 * The whole sync in one process and in virtual time: the shipped use cases, adapters, limiter, stores and state machine
 * definition. In place of AWS stand the interpreter of the local run, rows in memory and queues with the deployed
 * concurrency; in place of sockets, the simulators' protocols are asked directly, a latency away, with their sliding
 * windows counting at the instant of arrival.
 */
export function createWorld(options: WorldOptions = {}) {
  const {
    latency = () => [175, 175] as const,
    handOffMs = 100,
    rowMs = 0,
    random = () => 0.5,
    rangeSize,
  } = options;
  const clock = createVirtualTime();
  // the same ones in each run: an integration's chooses the lane where it looks first
  const newId = createIds(24);
  const toRows = (form: TableForm): RowStore => {
    const memory = createMemoryRows(form);
    return options.meterRows?.(memory, form) ?? memory;
  };
  const tables = { portfolio: toRows(PORTFOLIO_TABLE), credentials: toRows(CREDENTIALS_TABLE) };
  const stores = createStores({
    portfolio: delayRows(tables.portfolio, clock, rowMs),
    credentials: delayRows(tables.credentials, clock, rowMs),
    clock,
  });
  const vault = createMemoryVault();
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const counters = {
    opens: 0,
    finishes: 0,
    executions: 0,
    workerMs: 0,
    crashes: 0,
    doubles: 0,
    rangeDeliveries: 0,
    failures: [] as unknown[],
  };
  const lines: { readonly event: string; readonly fields: LogFields }[] = [];
  const note = (event: string, fields: LogFields = {}) => void lines.push({ event, fields });
  const log = { info: () => undefined, warn: note, error: note };
  let onCall: (call: SeenCall) => void = () => undefined;

  const registrars = createRegistrars({
    clock,
    latency,
    ...(options.spoil && { spoil: options.spoil }),
    onCall: (call) => onCall(call),
  });
  const { simulator, send } = registrars;

  const service = createWorkflowService({
    clock,
    store: openWorkflowStore(folder),
    random,
    emit: () => undefined,
    log: { error: (message, details) => void counters.failures.push({ message, details }) },
    tasks: {
      sendMessage: async ({ messageBody, messageGroupId = '', delaySeconds = 0 }) => {
        const messageId = newId();
        const message = RegistrarMessage.parse(JSON.parse(messageBody));
        queues[message.registrar].send(message, messageGroupId, messageId, delaySeconds);
        return { MessageId: messageId };
      },
      invokeLambda: async ({ payload }) => {
        counters.finishes += 1;
        const { stateMachineArn: _, ...input } = FinishInput.parse(payload);
        await finishSync(runDeps, input);
        wake();
        return { payload: null };
      },
    },
  });
  const definition = toWorkflowDefinition({
    queueUrls: toRecord((id) => `http://127.0.0.1/queue/${id}`),
    // As deployed: a test of infra holds them to the limits' own.
    lanes: toRecord((id) => REGISTRARS[id].limits.lanes),
    finishSyncArn: 'arn:aws:lambda:us-east-1:000000000000:function:finish-sync',
  });
  service.registerStateMachine(
    MACHINE_ARN,
    JSON.stringify(options.bendDefinition?.(definition) ?? definition),
  );

  const { workflow: plain, tokens } = createWorkflowPorts(service, MACHINE_ARN);
  const workflow: Workflow = {
    ...plain,
    start(name, input) {
      counters.executions += 1;
      return plain.start(name, input);
    },
  };
  const runDeps = { ...stores, clock, log, newId, workflow };

  /** One worker's environment: its clock, and ports that fall silent when it dies. */
  const toWorkerDeps = (id: RegistrarId, group: string, { skewMs, diesAfterMs }: Mishaps) => {
    const life = beginLife();
    const mortal = <T extends object>(port: T): T =>
      diesAfterMs === undefined ? port : makeMortal(port, life);
    const parking = {
      park: async (message: RegistrarMessage, delaySeconds: number) =>
        queues[id].send(message, group, newId(), delaySeconds),
    };
    const counted = {
      open: (...given: Parameters<typeof vault.open>) => {
        counters.opens += 1;
        return vault.open(...given);
      },
    };
    const own = {
      now: () => Math.floor(clock.now() + skewMs),
      sleep: (ms: number) => life.live(() => clock.sleep(ms)),
    };
    const sendOut = send(id);
    const deps: WorkerDeps = {
      integrations: mortal(stores.integrations),
      runs: mortal(stores.runs),
      work: mortal(stores.work),
      domains: mortal(stores.domains),
      zones: mortal(stores.zones),
      stats: mortal(stores.stats),
      credentials: mortal(stores.credentials),
      audit: mortal(stores.audit),
      rateBuckets: mortal(stores.rateBuckets),
      clock: own,
      log,
      newId,
      random,
      opener: mortal(counted),
      tokens: mortal(tokens),
      queue: mortal(parking),
      registrar: {
        definition: { ...REGISTRARS[id], ...(rangeSize !== undefined && { rangeSize }) },
        open: (_environment, credentials, around) => {
          const guarded = guardReadOnly(REGISTRARS[id], (call) => life.live(() => sendOut(call)));
          return REGISTRARS[id].open(credentials, {
            send: (call) => around(() => guarded(call)),
            origins: { api: 'https://simulator.test' },
            egressAddress: '127.0.0.1',
            now: own.now,
          });
        },
      },
    };
    return { deps, life };
  };

  async function handle({ body, group, messageId, isCopy }: Delivery<RegistrarMessage>) {
    const mishaps = options.mishaps?.() ?? { skewMs: 0 };
    const { deps, life } = toWorkerDeps(body.registrar, group, mishaps);
    const startedMs = clock.now();
    if (isCopy) counters.doubles += 1;
    if (body.kind === 'dns') counters.rangeDeliveries += 1;
    const work = handleRegistrarMessage(deps, body, messageId).then(() => 'done' as const);
    const death = new Promise<'crashed'>((resolve) => {
      const endMs = Math.min(mishaps.diesAfterMs ?? Number.POSITIVE_INFINITY, WORKER_TIMEOUT_MS);
      const cancel = clock.setTimer(startedMs + endMs, () => {
        life.end();
        counters.crashes += 1;
        if (endMs === WORKER_TIMEOUT_MS) counters.failures.push(new Error('a worker ran into its timeout'));
        resolve('crashed');
      });
      work.then(cancel, cancel);
    });
    try {
      return await Promise.race([work, death]);
    } catch (error) {
      counters.failures.push(error);
      throw error;
    } finally {
      counters.workerMs += clock.now() - startedMs;
    }
  }

  const queues = Object.fromEntries(
    REGISTRAR_IDS.map((id) => [
      id,
      createFairQueue<RegistrarMessage>({
        clock,
        concurrency: STAGES.prod.maximumConcurrency[id],
        handOffMs,
        handle,
        deadLetter: (body) => void answerDeadLetter({ tokens, log }, body),
        ...(options.isDoubled && { isDoubled: options.isDoubled }),
      }),
    ]),
  ) as Record<RegistrarId, FairQueue<RegistrarMessage>>;

  const commands = createPlainCommands(runDeps);
  const intake = createIntakeCommands({
    ...runDeps,
    sealer: vault,
    fingerprinter: vault,
    limitSubject: (registrar, credentials) => REGISTRARS[registrar].limitSubject(credentials),
  });

  /** Wakes those who wait for an end whenever one may have come. */
  let waiters: (() => void)[] = [];
  let ends = 0;
  const wake = () => {
    ends += 1;
    const awake = waiters;
    waiters = [];
    for (const resolve of awake) resolve();
  };
  const endOf = async (ref: IntegrationRef, runId: string): Promise<End> => {
    for (;;) {
      const seen = ends;
      const run = await stores.runs.get(ref.integrationId, runId);
      if (run && run.status !== 'RUNNING') {
        const integration = await stores.integrations.get(ref);
        if (integration && (integration.leaseUntilMs === null || integration.runId !== runId))
          return { run, integration };
      }
      // One may have come while this one was looked at.
      if (seen === ends) await new Promise<void>((resolve) => void waiters.push(resolve));
    }
  };

  return {
    clock,
    newId,
    stores,
    /** The same rows, at once: to look at an instant without time passing. */
    glance: createStores({ ...tables, clock }),
    vault,
    lines,
    counters,
    /** Calls that came to the registrars, and how many of them were beyond a limit. */
    arrivals: registrars.counts,
    queues,
    runDeps,
    simulator,
    commands: { ...commands, ...intake },
    watchCalls: (watcher: (call: SeenCall) => void) => {
      onCall = watcher;
    },
    /** An account of a registrar that holds a portfolio. */
    addAccount(registrar: RegistrarId, id: string, portfolio: SimPortfolio) {
      const { account } = simulator(registrar).accounts.put(id, { size: 0 });
      account.portfolio = portfolio;
      return account;
    },
    /** Connects an account, and lets the first run begin. */
    async connect(registrar: RegistrarId, accountId: string, tenantId = newId(), id = newId()) {
      const { credentials } = simulator(registrar).accounts.get(accountId);
      const added = await intake.add({
        tenantId,
        id,
        registrar,
        environment: 'simulator',
        label: null,
        allowDuplicate: true,
        credentials: toSecret(credentials),
      });
      if (added.outcome !== 'added') throw new Error(added.outcome);
      return { ref: { tenantId, integrationId: id }, run: added.run };
    },
    /** Resolves when a run has ended; time has to run meanwhile. */
    endOf,
    /** Lets time run until the run has ended. */
    finish: (ref: IntegrationRef, runId: string) => clock.runUntil(endOf(ref, runId)),
    /** One hourly tick of the schedule, with what follows from it. */
    async tick() {
      const messages: StartMessage[] = [];
      const send = async (sent: readonly StartMessage[]) => {
        messages.push(...sent);
        return [];
      };
      await dispatchDueSyncs({ ...runDeps, startQueue: { send } });
      for (const message of messages) await startDueSync(runDeps, message);
      return messages;
    },
    async sweep() {
      await sweep(runDeps);
      wake();
    },
    /** The executions of a run, in their order. */
    executions(runId: string): readonly ExecutionRecord[] {
      const all = service.listExecutions(MACHINE_ARN, null, 1_000_000, 0);
      return all.filter(({ name }) => name === runId || name.startsWith(`${runId}-`)).reverse();
    },
    history: (arn: string) => service.getHistory(arn, 100_000, 0, false),
    async close() {
      await service.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function toRecord<T>(make: (id: RegistrarId) => T): Record<RegistrarId, T> {
  return Object.fromEntries(REGISTRAR_IDS.map((id) => [id, make(id)])) as Record<RegistrarId, T>;
}

export type World = ReturnType<typeof createWorld>;
export interface End {
  readonly run: SyncRun;
  readonly integration: Integration;
}
