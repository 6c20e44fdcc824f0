import { SyncError } from '#core/errors.ts';
import { FinishInput, RegistrarMessage, type StartMessage } from '#core/payloads.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { RegistrarAnswer, RegistrarCall } from '#core/registrar.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { toSecret } from '#core/secret.ts';
import { toWorkflowDefinition } from '#infra/workflow-definition.ts';
import { createWorkflowService } from '#local/workflow/service.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import type { AccountBook } from '#simulators/accounts.ts';
import type { SimProtocol } from '#simulators/types.ts';
import { createMemoryRows } from '#store/memory-rows.ts';
import type { Row, RowStore } from '#store/rows.ts';
import { createStores } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { answerDeadLetter } from '#sync/runs/dead-letter.ts';
import { dispatchDueSyncs } from '#sync/runs/dispatch-due-syncs.ts';
import { finishSync } from '#sync/runs/finish-sync.ts';
import { startDueSync } from '#sync/runs/start-due-sync.ts';
import { handleRegistrarMessage } from '#sync/steps/registrar-step.ts';
import type { WorkerDeps } from '#sync/steps/worker-deps.ts';
import { sweep } from '#sync/sweep.ts';
import { createMemoryWorkflowStore } from '#test/support/memory-workflow-store.ts';
import { toSimRequest } from '#test/support/sim-request.ts';
import type { MemoryVault } from '#test/support/vault.ts';
import { createWorkflowPorts } from '#test/support/workflow-ports.ts';
import { createIds } from '../../bench/random.ts';
import { createVirtualTime } from '../../bench/virtual-time.ts';
import { type Actor, createActor, type Plan, toEffectRows, toEffects } from './effects.ts';

const MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:SyncIntegration';
const LATENCY_MS = 100;
/** Of the queues as deployed. */
const VISIBILITY_MS = 720_000;
const START_VISIBILITY_MS = 180_000;
const MAX_RECEIVES = 3;
/** Timeouts of the functions that finish and that answer, and how long a frozen process stands still. */
const FUNCTION_MS = 300_000;
const API_MS = 30_000;
const FROZEN_MS = 20 * 60_000;
const SWEEP_MS = 300_000;
const HOUR_MS = 3_600_000;

/** All rows of both tables, and when. */
export interface Snapshot {
  readonly nowMs: number;
  readonly portfolio: readonly Row[];
  readonly credentials: readonly Row[];
}

export interface CrashWorldOptions {
  readonly protocol: SimProtocol;
  readonly accounts: AccountBook;
  readonly vault: MemoryVault;
  readonly snapshot: Snapshot;
  readonly plan: Plan;
  /** Conditions of writes are ignored. @default false */
  readonly isFenceless?: boolean;
  /** How often the sweep comes. @default five minutes, as deployed */
  readonly sweepMs?: number;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The whole sync in virtual time, each process with a life of its own: every delivery to a worker, every call of the API,
 * every invocation that finishes, sweeps or starts. All their side effects go through the plan. The queue delivers again
 * what was not done, the workflow retries, the sweep and the schedule come by themselves.
 */
export async function createCrashWorld(options: CrashWorldOptions) {
  const { protocol, accounts, vault, snapshot, plan } = options;
  const registrar = protocol.id as RegistrarId;
  const clock = createVirtualTime(snapshot.nowMs);
  const tables = {
    portfolio: createMemoryRows(PORTFOLIO_TABLE),
    credentials: createMemoryRows(CREDENTIALS_TABLE),
  };
  for (const row of snapshot.portfolio) await tables.portfolio.put(row);
  for (const row of snapshot.credentials) await tables.credentials.put(row);
  const written = options.isFenceless
    ? { portfolio: withoutConditions(tables.portfolio), credentials: withoutConditions(tables.credentials) }
    : tables;
  const glance = createStores({ ...tables, clock });
  const counters = { calls: 0, writes: 0, processes: 0 };
  const defects: string[] = [];
  let isClosed = false;

  // none that a world has drawn from which this one goes on
  const newId = createIds(snapshot.nowMs);
  const begin = () => createActor(plan, () => clock.sleep(FROZEN_MS));

  const service = createWorkflowService({
    clock,
    store: createMemoryWorkflowStore(),
    random: () => 0.5,
    emit: () => undefined,
    log: { error: (message, details) => void defects.push(`${message} ${JSON.stringify(details ?? {})}`) },
    tasks: {
      sendMessage: async ({ messageBody, delaySeconds = 0 }) => {
        deliver(RegistrarMessage.parse(JSON.parse(messageBody)), delaySeconds);
        return { MessageId: newId() };
      },
      invokeLambda: async ({ payload }) => {
        const { stateMachineArn: _, ...input } = FinishInput.parse(payload);
        const actor = begin();
        const died = { payload: { errorType: 'Runtime.ExitError' }, functionError: 'Unhandled' };
        return Promise.race([
          finishSync(toRunDeps(actor), input).then(
            () => ({ payload: null }),
            () => ({ payload: { errorType: 'Error' }, functionError: 'Unhandled' }),
          ),
          actor.death.then(() => died),
          clock.sleep(FUNCTION_MS).then(() => died),
        ]);
      },
    },
  });
  service.registerStateMachine(MACHINE_ARN, DEFINITION);

  const { workflow, tokens } = createWorkflowPorts(service, MACHINE_ARN);

  const toRunDeps = (actor: Actor) => {
    counters.processes += 1;
    const { start, stop, status } = workflow;
    const effects = toEffects({ start, stop }, 'workflow', actor, () => new Error('Step Functions is away'));
    return {
      ...createStores({
        portfolio: toEffectRows(written.portfolio, 'portfolio', actor),
        credentials: toEffectRows(written.credentials, 'credentials', actor),
        clock,
      }),
      clock,
      log: quiet,
      newId,
      workflow: { ...effects, status: (name: string) => actor.life.live(() => status(name)) },
    };
  };

  const send = async (call: RegistrarCall): Promise<RegistrarAnswer> => {
    await clock.sleep(LATENCY_MS / 2);
    counters.calls += 1;
    const request = toSimRequest(call);
    if (protocol.isWrite(request)) counters.writes += 1;
    const answer = protocol.answer(request, { accounts: accounts.list(), now: clock.now });
    await clock.sleep(LATENCY_MS / 2);
    return { status: answer.status, headers: answer.headers ?? {}, body: answer.body };
  };

  const toWorkerDeps = (actor: Actor): WorkerDeps => ({
    ...toRunDeps(actor),
    clock: { now: clock.now, sleep: (ms: number) => actor.life.live(() => clock.sleep(ms)) },
    random: () => 0.5,
    opener: {
      open: (...given: Parameters<MemoryVault['open']>) =>
        actor.effect(
          'kms.open',
          () => vault.open(...given),
          () => new SyncError('ENCRYPTION_UNAVAILABLE'),
        ),
    },
    tokens: toEffects(tokens, 'tokens', actor, () => new Error('Step Functions is away')),
    queue: {
      park: (message: RegistrarMessage, delaySeconds: number) =>
        actor.effect(
          'queue.park',
          async () => deliver(message, delaySeconds),
          () => new Error('SQS is away'),
        ),
    },
    registrar: {
      definition: REGISTRARS[registrar],
      open: (_environment, credentials, around) => {
        const away = () => new SyncError('REGISTRAR_UNAVAILABLE', { registrar });
        const guarded = guardReadOnly(REGISTRARS[registrar], (call) =>
          actor.effect('registrar.call', () => send(call), away),
        );
        return REGISTRARS[registrar].open(credentials, {
          send: (call) => around(() => guarded(call)),
          origins: { api: 'https://simulator.test' },
          egressAddress: '127.0.0.1',
          now: clock.now,
        });
      },
    },
  });

  /** A queue: what threw or died comes again after its visibility, twice; then its dead letter is answered. */
  function deliver(message: RegistrarMessage, delaySeconds: number, messageId = newId(), receives = 1): void {
    clock.setTimer(clock.now() + delaySeconds * 1000 + 20, () => {
      if (isClosed) return;
      const actor = begin();
      let isOver = false;
      const again = () => {
        if (isOver) return;
        isOver = true;
        if (receives < MAX_RECEIVES) deliver(message, 0, messageId, receives + 1);
        else void answerDeadLetter({ tokens, log: quiet }, message);
      };
      // Visible again where it wasn't deleted by then: its worker died, failed, or stands still.
      clock.setTimer(clock.now() + VISIBILITY_MS, again);
      handleRegistrarMessage(toWorkerDeps(actor), message, messageId).then(
        () => {
          isOver = true;
        },
        () => undefined,
      );
    });
  }

  function deliverStart(message: StartMessage, receives = 1): void {
    clock.setTimer(clock.now() + 20, () => {
      const actor = begin();
      const again = () => {
        if (receives < MAX_RECEIVES)
          clock.setTimer(clock.now() + START_VISIBILITY_MS, () => deliverStart(message, receives + 1));
      };
      void actor.death.then(again);
      startDueSync(toRunDeps(actor), message).catch(again);
    });
  }

  /** Runs work in a process of its own: its result, or that it died or failed. */
  const inProcess = async <T>(work: (actor: Actor) => Promise<T>): Promise<T | 'broke off'> => {
    const actor = begin();
    return Promise.race([
      work(actor).catch(() => 'broke off' as const),
      actor.death.then(() => 'broke off' as const),
      clock.sleep(API_MS).then(() => 'broke off' as const),
    ]);
  };

  const every = (ms: number, work: () => unknown) => {
    clock.setTimer(clock.now() + ms, () => {
      if (isClosed) return;
      work();
      every(ms, work);
    });
  };
  every(options.sweepMs ?? SWEEP_MS, () => inProcess((actor) => sweep(toRunDeps(actor))));
  every(HOUR_MS, () => tick());

  const tick = () =>
    inProcess((actor) => {
      const startQueue = {
        send: async (messages: readonly StartMessage[]) => {
          for (const message of messages) deliverStart(message);
          return [];
        },
      };
      return dispatchDueSyncs({ ...toRunDeps(actor), startQueue });
    });

  const toIntake = (actor: Actor) =>
    createIntakeCommands({
      ...toRunDeps(actor),
      sealer: {
        seal: (...given: Parameters<MemoryVault['seal']>) =>
          actor.effect(
            'kms.seal',
            () => vault.seal(...given),
            () => new SyncError('ENCRYPTION_UNAVAILABLE'),
          ),
      },
      fingerprinter: vault,
      limitSubject: (id, credentials) => REGISTRARS[id].limitSubject(credentials),
    });
  const toCredentials = (account: string) => toSecret(accounts.get(account).credentials);

  return {
    registrar,
    clock,
    glance,
    tables,
    counters,
    defects,
    tick,
    /** The four requests of a person that begin or end a run, each a process of the API. */
    add: (ref: IntegrationRef, account: string) =>
      inProcess((actor) =>
        toIntake(actor).add({
          tenantId: ref.tenantId,
          id: ref.integrationId,
          registrar,
          environment: 'simulator',
          label: null,
          allowDuplicate: true,
          credentials: toCredentials(account),
        }),
      ),
    sync: (ref: IntegrationRef) =>
      inProcess((actor) => createPlainCommands(toRunDeps(actor)).requestSync(ref)),
    replace: (ref: IntegrationRef, account: string) =>
      inProcess((actor) => toIntake(actor).replaceCredentials(ref, toCredentials(account))),
    remove: (ref: IntegrationRef) => inProcess((actor) => toIntake(actor).remove(ref)),
    pause: (ref: IntegrationRef) =>
      inProcess((actor) => createPlainCommands(toRunDeps(actor)).change(ref, { paused: true }, undefined)),
    snapshot: (): Snapshot => ({
      nowMs: clock.now(),
      portfolio: tables.portfolio.dump(),
      credentials: tables.credentials.dump(),
    }),
    async close() {
      isClosed = true;
      await service.close();
    },
  };
}

function withoutConditions(rows: RowStore): RowStore {
  return {
    ...rows,
    put: (row) => rows.put(row),
    update: (key, update) => rows.update(key, update),
    updateAndRead: (key, update) => rows.updateAndRead(key, update),
    delete: (key) => rows.delete(key),
  };
}

export type CrashWorld = Awaited<ReturnType<typeof createCrashWorld>>;

const DEFINITION = JSON.stringify(
  toWorkflowDefinition({
    queueUrls: toRecord((id) => `http://127.0.0.1/queue/${id}`),
    lanes: toRecord((id) => REGISTRARS[id].limits.lanes),
    finishSyncArn: 'arn:aws:lambda:us-east-1:000000000000:function:finish-sync',
  }),
);

function toRecord<T>(make: (id: RegistrarId) => T): Record<RegistrarId, T> {
  return Object.fromEntries(REGISTRAR_IDS.map((id) => [id, make(id)])) as Record<RegistrarId, T>;
}
