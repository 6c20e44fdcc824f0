import { type FailureReason, type SyncCode, SyncError } from '#core/errors.ts';

/** What an error of Namecheap means: a code of ours, or that the zone or the domain isn't for us to read. */
type Meaning =
  | { readonly code: SyncCode; readonly reason?: FailureReason }
  | { readonly zone: 'ELSEWHERE' | 'NOT_PERMITTED' };

const addressNotAllowed = { code: 'AUTHENTICATION_FAILED', reason: 'addressNotAllowed' } as const;
const accountDisabled = { code: 'AUTHENTICATION_FAILED', reason: 'accountDisabled' } as const;
const tryLater = { code: 'REGISTRAR_UNAVAILABLE' } as const;
const badRequest = { code: 'INTERNAL' } as const;
const gone = { code: 'REGISTRAR_BAD_RESPONSE' } as const;

/**
 * Namecheap's numbers, the most telling first: of several in one answer, the first of this list counts.
 *
 * @see https://www.namecheap.com/support/api/error-codes/, verified 2026-11-23
 */
const MEANINGS: readonly (readonly [number: string, meaning: Meaning])[] = [
  // "Invalid request IP", "RequestIP disabled", "ClientIP disabled", "ClientIP invalid": our address isn't on the list.
  ['1011150', addressNotAllowed],
  ['1011151', addressNotAllowed],
  ['1017150', addressNotAllowed],
  ['1017105', addressNotAllowed],
  ['1011105', addressNotAllowed],
  // User disabled; declined payments; too many attempts to sign in.
  ['1017101', accountDisabled],
  ['1017103', accountDisabled],
  ['1017410', accountDisabled],
  ['1017411', accountDisabled],
  // "API Key is invalid or API access has not been enabled": one number for both.
  ['1011102', { code: 'INVALID_CREDENTIALS', reason: 'apiAccessOff' }],
  // User name unknown, or not this key's.
  ['1019103', { code: 'INVALID_CREDENTIALS' }],
  ['1016103', { code: 'INVALID_CREDENTIALS' }],
  // In no list of Namecheap's, but told by users beside the documented HTTP 405.
  ['500000', { code: 'RATE_LIMITED' }],
  // "Not using proper DNS servers"; up to half an hour after a switch back, too.
  ['2030288', { zone: 'ELSEWHERE' }],
  ['4011103', { zone: 'NOT_PERMITTED' }],
  // Domain not found, not in this account, invalid: gone since it was listed. Errors from the registry behind it.
  ['2019166', gone],
  ['2016166', gone],
  ['2030166', gone],
  ['3031510', gone],
  ['3011288', gone],
  // Unknown errors of Namecheap's own.
  ['1050900', tryLater],
  ['4022312', tryLater],
  ['4023330', tryLater],
  ['3050900', tryLater],
  ['5019169', tryLater],
  ['5050169', tryLater],
  ['5050900', tryLater],
  ['4022337', tryLater],
  // A parameter is missing, or the kind of authentication unknown: our call was wrong.
  ['1010101', badRequest],
  ['1010102', badRequest],
  ['1010104', badRequest],
  ['1010105', badRequest],
  ['1030408', badRequest],
];

/** The zone's place that an error tells, where it is about a zone; undefined where it is about something else. */
export function toZoneRefusal(numbers: readonly string[]): 'ELSEWHERE' | 'NOT_PERMITTED' | undefined {
  const meaning = toMeaning(numbers);
  return meaning !== undefined && 'zone' in meaning ? meaning.zone : undefined;
}

/** The error that an answer with these numbers is; `address` is ours, shown where it was refused. */
export function toNamecheapError(numbers: readonly string[], address: string): SyncError {
  const meaning = toMeaning(numbers);
  if (meaning === undefined) {
    const number = numbers.find((text) => /^\d{1,9}$/.test(text)) ?? 'none';
    return new SyncError('REGISTRAR_BAD_RESPONSE', { registrar: 'namecheap', path: `Errors/${number}` });
  }
  if ('zone' in meaning) return new SyncError('ACCESS_NOT_GRANTED', { registrar: 'namecheap' });
  return new SyncError(meaning.code, {
    registrar: 'namecheap',
    ...(meaning.reason === undefined ? {} : { reason: meaning.reason }),
    ...(meaning.reason === 'addressNotAllowed' ? { address } : {}),
  });
}

function toMeaning(numbers: readonly string[]): Meaning | undefined {
  return MEANINGS.find(([number]) => numbers.includes(number))?.[1];
}
