import { sortRdata, sortRrsets } from './canonical.ts';
import type { Random } from './prng.ts';
import type { SimRegistrarId, SimRrset } from './types.ts';
import { addressSets, mailSets, nameServerSets, pseudoSets, serviceSets, textSets } from './zone-sets.ts';

/** What a zone is made for. */
export interface ZoneSubject {
  readonly registrar: SimRegistrarId;
  /** The zone's name, lower-case A-labels without a dot at the end. */
  readonly domain: string;
  /** The registrar's own nameservers, without dots at the end. */
  readonly nameServers: readonly string[];
  readonly random: Random;
}

/** A record set before its rdata is put in order; `name` is relative, `@` for the apex. */
export interface DraftSet {
  readonly name: string;
  readonly type: string;
  readonly records: readonly string[];
  readonly pseudo?: { readonly kind: string; readonly value: string };
}

/** Null is "automatic": a host of Namecheap's without a TTL. */
const TTLS: Readonly<Record<SimRegistrarId, readonly (number | null)[]>> = {
  godaddy: [600, 3600, 3600, 7200, 86_400],
  namecheap: [60, 300, 1800, 1800, 3600, null],
  gandi: [300, 1800, 10_800, 10_800, 86_400],
  porkbun: [600, 600, 600, 3600, 86_400],
  namecom: [300, 300, 3600, 14_400],
};

/**
 * The sets of one zone in canonical form and order: 4 to 12 of the types that the registrar's API can carry (and at
 * Namecheap SRV, which its API keeps to itself). With `zoneSize` the zone holds that many records at least.
 */
export function makeZone(subject: ZoneSubject, zoneSize = 0): SimRrset[] {
  const { random } = subject;
  const base = [...addressSets(subject), ...nameServerSets(subject)];
  const more = random.shuffle([
    ...mailSets(subject),
    ...textSets(subject),
    ...serviceSets(subject),
    ...pseudoSets(subject),
  ]);
  const drafts = withoutCollisions([...base, ...more]).slice(0, random.int(Math.max(4, base.length), 12));
  return sortRrsets([...drafts, ...fillerSets(drafts, zoneSize)].map((draft) => toRrset(draft, subject)));
}

/** Keeps the first of what cannot stand together: a CNAME beside anything, forwarding mail beside MX. */
function withoutCollisions(drafts: readonly DraftSet[]): DraftSet[] {
  const kept: DraftSet[] = [];
  const exclusive = (type: string): boolean => type === 'CNAME';
  for (const draft of drafts) {
    const beside = kept.filter(({ name }) => name === draft.name);
    const collides =
      (beside.length > 0 && exclusive(draft.type)) ||
      beside.some(({ type }) => exclusive(type)) ||
      beside.some(({ type }) => [type, draft.type].sort().join() === 'MX,MXE') ||
      beside.some(
        ({ type, pseudo }) => type === draft.type && (pseudo === undefined) === (draft.pseudo === undefined),
      );
    if (!collides) kept.push(draft);
  }
  return kept;
}

function fillerSets(drafts: readonly DraftSet[], zoneSize: number): DraftSet[] {
  const count = drafts.reduce((sum, { records, pseudo }) => sum + (pseudo ? 1 : records.length), 0);
  return Array.from({ length: Math.max(0, zoneSize - count) }, (_, i) => ({
    name: `host-${String(i + 1).padStart(4, '0')}`,
    type: 'A',
    records: [`192.0.2.${(i % 254) + 1}`],
  }));
}

function toRrset(draft: DraftSet, { registrar, domain, random }: ZoneSubject): SimRrset {
  return {
    name: draft.name === '@' ? `${domain}.` : `${draft.name}.${domain}.`,
    type: draft.type,
    ttl: random.pick(TTLS[registrar]),
    records: sortRdata(draft.type, draft.records),
    ...(draft.pseudo ? { pseudo: { provider: registrar, ...draft.pseudo } } : {}),
  };
}
