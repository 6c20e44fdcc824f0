import { atMost, type Group } from './figure.ts';
import { toCost } from './prices.ts';
import { measureResync } from './resyncs.ts';

const MOST_DOLLARS = 0.0015;
/** How many times cheaper than a state for each domain. */
const TIMES_CHEAPER = 40;
const SIZES = [10, 50, 1_000];

/** What a scheduled sync costs in which nothing changed, in US dollars for 1,000 domains. */
export const cost: Group = {
  name: 'cost',
  about: 'US dollars of a scheduled GoDaddy sync in which nothing changed, by counted calls and list prices',
  async measure(tell) {
    for (const size of SIZES) {
      const sync = await measureResync({ registrar: 'godaddy', size, tinyZones: true });
      const { total } = toCost(sync);
      if (size === 1_000) {
        tell(atMost('cost.1000-domains', total, MOST_DOLLARS));
        const perDomain = toCost(await measurePerDomain(size)).total;
        tell(atMost('cost.share-of-a-state-per-domain', total / perDomain, 1 / TIMES_CHEAPER));
      }
    }
  },
};

/** The same sync with a state for each domain: a message and a task each, and saving as a state of its own. */
function measurePerDomain(size: number) {
  return measureResync(
    { registrar: 'godaddy', size, tinyZones: true, allHere: true },
    { rangeSize: 1, bendDefinition: (definition) => definition },
  );
}
