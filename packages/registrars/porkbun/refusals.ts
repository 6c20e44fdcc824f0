import { type FailureReason, type SyncCode, SyncError } from '#core/errors.ts';
import type { RegistrarAnswer } from '#core/registrar.ts';
import { requireServing, toBadResponse, toRateLimited, tryReadJson } from '../answers.ts';
import { Refusal } from './schema.ts';

/** What a refusal means: by its code where it has one, by its first words where it is an older one without. */
interface Meaning {
  readonly codes: readonly string[];
  readonly words?: RegExp;
  readonly code: SyncCode;
  readonly reason?: FailureReason;
}

/** @see https://porkbun.com/api/json/v3/documentation, verified 2026-11-23 */
const meanings: readonly Meaning[] = [
  {
    codes: ['INVALID_API_KEYS_001', 'INVALID_API_KEYS_002', 'INVALID_TOKEN', 'INVALID_USER'],
    words: /^invalid api key/i,
    code: 'INVALID_CREDENTIALS',
  },
  { codes: ['IP_NOT_ALLOWED'], code: 'AUTHENTICATION_FAILED', reason: 'addressNotAllowed' },
  { codes: ['DOMAIN_NOT_ALLOWED'], code: 'ACCESS_NOT_GRANTED', reason: 'scopeMissing' },
  { codes: [], words: /two.?factor/i, code: 'ACCESS_NOT_GRANTED', reason: 'accountNotEligible' },
  { codes: ['RATE_LIMIT_EXCEEDED'], code: 'RATE_LIMITED' },
  {
    codes: ['API_KEY_REQUIRED', 'MISSING_SECRETAPIKEY', 'INVALID_OR_EMPTY_JSON', 'METHOD_NOT_ALLOWED'],
    code: 'INTERNAL',
  },
];

/** Codes by which a single domain is out of reach for these keys: its switch is off, or they are for others. */
const domainCodes = new Set([
  'API_ACCESS_DISABLED',
  'DOMAIN_IS_NOT_OPTED_IN_TO_API_ACCESS',
  'DOMAIN_NOT_ALLOWED',
  'INVALID_DOMAIN',
]);

/**
 * Whether an answer on one domain says that this domain, and only it, is out of reach. "Invalid domain" is said of
 * domains of others, and by older versions of domains whose switch is off.
 */
export function isDomainOutOfReach(answer: RegistrarAnswer): boolean {
  const refusal = tryReadJson(answer, Refusal);
  if (refusal === undefined) return false;
  return domainCodes.has(refusal.code) || /not opted in|^invalid domain/i.test(refusal.message);
}

/**
 * Passes where an answer is no refusal; refusals come with status 200 as well.
 *
 * @throws SyncError INVALID_CREDENTIALS, AUTHENTICATION_FAILED, ACCESS_NOT_GRANTED, RATE_LIMITED,
 *   REGISTRAR_UNAVAILABLE, INTERNAL for a call that isn't understood, REGISTRAR_BAD_RESPONSE for the rest
 */
export function requireSuccess(answer: RegistrarAnswer, nowMs: number): void {
  if (isThrottled(answer)) throw toRateLimited('porkbun', answer, nowMs);
  requireServing('porkbun', answer, nowMs);
  const refusal = tryReadJson(answer, Refusal);
  if (refusal === undefined && answer.status === 200) return;
  const meaning = refusal && findMeaning(refusal);
  if (meaning?.code === 'RATE_LIMITED') throw toRateLimited('porkbun', answer, nowMs);
  const facts = { registrar: 'porkbun', status: answer.status } as const;
  if (meaning !== undefined) {
    throw new SyncError(meaning.code, meaning.reason ? { ...facts, reason: meaning.reason } : facts);
  }
  if (answer.status === 401) throw new SyncError('INVALID_CREDENTIALS', facts);
  if (answer.status === 403) throw new SyncError('ACCESS_NOT_GRANTED', facts);
  throw toBadResponse('porkbun', { status: answer.status });
}

/**
 * Beyond about one call a second the door answers before the API does: 202 without a body and with a challenge for
 * browsers (`x-amzn-waf-action`), or 503 with a page of HTML. Seen by StackExchange/dnscontrol (#3225, #3742) and
 * nrdcg/porkbun (#3), verified 2026-11-23.
 */
function isThrottled({ status, body }: RegistrarAnswer): boolean {
  return status === 202 || (status === 503 && body.trimStart().startsWith('<'));
}

function findMeaning(refusal: { readonly code: string; readonly message: string }): Meaning | undefined {
  return (
    meanings.find(({ codes }) => codes.includes(refusal.code)) ??
    meanings.find(({ words }) => words?.test(refusal.message))
  );
}
