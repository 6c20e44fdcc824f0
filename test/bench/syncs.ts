import type { Integration } from '#core/integration.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { SyncRun } from '#core/sync-run.ts';
import { makeBenchPortfolio, type PortfolioForm } from './portfolios.ts';
import { createWorld, type World } from './world.ts';

export interface SyncForm extends PortfolioForm {
  readonly registrar: RegistrarId;
  /** Which of its calls the registrar fails once, with 500. */
  readonly failsAtCall?: number;
}

/** One run as the world saw it. */
export interface MeasuredRun {
  readonly run: SyncRun;
  readonly ms: number;
  /** As the registrar counted. */
  readonly calls: number;
  /** Different zones, and nameservers of different domains, that were asked for. */
  readonly zonesAsked: number;
  readonly nameServersAsked: number;
  readonly executions: readonly MeasuredExecution[];
}

export interface MeasuredExecution {
  readonly transitions: number;
  readonly events: number;
  /** The largest input or output of a state, in bytes. */
  readonly stateBytes: number;
}

/** A first sync, with all the runs that it takes where one is not enough. */
export interface MeasuredSync {
  readonly form: SyncForm;
  readonly runs: readonly MeasuredRun[];
  readonly calls: number;
  readonly ms: number;
  readonly violations: number;
  readonly deliveries: number;
  readonly failures: readonly unknown[];
  readonly integration: Integration;
}

/** No portfolio takes more. */
const MOST_RUNS = 40;
const HOUR_MS = 3_600_000;
const known = new Map<string, Promise<MeasuredSync>>();

/** Measures a first sync at 350 ms a call; the same form is measured once in a process. */
export function measureSync(form: SyncForm): Promise<MeasuredSync> {
  const key = JSON.stringify(form);
  const measured = known.get(key) ?? measure(form);
  known.set(key, measured);
  return measured;
}

async function measure(form: SyncForm): Promise<MeasuredSync> {
  const { registrar, failsAtCall } = form;
  const world = createWorld({ spoil: (call) => (call === failsAtCall ? 500 : undefined) });
  try {
    world.addAccount(registrar, 'measured', makeBenchPortfolio(registrar, form));
    const asked = watchZones(world, registrar);
    const connected = await world.connect(registrar, 'measured');
    const { ref } = connected;
    const runs: MeasuredRun[] = [];
    let runId: string = connected.run.runId;
    let integration: Integration;
    for (;;) {
      const before = world.arrivals.calls;
      asked.reset();
      const end = await world.finish(ref, runId);
      integration = end.integration;
      const { startedAt, endedAt } = end.run;
      runs.push({
        run: end.run,
        ms: Date.parse(endedAt ?? '') - Date.parse(startedAt),
        calls: world.arrivals.calls - before,
        zonesAsked: asked.zones.size,
        nameServersAsked: asked.nameServers.size,
        executions: toExecutions(world, runId),
      });
      if (end.run.status === 'SUCCEEDED' || runs.length === MOST_RUNS) break;
      if (asked.everZones.size >= asked.zonesOf(form)) break;
      runId = await waitForNext(world, ref, runId);
    }
    const { calls, violations } = world.arrivals;
    const { failures } = world.counters;
    const ms = runs.reduce((sum, run) => sum + run.ms, 0);
    const { deliveries } = world.queues[registrar].counts;
    return { form, runs, calls, ms, violations, deliveries, failures, integration };
  } finally {
    await world.close();
  }
}

/** Lets the schedule tick by the hour until it starts the next run. */
export async function waitForNext(world: World, ref: IntegrationRef, runId: string): Promise<string> {
  for (let hour = 0; hour < 200; hour += 1) {
    await world.clock.advance(HOUR_MS - (world.clock.now() % HOUR_MS));
    await world.tick();
    const integration = await world.stores.integrations.get(ref);
    if (integration?.runId && integration.runId !== runId) return integration.runId;
  }
  throw new Error('the schedule starts no further run');
}

/** Notes which zones the registrar is asked for. */
function watchZones(world: World, registrar: RegistrarId) {
  const zones = new Set<string>();
  const nameServers = new Set<string>();
  const everZones = new Set<string>();
  world.watchCalls(({ request }) => {
    const zone = toZone(request.path, request.body);
    if (zone !== undefined) {
      zones.add(zone);
      everZones.add(zone);
    }
    const asked = /\/getNs\/([^/]+)$/.exec(request.path)?.[1];
    if (asked !== undefined) nameServers.add(asked);
  });
  return {
    zones,
    nameServers,
    everZones,
    reset() {
      zones.clear();
      nameServers.clear();
    },
    zonesOf({ size }: SyncForm): number {
      const { portfolio } = world.simulator(registrar).accounts.get('measured');
      let count = 0;
      for (const name of portfolio.names) {
        const domain = portfolio.get(name);
        if (domain?.dnsHere && domain.apiAccess) count += 1;
      }
      return Math.min(count, size);
    },
  };
}

function toZone(path: string, body: string): string | undefined {
  const inPath =
    /^\/v1\/domains\/([^/]+)\/records$/.exec(path) ??
    /^\/v5\/livedns\/domains\/([^/]+)\/records$/.exec(path) ??
    /\/dns\/retrieve\/([^/]+)$/.exec(path) ??
    /^\/core\/v1\/domains\/([^/]+)\/records$/.exec(path);
  if (inPath) return inPath[1];
  if (!path.endsWith('/xml.response') || !body.includes('getHosts')) return undefined;
  const parameters = new URLSearchParams(body);
  return `${parameters.get('SLD')}.${parameters.get('TLD')}`;
}

function toExecutions(world: World, runId: string): readonly MeasuredExecution[] {
  return world.executions(runId).map(({ arn, transitions, eventCount }) => ({
    transitions,
    events: eventCount,
    stateBytes: world.history(arn).reduce((most, event) => Math.max(most, toDataBytes(event)), 0),
  }));
}

/** The largest input or output that an event tells. */
function toDataBytes(event: object): number {
  let most = 0;
  for (const details of Object.values(event)) {
    if (typeof details !== 'object' || details === null) continue;
    const { input = '', output = '' } = details as { readonly input?: unknown; readonly output?: unknown };
    most = Math.max(most, Buffer.byteLength(String(input)), Buffer.byteLength(String(output)));
  }
  return most;
}
