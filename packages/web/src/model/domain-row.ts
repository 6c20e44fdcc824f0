import type { Domain } from '../api/types.gen.ts';

/** A domain with everything that filtering, sorting and drawing ask of it again and again, reckoned once. */
export interface DomainRow {
  /** `<integration id>/<name>`: a name may be held by several integrations. */
  readonly id: string;
  readonly domain: Domain;
  /** As people read it. */
  readonly displayName: string;
  /** Whether the A-labels have to be shown beneath, since `displayName` isn't them. */
  readonly isIdn: boolean;
  /** A-labels and U-labels in lower case and NFC, a blank between them. */
  readonly searchText: string;
  /** What names are put in order by, with `<`. */
  readonly nameKey: string;
  /** The date of expiry, ms since the epoch. Where the registrar gives a day only, its 00:00 UTC. */
  readonly expiresMs: number | null;
  /** In the registrar's order, a comma and a blank between them; nothing when unknown. */
  readonly nameServersText: string;
  readonly tld: string;
}

/** Makes the row of a domain. Cheap: nearly all names are ASCII, and their keys are the names themselves. */
export function toDomainRow(domain: Domain): DomainRow {
  const { name, unicodeName } = domain;
  const isIdn = unicodeName !== name;
  const expiresMs = domain.expiresAt === null ? Number.NaN : Date.parse(domain.expiresAt);
  return {
    id: `${domain.integrationId}/${name}`,
    domain,
    displayName: unicodeName,
    isIdn,
    searchText: isIdn ? `${name} ${toFolded(unicodeName)}` : name,
    nameKey: toNameKey(isIdn ? toFolded(unicodeName) : name),
    expiresMs: Number.isNaN(expiresMs) ? null : expiresMs,
    nameServersText: domain.nameServers?.join(', ') ?? '',
    tld: domain.tld,
  };
}

/** Lower case and NFC: the form in which texts are searched. */
export function toFolded(text: string): string {
  return text.toLowerCase().normalize('NFC');
}

const combining = /\p{Mn}/gu;

/**
 * A key without accents, the name itself behind it where it has some: "münchen" stands beside "munchen". Dots come
 * before everything else, so that shop.com stands before shop-online.com.
 */
function toNameKey(folded: string): string {
  const plain = /^\p{ASCII}*$/u.test(folded) ? folded : folded.normalize('NFKD').replace(combining, '');
  const key = plain.replaceAll('.', '!');
  return plain === folded ? key : `${key} ${folded}`;
}
