import { isTerminal } from '#core/sync-run.ts';
import { compareWithTruth } from '../support/truth.ts';
import { type Base, NEIGHBOUR, OURS, readRows, rest } from './base.ts';
import type { Plan } from './effects.ts';
import { type CrashWorld, createCrashWorld } from './world.ts';

/** What begins the run that something happens to. */
export const TRIGGERS = ['added', 'by hand', 'scheduled', 'credentials'] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** Who comes to the rescue: the machinery alone, or a person who does something two seconds later. */
export const RECOVERIES = ['alone', 'sync', 'credentials', 'delete'] as const;
export type Recovery = (typeof RECOVERIES)[number];

export interface Case {
  readonly trigger: Trigger;
  readonly recovery: Recovery;
  readonly plan: Plan;
  /** At which effect, counted from 0, somebody acts while the run goes on. */
  readonly meanwhileAt?: number;
  /** Effects go wrong for so long, and well from then on. @default for ever */
  readonly troubleMs?: number;
  /** Conditions of writes are ignored: for controls. */
  readonly isFenceless?: boolean;
}

/** What came of a case. */
export interface Outcome {
  readonly wrong: readonly string[];
  /** Names of the side effects, in their order, until all was at rest. */
  readonly effects: readonly string[];
  /** How long a run was Syncing at most, in virtual ms. */
  readonly syncingMs: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** Every message may wait for its third delivery, and a step for the hour after which its silence is noticed. */
const PATIENCE_MS = 3 * 60 * MINUTE_MS;
/** In which the sweep comes for sure. */
const SWEEPS_MS = 6 * MINUTE_MS;
/** A person who got an error tries again so often. */
const TRIES = 4;

/** Plays a case from its trigger to rest, and then once more without faults; gives what is wrong with it. */
export async function play(
  base: Base,
  { trigger, recovery, plan, meanwhileAt, troubleMs, isFenceless }: Case,
): Promise<Outcome> {
  const effects: string[] = [];
  let isOn = true;
  let isAwaited = true;
  let meanwhile: Promise<unknown> | undefined;
  const snapshot = {
    added: base.fresh,
    'by hand': base.synced,
    scheduled: base.due,
    credentials: base.synced,
  }[trigger];
  const endMs = snapshot.nowMs + (troubleMs ?? Number.POSITIVE_INFINITY);
  const world = await createCrashWorld({
    ...base,
    snapshot,
    isFenceless: isFenceless ?? false,
    plan(effect) {
      if (!isOn) return undefined;
      effects.push(effect);
      if (effects.length - 1 === meanwhileAt && isAwaited) meanwhile = rescue(world, recovery);
      return world.clock.now() < endMs ? plan(effect) : undefined;
    },
  });
  try {
    const known = trigger === 'added' ? [] : await readNames(world);
    await begin(world, trigger);
    await world.clock.advance(2 * SECOND_MS);
    if (meanwhileAt === undefined) await world.clock.runUntil(rescue(world, recovery));
    for (let waits = 0; meanwhileAt !== undefined && !meanwhile && waits < 60; waits += 1)
      await world.clock.advance(SECOND_MS);
    isAwaited = false;
    if (meanwhile) await world.clock.runUntil(meanwhile);
    const wrong: string[] = [];
    // Whoever failed to add it so often has nothing, and goes.
    if (trigger === 'added' && !(await world.glance.integrations.get(OURS)))
      return { wrong: checkLapsing(world, true), effects, syncingMs: 0 };
    // Who deletes before it was ever added finds nothing.
    if (recovery === 'delete' && !(await isThere(world))) {
      wrong.push(...(await waitUntilGood(world, () => checkDeleted(world))));
      await world.clock.advance(4 * SWEEPS_MS);
      wrong.push(...(await checkDeleted(world)));
    } else {
      if (!(await rest(world, OURS, PATIENCE_MS))) wrong.push('I2: it never came to rest');
      wrong.push(...(await waitUntilGood(world, () => checkRuns(world))));
      const names = await readNames(world);
      for (const name of known) if (!names.includes(name)) wrong.push(`I1: ${name} is lost`);
      isOn = false;
      wrong.push(...(await converge(world, base)), ...checkLapsing(world, false));
    }
    isOn = false;
    if (readRows(world.snapshot(), NEIGHBOUR) !== base.neighbour)
      wrong.push('I7: a neighbour’s rows changed');
    if (world.counters.writes > 0) wrong.push('I10: a writing call');
    if (world.defects.length > 0) wrong.push(`the workflow broke: ${world.defects[0]}`);
    return { wrong, effects, syncingMs: await readSyncingMs(world) };
  } finally {
    await world.close();
  }
}

async function begin(world: CrashWorld, trigger: Trigger): Promise<void> {
  if (trigger === 'scheduled') {
    // It is due in a second.
    await world.clock.advance(2 * SECOND_MS);
    await world.tick();
    return;
  }
  const act = {
    added: () => world.add(OURS, 'ours'),
    'by hand': () => world.sync(OURS),
    credentials: () => world.replace(OURS, 'other'),
  }[trigger];
  await world.clock.runUntil(insist(world, act));
}

async function rescue(world: CrashWorld, recovery: Recovery): Promise<void> {
  if (recovery === 'sync') await insist(world, () => world.sync(OURS));
  if (recovery === 'credentials') await insist(world, () => world.replace(OURS, 'other'));
  if (recovery === 'delete') await insist(world, () => world.remove(OURS));
}

/** Does what a person does who gets an error: the same again, a little later. */
async function insist(world: CrashWorld, act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if ((await act()) !== 'broke off') return;
    await world.clock.sleep(SECOND_MS);
  }
}

/** What is still wrong when the queue and the sweep had their time; then nothing may come back. */
async function waitUntilGood(world: CrashWorld, check: () => Promise<string[]>): Promise<string[]> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += SWEEPS_MS) {
    if ((await check()).length === 0) break;
    await world.clock.advance(SWEEPS_MS);
  }
  return check();
}

/** I3 and I5: no lease, every run with one end, and a problem exactly where it failed; no row of a later epoch. */
async function checkRuns({ glance }: CrashWorld): Promise<string[]> {
  const wrong: string[] = [];
  const integration = await glance.integrations.get(OURS);
  const { items } = await glance.runs.list(OURS.integrationId, 100);
  for (const run of items) {
    if (!isTerminal(run.status)) wrong.push(`I5: a run of ${run.trigger} has no end`);
    if ((run.status === 'FAILED') !== (run.problem !== null))
      wrong.push(`I5: ${run.status} with ${run.problem?.code}`);
  }
  if (integration?.leaseUntilMs !== null) wrong.push('I3: a lease is left');
  for await (const batch of glance.domains.all(OURS.integrationId))
    for (const { name, epoch } of batch)
      if (epoch > (integration?.epoch ?? 0)) wrong.push(`I3: ${name} of epoch ${epoch}`);
  return wrong;
}

/** I6: no ciphertext, no row below the integration but its tombstone, and nothing comes back. */
async function checkDeleted(world: CrashWorld): Promise<string[]> {
  const wrong: string[] = [];
  const { portfolio, credentials } = world.tables;
  const sealed = credentials
    .dump()
    .filter(({ PK, current, candidate }) => PK.includes(OURS.integrationId) && (current || candidate));
  if (sealed.length > 0) wrong.push('I6: a ciphertext is left');
  const below = portfolio.dump().filter(({ PK }) => PK === `INT#${OURS.integrationId}`);
  if (below.length > 0) wrong.push(`I6: ${below.length} rows are left: ${below[0]?.SK}`);
  if ((await world.glance.integrations.list(OURS.tenantId)).length > 0) wrong.push('I6: it is still listed');
  return wrong;
}

/** Ciphertext of an integration that never came to be goes by itself; that of any other stays. */
function checkLapsing({ tables }: CrashWorld, isToLapse: boolean): string[] {
  const rows = tables.credentials.dump().filter(({ PK }) => PK.includes(OURS.integrationId));
  const isRight = rows.every(({ ttl }) => (ttl !== undefined) === isToLapse);
  return isRight
    ? []
    : [isToLapse ? 'I6: a ciphertext without an integration stays' : 'I1: credentials in use lapse'];
}

/** I9: with all well again, one more sync brings what is stored to the registrar's truth. */
async function converge(world: CrashWorld, base: Base): Promise<string[]> {
  if (!(await world.glance.integrations.get(OURS))) return ['it was never added'];
  await world.clock.advance(61 * SECOND_MS);
  await world.clock.runUntil(insist(world, () => world.sync(OURS)));
  if (!(await rest(world, OURS))) return ['I9: the next sync never ends'];
  const integration = await world.glance.integrations.get(OURS);
  const run = await world.glance.runs.get(OURS.integrationId, integration?.runId ?? '');
  if (run?.status !== 'SUCCEEDED') return [`I9: the next sync is ${run?.status} ${run?.problem?.code}`];
  const { protocol, portfolio } = base;
  return compareWithTruth({ stores: world.glance, integrationId: OURS.integrationId, protocol, portfolio });
}

async function isThere({ glance }: CrashWorld): Promise<boolean> {
  return (await glance.integrations.list(OURS.tenantId)).length > 0;
}

async function readNames({ glance }: CrashWorld): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const batch of glance.domains.all(OURS.integrationId))
    names.push(...batch.map(({ name }) => name));
  return names;
}

async function readSyncingMs({ glance }: CrashWorld): Promise<number> {
  const { items } = await glance.runs.list(OURS.integrationId, 100);
  return Math.max(
    0,
    ...items.map(({ startedAt, endedAt }) => Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)),
  );
}
