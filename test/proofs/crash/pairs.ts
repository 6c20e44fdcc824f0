import type { RegistrarId } from '#core/registrar-id.ts';
import { atLeast, atMost, exactly, type Group } from '../../figures/figure.ts';
import { type Base, createBase } from './base.ts';
import type { Fate } from './effects.ts';
import { createTally, playScript, readEffects } from './tally.ts';

/**
 * Two workers die: twice twelve minutes until the queue delivers again. A limiter that lost count of two workers' calls
 * takes them all for made, and waits out the hour of the registrar's window.
 */
const MOST_SYNCING_MS = 65 * 60_000;
const TRIGGERS = ['added', 'by hand', 'scheduled', 'credentials'] as const;
const FATES: readonly Fate[] = ['dies after', 'unanswered'];
/** How far apart the two are, in effects. */
const GAPS = Array.from({ length: 9 }, (_, gap) => gap + 1);

/**
 * Two processes end, or two effects fail, in one sync and what comes to its rescue.
 * @param registrars where they are played; the first one's base serves the control
 * @param least so many pairs there must be
 */
export const toPairs = (registrars: readonly RegistrarId[], least: number): Group => ({
  name: 'pairs',
  about:
    'pairs of effects at which something happens in one sync, after which something was lost, stuck, doubled or left; the control compares with what the registrar had before',
  async measure(tell) {
    const tally = createTally('pairs');
    let broken = 0;
    for (const registrar of registrars) {
      const base = await createBase(registrar);
      for (const trigger of TRIGGERS) {
        const effects = await readEffects(base, trigger);
        for (const first of effects.keys())
          for (const gap of GAPS)
            for (const one of FATES)
              for (const other of FATES)
                await tally.play(base, {
                  trigger,
                  recovery: 'alone',
                  mishaps: [
                    [first, one],
                    [first + gap, other],
                  ],
                });
      }
      if (registrar === registrars[0]) broken = await countUntrue(base);
    }
    const control = { value: broken, caught: broken > 0 };
    tell(exactly('pairs.violated', tally.counts.violated, 0, control));
    tell(atLeast('pairs.combinations', tally.distinct(), least));
    tell(atMost('pairs.syncing-minutes', tally.counts.syncingMs / 60_000, MOST_SYNCING_MS / 60_000));
  },
});

/** How often it shows where the registrar had never changed anything: what is stored is not its truth then. */
async function countUntrue(base: Base): Promise<number> {
  const { portfolio } = await createBase(base.registrar, false);
  let broken = 0;
  for (const first of (await readEffects(base, 'by hand')).keys()) {
    const mishaps = [[first, 'dies after'] as const, [first + 1, 'dies after'] as const];
    const script = { trigger: 'by hand', recovery: 'alone', mishaps } as const;
    broken += (await playScript({ ...base, portfolio }, script)).wrong.length > 0 ? 1 : 0;
  }
  return broken;
}
