import { say } from '../../figures/say.ts';
import type { Base } from './base.ts';
import { type Case, type Outcome, play, type Recovery, type Trigger } from './play.ts';
import { type Script, toCase, toCommand } from './script.ts';

/** Cases that were told in words. */
const MOST_TOLD = 20;

/** Plays scripts, and counts those with which something was wrong; each is told with the command that plays it again. */
export function createTally(name: string) {
  const cases = new Set<string>();
  const counts = { violated: 0, syncingMs: 0 };
  return {
    counts,
    /** How many different cases there were. */
    distinct: () => cases.size,
    async play(base: Base, script: Script): Promise<Outcome> {
      const command = toCommand(base, script);
      cases.add(command);
      const outcome = await playScript(base, script);
      counts.syncingMs = Math.max(counts.syncingMs, outcome.syncingMs);
      if (outcome.wrong.length === 0) return outcome;
      counts.violated += 1;
      if (counts.violated <= MOST_TOLD) say(`${name}: ${outcome.wrong.slice(0, 3).join('; ')}\n  ${command}`);
      return outcome;
    },
  };
}

/** The side effects of a script in which nothing happens. @throws where even then something is wrong */
export async function readEffects(base: Base, trigger: Trigger, recovery: Recovery = 'alone') {
  const { effects, wrong } = await playScript(base, { trigger, recovery });
  if (wrong.length > 0) throw new Error(`${base.registrar}, ${trigger}, ${recovery}: ${wrong.join('; ')}`);
  return effects;
}

export const playScript = (base: Base, script: Script): Promise<Outcome> => playToEnd(base, toCase(script));

/** Plays a case; that it broke off is what is wrong then. */
export function playToEnd(base: Base, given: Case): Promise<Outcome> {
  return play(base, given).catch(
    (error: unknown): Outcome => ({
      wrong: [`broke off: ${error instanceof Error ? error.message : String(error)}`],
      effects: [],
      syncingMs: 0,
    }),
  );
}
