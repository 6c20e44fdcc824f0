import type { RegistrarId } from '#core/registrar-id.ts';
import { type Group, told, within } from '../figures/figure.ts';
import { LARGE, makeBenchPortfolio } from './portfolios.ts';
import { createRandom } from './random.ts';
import { createWorld } from './world.ts';

const SMALL = 1_000;
const SMALL_SIZE = 10;
/** How long the large one has been at work when the small ones begin. */
const HEAD_START_MS = 5 * 60_000;
/** How much longer a small one may take beside the large one. */
const FAIR = 2;
const HOUR_MS = 3_600_000;

/**
 * How long the syncs of small tenants take beside a large one, against without it.
 * @param registrars at which all begin at once; one by one they come to Gandi's limit, which all share
 */
export const toFairness = (registrars: readonly RegistrarId[]): Group => ({
  name: 'fairness',
  about:
    'p95 of the virtual seconds of 1,000 small tenants’ syncs beside one of 100,000 domains; the bound is without it, where all begin at once',
  async measure(tell) {
    for (const registrar of registrars) {
      const alone = await measure({ registrar, hasLarge: false, spreadMs: 1_000 });
      const beside = await measure({ registrar, hasLarge: true, spreadMs: 1_000 });
      tell(within(`fairness.${registrar}.at-once`, beside, alone, FAIR));
    }
    const spread = await measure({ registrar: 'gandi', hasLarge: true, spreadMs: HOUR_MS });
    // Where small ones come one by one to a limit that all share, and that a large one uses up, they wait for it.
    tell(told('fairness.gandi.within-an-hour', spread));
  },
});

interface Crowd {
  readonly registrar: RegistrarId;
  readonly hasLarge: boolean;
  /** Over how long the small ones begin. */
  readonly spreadMs: number;
}

async function measure({ registrar, hasLarge, spreadMs }: Crowd): Promise<number> {
  const world = createWorld();
  const random = createRandom(11);
  try {
    const { clock } = world;
    if (hasLarge) {
      const form = { size: LARGE, tinyZones: true };
      world.addAccount(registrar, 'large', makeBenchPortfolio(registrar, form));
      await world.connect(registrar, 'large');
    }
    await clock.advance(HEAD_START_MS);
    const portfolio = makeBenchPortfolio(registrar, { size: SMALL_SIZE, tinyZones: true });
    const syncs = Array.from({ length: SMALL }, async () => {
      const account = world.newId();
      await clock.sleep(random() * spreadMs);
      world.addAccount(registrar, account, portfolio);
      const { ref, run } = await world.connect(registrar, account);
      const { run: ended } = await world.endOf(ref, run.runId);
      if (ended.status !== 'SUCCEEDED') throw new Error(`a small sync is ${ended.status}`);
      return Date.parse(ended.endedAt ?? '') - Date.parse(ended.startedAt);
    });
    const times = await clock.runUntil(Promise.all(syncs));
    times.sort((a, b) => a - b);
    return (times[Math.ceil(times.length * 0.95) - 1] as number) / 1000;
  } finally {
    await world.close();
  }
}
