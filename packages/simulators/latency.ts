import { createRandom } from './prng.ts';

/** Latencies in milliseconds, evenly spread from half to one and a half times the mean, the same for a seed. */
export function makeLatency(meanMs: number, seedText: string): () => number {
  const random = createRandom(`latency ${seedText}`);
  return () => (meanMs * (500 + random.int(0, 1_000))) / 1_000;
}
