import type { DomainRegistration } from '#core/domain.ts';
import type { Integration } from '#core/integration.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import { toIso } from '#core/ports/clock.ts';
import type { LogFields } from '#core/ports/log.ts';
import type { RegistrarAccount, RegistrarProfile } from '#core/registrar.ts';
import type { SyncRun } from '#core/sync-run.ts';
import type { Delivery } from '#sync/steps/delivery.ts';
import type { StepContext } from '#sync/steps/step-context.ts';
import { toStepKey } from '#sync/steps/step-keys.ts';
import { type Memory, readMemory } from '#sync/steps/step-memory.ts';
import { anIntegration, aRun, NOW_MS } from '#test/api/fixtures.ts';
import { createMemoryStores } from '#test/support/stores.ts';
import { createMemoryVault } from '#test/support/vault.ts';

export interface ScriptedStep {
  /** What the registrar answers; a call that is not scripted fails the test. */
  readonly account?: Partial<RegistrarAccount>;
  readonly kind?: 'validate' | 'list' | 'dns';
  readonly hop?: number;
  readonly definition?: Partial<Pick<RegistrarProfile, 'limits' | 'pageSize' | 'rangeSize'>>;
  readonly integration?: Partial<Integration>;
  readonly run?: Partial<SyncRun>;
  readonly memory?: Partial<Memory>;
}

const isNotScripted = async () => {
  throw new Error('this call is not scripted');
};

/** One step of a run behind an account that is scripted, over stores in memory; pauses pass at once. */
export async function createScriptedStep(script: ScriptedStep = {}) {
  const integration = anIntegration(script.integration);
  const run = aRun({ startedAt: toIso(NOW_MS), ...script.run });
  const { id: integrationId, tenantId, registrar, epoch } = integration;
  const stores = createMemoryStores({ now: () => NOW_MS });
  await stores.runs.create(run);
  const slept: number[] = [];
  const throttled: number[] = [];
  const answers: (readonly ['succeed' | 'fail', unknown])[] = [];
  const parked: { readonly hop: number; readonly delaySeconds: number }[] = [];
  const lines: [string, LogFields | undefined][] = [];
  const note = (event: string, fields?: LogFields) => void lines.push([event, fields]);
  let nowMs = NOW_MS;
  const account = {
    validate: isNotScripted,
    listPage: isNotScripted,
    readZone: isNotScripted,
    ...script.account,
  };
  const ref = { tenantId, integrationId, registrar, runId: run.runId, epoch, trigger: run.trigger };
  const { kind = 'list', hop = 0 } = script;
  const delivery = { taskToken: 'fake-token', attempt: 0, hop };
  const message: RegistrarMessage =
    kind === 'dns' ? { ...ref, ...delivery, kind, range: 1 } : { ...ref, ...delivery, kind };
  const context: StepContext = {
    deps: {
      ...stores,
      clock: {
        now: () => nowMs,
        async sleep(ms) {
          slept.push(ms);
          nowMs += ms;
        },
      },
      log: { info: note, warn: note, error: note },
      newId: () => 'id-1',
      random: () => 0.5,
      opener: createMemoryVault(),
      tokens: {
        succeed: async (_token, output) => void answers.push(['succeed', output]),
        fail: async (_token, error) => void answers.push(['fail', error]),
        heartbeat: isNotScripted,
      },
      queue: { park: async ({ hop }, delaySeconds) => void parked.push({ hop, delaySeconds }) },
      registrar: {
        definition: {
          id: registrar,
          limits: {
            windows: [{ calls: 60, windowMs: 60_000 }],
            keyedBy: 'credential',
            lanes: 1,
            inFlight: 2,
          },
          pageSize: 100,
          rangeSize: 4,
          ...script.definition,
        },
        open: () => account,
      },
    },
    message,
    fence: { tenantId, integrationId, epoch },
    integration,
    run,
    account,
    provesCandidate: false,
    openedVersion: 1,
    memory: {
      ...readMemory({ done: false, result: null, position: undefined, calls: 0, waitedMs: 0 }),
      ...script.memory,
    },
    throttled: ({ facts }) => void throttled.push(facts.retryAfterMs ?? 0),
    checkFence: async () => undefined,
  };
  return {
    context,
    stores,
    integrationId,
    slept,
    throttled,
    /** What the workflow was told, and what went back to the queue. */
    answers,
    parked,
    lines,
    /** Lets time pass without a pause. */
    pass(ms: number) {
      nowMs += ms;
    },
    /** The run as it is stored. */
    readRun: async () => (await stores.runs.get(integrationId, run.runId)) as SyncRun,
  };
}

/** The same as a delivery that claimed its step, of an integration that is stored. */
export async function createScriptedDelivery(script: ScriptedStep = {}) {
  const step = await createScriptedStep(script);
  const { context, stores, integrationId } = step;
  const { message } = context;
  await stores.integrations.create(context.integration);
  const claim = { attempt: message.attempt, hop: message.hop, messageId: 'message-1', atMs: NOW_MS };
  await stores.work.claim(message, toStepKey(message), claim);
  const delivery: Delivery = { ...context, claim };
  return {
    ...step,
    delivery,
    /** Another delivery takes the claim. */
    loseClaim: () => stores.work.claim(message, toStepKey(message), { ...claim, hop: claim.hop + 1 }),
    readStep: () => stores.work.read(integrationId, message.runId, toStepKey(message)),
    readLease: async () => (await stores.integrations.get(context.fence))?.leaseUntilMs,
  };
}

/** A domain of a listing. */
export function aListed(name: string, changes: Partial<DomainRegistration> = {}): DomainRegistration {
  return {
    name,
    statuses: [],
    rawStatuses: ['ACTIVE'],
    registrarState: 'active',
    registeredAt: null,
    expiresAt: null,
    expiryPrecision: 'INSTANT',
    autoRenew: true,
    locked: null,
    privacy: null,
    nameServers: ['ns1.example.net'],
    registeredHere: true,
    zone: 'HERE',
    ...changes,
  };
}
