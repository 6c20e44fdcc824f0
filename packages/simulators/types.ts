/**
 * The words that the simulators share: a portfolio as the registrar knows it, the truth that it is measured
 * by, and what one registrar's protocol module provides to the engine. Nothing here (or anywhere in this
 * folder) may import product code: a simulator that shares a schema with its adapter proves nothing.
 */

export type SimRegistrarId = 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';

/** One record set in canonical form: FQDN owner with dot, rdata in RFC 1035 presentation form, RFC 4034 §6.3 order. */
export interface SimRrset {
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  readonly records: readonly string[];
  readonly pseudo?: { readonly provider: SimRegistrarId; readonly kind: string; readonly value: string };
}

/** A domain as the simulated registrar's own database holds it. Names are lower-case A-labels without a dot. */
export interface SimDomain {
  readonly name: string;
  /** ISO 8601 UTC instant, or null where the registrar has none (DNS-only names, transfers in progress). */
  readonly registeredAt: string | null;
  readonly expiresAt: string | null;
  readonly autoRenew: boolean;
  readonly locked: boolean;
  readonly privacy: boolean;
  /** The registrar's own status words (GoDaddy one word, Gandi EPP codes, Porkbun ACTIVE, others none). */
  readonly rawStatuses: readonly string[];
  readonly nameServers: readonly string[];
  /** Whether the nameservers are the registrar's, so that its zone is live. */
  readonly dnsHere: boolean;
  /** False: only its DNS is here, it is not registered at this registrar. */
  readonly registeredHere: boolean;
  /** Porkbun's switch per domain; true elsewhere. */
  readonly apiAccess: boolean;
  /** The zone stored at the registrar, live or not. */
  readonly rrsets: readonly SimRrset[];
}

/** A portfolio of `size` domains, the same for the same registrar, seed and size; domains are made when asked for. */
export interface SimPortfolio {
  readonly size: number;
  readonly seed: number;
  /** Names in ascending ASCII order. */
  readonly names: readonly string[];
  get(name: string): SimDomain | undefined;
}

/** How an account answers, whatever it is asked: the refusals that a registrar can give. */
export type SimRefusal =
  | 'none'
  | 'wrongKey'
  | 'wrongSecret'
  | 'addressNotAllowed'
  | 'tokenExpired'
  | 'wrongCustomerId'
  | 'accessNotGranted'
  | 'customerIdUnverifiable';

export interface SimAccount {
  readonly id: string;
  readonly label: string;
  readonly refusal: SimRefusal;
  /** What a product should end with: SYNCED, or the code of a problem. */
  readonly expect: string;
  /** Name of the credential field to value; every value says that it is fake. */
  readonly credentials: Readonly<Record<string, string>>;
  portfolio: SimPortfolio;
}

/** A window that the engine enforces by counting arrivals in a sliding window, per `key` of the call. */
export interface SimLimit {
  readonly name: string;
  readonly calls: number;
  readonly windowMs: number;
}

/** A request as the protocol modules see it: body read (≤ 1 MiB), query parsed, header names lower-case. */
export interface SimRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly remoteAddress: string;
}

export interface SimResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the engine knows when it asks a protocol module to answer. */
export interface SimContext {
  readonly accounts: readonly SimAccount[];
  /** Milliseconds since the epoch; injectable so that tests can run on a virtual clock. */
  now(): number;
}

/** The facts of the product’s own shape of a domain that this registrar's API tells, `null` where it doesn't tell. */
export interface TruthDomain {
  readonly name: string;
  readonly unicodeName: string;
  readonly registrar: SimRegistrarId;
  readonly registeredAt: string | null;
  readonly expiresAt: string | null;
  readonly expiryPrecision: 'INSTANT' | 'DAY';
  readonly autoRenew: boolean | null;
  readonly locked: boolean | null;
  readonly privacy: boolean | null;
  readonly nameServers: readonly string[] | null;
  readonly registeredHere: boolean;
  readonly rawStatuses: readonly string[];
  readonly statuses: readonly string[];
  readonly dns: { readonly status: 'FETCHED' | 'ELSEWHERE' | 'NOT_PERMITTED' };
}

/** One registrar's protocol: pure functions from request to answer; the engine does HTTP, limits, faults, counting. */
export interface SimProtocol {
  readonly id: SimRegistrarId;
  /** Enforced windows, and the key they are counted by: null = not counted (for example an unauthenticated call). */
  readonly limits: readonly SimLimit[];
  limitKey(request: SimRequest): string | null;
  /** True where the call would change something at the registrar: it is refused by the engine and counted. */
  isWrite(request: SimRequest): boolean;
  /**
   * The answer that this registrar gives to a call beyond its limit. `nowMs` is for a registrar that tells the
   * instant at which its window ends (Name.com); without it that header is left out.
   */
  throttled(retryAfterMs: number, nowMs?: number): SimResponse;
  answer(request: SimRequest, context: SimContext): SimResponse;
  /** Demo accounts: of 10, 50 and 0 domains, and one for each refusal that this registrar can answer. */
  demoAccounts(makePortfolio: (size: number, seed: number) => SimPortfolio): readonly SimAccount[];
  /** What of this domain the registrar's API can tell, in canonical form. */
  truthDomain(domain: SimDomain): TruthDomain;
  /** The record sets that the registrar's API can tell (for example no SRV at Namecheap), [] where dns is not FETCHED. */
  truthRecords(domain: SimDomain): readonly SimRrset[];
}
