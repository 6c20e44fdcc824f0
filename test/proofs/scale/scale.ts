import type { RegistrarId } from '#core/registrar-id.ts';
import { makeBenchPortfolio } from '#test/bench/portfolios.ts';
import { createRandom } from '#test/bench/random.ts';
import { createWorld } from '#test/bench/world.ts';
import { atMost, exactly, type Group, told } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { compareWithTruth } from '../support/truth.ts';

const DOMAINS = 100_000;
const HOUR_MS = 3_600_000;
const SWEEPS_PER_HOUR = 12;
/** Namecheap's day holds 8,000 calls: a good eleven days, and some for what goes wrong. */
const MOST_HOURS = 40 * 24;
const STATUSES = [500, 502, 503, 504];
/** Step Functions ends an execution at 25,000 events. */
const MOST_EVENTS = 24_999;

interface Scaled {
  readonly wrong: readonly string[];
  readonly events: number;
  readonly deliveries: number;
  readonly violations: number;
  readonly days: number;
}

/** 100,000 domains through all that may go wrong with so many: workers that end, copies, calls that fail, skewed clocks. */
export function toScale(registrars: readonly RegistrarId[]): Group {
  return {
    name: 'scale',
    about: `${DOMAINS} domains while 2 % of the workers die, 2 % of the messages come twice and 1 % of the calls fail: what is lost or wrong in the end; the control looks for another portfolio`,
    async measure(tell) {
      for (const registrar of registrars) {
        const { wrong, events, deliveries, violations, days } = await playLarge(registrar);
        for (const fault of wrong.slice(0, 5)) say(`${registrar}: ${fault}`);
        say(`${registrar}: ${days.toFixed(1)} days, ${deliveries} deliveries`);
        const other = await playLarge(registrar, 20, 21);
        tell(
          exactly(`scale.wrong.${registrar}`, wrong.length, 0, {
            value: other.wrong.length,
            caught: other.wrong.length > 0,
          }),
        );
        tell(exactly(`scale.calls-beyond-a-limit.${registrar}`, violations, 0));
        tell(atMost(`scale.events.${registrar}`, events, MOST_EVENTS));
        tell(told(`scale.deliveries.${registrar}`, deliveries));
      }
    },
  };
}

async function playLarge(registrar: RegistrarId, size = DOMAINS, lookedForSize = size): Promise<Scaled> {
  const random = createRandom(7);
  const world = createWorld({
    random,
    mishaps: () => ({
      skewMs: random() * 100 - 50,
      ...(random() < 0.02 && { diesAfterMs: random() * 60_000 }),
    }),
    isDoubled: () => random() < 0.02,
    spoil: () => (random() < 0.01 ? STATUSES[Math.floor(random() * STATUSES.length)] : undefined),
  });
  try {
    world.addAccount(registrar, 'large', makeBenchPortfolio(registrar, { size, tinyZones: true }));
    const { ref } = await world.connect(registrar, 'large');
    const beganMs = world.clock.now();
    for (let hour = 0; hour < MOST_HOURS; hour += 1) {
      for (let turn = 0; turn < SWEEPS_PER_HOUR; turn += 1) {
        await world.clock.advance(HOUR_MS / SWEEPS_PER_HOUR);
        await world.sweep();
      }
      const integration = await world.glance.integrations.get(ref);
      if (integration?.zonesReadAt && integration.leaseUntilMs === null) break;
      await world.tick();
    }
    const days = (world.clock.now() - beganMs) / (24 * HOUR_MS);
    const portfolio = makeBenchPortfolio(registrar, { size: lookedForSize, tinyZones: true });
    const { protocol } = world.simulator(registrar);
    const { integrationId } = ref;
    const wrong = await compareWithTruth({ stores: world.glance, integrationId, protocol, portfolio });
    const { items: runs } = await world.glance.runs.list(integrationId, 100);
    const executions = runs.flatMap(({ runId }) => world.executions(runId));
    return {
      wrong,
      events: Math.max(...executions.map(({ eventCount }) => eventCount)),
      deliveries: world.queues[registrar].counts.deliveries,
      violations: world.arrivals.violations,
      days,
    };
  } finally {
    await world.close();
  }
}
