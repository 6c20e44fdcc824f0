import type { SyncProblem } from '../../../../packages/web/src/api/types.gen.ts';
import type { Story } from '../story.ts';
import { type AccountName, keepOnly, toFailed } from './portfolios.ts';

type Facts = Parameters<typeof toFailed>[2];

function failed(
  id: string,
  account: AccountName,
  code: SyncProblem['code'],
  shows: string,
  facts: Facts = {},
): Story {
  return {
    id: `integrations-failed-${id}`,
    title: `Failed: ${id.replaceAll('-', ' ')}`,
    path: '/integrations',
    portfolio: { count: 120 },
    change: keepOnly(account, toFailed(account, code, facts)),
    shows,
  };
}

/** A card for every way in which a sync fails (api.md), in the product's own words. */
export const FAILURE_STORIES: readonly Story[] = [
  failed('credentials', 'godaddy', 'INVALID_CREDENTIALS', 'GoDaddy did not accept this API key.'),
  failed('kept-credentials', 'godaddy', 'INVALID_CREDENTIALS', 'the former credentials stay in force', {
    formerCredentialsKept: true,
  }),
  failed('address', 'namecheap', 'AUTHENTICATION_FAILED', 'Our address:', {
    reason: 'addressNotAllowed',
    address: '203.0.113.7',
  }),
  failed('token-expired', 'gandi', 'AUTHENTICATION_FAILED', 'This Gandi token has expired.', {
    reason: 'tokenExpired',
  }),
  failed('customer', 'godaddy', 'AUTHENTICATION_FAILED', 'The customer ID does not belong to this key.', {
    reason: 'wrongCustomerId',
  }),
  failed('access', 'godaddy', 'ACCESS_NOT_GRANTED', 'API Access Not Granted'),
  failed('rate', 'porkbun', 'RATE_LIMITED', 'Porkbun asked us to slow down. Sync again after', {
    retryAt: '2026-11-23T14:20:00.000Z',
  }),
  failed('unavailable', 'namecom', 'REGISTRAR_UNAVAILABLE', 'We could not reach Name.com.'),
  failed('timeout', 'namecom', 'REGISTRAR_TIMEOUT', 'Name.com did not answer in time.'),
  failed('certificate', 'namecom', 'REGISTRAR_TLS', 'could not be trusted'),
  failed('bad-response', 'porkbun', 'REGISTRAR_BAD_RESPONSE', 'in a form that we do not know'),
  failed('incomplete', 'gandi', 'LIST_INCOMPLETE', 'did not give us its whole list'),
  failed('too-large', 'godaddy', 'PORTFOLIO_TOO_LARGE', 'more than 100,000 domains'),
  failed('encryption', 'gandi', 'ENCRYPTION_UNAVAILABLE', 'could not be decrypted just now'),
  failed('unreadable', 'gandi', 'CREDENTIALS_UNREADABLE', 'so they were not used'),
  failed('internal', 'namecheap', 'INTERNAL', 'Something went wrong on our side.'),
];
