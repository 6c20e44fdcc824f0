import type { IntegrationJson } from '#api/schemas/integration.ts';
import type { RunJson } from '#api/schemas/run.ts';
import { toRunId } from './integrations.ts';
import { DAY_MS, toIso } from './life.ts';

const STEPS = [
  'VALIDATE_API_ACCESS',
  'FETCH_DOMAINS',
  'PROCESS_DOMAINS',
  'FETCH_DNS_RECORDS',
  'SAVE',
  'UPDATE_DASHBOARD',
] as const;
const STEP_MS = 4_000;

/** The last runs of an integration, newest first; the newest is the one that its card tells of. */
export function makeRuns(
  integration: IntegrationJson,
  { now = Date.now(), count = 20 }: { readonly now?: number; readonly count?: number } = {},
): RunJson[] {
  return Array.from({ length: count }, (_, age) =>
    age === 0 ? makeNewest(integration, now) : makeFormer(integration, now, age),
  );
}

function makeNewest(integration: IntegrationJson, now: number): RunJson {
  const startedMs = Date.parse(integration.lastAttemptAt ?? toIso(now)) - STEPS.length * STEP_MS;
  if (integration.status === 'FAILED' && integration.problem) {
    return {
      ...makeRun(integration, { age: 0, startedMs, steps: 1 }),
      trigger: 'MANUAL',
      status: 'FAILED',
      counts: NO_COUNTS,
      problem: integration.problem,
    };
  }
  const { currentRun } = integration;
  if (!currentRun) {
    const isPartial = integration.notices.some(({ code }) => code === 'PARTIAL_DNS');
    const run = makeRun(integration, { age: 0, startedMs, steps: STEPS.length });
    return { ...run, status: isPartial ? 'PARTIAL' : 'SUCCEEDED', notices: integration.notices };
  }
  const steps = STEPS.indexOf(currentRun.step) + 1;
  const run = makeRun(integration, { age: 0, startedMs: Date.parse(integration.lastAttemptAt ?? ''), steps });
  return {
    ...run,
    trigger: 'MANUAL',
    status: 'RUNNING',
    steps: run.steps.map((each, index) =>
      index === steps - 1 ? { step: each.step, startedAt: each.startedAt } : each,
    ),
    endedAt: null,
    progress: currentRun.progress,
  };
}

function makeFormer(integration: IntegrationJson, now: number, age: number): RunJson {
  const startedMs = Date.parse(integration.lastSyncedAt ?? toIso(now)) - age * 3 * DAY_MS;
  return makeRun(integration, { age, startedMs, steps: STEPS.length });
}

interface Shape {
  readonly age: number;
  readonly startedMs: number;
  readonly steps: number;
}

function makeRun(integration: IntegrationJson, { age, startedMs, steps }: Shape): RunJson {
  const { total } = integration.counts;
  const changed = Math.min(total, age % 4);
  return {
    runId: toRunId(integration, age),
    integrationId: integration.id,
    trigger: age === 19 ? 'ADDED' : 'SCHEDULED',
    status: 'SUCCEEDED',
    step: STEPS[steps - 1] ?? 'UPDATE_DASHBOARD',
    steps: STEPS.slice(0, steps).map((step, index) => ({
      step,
      startedAt: toIso(startedMs + index * STEP_MS),
      endedAt: toIso(startedMs + (index + 1) * STEP_MS),
    })),
    startedAt: toIso(startedMs),
    endedAt: toIso(startedMs + steps * STEP_MS),
    progress: { domainsListed: total, domainsDone: total, domainsTotal: total },
    counts: { ...NO_COUNTS, listed: total, changed, unchanged: total - changed, dnsFetched: total },
    registrarCalls: total + 2,
    waitedForLimitMs: total * 100,
    notices: [],
  };
}

const NO_COUNTS: RunJson['counts'] = {
  listed: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  missing: 0,
  removed: 0,
  dnsFetched: 0,
  dnsElsewhere: 0,
  failed: 0,
};
