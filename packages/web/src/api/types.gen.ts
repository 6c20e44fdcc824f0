// Written by scripts/write-api-types.ts from packages/api/openapi.json. Don't edit.

export type Health = {
  readonly status: 'ok';
};

export type RegistrarList = {
  readonly items: readonly (Registrar)[];
  readonly nextCursor: null;
};

export type Registrar = {
  readonly id: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
  readonly name: string;
  readonly tagline: string;
  readonly environments: readonly (RegistrarEnvironment)[];
  readonly credentialFields: readonly (CredentialField)[];
  readonly prerequisites: readonly (string)[];
  readonly links: readonly ({
    readonly label: string;
    readonly url: string;
  })[];
  readonly capabilities: {
    readonly nameServersInListing: boolean;
    readonly privacy: boolean;
    readonly transferLock: boolean;
    readonly autoRenew: boolean;
    readonly expiryPrecision: 'INSTANT' | 'DAY';
    readonly recordTypes: readonly (string)[];
    readonly notes: readonly (string)[];
  };
  /** Our addresses, where the registrar wants them on its allow-list */
  readonly egressAddresses?: readonly (string)[];
};

export type RegistrarEnvironment = {
  readonly id: 'production' | 'sandbox' | 'simulator';
  readonly label: string;
  /** Accounts of the simulator; on one machine only */
  readonly demoCredentials?: readonly (DemoCredentials)[];
};

export type DemoCredentials = {
  readonly label: string;
  readonly accountId: string;
  readonly domains: number;
  /** What a sync of this account comes to */
  readonly expect: 'SYNCED' | 'INVALID_CREDENTIALS' | 'AUTHENTICATION_FAILED' | 'ACCESS_NOT_GRANTED' | 'RATE_LIMITED' | 'REGISTRAR_UNAVAILABLE' | 'REGISTRAR_TIMEOUT' | 'REGISTRAR_TLS' | 'REGISTRAR_BAD_RESPONSE' | 'LIST_INCOMPLETE' | 'PORTFOLIO_TOO_LARGE' | 'ENCRYPTION_UNAVAILABLE' | 'CREDENTIALS_UNREADABLE' | 'INTERNAL';
  readonly credentials: Readonly<Record<string, string>>;
};

export type CredentialField = {
  readonly name: string;
  readonly label: string;
  readonly secret: boolean;
  readonly required: boolean;
  readonly hint: string;
  readonly pattern?: string;
};

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: 'INVALID_REQUEST' | 'INVALID_CURSOR' | 'UNAUTHENTICATED' | 'NOT_FOUND' | 'SYNC_RUNNING' | 'ALREADY_CONNECTED' | 'IDEMPOTENCY_IN_PROGRESS' | 'PRECONDITION_FAILED' | 'BODY_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE' | 'IDEMPOTENCY_MISMATCH' | 'SYNC_TOO_SOON' | 'TOO_MANY_ATTEMPTS' | 'INTERNAL' | 'ENCRYPTION_UNAVAILABLE';
  readonly requestId: string;
  readonly errors?: readonly (FieldProblem)[];
  /** With SYNC_RUNNING: the run under way */
  readonly runId?: string;
  /** With ALREADY_CONNECTED: the integration that is */
  readonly integrationId?: string;
};

export type FieldProblem = {
  /** JSON pointer into the body, or `/` and the parameter */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
};

export type IntegrationList = {
  readonly items: readonly (Integration)[];
  readonly nextCursor: null;
};

export type Integration = {
  readonly id: string;
  readonly registrar: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
  readonly environment: 'production' | 'sandbox' | 'simulator';
  readonly label: string | null;
  readonly maskedId: string;
  readonly status: 'IDLE' | 'SYNCING' | 'SYNCED' | 'FAILED';
  readonly paused: boolean;
  readonly counts: CardCounts;
  readonly lastSyncedAt: string | null;
  readonly lastAttemptAt: string | null;
  readonly nextSyncAt: string | null;
  readonly currentRun?: {
    readonly runId: string;
    readonly step: 'VALIDATE_API_ACCESS' | 'FETCH_DOMAINS' | 'PROCESS_DOMAINS' | 'FETCH_DNS_RECORDS' | 'SAVE' | 'UPDATE_DASHBOARD';
    readonly progress: Progress;
  };
  readonly problem?: SyncProblem;
  readonly notices: readonly (Notice)[];
  readonly credentials: {
    readonly updatedAt: string;
    readonly expiresAt: string | null;
  };
  readonly createdAt: string;
};

/** total = active + expiringSoon + expired */
export type CardCounts = {
  readonly total: number;
  readonly active: number;
  readonly expiringSoon: number;
  readonly expired: number;
};

export type Progress = {
  readonly domainsListed: number;
  readonly domainsDone: number;
  readonly domainsTotal: number | null;
  readonly estimatedSecondsLeft?: number;
};

export type SyncProblem = {
  readonly code: 'INVALID_CREDENTIALS' | 'AUTHENTICATION_FAILED' | 'ACCESS_NOT_GRANTED' | 'RATE_LIMITED' | 'REGISTRAR_UNAVAILABLE' | 'REGISTRAR_TIMEOUT' | 'REGISTRAR_TLS' | 'REGISTRAR_BAD_RESPONSE' | 'LIST_INCOMPLETE' | 'PORTFOLIO_TOO_LARGE' | 'ENCRYPTION_UNAVAILABLE' | 'CREDENTIALS_UNREADABLE' | 'INTERNAL';
  readonly title: string;
  readonly detail: string;
  readonly advice: readonly (string)[];
  readonly at: string;
  /** What support asks for */
  readonly requestId: string;
};

export type Notice = {
  readonly code: 'NO_DOMAINS_FOUND' | 'LISTING_SHRANK' | 'PARTIAL_DNS' | 'API_ACCESS_OFF' | 'DNS_ELSEWHERE' | 'CREDENTIALS_EXPIRE_SOON' | 'CUSTOMER_ID_NOT_CHECKED';
  readonly title: string;
  readonly detail: string;
  readonly advice: readonly (string)[];
  readonly domains?: number;
};

export type IntegrationChanges = {
  readonly label?: string | null;
  readonly paused?: boolean;
};

export type SyncRun = {
  readonly runId: string;
  readonly integrationId: string;
  readonly trigger: 'ADDED' | 'MANUAL' | 'SCHEDULED' | 'CREDENTIALS_UPDATED';
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'PARTIAL' | 'FAILED' | 'SUPERSEDED' | 'CANCELLED';
  readonly step: 'VALIDATE_API_ACCESS' | 'FETCH_DOMAINS' | 'PROCESS_DOMAINS' | 'FETCH_DNS_RECORDS' | 'SAVE' | 'UPDATE_DASHBOARD';
  readonly steps: readonly ({
    readonly step: 'VALIDATE_API_ACCESS' | 'FETCH_DOMAINS' | 'PROCESS_DOMAINS' | 'FETCH_DNS_RECORDS' | 'SAVE' | 'UPDATE_DASHBOARD';
    readonly startedAt: string;
    readonly endedAt?: string;
  })[];
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly progress: Progress;
  readonly counts: {
    readonly listed: number;
    readonly new: number;
    readonly changed: number;
    readonly unchanged: number;
    readonly missing: number;
    readonly removed: number;
    readonly dnsFetched: number;
    readonly dnsElsewhere: number;
    readonly failed: number;
  };
  readonly registrarCalls: number;
  readonly waitedForLimitMs: number;
  readonly problem?: SyncProblem;
  readonly notices: readonly (Notice)[];
};

export type NewIntegration = {
  readonly registrar: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
  readonly environment?: 'production' | 'sandbox' | 'simulator';
  readonly label?: string | null;
  /** By field name, see credentialFields of the registrar. Values are trimmed. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly allowDuplicate?: boolean;
};

export type NewCredentials = {
  /** By field name, see credentialFields of the registrar. Values are trimmed. */
  readonly credentials: Readonly<Record<string, string>>;
};

export type SyncRunList = {
  readonly items: readonly (SyncRun)[];
  readonly nextCursor: string | null;
};

export type DomainList = {
  readonly items: readonly (Domain)[];
  readonly nextCursor: string | null;
};

export type Domain = {
  /** A-labels, lower-case */
  readonly name: string;
  readonly unicodeName: string;
  readonly tld: string;
  readonly registrar: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
  readonly integrationId: string;
  readonly status: 'ACTIVE' | 'EXPIRING_SOON' | 'EXPIRED';
  readonly lifecycle: 'pendingDelete' | 'redemption' | 'onHold' | 'transferring' | 'autoRenewGrace' | 'expired' | 'expiringSoon' | 'active' | 'unknown';
  readonly statuses: readonly ('ok' | 'inactive' | 'linked' | 'pendingCreate' | 'pendingDelete' | 'pendingRenew' | 'pendingTransfer' | 'pendingUpdate' | 'clientHold' | 'clientDeleteProhibited' | 'clientRenewProhibited' | 'clientTransferProhibited' | 'clientUpdateProhibited' | 'serverHold' | 'serverDeleteProhibited' | 'serverRenewProhibited' | 'serverTransferProhibited' | 'serverUpdateProhibited' | 'addPeriod' | 'autoRenewPeriod' | 'renewPeriod' | 'transferPeriod' | 'redemptionPeriod' | 'pendingRestore')[];
  readonly rawStatuses: readonly (string)[];
  readonly registeredAt: string | null;
  readonly expiresAt: string | null;
  readonly expiryPrecision: 'INSTANT' | 'DAY';
  readonly autoRenew: boolean | null;
  readonly locked: boolean | null;
  readonly privacy: boolean | null;
  readonly nameServers: readonly (string)[] | null;
  readonly registeredHere: boolean;
  readonly dns: DomainDns;
  readonly seen: 'PRESENT' | 'MISSING';
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
};

export type DomainDns = {
  readonly status: 'FETCHED' | 'ELSEWHERE' | 'NOT_PERMITTED' | 'FAILED' | 'PENDING';
  readonly provider: string | null;
  readonly fetchedAt: string | null;
  readonly problem?: {
    readonly code: 'INVALID_CREDENTIALS' | 'AUTHENTICATION_FAILED' | 'ACCESS_NOT_GRANTED' | 'RATE_LIMITED' | 'REGISTRAR_UNAVAILABLE' | 'REGISTRAR_TIMEOUT' | 'REGISTRAR_TLS' | 'REGISTRAR_BAD_RESPONSE' | 'LIST_INCOMPLETE' | 'PORTFOLIO_TOO_LARGE' | 'ENCRYPTION_UNAVAILABLE' | 'CREDENTIALS_UNREADABLE' | 'INTERNAL' | 'LISTING_SHRANK';
    readonly title: string;
    readonly detail: string;
    readonly at: string;
  };
};

export type DomainDetail = {
  readonly name: string;
  readonly unicodeName: string;
  readonly registrations: readonly (Domain)[];
};

export type DomainRecords = {
  readonly dns: DomainDns;
  readonly rrsets: readonly (RRset)[];
};

export type RRset = {
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  /** RFC 1035 presentation form; empty for pseudo-records */
  readonly records: readonly (string)[];
  readonly pseudo?: {
    readonly provider: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
    readonly kind: string;
    readonly value: string;
  };
};

export type Summary = {
  readonly total: number;
  readonly active: number;
  readonly expiringSoon: number;
  readonly expired: number;
  readonly autoRenewOff: number;
  readonly byRegistrar: readonly (RegistrarSummary)[];
  /** Names that expire in this month and the eleven after it, UTC */
  readonly byMonth: readonly ({
    readonly month: string;
    readonly count: number;
  })[];
  readonly attention: readonly ({
    readonly code: 'EXPIRES_THIS_WEEK_NO_RENEWAL' | 'SYNC_FAILED' | 'LISTING_SHRANK' | 'CREDENTIALS_EXPIRE_SOON' | 'ZONES_FAILED';
    readonly count: number;
  })[];
};

export type RegistrarSummary = {
  readonly registrar: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
  readonly total: number;
  readonly active: number;
  readonly expiringSoon: number;
  readonly expired: number;
  readonly autoRenewOff: number;
  readonly lockOff: number;
  readonly nextExpiresAt: string | null;
};

export type Settings = {
  readonly expiringSoonDays: number;
};

export type SettingsChanges = {
  readonly expiringSoonDays?: number;
};

export type Export = {
  readonly exportedAt: string;
  readonly settings: Settings;
  readonly integrations: readonly (Integration)[];
  readonly runs: readonly (SyncRun)[];
  readonly domains: readonly (ExportedDomain)[];
  readonly nextCursor: string | null;
};

export type ExportedDomain = {
  /** A-labels, lower-case */
  readonly name: string;
  readonly unicodeName: string;
  readonly tld: string;
  readonly registrar: 'godaddy' | 'namecheap' | 'gandi' | 'porkbun' | 'namecom';
  readonly integrationId: string;
  readonly status: 'ACTIVE' | 'EXPIRING_SOON' | 'EXPIRED';
  readonly lifecycle: 'pendingDelete' | 'redemption' | 'onHold' | 'transferring' | 'autoRenewGrace' | 'expired' | 'expiringSoon' | 'active' | 'unknown';
  readonly statuses: readonly ('ok' | 'inactive' | 'linked' | 'pendingCreate' | 'pendingDelete' | 'pendingRenew' | 'pendingTransfer' | 'pendingUpdate' | 'clientHold' | 'clientDeleteProhibited' | 'clientRenewProhibited' | 'clientTransferProhibited' | 'clientUpdateProhibited' | 'serverHold' | 'serverDeleteProhibited' | 'serverRenewProhibited' | 'serverTransferProhibited' | 'serverUpdateProhibited' | 'addPeriod' | 'autoRenewPeriod' | 'renewPeriod' | 'transferPeriod' | 'redemptionPeriod' | 'pendingRestore')[];
  readonly rawStatuses: readonly (string)[];
  readonly registeredAt: string | null;
  readonly expiresAt: string | null;
  readonly expiryPrecision: 'INSTANT' | 'DAY';
  readonly autoRenew: boolean | null;
  readonly locked: boolean | null;
  readonly privacy: boolean | null;
  readonly nameServers: readonly (string)[] | null;
  readonly registeredHere: boolean;
  readonly dns: DomainDns;
  readonly seen: 'PRESENT' | 'MISSING';
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  readonly rrsets: readonly (RRset)[];
};
