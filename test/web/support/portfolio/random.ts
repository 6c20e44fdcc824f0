/** A stream of pseudo-random choices, the same for the same seed. */
export interface Random {
  /** A whole number of `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** True in `share` (0 to 1) of the draws. */
  chance(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

/** A stream that begins at the seed: a number, or any text (mulberry32 over FNV-1a). */
export function createRandom(seed: number | string): Random {
  let state = hash(String(seed));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    chance: (share) => next() < share,
    pick: <T>(choices: readonly T[]): T => {
      if (choices.length === 0) throw new Error('nothing to pick from');
      return choices[int(0, choices.length - 1)] as T;
    },
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
