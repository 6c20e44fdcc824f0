import { createRandom } from '#test/bench/random.ts';

/** Choices that are the same for a seed. */
export interface Chance {
  /** A whole number from 0 to below `bound`. */
  below(bound: number): number;
  /** Whether what happens once in so many times happens now. */
  onceIn(times: number): boolean;
  pick<T>(items: readonly T[]): T;
}

export function createChance(seed: number): Chance {
  const random = createRandom(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  return {
    below,
    onceIn: (times) => below(times) === 0,
    pick: (items) => items[below(items.length)] as never,
  };
}
