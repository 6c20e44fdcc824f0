import { isSyncError, type SyncCode, SyncError } from '#core/errors.ts';
import type { RegistrarAnswer, Validation } from '#core/registrar.ts';
import { toRateLimited, tryReadJson } from '../answers.ts';
import { Refusal, TokenInfo } from './schema.ts';

const DAY_MS = 86_400_000;
const SOON_MS = 30 * DAY_MS;
/** A lifetime beyond this is no date any more. */
const LONGEST_SECONDS = 1_000 * 365 * 86_400;

const UNTOLD: Validation = { notices: [], credentialsExpireAt: null };

/** Codes by which the description is out of reach, which says nothing of the token. */
const outages: readonly SyncCode[] = [
  'REGISTRAR_UNAVAILABLE',
  'REGISTRAR_TIMEOUT',
  'REGISTRAR_TLS',
  'REGISTRAR_BAD_RESPONSE',
];

/**
 * What `GET /tokeninfo` says of a token: when it ends. An answer that says nothing of the token (an outage, or no such
 * endpoint) proves nothing either way: the call that follows decides then.
 *
 * @param ask sends the call
 * @throws SyncError AUTHENTICATION_FAILED (tokenExpired), INVALID_CREDENTIALS, RATE_LIMITED
 * @see https://id.gandi.net/tokeninfo, undocumented; as clients read it, verified 2026-11-23
 */
export async function describeToken(
  ask: () => Promise<RegistrarAnswer>,
  now: () => number,
): Promise<Validation> {
  const answer = await askOrMiss(ask);
  if (answer === undefined) return UNTOLD;
  if (answer.status === 429) throw toRateLimited('gandi', answer, now());
  if (answer.status >= 400 && answer.status < 500 && namesExpiry(answer)) throw toExpired(answer.status);
  if (answer.status === 401) {
    throw new SyncError('INVALID_CREDENTIALS', { registrar: 'gandi', status: answer.status });
  }
  const seconds = answer.status === 200 ? tryReadJson(answer, TokenInfo)?.expiresInSeconds : undefined;
  if (seconds == null || seconds > LONGEST_SECONDS) return UNTOLD;
  if (seconds <= 0) throw toExpired(answer.status);
  return {
    notices: seconds * 1_000 <= SOON_MS ? ['CREDENTIALS_EXPIRE_SOON'] : [],
    credentialsExpireAt: new Date(now() + seconds * 1_000).toISOString(),
  };
}

async function askOrMiss(ask: () => Promise<RegistrarAnswer>): Promise<RegistrarAnswer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (isSyncError(error) && outages.includes(error.code)) return undefined;
    throw error;
  }
}

/** The general words for a 401 name both causes ("wrong credentials …, or … has expired"): they tell nothing. */
function namesExpiry(answer: RegistrarAnswer): boolean {
  const words = tryReadJson(answer, Refusal)?.words ?? '';
  return /\bexpired?\b/i.test(words) && !/\b(?:wrong|either)\b/i.test(words);
}

function toExpired(status: number): SyncError {
  return new SyncError('AUTHENTICATION_FAILED', { registrar: 'gandi', status, reason: 'tokenExpired' });
}
