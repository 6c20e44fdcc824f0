/** The time of each of so many answers, in ms; those who ask take turns, so that what slows one slows the other. */
export async function takeTurns(
  asks: readonly (() => Promise<unknown>)[],
  rounds: number,
): Promise<readonly number[][]> {
  const times = asks.map((): number[] => []);
  // The first round warms up and isn't counted.
  for (let round = 0; round <= rounds; round++) {
    for (const [index, ask] of asks.entries()) {
      const began = performance.now();
      await ask();
      if (round > 0) times[index]?.push(performance.now() - began);
    }
  }
  return times;
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const middle = (values: readonly number[]) => quantile(values, 0.5);

/** For people: p50 and p95. */
export function toText(values: readonly number[]): string {
  return `p50 ${middle(values).toFixed(1)} ms, p95 ${quantile(values, 0.95).toFixed(1)} ms`;
}
