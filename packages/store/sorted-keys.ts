/** A set of texts that is walked in order; inserting many between two walks is as cheap as sorting them once. */
export interface SortedKeys {
  add(key: string): void;
  delete(key: string): void;
  /** Keys in order from `from` on (inclusive), or in the other direction. The set must not change during the walk. */
  walk(from: string | undefined, descending: boolean): Generator<string>;
}

/** Below so many new keys they are put into place one by one, instead of sorting all again. */
const fewKeys = 16;

/** Makes an empty set; order is that of UTF-16 code units, which for ASCII is DynamoDB's. */
export function createSortedKeys(): SortedKeys {
  let sorted: string[] = [];
  let fresh: string[] = [];
  const live = new Set<string>();
  // every key in `sorted` or `fresh`, removed ones too until they are swept out
  const placed = new Set<string>();

  function settle(): void {
    if (fresh.length > fewKeys) {
      sorted = sorted.concat(fresh).sort();
    } else {
      for (const key of fresh) sorted.splice(toIndex(sorted, key), 0, key);
    }
    fresh = [];
    if (sorted.length > 2 * live.size + fewKeys) {
      sorted = sorted.filter((key) => live.has(key));
      placed.clear();
      for (const key of sorted) placed.add(key);
    }
  }

  return {
    add(key) {
      live.add(key);
      if (placed.has(key)) return;
      placed.add(key);
      fresh.push(key);
    },
    delete(key) {
      live.delete(key);
    },
    *walk(from, descending) {
      settle();
      const step = descending ? -1 : 1;
      let at = descending ? sorted.length - 1 : 0;
      if (from !== undefined) {
        at = toIndex(sorted, from);
        if (descending && sorted[at] !== from) at -= 1;
      }
      for (; at >= 0 && at < sorted.length; at += step) {
        const key = sorted[at] as string;
        if (live.has(key)) yield key;
      }
    },
  };
}

/** The index of the first key that is not less than the given one. */
function toIndex(sorted: readonly string[], key: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
