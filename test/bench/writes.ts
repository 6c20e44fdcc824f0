import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { atMost, exactly, type Group } from '../figures/figure.ts';
import { makeBenchPortfolio } from './portfolios.ts';
import { measureResync, toDataUnits } from './resyncs.ts';
import { createWorld } from './world.ts';

/**
 * Most write units of a sync that changes nothing, of 50 domains and of 1,000. Every window of a limit takes a delivery of
 * its own, of 4 units: where 50 domains need three minutes or 1,000 need 48 deliveries there are more.
 */
const FEW_WINDOWS = [20, 200] as const;
const MOST_UNITS: Readonly<Record<RegistrarId, readonly [of50: number, of1000: number]>> = {
  godaddy: FEW_WINDOWS,
  namecheap: [30, 240],
  gandi: FEW_WINDOWS,
  porkbun: [26, 200],
  namecom: FEW_WINDOWS,
};
const TWINS = 50;
const MOST_DELIVERIES = 8;

/** What a sync writes in which nothing changed, and how often messages go round where many share a key. */
export const writes: Group = {
  name: 'writes',
  about:
    'write units of a sync in which nothing changed; deliveries a range where 50 integrations share a key',
  async measure(tell) {
    for (const registrar of REGISTRAR_IDS) {
      const [of50, of1000] = MOST_UNITS[registrar];
      for (const [size, most] of [
        [50, of50],
        [1_000, of1000],
      ] as const) {
        const sync = await measureResync({ registrar, size, tinyZones: true });
        tell(atMost(`writes.${registrar}.${size}`, sync.writeUnits, most));
        const first = sync.firstDataUnits;
        tell(
          exactly(`writes.${registrar}.${size}.domains-and-zones`, toDataUnits(sync.kinds), 0, {
            value: first,
            caught: first > 0,
          }),
        );
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
