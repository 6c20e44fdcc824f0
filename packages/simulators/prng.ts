/** A stream of pseudo-random choices, the same for the same seed text on every machine. Not for secrets. */
export interface Random {
  /** A whole number of `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** True in `share` (0 to 1) of the draws. */
  chance(share: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** The choices in another order. */
  shuffle<T>(choices: readonly T[]): T[];
}

/** 32 bits that depend on every character of the text (FNV-1a with a final mix). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A variant number of 0 to `count` - 1 that always belongs to this text: which of several documented forms an answer takes. */
export function variantOf(text: string, count: number): number {
  return hashText(text) % count;
}

/** A stream (mulberry32) that begins at the hash of the text. */
export function createRandom(seedText: string): Random {
  let state = hashText(seedText);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    int,
    chance: (share) => next() < share,
    pick: <T>(choices: readonly T[]): T => {
      if (choices.length === 0) throw new Error('nothing to pick from');
      return choices[int(0, choices.length - 1)] as T;
    },
    shuffle: <T>(choices: readonly T[]): T[] => {
      const shuffled = [...choices];
      for (let i = shuffled.length - 1; i > 0; i -= 1) {
        const j = int(0, i);
        [shuffled[i], shuffled[j]] = [shuffled[j] as T, shuffled[i] as T];
      }
      return shuffled;
    },
  };
}
