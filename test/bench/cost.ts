import { atMost, type Group } from '../figures/figure.ts';
import { toCost } from './prices.ts';
import { measureResync, type ResyncForm } from './resyncs.ts';

/** Most US dollars of a week's sync for 1,000 domains, by the size of the portfolio: a small one bears what each costs. */
const MOST_DOLLARS: readonly (readonly [size: number, dollars: number])[] = [
  [10, 0.025],
  [50, 0.005],
  [1_000, 0.0015],
  [100_000, 0.0015],
];
/** How many times cheaper than a state for each domain. */
const TIMES_CHEAPER = 40;
/** A fleet: so many integrations of 50 domains each, synced weekly, and what it may cost a month. */
const FLEET = 100_000;
const MOST_FLEET_DOLLARS = 100;
const WEEKS_A_MONTH = 365.25 / 7 / 12;

/** A steady week: of fifty zones one has changed. */
const CHANGES_EVERY = 50;

/**
 * What a scheduled sync costs in a steady week.
 * @param largest portfolios of more domains are left out
 */
export const toCosts = (largest: number): Group => ({
  name: 'cost',
  about:
    'US dollars of a scheduled GoDaddy sync in a steady week, in which 2 % of the zones changed, by counted calls and list prices',
  async measure(tell) {
    for (const [size, most] of MOST_DOLLARS.filter(([domains]) => domains <= largest)) {
      const { total } = toCost(await measureResync(toForm(size)));
      const toThousand = (dollars: number) => (dollars / size) * 1_000;
      // What it is held against is what its bound has to catch.
      const states = size === 1_000 ? toCost(await measureStates(size)).total : undefined;
      const control = states && { value: toThousand(states), caught: toThousand(states) > most };
      tell(atMost(`cost.a-thousand-domains.of-${size}`, toThousand(total), most, control || undefined));
      if (states) tell(atMost('cost.share-of-a-state-per-domain', total / states, 1 / TIMES_CHEAPER));
      if (size === 50) tell(atMost('cost.fleet-a-month', total * FLEET * WEEKS_A_MONTH, MOST_FLEET_DOLLARS));
    }
  },
});

/** The same sync with states for each zone: one that has it read by a message of its own, and one that saves it. */
function measureStates(size: number) {
  return measureResync(toForm(size), { rangeSize: 1, bendDefinition: addSaveState });
}

function toForm(size: number): ResyncForm {
  return { registrar: 'godaddy', size, tinyZones: true, changesEvery: CHANGES_EVERY };
}

interface Definition {
  readonly States: {
    readonly ProcessDomains: { readonly ItemProcessor: { readonly States: Record<string, object> } };
  };
}

function addSaveState(definition: object): object {
  const bent = structuredClone(definition) as Definition;
  const { States } = bent.States.ProcessDomains.ItemProcessor;
  const { End: _, ...read } = States.FetchDnsRecordsAndSave as { End?: boolean };
  States.FetchDnsRecordsAndSave = { ...read, Next: 'SaveDomain' };
  States.SaveDomain = { Type: 'Pass', Output: '{% null %}', End: true };
  return bent;
}
