import { createRandom } from '../../bench/random.ts';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { type Base, createBase } from './base.ts';
import { FATES, type Plan } from './effects.ts';
import { type Case, play, RECOVERIES, TRIGGERS } from './play.ts';

const SEEDS = 50_000;
const REGISTRARS = ['namecom', 'gandi', 'porkbun', 'godaddy', 'namecheap'] as const;
/** How long things go wrong. */
const TROUBLE_MS = 10 * 60_000;
/** How likely an effect goes wrong, in each of the schedules. */
const LIKELIHOODS = [0.01, 0.03, 0.1];

/** What goes wrong where is chosen by a seed, as is what began the run, and who does something meanwhile. */
export const schedules: Group = {
  name: 'schedules',
  about:
    'random schedules of ends, failures and acts of people, after which something was lost, stuck, doubled or left',
  async measure(tell) {
    const bases = await Promise.all(REGISTRARS.map((registrar) => createBase(registrar)));
    let violated = 0;
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const base = bases[seed % bases.length] as Base;
      const { wrong } = await play(base, toCase(seed)).catch((error: unknown) => ({
        wrong: [`broke off: ${error}`],
      }));
      if (wrong.length === 0) continue;
      violated += 1;
      say(`node test/proofs/crash/replay.ts ${seed} (${base.registrar}): ${wrong.slice(0, 3).join('; ')}`);
    }
    tell(exactly('schedules.violated', violated, 0));
    tell(atLeast('schedules.seeds', SEEDS, SEEDS));
  },
};

/** The case of a seed. */
export function toCase(seed: number): Case {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const likelihood = pick(LIKELIHOODS);
  const plan: Plan = () => (random() < likelihood ? pick(FATES) : undefined);
  const trigger = pick(TRIGGERS);
  const recovery = pick(RECOVERIES);
  const isMeanwhile = random() < 0.5;
  return {
    trigger,
    recovery,
    plan,
    troubleMs: TROUBLE_MS,
    ...(isMeanwhile && { meanwhileAt: Math.floor(random() * 40) }),
  };
}

/** The registrar of a seed. */
export function toRegistrar(seed: number): (typeof REGISTRARS)[number] {
  return REGISTRARS[seed % REGISTRARS.length] as (typeof REGISTRARS)[number];
}
