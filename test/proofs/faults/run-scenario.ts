import type { IntegrationRef } from '#core/ports/stores.ts';
import { isTerminal } from '#core/sync-run.ts';
import { checkInvariants, compareStage, judge, readRows, readStored } from './invariants.ts';
import type { Observed, Scenario } from './scenario.ts';
import { createStage, type Stage } from './stage.ts';

/** Tenants of a stage. */
const OURS = 'tenantoursoursoursoursours';
const NEIGHBOUR = 'tenantnexttenantnexttenant';
/** A minute after the last sync by hand the next may begin. */
const NEXT_MS = 61_000;
const DAY_MS = 86_400_000;

/** Leaves something out, to see that it is missed. */
export type Sabotage = 'no fault' | 'a lost row' | undefined;

/**
 * A first sync that goes well, one under the fault, one after it; gives what is wrong with what came of them, as texts.
 * Nothing is wrong: an empty list.
 */
export async function runScenario(scenario: Scenario, sabotage?: Sabotage): Promise<readonly string[]> {
  const stage = await createStage(scenario.registrar, scenario.stage);
  try {
    return await play(scenario, stage, sabotage);
  } finally {
    await stage.close();
  }
}

async function play(scenario: Scenario, stage: Stage, sabotage: Sabotage): Promise<readonly string[]> {
  const { world } = stage;
  const next = await world.connect(stage.registrar, 'neighbour', NEIGHBOUR);
  await world.finish(next.ref, next.run.runId);
  const first = await world.connect(stage.registrar, 'ours', OURS);
  const { ref } = first;
  const clean = await observe(stage, () => world.finish(ref, first.run.runId));
  if (clean.run.status !== 'SUCCEEDED')
    return [`the first sync is ${clean.run.status} ${clean.run.problem?.code}`];
  const before = { ours: await readStored(stage, ref), neighbour: readRows(stage, next.ref) };

  await world.clock.advance(NEXT_MS);
  const begin = async () => {
    if (sabotage !== 'no fault') await scenario.begin(stage, ref);
  };
  if (!scenario.isWithinRun) await begin();
  const during = await observe(stage, () => sync(stage, ref, scenario, begin));
  const wrong = judge(scenario.expect, during, clean.calls, stage);
  if (!scenario.isSilent && stage.spoilt() === 0) wrong.push('the fault never came to bear');
  if (scenario.expect.zoneCode) wrong.push(...(await judgeZones(scenario, stage, ref)));
  if (scenario.also) wrong.push(...(await scenario.also(stage, during)));
  if (sabotage === 'a lost row') await loseRow(stage, ref);
  wrong.push(...(await checkInvariants(stage, ref, before, next.ref, scenario.isSkewed)));

  stage.heal();
  await scenario.end?.(stage);
  await world.clock.advance(DAY_MS);
  const after = await observe(stage, () => sync(stage, ref));
  wrong.push(...(await judgeRecovery(scenario, stage, ref, after, before.ours.size)));
  wrong.push(
    ...(await checkInvariants(stage, ref, { ...before, ours: new Map() }, next.ref, scenario.isSkewed)).map(
      (one) => `after: ${one}`,
    ),
  );
  return wrong;
}

/** Syncs as a person does, to the end; the sweep looks after a run that nobody ends. */
async function sync(stage: Stage, ref: IntegrationRef, scenario?: Scenario, begin?: () => Promise<void>) {
  const { world } = stage;
  const started = await world.commands.requestSync(ref);
  if (started.outcome !== 'started') throw new Error(`a sync is ${started.outcome}`);
  if (scenario?.isWithinRun) await begin?.();
  const { runId } = started.run;
  return scenario?.isSwept ? sweepUntilEnded(stage, ref, runId) : world.finish(ref, runId);
}

/** Lets time run with its sweeps until a run has ended, two hours at most. */
async function sweepUntilEnded({ world, glance }: Stage, ref: IntegrationRef, runId: string) {
  for (let minutes = 0; minutes < 120; minutes += 5) {
    for (let seconds = 0; seconds < 300; seconds += 5) {
      const [run, integration] = await Promise.all([
        glance.runs.get(ref.integrationId, runId),
        glance.integrations.get(ref),
      ]);
      if (run && integration && isTerminal(run.status) && integration.leaseUntilMs === null)
        return { run, integration };
      await world.clock.advance(5_000);
    }
    // A sweep that fails is tried again with the next tick of its schedule.
    await world.sweep().catch(() => undefined);
  }
  throw new Error('I2: the run never ended');
}

async function observe(stage: Stage, work: () => ReturnType<typeof sync>): Promise<Observed> {
  const { clock, counters, sentMs } = stage;
  const [fromMs, fromCalls, fromSent] = [clock.now(), counters.snapshot().calls, sentMs.length];
  const fromBytes = process.memoryUsage.rss();
  const { run, integration } = await work();
  return {
    run,
    integration,
    calls: counters.snapshot().calls - fromCalls,
    ms: clock.now() - fromMs,
    sentMs: sentMs.slice(fromSent),
    megabytes: (process.memoryUsage.rss() - fromBytes) / 1_000_000,
  };
}

async function judgeZones(scenario: Scenario, stage: Stage, ref: IntegrationRef): Promise<string[]> {
  const codes = new Set<string>();
  for await (const batch of stage.glance.domains.all(ref.integrationId))
    for (const { dns } of batch) if (dns.problem) codes.add(dns.problem.code);
  const found = [...codes].join(', ');
  return found === scenario.expect.zoneCode ? [] : [`zones say ${found || 'nothing'}`];
}

async function judgeRecovery(
  { recovery = 'equal' }: Scenario,
  stage: Stage,
  ref: IntegrationRef,
  { run, integration }: Observed,
  known: number,
): Promise<string[]> {
  if (recovery === 'refused')
    return run.status === 'FAILED' ? [] : [`I9: ${run.status} with refused credentials`];
  if (run.status !== 'SUCCEEDED' && recovery === 'equal')
    return [`I9: ${run.status} ${run.problem?.code} once it is over`];
  if (recovery === 'equal') return compareStage(stage, ref);
  const rows = (await readStored(stage, ref)).size;
  return integration.held && rows >= known ? [] : ['I9: a listing that shrank was believed'];
}

async function loseRow(stage: Stage, ref: IntegrationRef): Promise<void> {
  const integration = await stage.glance.integrations.get(ref);
  const [name = ''] = (await readStored(stage, ref)).keys();
  await stage.glance.domains.remove({ ...ref, epoch: integration?.epoch ?? 0 }, name);
}
