import { join } from 'node:path';
import { type Person, type RunningSystem, startSystem } from '#test/support/running-system.ts';

/**
 * How much later a system begins again: beyond the visibility of a message (180 s) and the limit's lease (125 s), so that
 * what the killed one held is free; less than what a step may be silent.
 */
export const MINUTES_LATER_MS = 5 * 60_000;
/** Or so late that no registrar's hour remembers a call, and all that was due has come. */
export const AN_HOUR_LATER_MS = 61 * 60_000;

/**
 * So often a system is killed within one day of its own: the simulators' portfolios are made for the day, and after midnight
 * what was read before isn't what they would say.
 */
export const KILLS_A_DAY = 20;
const DAY_MS = 86_400_000;

/** A system that is killed again and again, and the person who uses it. */
export interface Lives {
  system: RunningSystem;
  person: Person;
  /** kill -9, and a new start with what was stored, so much later. */
  next(laterMs: number): Promise<void>;
  end(): Promise<void>;
}

/** Starts the whole product for its first life, a minute after the next midnight in UTC. */
export async function beginLives(): Promise<Lives> {
  let laterMs = DAY_MS - (Date.now() % DAY_MS) + 60_000;
  const start = async (dataDir?: string) => {
    const options = ['--import', `file://${join(import.meta.dirname, 'later.ts')}?ms=${laterMs}`];
    const system = await startSystem(dataDir, options);
    return { system, person: await system.person('alice') };
  };
  const lives: Lives = {
    ...(await start()),
    async next(byMs) {
      const { dataDir } = lives.system;
      await lives.system.kill();
      laterMs += byMs;
      Object.assign(lives, await start(dataDir));
    },
    end: () => lives.system.stop(),
  };
  return lives;
}
