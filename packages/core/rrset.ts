import type { RegistrarId } from './registrar-id.ts';

/**
 * All records of one owner name and type (RFC 2181 §5). `records` is canonical RFC 1035 §5.1 presentation form,
 * absolute lower-case targets with a dot, addresses in RFC 5952 or dotted-quad form, TXT as quoted strings of at
 * most 255 octets, in the order of RFC 4034 §6.3. `name` is the absolute owner with its trailing dot.
 */
export interface RRset {
  readonly name: string;
  readonly type: string;
  /** Seconds, or null where the provider chooses ("automatic"). */
  readonly ttl: number | null;
  readonly records: readonly string[];
  /** Set where the provider's record isn't DNS (forwarding, ALIAS, GoDaddy's parking): `records` is empty then. */
  readonly pseudo?: PseudoRecord;
}

export interface PseudoRecord {
  readonly provider: RegistrarId;
  /** The provider's word in capitals: ALIAS, ANAME, URL, URL301, FRAME, MXE, PARKED. */
  readonly kind: string;
  /** Raw text; for ALIAS and ANAME the absolute lower-case target with its dot. */
  readonly value: string;
}

/** What reading a zone at a registrar gave. */
export type ZoneReading =
  | {
      readonly status: 'FETCHED';
      readonly rrsets: readonly RRset[];
      /** Where the registrar reports the delegation only with the zone (Porkbun): lower-case, no dot. */
      readonly nameServers?: readonly string[];
      /** True where records of one set had different TTLs and the lowest was kept (RFC 2181 §5.2). */
      readonly mixedTtl?: boolean;
    }
  | { readonly status: 'ELSEWHERE'; readonly nameServers?: readonly string[] }
  | { readonly status: 'NOT_PERMITTED'; readonly nameServers?: readonly string[] };
