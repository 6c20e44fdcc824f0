import { toBase32 } from '#core/ids.ts';

/** Numbers in [0, 1) that are the same for a seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Ids as the product's, that are the same for a seed. */
export function createIds(seed: number): () => string {
  const random = createRandom(seed);
  return () => toBase32(Uint8Array.from({ length: 17 }, () => random() * 256)).slice(0, 26);
}
