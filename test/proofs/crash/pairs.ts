import { atLeast, atMost, exactly, type Group } from '../../figures/figure.ts';
import { createBase } from './base.ts';
import type { Fate, Plan } from './effects.ts';
import { play } from './play.ts';
import { createTally } from './tally.ts';

const LEAST = 20_000;
/**
 * Two workers die: twice twelve minutes until the queue delivers again. A limiter that lost count of two workers' calls
 * takes them all for made, and waits out the hour of the registrar's window.
 */
const MOST_SYNCING_MS = 65 * 60_000;
const REGISTRARS = ['namecom', 'gandi', 'godaddy'] as const;
const TRIGGERS = ['added', 'by hand', 'scheduled', 'credentials'] as const;
const FATES: readonly Fate[] = ['dies after', 'unanswered'];
/** How far apart the two are, in effects. */
const GAPS = Array.from({ length: 9 }, (_, gap) => gap + 1);

/** Two processes end, or two effects fail, in one sync and what comes to its rescue. */
export const pairs: Group = {
  name: 'pairs',
  about:
    'pairs of effects at which something happens in one sync, after which something was lost, stuck, doubled or left',
  async measure(tell) {
    const tally = createTally('pairs');
    for (const registrar of REGISTRARS) {
      const base = await createBase(registrar);
      for (const trigger of TRIGGERS) {
        const { effects } = await play(base, { trigger, recovery: 'alone', plan: () => undefined });
        for (const first of effects.keys())
          for (const gap of GAPS)
            for (const one of FATES)
              for (const other of FATES)
                await tally.play(base, `${trigger}: ${first} ${one}, ${first + gap} ${other}`, {
                  trigger,
                  recovery: 'alone',
                  plan: atTwo(first, one, first + gap, other),
                });
      }
    }
    tell(exactly('pairs.violated', tally.counts.violated, 0));
    tell(atLeast('pairs.combinations', tally.distinct(), LEAST));
    tell(atMost('pairs.syncing-minutes', tally.counts.syncingMs / 60_000, MOST_SYNCING_MS / 60_000));
  },
};

function atTwo(first: number, one: Fate, second: number, other: Fate): Plan {
  let count = 0;
  return () => {
    const at = count;
    count += 1;
    return at === first ? one : at === second ? other : undefined;
  };
}
