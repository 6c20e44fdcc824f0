import type { RegistrarId } from './registrar-id.ts';

/** Why a sync, or one domain of it, failed. A closed set: the texts for each are in problem-texts.ts. */
export const SYNC_CODES = [
  'INVALID_CREDENTIALS',
  'AUTHENTICATION_FAILED',
  'ACCESS_NOT_GRANTED',
  'RATE_LIMITED',
  'REGISTRAR_UNAVAILABLE',
  'REGISTRAR_TIMEOUT',
  'REGISTRAR_TLS',
  'REGISTRAR_BAD_RESPONSE',
  'LIST_INCOMPLETE',
  'PORTFOLIO_TOO_LARGE',
  'ENCRYPTION_UNAVAILABLE',
  'CREDENTIALS_UNREADABLE',
  'INTERNAL',
] as const;
export type SyncCode = (typeof SYNC_CODES)[number];

/** What a sync may say beside its outcome. */
export const NOTICE_CODES = [
  'NO_DOMAINS_FOUND',
  'LISTING_SHRANK',
  'PARTIAL_DNS',
  'API_ACCESS_OFF',
  'DNS_ELSEWHERE',
  'CREDENTIALS_EXPIRE_SOON',
  'CUSTOMER_ID_NOT_CHECKED',
] as const;
export type NoticeCode = (typeof NOTICE_CODES)[number];

/** Codes by which the registrar refused the credentials themselves: never retried, and they end the whole run. */
export const REFUSAL_CODES = [
  'INVALID_CREDENTIALS',
  'AUTHENTICATION_FAILED',
  'ACCESS_NOT_GRANTED',
] as const satisfies readonly SyncCode[];

/** The name under which a stale worker answers; the workflow catches it and ends without a trace in the data. */
export const SUPERSEDED = 'Superseded';

/** Codes that the workflow tries once more (LIST_INCOMPLETE) or with a pause; the others are final at once. */
export const RETRYABLE_CODES = [
  'RATE_LIMITED',
  'REGISTRAR_UNAVAILABLE',
  'REGISTRAR_TIMEOUT',
  'REGISTRAR_BAD_RESPONSE',
  'ENCRYPTION_UNAVAILABLE',
  'INTERNAL',
] as const satisfies readonly SyncCode[];

/**
 * More exact reasons within a code, where the registrar tells them apart; they choose the advice that people read.
 * `unspecified` where it doesn't.
 */
export type FailureReason =
  | 'unspecified'
  | 'addressNotAllowed'
  | 'tokenExpired'
  | 'wrongCustomerId'
  | 'wrongEnvironment'
  | 'apiAccessOff'
  | 'accountNotEligible'
  | 'scopeMissing'
  | 'accountDisabled';

export interface SyncErrorFacts {
  readonly registrar?: RegistrarId;
  readonly reason?: FailureReason;
  /** How long the registrar asked us to stay away, in ms. */
  readonly retryAfterMs?: number;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number;
  /** Where in an answer something unexpected stood (`domains/3/expires`); never the value itself. */
  readonly path?: string;
  /** The address of ours that the registrar refused, when it is ours to show. */
  readonly address?: string;
}

/**
 * The one error that crosses from a registrar adapter, the vault or a store into a use case. Its message is made
 * of code, registrar, reason, status and path alone: no URL, body or header of a call, and no text of a registrar,
 * ever enters it, and it carries no `cause`.
 */
export class SyncError extends Error {
  override readonly name = 'SyncError';
  readonly code: SyncCode;
  readonly facts: SyncErrorFacts;

  constructor(code: SyncCode, facts: SyncErrorFacts = {}) {
    super(toMessage(code, facts));
    this.code = code;
    this.facts = facts;
  }

  /** Whether trying the same again later may help. */
  get isRetryable(): boolean {
    return (RETRYABLE_CODES as readonly string[]).includes(this.code);
  }

  /** Whether the registrar refused the credentials, so that every further call would be refused too. */
  get isRefusal(): boolean {
    return isRefusalCode(this.code);
  }
}

/** Thrown where a worker finds that its run is over, replaced or being deleted: it stops and writes nothing. */
export class SupersededError extends Error {
  override readonly name = 'SupersededError';
}

/** Thrown where the next call may be sent only later than a worker wants to wait: park until then. */
export class WindowClosedError extends Error {
  override readonly name = 'WindowClosedError';
  /** When the next call may be sent, in ms since the epoch. */
  readonly untilMs: number;

  constructor(untilMs: number) {
    super('the rate window is closed');
    this.untilMs = untilMs;
  }
}

/** Whether a code says that the registrar refused the credentials. */
export function isRefusalCode(code: SyncCode): boolean {
  return (REFUSAL_CODES as readonly SyncCode[]).includes(code);
}

/** Tells whether an error is a {@link SyncError}, across bundles. */
export function isSyncError(error: unknown): error is SyncError {
  return error instanceof SyncError;
}

function toMessage(code: SyncCode, facts: SyncErrorFacts): string {
  const parts = [
    facts.registrar,
    facts.reason,
    facts.status && `status ${facts.status}`,
    facts.path && `at ${facts.path}`,
  ];
  const known = parts.filter((part) => part !== undefined && part !== '' && part !== 0);
  return known.length > 0 ? `${code} (${known.join(', ')})` : code;
}
