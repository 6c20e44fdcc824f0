/** When two complete listings are far enough apart for a name to go. */
const REMOVE_AFTER_MS = 20 * 3_600_000;

/** What a name may be in the store. */
export type Place = 'PRESENT' | 'MISSING' | 'gone';

/**
 * What people expect of one integration, in as few words as can be: no runs, no leases, no queues. It knows what the
 * registrar has, what was read of it and when for sure, and what a person asked for.
 */
export interface Reference {
  isAdded: boolean;
  isPaused: boolean;
  /** The registrar answers nothing. */
  isAway: boolean;
  /** What is at the registrar now. */
  readonly there: Set<string>;
  /** Every name that a good sync may have stored, and since when a good sync missed it. */
  readonly known: Map<string, number | null>;
  /** The last thing that ended was a good sync. */
  isGood: boolean;
  /** Names that a sync might have seen meanwhile, or might not. */
  readonly unsure: Set<string>;
}

export function createReference(names: readonly string[]): Reference {
  return {
    isAdded: false,
    isPaused: false,
    isAway: false,
    there: new Set(names),
    known: new Map(),
    isGood: false,
    unsure: new Set(),
  };
}

/** A sync that began and ended for sure, and read everything. */
export function noteGoodSync(reference: Reference, startedMs: number): void {
  reference.isGood = true;
  // What a sync may have stored meanwhile, and is there no longer, is missing first as well.
  for (const name of reference.unsure) if (!reference.known.has(name)) reference.known.set(name, null);
  reference.unsure.clear();
  for (const name of reference.there) reference.known.set(name, null);
  for (const [name, missedMs] of [...reference.known]) {
    if (reference.there.has(name)) continue;
    if (missedMs === null) reference.known.set(name, startedMs);
    else if (startedMs - missedMs >= REMOVE_AFTER_MS) reference.known.delete(name);
  }
}

/** Where a name may be, as far as is known for sure. */
export function toPlaces(reference: Reference, name: string): readonly Place[] {
  if (!reference.isAdded) return ['gone'];
  if (reference.unsure.has(name)) return ['PRESENT', 'MISSING', 'gone'];
  const missedMs = reference.known.get(name);
  if (missedMs === undefined) return ['gone'];
  return missedMs === null ? ['PRESENT'] : ['MISSING', 'gone'];
}
