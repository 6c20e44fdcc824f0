/**
 * `node test/bench/limits-run.ts <registrar> <calls> [--control]`: weeks of syncs of one registrar in bad weather, two
 * integrations to a key; prints how many calls the registrar got and how many of them broke a window. With `--control`
 * the limiter's gate is replaced by one that counts when calls are sent.
 */
import { registerHooks } from 'node:module';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { makeBenchPortfolio } from './portfolios.ts';
import { createRandom } from './random.ts';

/** What one run of bad weather came to. */
export interface Weather {
  readonly calls: number;
  readonly violations: number;
  readonly crashes: number;
  readonly doubles: number;
  readonly deadLetters: number;
}

const KEYS = 10;
const DOMAINS = 1_000;
/** What a trip takes on average; where lanes spread the calls, a slow network brings them together again. */
const TAIL_MS = 130;
const SLOW_TAIL_MS = 800;
const HOUR_MS = 3_600_000;
const SWEEPS_PER_HOUR = 12;
/** Longer than any registrar takes for the calls that are asked for. */
const MOST_HOURS = 100 * 168;

if (import.meta.main) {
  const [name, calls, control] = process.argv.slice(2);
  const registrar = REGISTRAR_IDS.find((id) => id === name);
  if (!registrar) throw new Error(`no registrar ${name}`);
  if (control === '--control') sabotageGate();
  process.stdout.write(`${JSON.stringify(await measureWeather(registrar, Number(calls)))}\n`);
}

/** Puts a bucket that counts when calls are sent in the place of the shipped gate, for every importer. */
function sabotageGate(): void {
  const shipped = new URL('../../packages/limits/gate.ts', import.meta.url).href;
  const sabotaged = new URL('./send-time-gate.ts', import.meta.url).href;
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      return resolved.url === shipped && context.parentURL !== sabotaged
        ? { ...resolved, url: sabotaged }
        : resolved;
    },
  });
}

async function measureWeather(registrar: RegistrarId, calls: number): Promise<Weather> {
  const { createWorld } = await import('./world.ts');
  const random = createRandom(REGISTRAR_IDS.indexOf(registrar) + 1);
  // A network with a long tail, cut where the HTTP client would give up.
  const tailMs = REGISTRARS[registrar].limits.lanes > 1 ? SLOW_TAIL_MS : TAIL_MS;
  const toTripMs = () => Math.min(9_000, 20 - tailMs * Math.log(1 - random()));
  const world = createWorld({
    random,
    latency: () => [toTripMs(), toTripMs()],
    // Two clocks differ by at most 100 ms.
    mishaps: () => ({
      skewMs: random() * 100 - 50,
      ...(random() < 0.1 && { diesAfterMs: random() * 4_000 }),
    }),
    isDoubled: () => random() < 0.05,
  });
  try {
    for (let key = 0; key < KEYS; key += 1) {
      const account = `key-${key}`;
      const form = { size: DOMAINS, seed: key, allHere: true, tinyZones: true };
      world.addAccount(registrar, account, makeBenchPortfolio(registrar, form));
      for (const _ of [1, 2]) await world.connect(registrar, account);
    }
    for (let hour = 0; hour < MOST_HOURS && world.arrivals.calls < calls; hour += 1) {
      await world.tick();
      for (let turn = 0; turn < SWEEPS_PER_HOUR && world.arrivals.calls < calls; turn += 1) {
        await world.clock.advance(HOUR_MS / SWEEPS_PER_HOUR);
        await world.sweep();
      }
    }
    const { crashes, doubles } = world.counters;
    const { calls: arrived, violations } = world.arrivals;
    const { deadLetters } = world.queues[registrar].counts;
    return { calls: arrived, violations, crashes, doubles, deadLetters };
  } finally {
    await world.close();
  }
}
