import { setTimeout as sleep } from 'node:timers/promises';
import { type Person, startSystem } from '#test/support/running-system.ts';
import { atMost, type Figure, told } from '../figures/figure.ts';
import { middle, quantile, takeTurns } from './times.ts';

const ROUNDS = 40;
const AT_ONCE = 8;
const SECONDS = 4;
/** How many times the middle answer of a call that reads nothing. */
const MOST_TIMES = 15;
/** The control asks for so many domains one by one, where a list of five times as many is one call. */
const ONE_BY_ONE = 20;

/** Times of the calls that the web app makes most, on the local system with so many domains. */
export async function measureLocalCalls(tell: (figure: Figure) => void, domains: number): Promise<void> {
  const system = await startSystem();
  try {
    const person = await system.person('bench');
    await system.tell('PUT', 'godaddy/accounts/bench', { size: domains, seed: 7 });
    await person.connect('godaddy', 'bench');
    await waitForRows(person, domains);
    const { body } = await person.get('/v1/domains?limit=1');
    const name = body.items[0].name;
    const calls = {
      health: '/v1/health',
      integrations: '/v1/integrations',
      summary: '/v1/summary',
      domains: '/v1/domains?limit=100',
      domain: `/v1/domains/${name}`,
      records: `/v1/domains/${name}/records`,
    };
    const asks = Object.values(calls).map((path) => () => ask(person, path));
    const times = await takeTurns(asks, ROUNDS);
    const healthMs = middle(times[0] ?? []);
    const oneByOne = async () => {
      for (let count = 0; count < ONE_BY_ONE; count++) await ask(person, calls.domain);
    };
    const oneByOneMs = middle((await takeTurns([oneByOne], 5))[0] ?? []);
    for (const [index, call] of Object.keys(calls).entries()) {
      const list = times[index] ?? [];
      const rate = await countRate(person, calls[call as keyof typeof calls]);
      tell(told(`api.p50-ms.${call}`, middle(list)));
      tell(told(`api.p95-ms.${call}`, quantile(list, 0.95)));
      tell(told(`api.answers-a-second.${call}`, rate));
      if (call === 'health') continue;
      const value = oneByOneMs / healthMs;
      const control = call === 'domains' ? { value, caught: value > MOST_TIMES } : undefined;
      tell(atMost(`api.over-health.${call}`, middle(list) / healthMs, MOST_TIMES, control));
    }
  } finally {
    await system.stop();
  }
}

async function ask(person: Person, path: string): Promise<void> {
  const { status } = await person.get(path);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
}

/** The listing's rows are there long before its zones are read. */
async function waitForRows(person: Person, wanted: number): Promise<void> {
  for (let seconds = 0; seconds < 300; seconds++) {
    const { body } = await person.get('/v1/summary');
    if (body.total >= wanted * 0.98) return;
    await sleep(1_000);
  }
  throw new Error('the domains did not come');
}

/** Answers a second. The gateway lets so many through as the stage says: who is told to wait, waits. */
async function countRate(person: Person, path: string): Promise<number> {
  const untilMs = performance.now() + SECONDS * 1_000;
  let count = 0;
  const lane = async () => {
    while (performance.now() < untilMs) {
      const { status } = await person.get(path);
      if (status === 200) count += 1;
      else await sleep(50);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return count / SECONDS;
}
