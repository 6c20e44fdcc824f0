import type { DomainRegistration, ZonePlace } from './domain.ts';
import type { NoticeCode } from './errors.ts';
import type { EnvironmentId, RegistrarId } from './registrar-id.ts';
import type { ZoneReading } from './rrset.ts';
import type { Secret } from './secret.ts';

/** One input of the credential form; drives validation, form, documentation. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly hint: string;
  /** A regular expression for the whole value, where the registrar documents one. */
  readonly pattern?: string;
}

/** The values of the credential form by field name, trimmed. */
export type Credentials = Readonly<Record<string, string>>;

export interface RegistrarEnvironment {
  readonly id: Exclude<EnvironmentId, 'simulator'>;
  readonly label: string;
  readonly origins: RegistrarOrigins;
}

/** https origins without a path; a registrar that uses one host gives only `api`. */
export interface RegistrarOrigins {
  readonly api: string;
  /** Where a token is described, where that is another host (Gandi: id.gandi.net). */
  readonly identity?: string;
}

/** At most `calls` calls in any span of `windowMs`. */
export interface RateWindow {
  readonly calls: number;
  readonly windowMs: number;
}

export interface RegistrarLimits {
  readonly windows: readonly RateWindow[];
  /** `credential`: counted per API key. `deployment`: counted by our address, shared by all tenants. */
  readonly keyedBy: 'credential' | 'deployment';
  /** Into how many lanes the windows are split (1 unless keyed by deployment); `windows` are those of one lane. */
  readonly lanes: number;
  /** Calls that one worker keeps in flight. */
  readonly inFlight: number;
}

/** What this registrar's API can and can't tell; shown in documentation and used where a value is unknown. */
export interface RegistrarCapabilities {
  readonly nameServersInListing: boolean;
  readonly privacy: boolean;
  readonly transferLock: boolean;
  readonly autoRenew: boolean;
  readonly expiryPrecision: 'INSTANT' | 'DAY';
  /** Record types that its API returns. */
  readonly recordTypes: readonly string[];
  /** A sentence on what is special, for documentation and help. */
  readonly notes: readonly string[];
}

/** What `validate` found out besides that the credentials work. */
export interface Validation {
  readonly notices: readonly NoticeCode[];
  /** When the credentials end by the registrar's own word, ISO 8601 UTC; null when it doesn't tell. */
  readonly credentialsExpireAt: string | null;
  /**
   * The first domains of the listing, where it was the listing that proved the credentials: people see them at once. They
   * are no part of a complete listing.
   */
  readonly firstDomains?: readonly DomainRegistration[];
}

/** One page of the listing. */
export interface ListPage {
  /** In the registrar's order; a name may come twice across pages, the caller removes it. */
  readonly domains: readonly DomainRegistration[];
  /** Where the next page begins, opaque and ≤ 1 KiB; null at the proven end. */
  readonly nextCursor: string | null;
  /** How many domains the registrar says there are in all; null when it doesn't tell. */
  readonly declaredTotal: number | null;
  /**
   * Where the pages behind the next one begin, in order, where the registrar numbers its pages and says how many there
   * are: they may be read before their turn.
   */
  readonly laterCursors?: readonly string[];
  /** How many entries of the page are not domains of this account any more (cancelled): they count in the total. */
  readonly skipped: number;
}

/** What reading a zone needs to know of its domain. */
export interface ZoneRequest {
  readonly name: string;
  readonly zone: ZonePlace;
}

/**
 * An account at a registrar, opened with its credentials. Calls may run in parallel. Every method throws SyncError,
 * with the code that the registrar’s answer means, and nothing else but what `send` throws
 * (WindowClosedError, SupersededError). None of them retries: the caller does.
 */
export interface RegistrarAccount {
  /** Proves by authenticated calls without side effects that the credentials work. */
  validate(): Promise<Validation>;
  /** Reads one page of all domains; `null` is the first. */
  listPage(cursor: string | null): Promise<ListPage>;
  /** Reads all records of a zone, all pages. */
  readZone(request: ZoneRequest): Promise<ZoneReading>;
}

/** A call that an adapter wants to send. Paths are absolute and already encoded; secrets only in headers or body. */
export interface RegistrarCall {
  readonly method: 'GET' | 'POST';
  readonly origin: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer, whatever its status; the body is text, ≤ 10 MiB, complete. Header names are lower-case. */
export interface RegistrarAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What an adapter is given. */
export interface AccountDeps {
  /**
   * Sends one call when the rate limits allow it. Answers of any status come back; transport trouble is thrown as
   * SyncError (REGISTRAR_UNAVAILABLE, _TIMEOUT, _TLS, _BAD_RESPONSE).
   */
  send(call: RegistrarCall): Promise<RegistrarAnswer>;
  readonly origins: RegistrarOrigins;
  /** Our IPv4 address as the registrar sees it, where it must be sent (Namecheap). */
  readonly egressAddress: string | null;
  now(): number;
}

/** What a registrar is, wants and can tell: all that is needed of it where it isn't called. */
export interface RegistrarProfile {
  readonly id: RegistrarId;
  readonly name: string;
  readonly tagline: string;
  readonly environments: readonly RegistrarEnvironment[];
  readonly credentialFields: readonly CredentialField[];
  /** Steps to get the credentials, in order, one sentence each. */
  readonly prerequisites: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly capabilities: RegistrarCapabilities;
  readonly limits: RegistrarLimits;
  /** The most domains that one page of the listing holds. */
  readonly pageSize: number;
  /** How many domains one range of the Map holds: about one rate window of calls. */
  readonly rangeSize: number;
  /** The part of the credentials that the registrar counts calls by. */
  limitSubject(credentials: Credentials): string;
}

/** All there is to know about a registrar; the whole product learns of it from this one value. */
export interface RegistrarDefinition extends RegistrarProfile {
  /** The only calls that the adapter may make: all of them read. */
  readonly readingCalls: readonly ReadingCall[];
  open(credentials: Secret<Credentials>, deps: AccountDeps): RegistrarAccount;
}

/** A call that only reads: matched against method, path and, where one endpoint serves all, the command in the body. */
export interface ReadingCall {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly command?: string;
}
