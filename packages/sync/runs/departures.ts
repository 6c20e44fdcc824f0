import { createHash } from 'node:crypto';
import type { HeldListing } from '#core/integration.ts';

/** Two complete listings this far apart must miss a name before it is removed. */
export const REMOVE_AFTER_MS = 20 * 3_600_000;
/** The same shrunken listing, seen this often over this long, is believed without a person. */
const BELIEVED_SIGHTINGS = 3;
const BELIEVED_AFTER_MS = 3 * 86_400_000;

/**
 * Whether a listing shrank too much to be believed: it is empty though names were known, more than 30 % of at least
 * ten known names are gone, or more than two of fewer than ten.
 */
export function isSuspicious(known: number, gone: number, listed: number): boolean {
  if (known === 0 || gone === 0) return false;
  if (listed === 0) return true;
  return known >= 10 ? gone / known > 0.3 : gone > 2;
}

/** Recognises the same listing again, whatever its order. */
export function toListingFingerprint(names: Iterable<string>): string {
  const hash = createHash('sha256');
  for (const name of [...names].sort()) hash.update(`${name}\n`);
  return hash.digest('base64url').slice(0, 22);
}

/**
 * Whether a suspicious listing is to be applied all the same: a person accepted it, or it keeps coming. What a person
 * accepted is that many names gone, or fewer: a later listing that lacks more is another one.
 */
export function isConfirmed(
  held: HeldListing | null,
  seen: Pick<HeldListing, 'fingerprint' | 'gone'>,
  nowMs: number,
): boolean {
  if (held === null) return false;
  const isSame = held.fingerprint === seen.fingerprint;
  if (held.acceptedAt !== null) return isSame || seen.gone <= held.gone;
  return (
    isSame &&
    held.sightings + 1 >= BELIEVED_SIGHTINGS &&
    nowMs - Date.parse(held.firstAt) >= BELIEVED_AFTER_MS
  );
}

/** The note of a held listing; counts on where it is the one that was held before. */
export function holdListing(
  before: HeldListing | null,
  seen: Pick<HeldListing, 'runId' | 'at' | 'known' | 'listed' | 'gone' | 'fingerprint'>,
): HeldListing {
  const isSame = before?.fingerprint === seen.fingerprint;
  return {
    ...seen,
    sightings: isSame ? before.sightings + 1 : 1,
    firstAt: isSame ? before.firstAt : seen.at,
    acceptedAt: null,
  };
}
