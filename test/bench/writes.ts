import { REGISTRAR_IDS } from '#core/registrar-id.ts';
import { atMost, exactly, type Group } from './figure.ts';
import { makeBenchPortfolio } from './portfolios.ts';
import { measureResync } from './resyncs.ts';
import { createWorld } from './world.ts';

/** Most write units of a sync that changes nothing, by the number of domains. */
const MOST_UNITS: readonly (readonly [size: number, units: number])[] = [
  [50, 20],
  [1_000, 200],
];
const TWINS = 50;
const MOST_DELIVERIES = 8;

/** What a sync writes in which nothing changed, and how often messages go round where many share a key. */
export const writes: Group = {
  name: 'writes',
  about:
    'write units of a sync in which nothing changed; deliveries a range where 50 integrations share a key',
  async measure(tell) {
    for (const registrar of REGISTRAR_IDS) {
      for (const [size, most] of MOST_UNITS) {
        const { kinds, writeUnits } = await measureResync({ registrar, size, tinyZones: true });
        tell(atMost(`writes.${registrar}.${size}`, writeUnits, most));
        const data = ['DOM', 'DNS'].reduce((sum, kind) => sum + (kinds.get(kind)?.writes ?? 0), 0);
        tell(exactly(`writes.${registrar}.${size}.domains-and-zones`, data, 0));
      }
    }
    tell(atMost('writes.deliveries-a-range', await measureTwins(), MOST_DELIVERIES));
  },
};

/** Connects one key 50 times at once: all deliveries of ranges, divided by the ranges. */
async function measureTwins(): Promise<number> {
  const world = createWorld();
  try {
    world.addAccount(
      'godaddy',
      'shared',
      makeBenchPortfolio('godaddy', { size: 60, allHere: true, tinyZones: true }),
    );
    const runs = await Promise.all(Array.from({ length: TWINS }, () => world.connect('godaddy', 'shared')));
    const ends = await world.clock.runUntil(
      Promise.all(runs.map(({ ref, run }) => world.endOf(ref, run.runId))),
    );
    const failed = ends.filter(({ run }) => run.status !== 'SUCCEEDED');
    if (failed.length > 0)
      throw new Error(
        `${failed.length} of ${TWINS} syncs on one key failed: ${failed[0]?.run.problem?.code}`,
      );
    // Each has one range: 60 zones.
    return world.counters.rangeDeliveries / TWINS;
  } finally {
    await world.close();
  }
}
