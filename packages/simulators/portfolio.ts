import { makeNames } from './names.ts';
import { createRandom, type Random } from './prng.ts';
import type { SimDomain, SimPortfolio, SimRegistrarId } from './types.ts';
import { makeZone } from './zone.ts';

const DAY_MS = 86_400_000;
const LARGEST = 100_000;

const EXTERNAL = [
  ['ada.ns.cloudflare.com', 'bob.ns.cloudflare.com'],
  ['ns-101.awsdns-12.com', 'ns-1201.awsdns-22.org', 'ns-601.awsdns-11.net', 'ns-1801.awsdns-33.co.uk'],
  ['ns1.dns-host.example', 'ns2.dns-host.example'],
] as const;

/**
 * The domains of one account: about one in seven expired, one in seven within 30 days of it, the others later; about
 * a fifth with nameservers elsewhere. `anchorDay` is the UTC day, `YYYY-MM-DD`, that expiry dates lie before and
 * after; `zoneSize` the least number of records of each zone, to have zones of several pages. The same for the same
 * arguments; a domain is made when asked for, and its zone when that is read.
 * @throws Error when the size isn't a whole number of 0 to 100,000 or the day isn't one.
 */
export function makePortfolio(
  registrar: SimRegistrarId,
  size: number,
  seed: number,
  anchorDay: string,
  zoneSize = 0,
): SimPortfolio {
  if (!Number.isInteger(size) || size < 0 || size > LARGEST) {
    throw new Error(`a portfolio holds 0 to ${LARGEST} domains, not ${size}`);
  }
  const anchorMs = Date.parse(`${anchorDay}T00:00:00.000Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(anchorDay) || Number.isNaN(anchorMs)) {
    throw new Error(`anchorDay is no day of the form YYYY-MM-DD: ${anchorDay}`);
  }
  const names = makeNames(registrar, size, seed);
  return {
    size,
    seed,
    names,
    get: (name) => {
      const index = indexOf(names, name);
      return index < 0 ? undefined : makeDomain({ registrar, seed, name, index, anchorMs, zoneSize });
    },
  };
}

/** The place of a name in an ascending list, or -1. */
function indexOf(names: readonly string[], name: string): number {
  let [low, high] = [0, names.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = names[middle] as string;
    if (found === name) return middle;
    if (found < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

interface DomainSeed {
  readonly registrar: SimRegistrarId;
  readonly seed: number;
  readonly name: string;
  readonly index: number;
  readonly anchorMs: number;
  readonly zoneSize: number;
}

function makeDomain({ registrar, seed, name, index, anchorMs, zoneSize }: DomainSeed): SimDomain {
  const random = createRandom(`${registrar}/${seed}/${index}/${name}`);
  const turn = index + seed;
  const knowsDnsOnly = registrar === 'godaddy' || registrar === 'porkbun';
  const registeredHere = !(knowsDnsOnly && turn % 9 === 4);
  const dnsHere = !registeredHere || turn % 5 !== 3;
  const dates = makeDates(registrar, turn, anchorMs, random);
  const expired = registeredHere && dates.expiresAt !== null && Date.parse(dates.expiresAt) < anchorMs;
  const locked = random.chance(0.7);
  const own = ownNameServers(registrar, random);
  const nameServers = dnsHere ? own : [...random.pick(EXTERNAL)];
  let rrsets: SimDomain['rrsets'] | undefined;
  return {
    name,
    ...(registeredHere ? dates : { registeredAt: null, expiresAt: null }),
    autoRenew: registeredHere && random.chance(0.75),
    locked: registeredHere && locked,
    privacy: registeredHere && random.chance(0.6),
    rawStatuses: makeStatuses(registrar, { locked, expired, inTransfer: dates.expiresAt === null }, random),
    nameServers,
    dnsHere,
    registeredHere,
    apiAccess: registrar !== 'porkbun' || turn % 11 !== 6,
    get rrsets() {
      const zoneRandom = createRandom(`${registrar}/${seed}/${index}/${name}/zone`);
      rrsets ??= makeZone({ registrar, domain: name, nameServers: own, random: zoneRandom }, zoneSize);
      return rrsets;
    },
  };
}

/** One in seven has expired up to 20 days ago, one in seven expires within 30 days, the others later. */
function makeDates(
  registrar: SimRegistrarId,
  turn: number,
  anchorMs: number,
  random: Random,
): { registeredAt: string | null; expiresAt: string | null } {
  const days =
    turn % 7 === 2 ? -random.int(2, 20) : turn % 7 === 5 ? random.int(2, 29) : random.int(32, 1_100);
  const seconds = random.chance(0.3) ? 60 * random.int(0, 1_439) : random.int(0, 86_399);
  const expiresMs = anchorMs + days * DAY_MS + seconds * 1_000;
  const registered = new Date(expiresMs);
  registered.setUTCFullYear(registered.getUTCFullYear() - random.int(4, 18));
  const inTransfer = turn % 41 === 17;
  const dates = { registeredAt: registered.toISOString(), expiresAt: new Date(expiresMs).toISOString() };
  if (!inTransfer || registrar === 'godaddy' || registrar === 'porkbun') return dates;
  if (registrar === 'namecom') return { ...dates, registeredAt: null };
  return { registeredAt: registrar === 'gandi' ? dates.registeredAt : null, expiresAt: null };
}

function ownNameServers(registrar: SimRegistrarId, random: Random): string[] {
  const odd = 2 * random.int(1, 35) - 1;
  switch (registrar) {
    case 'godaddy':
      return [odd, odd + 1].map((n) => `ns${String(n).padStart(2, '0')}.domaincontrol.com`);
    case 'namecheap':
      return ['dns1.registrar-servers.com', 'dns2.registrar-servers.com'];
    case 'gandi':
      return ['a', 'b', 'c'].map((letter, i) => `ns-${odd + i}-${letter}.gandi.net`);
    case 'porkbun':
      return ['curitiba', 'fortaleza', 'maceio', 'salvador'].map((city) => `${city}.ns.porkbun.com`);
    case 'namecom':
      return ['qsy', 'flt', 'cnp', 'xyz'].map((tail, i) => `ns${i + 1}${tail}.name.com`);
  }
}

function makeStatuses(
  registrar: SimRegistrarId,
  { locked, expired, inTransfer }: { locked: boolean; expired: boolean; inTransfer: boolean },
  random: Random,
): string[] {
  if (registrar === 'porkbun') return ['ACTIVE'];
  if (registrar === 'godaddy') {
    if (expired) return [random.pick(['PARKED_EXPIRED', 'PENDING_REDEMPTION'])];
    return [
      random.chance(0.85)
        ? 'ACTIVE'
        : random.pick(['PENDING_TRANSFER_OUT', 'HELD_SHOPPER', 'UPDATED_OWNERSHIP']),
    ];
  }
  if (registrar !== 'gandi') return [];
  return [
    ...(expired ? ['clientHold'] : []),
    ...(locked ? ['clientTransferProhibited'] : []),
    ...(locked && random.chance(0.2) ? ['serverTransferProhibited', 'clientDeleteProhibited'] : []),
    ...(inTransfer ? ['pendingTransfer'] : []),
  ];
}
