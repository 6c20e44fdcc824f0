import { toTenantId } from '#core/ids.ts';
import type { IntegrationRef } from '#core/ports/stores.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { createApiCaller, ISSUER } from '../../bench/api-caller.ts';
import { makeBenchPortfolio } from '../../bench/portfolios.ts';
import { createRandom } from '../../bench/random.ts';
import { createWorld, type World } from '../../bench/world.ts';
import { atMost, exactly, type Group } from '../../figures/figure.ts';

const TENANTS = 1_000;
const SIZE = 10;
/** Whose limit all share, so that all coming back at once is at its worst. */
const DOWN = 'gandi' satisfies RegistrarId;
const OTHERS = ['godaddy', 'namecom'] as const satisfies readonly RegistrarId[];
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** One registrar is away for an hour while every tenant is due, and comes back. */
export const outage: Group = {
  name: 'outage',
  about:
    'an hour without one registrar at the moment at which 1,000 tenants are due, a third of them there: what others feel of it, what the API says, and how long after it all are fresh',
  async measure(tell) {
    const well = await measure(false);
    const away = await measure(true);
    const missed = { value: away.failed, caught: away.failed > 0 };
    tell(exactly('outage.failed-without-it', well.failed, 0, missed));
    tell(exactly('outage.others-failed', away.othersFailed, 0));
    tell(atMost('outage.others-p95-ratio', away.othersP95 / well.othersP95, 1.1));
    tell(exactly('outage.answers-not-good', away.badAnswers, 0));
    tell(
      exactly('outage.stale-an-hour-later', away.stale, 0, { value: away.failed, caught: away.failed > 0 }),
    );
    tell(exactly('outage.domains-lost', away.lost, 0));
    tell(exactly('outage.calls-beyond-a-limit', away.violations, 0));
    tell(atMost('outage.fresh-after-minutes', away.freshAfterMs / MINUTE_MS, 60));
  },
};

interface Tenant {
  readonly registrar: RegistrarId;
  readonly ref: IntegrationRef;
  readonly account: string;
}

async function measure(isAway: boolean) {
  let isDown = false;
  const world = createWorld({
    spoil: (_call, registrar) => (isDown && registrar === DOWN ? 503 : undefined),
  });
  try {
    const { clock, glance } = world;
    const tenants = await connectAll(world);
    const dueMs = clock.now() + HOUR_MS;
    for (const { ref } of tenants) await glance.integrations.setDue(ref, dueMs);
    await clock.advance(HOUR_MS - MINUTE_MS);
    isDown = isAway;
    await clock.advance(MINUTE_MS);
    const tickMs = clock.now();
    await world.tick();
    await clock.advance(30 * MINUTE_MS);
    const badAnswers = await countBadAnswers(world, tenants);
    await clock.advance(tickMs + 59 * MINUTE_MS - clock.now());
    const during = await Promise.all(tenants.map(({ ref }) => readLast(world, ref)));
    const isOther = (_: unknown, index: number) => tenants[index]?.registrar !== DOWN;
    const others = during.filter(isOther);
    const failed = during.filter(({ status }) => status !== 'SUCCEEDED').length;
    isDown = false;
    const overMs = clock.now();
    await clock.advance(MINUTE_MS);
    await world.tick();
    await clock.advance(HOUR_MS - MINUTE_MS);
    const after = await Promise.all(tenants.map(({ ref }) => readLast(world, ref)));
    const times = others.map(({ ms }) => ms).sort((a, b) => a - b);
    return {
      failed,
      othersFailed: others.filter(({ status }) => status !== 'SUCCEEDED').length,
      othersP95: times[Math.ceil(times.length * 0.95) - 1] as number,
      badAnswers,
      stale: after.filter(({ status, endedMs }) => status !== 'SUCCEEDED' || endedMs < tickMs).length,
      lost: await countLost(world, tenants),
      violations: world.arrivals.violations,
      freshAfterMs: Math.max(...after.map(({ endedMs }) => endedMs)) - overMs,
    };
  } finally {
    await world.close();
  }
}

/** A thousand people connect an account each, over an hour, and all are synced. */
async function connectAll(world: World): Promise<readonly Tenant[]> {
  const random = createRandom(48);
  const all = [DOWN, ...OTHERS];
  const connecting = Array.from({ length: TENANTS }, async (_, index): Promise<Tenant> => {
    const registrar = all[index % all.length] as RegistrarId;
    const account = `account-${index}`;
    await world.clock.sleep(random() * HOUR_MS);
    world.addAccount(registrar, account, makeBenchPortfolio(registrar, { size: SIZE, tinyZones: true }));
    const { ref, run } = await world.connect(registrar, account, toTenantId(ISSUER, account));
    await world.endOf(ref, run.runId);
    return { registrar, ref, account };
  });
  return world.clock.runUntil(Promise.all(connecting));
}

/** How the last run of an integration ended. */
async function readLast({ glance }: World, { integrationId }: IntegrationRef) {
  const [run] = (await glance.runs.list(integrationId, 1)).items;
  const endedMs = Date.parse(run?.endedAt ?? '');
  return { status: run?.status, endedMs, ms: endedMs - Date.parse(run?.startedAt ?? '') };
}

async function countLost({ glance }: World, tenants: readonly Tenant[]): Promise<number> {
  let lost = 0;
  for (const { ref } of tenants) {
    let found = 0;
    for await (const batch of glance.domains.all(ref.integrationId))
      found += batch.filter(({ seen }) => seen === 'PRESENT').length;
    lost += SIZE - found;
  }
  return lost;
}

/** Asks for what people look at, as a tenant in ten: how often it isn't 200. */
async function countBadAnswers(world: World, tenants: readonly Tenant[]): Promise<number> {
  const call = createApiCaller(world);
  let bad = 0;
  for (const { account } of tenants.filter((_, index) => index % 10 === 0))
    for (const path of ['/v1/integrations', '/v1/domains?limit=100', '/v1/summary'])
      if ((await call(path, account)).status !== 200) bad += 1;
  return bad;
}
