import { createRandom } from '../../bench/random.ts';
import { atLeast, exactly, type Group } from '../../figures/figure.ts';
import { say } from '../../figures/say.ts';
import { type Base, createBase } from './base.ts';
import { FATES, type Plan } from './effects.ts';
import { type Case, type Outcome, RECOVERIES, TRIGGERS } from './play.ts';
import { type Mishap, type Script, toCommand } from './script.ts';
import { shrink } from './shrink.ts';
import { playScript, playToEnd } from './tally.ts';

const SEEDS = 50_000;
/** Seeds that are played without conditions, too. */
const CONTROLS = 500;
const REGISTRARS = ['namecom', 'gandi', 'porkbun', 'godaddy', 'namecheap'] as const;
/** How long things go wrong. */
const TROUBLE_MS = 10 * 60_000;
/** Of the seeds of each trigger: in which something went wrong, so that none plays without trouble. */
const LEAST_TROUBLED_PERCENT = 60;
/** How likely an effect goes wrong, in each of the schedules. */
const LIKELIHOODS = [0.01, 0.03, 0.1];
/** Schedules that are told in words, each shrunk first. */
const MOST_TOLD = 10;

/** What goes wrong where is chosen by a seed, as is what began the run, and who does something meanwhile. */
export const schedules: Group = {
  name: 'schedules',
  about:
    'random schedules of ends, failures and acts of people, after which something was lost, stuck, doubled or left; the control ignores the conditions of writes, and what it breaks must break again when it is shrunk',
  async measure(tell) {
    const toBase = await createBases();
    const shares = new Map(TRIGGERS.map((trigger) => [trigger, { seeds: 0, troubled: 0 }]));
    let violated = 0;
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const { wrong, script } = await playSeed(toBase(seed), seed);
      const share = shares.get(script.trigger);
      if (share) {
        share.seeds += 1;
        share.troubled += script.mishaps?.length ? 1 : 0;
      }
      if (wrong.length === 0) continue;
      violated += 1;
      if (violated > MOST_TOLD) continue;
      const shrunk = await shrinkScript(toBase(seed), script);
      say(`seed ${seed}: ${wrong.slice(0, 3).join('; ')}\n  ${toCommand(toBase(seed), shrunk)}`);
    }
    tell(exactly('schedules.violated', violated, 0, await playControls(toBase)));
    tell(atLeast('schedules.seeds', SEEDS, SEEDS));
    const percents = [...shares.values()].map(({ seeds, troubled }) => (100 * troubled) / seeds);
    tell(atLeast('schedules.troubled-percent', Math.min(...percents), LEAST_TROUBLED_PERCENT));
  },
};

/** Without the conditions of writes: how many seeds break, and whether the first that does still breaks when shrunk. */
async function playControls(toBase: (seed: number) => Base) {
  let value = 0;
  let isShrunk = false;
  for (let seed = 0; seed < CONTROLS; seed += 1) {
    const base = toBase(seed);
    const { wrong, script } = await playSeed(base, seed, true);
    if (wrong.length === 0) continue;
    value += 1;
    if (value > 1) continue;
    const shrunk = await shrinkScript(base, script);
    say(`the control, from ${script.mishaps?.length} mishaps:\n  ${toCommand(base, shrunk)}`);
    isShrunk = (await playScript(base, shrunk)).wrong.length > 0;
  }
  return { value, caught: value > 0 && isShrunk };
}

/** Where schedules are played: the base of each seed, by turns at all registrars. */
export async function createBases(): Promise<(seed: number) => Base> {
  const bases = await Promise.all(REGISTRARS.map((registrar) => createBase(registrar)));
  return (seed) => bases[seed % bases.length] as Base;
}

/** Plays the schedule of a seed; gives what came of it, and the schedule without chance. */
export async function playSeed(
  base: Base,
  seed: number,
  isFenceless = false,
): Promise<Outcome & { readonly script: Script }> {
  const { plan, ...given } = toCase(seed);
  const mishaps: Mishap[] = [];
  let count = 0;
  const noted: Plan = (effect) => {
    const fate = plan(effect);
    if (fate) mishaps.push([count, fate]);
    count += 1;
    return fate;
  };
  const outcome = await playToEnd(base, { ...given, plan: noted, isFenceless });
  return { ...outcome, script: { ...given, mishaps, ...(isFenceless && { isFenceless }) } };
}

/** The same with as few mishaps as still break something. */
async function shrinkScript(base: Base, script: Script): Promise<Script> {
  const isBroken = async (mishaps: readonly Mishap[]) =>
    (await playScript(base, { ...script, mishaps })).wrong.length > 0;
  return { ...script, mishaps: await shrink(script.mishaps ?? [], isBroken) };
}

/** The case of a seed. */
function toCase(seed: number): Case {
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
