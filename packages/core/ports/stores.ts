import type { DomainDns, DomainRecord } from '../domain.ts';
import type { Integration, Notice, Problem } from '../integration.ts';
import type { RunTrigger } from '../payloads.ts';
import type { PortfolioStats } from '../portfolio-stats.ts';
import type { RRset } from '../rrset.ts';
import type { RunStep, SyncRun } from '../sync-run.ts';

/** Names an integration within its tenant; no store takes a bare id. */
export interface IntegrationRef {
  readonly tenantId: string;
  readonly integrationId: string;
}

/** A writer's right: an integration and the epoch of the run that writes. */
export interface Fence extends IntegrationRef {
  readonly epoch: number;
}

export interface StartRequest {
  readonly runId: string;
  readonly trigger: RunTrigger;
  readonly nowMs: number;
  readonly leaseUntilMs: number;
}

/** What came of the one conditional write that starts a run; a refusal says why. */
export type StartResult =
  | { readonly started: true; readonly integration: Integration; readonly supersededRunId: string | null }
  | { readonly started: false; readonly why: 'running'; readonly runId: string }
  | { readonly started: false; readonly why: 'tooSoon'; readonly retryAfterMs: number }
  | { readonly started: false; readonly why: 'paused' | 'gone' };

/** Fields of an integration that a finishing run sets. */
export type FinishPatch = Partial<
  Pick<
    Integration,
    | 'lastSyncedAt'
    | 'lastListedAt'
    | 'zonesReadAt'
    | 'problem'
    | 'notices'
    | 'paused'
    | 'refusals'
    | 'dueAtMs'
    | 'credentials'
    | 'limitKey'
    | 'held'
    | 'zoneCursor'
  >
>;

export interface IntegrationStore {
  /** Stores a new integration; false where its id is taken already (a repeated request). */
  create(integration: Integration): Promise<boolean>;
  /** Reads consistently; tombstones come back with `deleting: true`, unknown ones as undefined. */
  get(ref: IntegrationRef): Promise<Integration | undefined>;
  /** All that are not being deleted, in the order of their creation. */
  list(tenantId: string): Promise<readonly Integration[]>;
  /**
   * The one conditional write that starts a run: not deleting, no live lease (unless trigger is CREDENTIALS_UPDATED,
   * which takes over), not paused if SCHEDULED, and for MANUAL 60 s since the last manual one. Sets runId, epoch + 1,
   * lease, lastAttemptAt, lastManualAt if MANUAL.
   */
  startRun(ref: IntegrationRef, request: StartRequest): Promise<StartResult>;
  /** Moves the lease of the run that holds the fence; false where the fence is lost or the integration is being deleted. */
  extendLease(fence: Fence, leaseUntilMs: number): Promise<boolean>;
  /** Ends the run that holds fence and lease: clears the lease and sets the patch; false where either is lost, or given back. */
  finishRun(fence: Fence, runId: string, patch: FinishPatch): Promise<boolean>;
  /** Sets fields while a run goes on; false where the fence is lost. */
  patchRunning(fence: Fence, patch: FinishPatch): Promise<boolean>;
  /**
   * A person's change. Conditional on the revision if one is given: 'conflict' where it is another by now. Resuming
   * (paused false) sets `dueAtMs` as given and clears the refusals.
   */
  patch(
    ref: IntegrationRef,
    changes: { label?: string | null; paused?: boolean; dueAtMs?: number | null; heldAcceptedAt?: string },
    revision?: number,
  ): Promise<Integration | 'conflict' | 'gone'>;
  /**
   * New credentials were proposed: one conditional write that raises the version (expected to be `fromVersion`) and
   * sets the candidate; 'conflict' where another update was first.
   */
  proposeCredentials(
    ref: IntegrationRef,
    candidate: { version: number; limitKey: string; fromVersion: number },
    revision?: number,
  ): Promise<Integration | 'conflict' | 'gone'>;
  /** Marks as being deleted (epoch + 1, lease cleared, out of every list); kept 90 days. Gives the integration as it was. */
  markDeleting(ref: IntegrationRef, nowMs: number): Promise<Integration | undefined>;
  /** Integrations whose run's lease lapsed before `nowMs`, oldest first. */
  listLapsed(nowMs: number, limit: number): Promise<readonly IntegrationRef[]>;
  /** Integrations that are due at `nowMs`, most overdue first; `after` pages on. */
  listDue(
    nowMs: number,
    limit: number,
    after?: string,
  ): Promise<{ readonly items: readonly (IntegrationRef & { dueAtMs: number })[]; readonly next?: string }>;
  /** Sets when the integration is due next; null takes it off the list. Not while a run holds a lease. */
  setDue(ref: IntegrationRef, dueAtMs: number | null): Promise<void>;
  /** Deleted ones whose second clearing is due (the sweep's work), oldest first. */
  listClearable(nowMs: number, limit: number): Promise<readonly IntegrationRef[]>;
  /** Says when the tombstone wants clearing again; null: done. */
  setClearAt(ref: IntegrationRef, clearAtMs: number | null): Promise<void>;
}

export interface RunNote {
  readonly steps?: Readonly<Partial<Record<RunStep, string>>>;
  readonly progress?: Partial<SyncRun['progress']>;
  /** Added to the stored number of domains done. */
  readonly addDone?: number;
  /** Why the run is going to fail, for the step that ends it. */
  readonly problem?: Problem;
  readonly executionName?: string;
  /** Notices that the validation gave, for the step that ends it. */
  readonly notices?: readonly Notice[];
}

export interface RunStore {
  /** Stores a run as RUNNING; repeatable, never overwrites one that is there. */
  create(run: SyncRun): Promise<void>;
  get(integrationId: string, runId: string): Promise<SyncRun | undefined>;
  /** Newest first. */
  list(
    integrationId: string,
    limit: number,
    after?: string,
  ): Promise<{ readonly items: readonly SyncRun[]; readonly next?: string }>;
  /** Notes that a step began (kept if it is noted already) and where the progress stands; nothing once the run is terminal. */
  note(integrationId: string, runId: string, change: RunNote): Promise<void>;
  /** Makes the run terminal, once: false where it is already. */
  end(
    run: Pick<
      SyncRun,
      | 'integrationId'
      | 'runId'
      | 'status'
      | 'endedAt'
      | 'problem'
      | 'notices'
      | 'counts'
      | 'registrarCalls'
      | 'waitedForLimitMs'
      | 'stepStartedAt'
    >,
  ): Promise<boolean>;
  /** Completes the counts and notices of a run that is terminal; nothing where it is not there. */
  amend(integrationId: string, runId: string, receipt: Pick<SyncRun, 'counts' | 'notices'>): Promise<void>;
  deleteAll(integrationId: string): Promise<void>;
}

/** The right to work on a message: (attempt, hop) only ever rises, and of two equal deliveries only one message wins. */
export interface Claim {
  readonly attempt: number;
  readonly hop: number;
  readonly messageId: string;
  /** When it was claimed: a copy of the message that comes while the first is at work has no right to it. */
  readonly atMs: number;
}

/** What a worker remembers of a step between deliveries; small, without secrets. */
export interface StepState {
  readonly done: boolean;
  /** What the step answers once it is done. */
  readonly result: unknown;
  /** Where the step goes on: its own shape by kind, undefined at first. */
  readonly position: unknown;
  readonly calls: number;
  readonly waitedMs: number;
}

/** A page of the listing as the run keeps it: names only. */
export interface ListedPage {
  readonly page: number;
  /** Names whose zones are to be read, in listing order, and the others. */
  readonly zoneNames: readonly string[];
  readonly otherNames: readonly string[];
  /** How many zone names the pages before hold. */
  readonly zoneOffset: number;
  readonly nextCursor: string | null;
  readonly declaredTotal: number | null;
  readonly skipped: number;
  readonly counts: { readonly new: number; readonly changed: number; readonly unchanged: number };
}

/** The working rows of a run (7 days): claims, positions and results of steps, and the pages of its listing. */
export interface WorkStore {
  /**
   * Claims a step for a message: 'claimed' with what is remembered, 'done' with the result where it is finished,
   * 'busy' where the same message is at work in another delivery, 'dropped' where the step went to another one.
   */
  claim(
    ref: { integrationId: string; runId: string; epoch: number },
    step: string,
    claim: Claim,
  ): Promise<
    | { readonly outcome: 'claimed' | 'done'; readonly state: StepState }
    | { readonly outcome: 'busy' | 'dropped' }
  >;
  /** Saves what is remembered of a claimed step; false where the claim is another's by now. */
  save(
    ref: { integrationId: string; runId: string },
    step: string,
    claim: Claim,
    state: StepState,
  ): Promise<boolean>;
  /** What is remembered of a step; undefined where nobody claimed it yet. */
  read(integrationId: string, runId: string, step: string): Promise<StepState | undefined>;
  /** All steps of a run. */
  listSteps(
    integrationId: string,
    runId: string,
  ): Promise<readonly (StepState & { readonly step: string })[]>;
  putPage(ref: { integrationId: string; runId: string; epoch: number }, page: ListedPage): Promise<void>;
  getPage(integrationId: string, runId: string, page: number): Promise<ListedPage | undefined>;
  /** All pages in order, one at a time. */
  pages(integrationId: string, runId: string): AsyncIterable<ListedPage>;
  /** Removes the pages from `fromPage` on (a listing that is read again). */
  dropPages(integrationId: string, runId: string, fromPage: number): Promise<void>;
  deleteAll(integrationId: string): Promise<void>;
}

/** What comparing a listing with the store needs of a row. */
export type DomainBrief = Pick<
  DomainRecord,
  'name' | 'hash' | 'seen' | 'epoch' | 'firstSeenAt' | 'dns' | 'lastSeenAt' | 'missingSince' | 'nameServers'
>;

export interface DomainStore {
  /** Rows with names from `first` to `last` inclusive, by name; read consistently. */
  briefs(integrationId: string, first: string, last: string): Promise<ReadonlyMap<string, DomainBrief>>;
  /** Writes a row unless a newer epoch wrote it; false then. */
  put(domain: DomainRecord): Promise<boolean>;
  /**
   * Sets the zone's state, and with it the nameservers where a reading found them, on a row that is there and was not
   * written by a newer epoch; false else.
   */
  setDns(
    fence: Fence,
    name: string,
    dns: DomainDns,
    nameServers?: readonly string[] | null,
  ): Promise<boolean>;
  /** Marks a row as missing since a run; false where a newer epoch wrote it. */
  markMissing(fence: Fence, name: string, missing: { since: string; lastSeenAt: string }): Promise<boolean>;
  /** Removes a row and its zone, unless a newer epoch wrote it. */
  remove(fence: Fence, name: string): Promise<boolean>;
  /** All rows of an integration by name, a batch (one query's page) at a time. */
  all(integrationId: string): AsyncIterable<readonly DomainRecord[]>;
  /** Removes every row and every zone of the integration. */
  deleteAll(integrationId: string): Promise<void>;
  get(integrationId: string, name: string): Promise<DomainRecord | undefined>;
  /** Rows of one integration by name, after `afterName`. */
  listByName(integrationId: string, limit: number, afterName?: string): Promise<readonly DomainRecord[]>;
  /** Rows of a tenant by expiry (unknown last), then name, then integration; `after` is a position that a former page gave. */
  listByExpiry(
    tenantId: string,
    options: { limit: number; descending?: boolean; after?: ExpiryPosition; untilIso?: string },
  ): Promise<{
    readonly items: readonly DomainRecord[];
    readonly next?: ExpiryPosition;
  }>;
}

/** A place in the order by expiry. */
export interface ExpiryPosition {
  readonly expiresAt: string | null;
  readonly name: string;
  readonly integrationId: string;
}

export interface ZoneStore {
  /** Writes the record sets of a zone (in as many rows as it takes) unless a newer epoch wrote it; false then. */
  put(fence: Fence, name: string, rrsets: readonly RRset[]): Promise<boolean>;
  /** The record sets in their canonical order; undefined where none were ever read. */
  get(integrationId: string, name: string): Promise<readonly RRset[] | undefined>;
}

export interface StatsStore {
  /** Writes unless equal to what is there, or a newer epoch wrote it. */
  put(fence: Fence, stats: PortfolioStats): Promise<void>;
  /** By integration id. */
  list(tenantId: string): Promise<ReadonlyMap<string, PortfolioStats>>;
  delete(ref: IntegrationRef): Promise<void>;
}

export interface Settings {
  readonly expiringSoonDays: number;
  readonly revision: number;
}

export interface TenantStore {
  settings(tenantId: string): Promise<Settings>;
  /** 'conflict' where the revision is another by now. */
  putSettings(
    tenantId: string,
    changes: { expiringSoonDays: number },
    revision?: number,
  ): Promise<Settings | 'conflict'>;
  /** Notes that a registrar refused credentials that this tenant entered. */
  noteRefusal(tenantId: string, atMs: number): Promise<void>;
  /** Times of refusals since `sinceMs`, oldest first. */
  refusalsSince(tenantId: string, sinceMs: number): Promise<readonly number[]>;
  deleteTenant(tenantId: string): Promise<void>;
}

export const AUDIT_ACTIONS = [
  'INTEGRATION_CREATED',
  'INTEGRATION_CHANGED',
  'INTEGRATION_DELETED',
  'CREDENTIALS_REPLACED',
  'SYNC_REQUESTED',
  'LISTING_HELD',
  'LISTING_ACCEPTED',
  'SETTINGS_CHANGED',
  'EXPORTED',
  'ACCOUNT_DELETED',
  'CREDENTIALS_UNREADABLE',
  'CREDENTIALS_OPENED',
  'TOO_MANY_ATTEMPTS',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditStore {
  /** Appends an event; ids only, kept 400 days. */
  append(event: {
    tenantId: string;
    action: AuditAction;
    atMs: number;
    id: string;
    integrationId?: string;
    runId?: string;
  }): Promise<void>;
}

/** What is remembered of a POST that carried an Idempotency-Key. */
export type IdempotencyClaim =
  | { readonly outcome: 'fresh'; readonly resourceId: string }
  | { readonly outcome: 'running' }
  | { readonly outcome: 'mismatch' }
  | {
      readonly outcome: 'answered';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    };

export interface IdempotencyStore {
  /**
   * Claims a key for a request whose body has this fingerprint. A claim that is still running lapses after 35 s: the
   * repeat is 'fresh' with the resource id of the first.
   */
  claim(
    tenantId: string,
    key: string,
    request: { fingerprint: string; resourceId: string; nowMs: number },
  ): Promise<IdempotencyClaim>;
  answer(
    tenantId: string,
    key: string,
    answer: { status: number; headers: Readonly<Record<string, string>>; body: string; nowMs: number },
  ): Promise<void>;
  /** Gives a key back whose request failed without an effect. */
  release(tenantId: string, key: string): Promise<void>;
}
