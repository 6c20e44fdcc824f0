import { say } from '../../figures/say.ts';
import type { Base } from './base.ts';
import { type Case, type Outcome, play } from './play.ts';

/** Cases that were told in words. */
const MOST_TOLD = 20;

/** Plays cases, and counts those with which something was wrong. */
export function createTally(name: string) {
  const cases = new Set<string>();
  const counts = { violated: 0, syncingMs: 0 };
  return {
    counts,
    /** How many different cases there were. */
    distinct: () => cases.size,
    /** @param label tells the case from all others, and how to play it again */
    async play(base: Base, label: string, given: Case): Promise<Outcome> {
      cases.add(`${base.registrar} ${base.isChanged} ${label}`);
      const outcome = await play(base, given).catch(
        (error: unknown): Outcome => ({
          wrong: [`broke off: ${error instanceof Error ? error.message : String(error)}`],
          effects: [],
          syncingMs: 0,
        }),
      );
      counts.syncingMs = Math.max(counts.syncingMs, outcome.syncingMs);
      if (outcome.wrong.length === 0) return outcome;
      counts.violated += 1;
      if (counts.violated <= MOST_TOLD)
        say(
          `${name}, ${base.registrar}${base.isChanged ? '' : ' unchanged'}, ${label}: ${outcome.wrong.slice(0, 3).join('; ')}`,
        );
      return outcome;
    },
  };
}
