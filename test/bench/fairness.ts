import { newId } from '#core/ids.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import { type Group, within } from './figure.ts';
import { makeBenchPortfolio } from './portfolios.ts';
import { createRandom } from './random.ts';
import { createWorld } from './world.ts';

const SMALL = 1_000;
const SMALL_SIZE = 10;
const LARGE_SIZE = 100_000;
/** How long the large one has been at work when the small ones begin. */
const HEAD_START_MS = 15 * 60_000;
/** Over how long the small ones begin. */
const SPREAD_MS = 60 * 60_000;
/** How much longer a small one may take beside the large one. */
const FAIR = 2;

/** How long the syncs of small tenants take beside a large one, against without it. */
export const fairness: Group = {
  name: 'fairness',
  about:
    'p95 of the virtual seconds of 1,000 small tenants’ syncs within an hour, beside one of 100,000 domains; the bound is without it',
  async measure(tell) {
    const registrars: readonly RegistrarId[] = ['godaddy', 'gandi'];
    for (const registrar of registrars) {
      const alone = await measure(registrar, false);
      const beside = await measure(registrar, true);
      tell(within(`fairness.${registrar}`, beside, alone, FAIR));
    }
  },
};

async function measure(registrar: RegistrarId, hasLarge: boolean): Promise<number> {
  const world = createWorld();
  const random = createRandom(11);
  try {
    const { clock } = world;
    if (hasLarge) {
      const form = { size: LARGE_SIZE, tinyZones: true };
      world.addAccount(registrar, 'large', makeBenchPortfolio(registrar, form));
      await world.connect(registrar, 'large');
    }
    await clock.advance(HEAD_START_MS);
    const portfolio = makeBenchPortfolio(registrar, { size: SMALL_SIZE, tinyZones: true });
    const syncs = Array.from({ length: SMALL }, async () => {
      const account = newId();
      await clock.sleep(random() * SPREAD_MS);
      world.addAccount(registrar, account, portfolio);
      const { ref, run } = await world.connect(registrar, account);
      const { run: ended } = await world.endOf(ref, run.runId);
      if (ended.status !== 'SUCCEEDED') throw new Error(`a small sync is ${ended.status}`);
      return Date.parse(ended.endedAt ?? '') - Date.parse(ended.startedAt);
    });
    const times = await clock.runUntil(Promise.all(syncs));
    times.sort((a, b) => a - b);
    if (process.env.DBG)
      console.error(
        registrar,
        hasLarge,
        [0, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1].map(
          (q) => (times[Math.min(times.length - 1, Math.floor(q * times.length))] ?? 0) / 1000,
        ),
        world.counters.calls,
        world.counters.violations,
        world.queues[registrar].counts,
      );
    return (times[Math.ceil(times.length * 0.95) - 1] as number) / 1000;
  } finally {
    await world.close();
  }
}
