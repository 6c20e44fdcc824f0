import type { IntegrationRef } from '#core/ports/stores.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { startRun } from '#sync/runs/start-run.ts';
import { createRowMeter, type Units } from './meter-rows.ts';
import { changeZones, makeBenchPortfolio, type PortfolioForm } from './portfolios.ts';
import { waitForNext } from './syncs.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

export interface ResyncForm extends PortfolioForm {
  readonly registrar: RegistrarId;
  /** Every so-manyth zone has other records by then. @default none */
  readonly changesEvery?: number;
}

/** What a scheduled sync took in which nothing, or little, had changed. */
export interface MeasuredResync {
  readonly kinds: ReadonlyMap<string, Readonly<Units>>;
  readonly writeUnits: number;
  readonly indexWriteUnits: number;
  readonly readUnits: number;
  /** Writes of domains and zones of the first sync, in which everything was new. */
  readonly firstDataUnits: number;
  /** More than one where the time of one did not suffice. */
  readonly runs: number;
  readonly transitions: number;
  readonly deliveries: number;
  readonly finishes: number;
  readonly workerMs: number;
  readonly opens: number;
  readonly logLines: number;
}

/** Later than every window, and before any of the portfolio's domains expires: nothing changes meanwhile. */
const LATER_MS = 25 * 3_600_000;

/** Measures a sync that finds everything as the one before left it, but for the zones that are to change. */
export async function measureResync(form: ResyncForm, options: WorldOptions = {}): Promise<MeasuredResync> {
  const { registrar } = form;
  const meter = createRowMeter();
  const world = createWorld({ ...options, meterRows: meter.wrap });
  try {
    const account = world.addAccount(registrar, 'measured', makeBenchPortfolio(registrar, form));
    const first = await world.connect(registrar, 'measured');
    await finishRound(world, first.ref, first.run.runId);
    const firstDataUnits = toDataUnits(meter.kinds);
    await world.clock.advance(LATER_MS);
    if (form.changesEvery) account.portfolio = changeZones(account.portfolio, form.changesEvery);
    meter.reset();
    const before = { ...world.counters, ...world.queues[registrar].counts, lines: world.lines.length };
    const start = await startRun(world.runDeps, first.ref, 'SCHEDULED');
    if (!start.started) throw new Error(start.why);
    const runIds = await finishRound(world, first.ref, start.run.runId);
    const { counters, queues } = world;
    const units = [...meter.kinds.values()];
    const sum = (key: keyof Units) => units.reduce((all, each) => all + each[key], 0);
    return {
      kinds: new Map(meter.kinds),
      writeUnits: sum('writes'),
      indexWriteUnits: sum('indexWrites'),
      readUnits: sum('reads'),
      firstDataUnits,
      runs: runIds.length,
      transitions: runIds
        .flatMap((runId) => world.executions(runId))
        .reduce((all, { transitions }) => all + transitions, 0),
      deliveries: queues[registrar].counts.deliveries - before.deliveries,
      finishes: counters.finishes - before.finishes,
      workerMs: counters.workerMs - before.workerMs,
      opens: counters.opens - before.opens,
      logLines: world.lines.length - before.lines,
    };
  } finally {
    await world.close();
  }
}

/** Write units of the rows that hold domains and zones. */
export function toDataUnits(kinds: MeasuredResync['kinds']): number {
  return ['DOM', 'DNS'].reduce((sum, kind) => sum + (kinds.get(kind)?.writes ?? 0), 0);
}

/** Lets a run end, and those that go on with what it left; gives them all. */
async function finishRound(
  world: World,
  ref: IntegrationRef,
  firstRunId: string,
): Promise<readonly string[]> {
  const runIds = [firstRunId];
  for (;;) {
    const { run } = await world.finish(ref, runIds.at(-1) as string);
    if (run.status === 'SUCCEEDED') return runIds;
    if (run.status !== 'PARTIAL') throw new Error(`a sync is ${run.status}: ${run.problem?.code}`);
    runIds.push(await waitForNext(world, ref, run.runId));
  }
}
