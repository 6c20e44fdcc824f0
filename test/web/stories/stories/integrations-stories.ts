import { LONG_WORD, RIGHT_TO_LEFT, SERVER_ERROR, type Story, toProblem } from '../story.ts';
import {
  type AccountName,
  changeAccount,
  DAY_MS,
  IDS,
  keepOnly,
  toEmpty,
  toIso,
  toNotice,
  toSyncing,
} from './portfolios.ts';

const path = '/integrations';
const small = { count: 120 };
const held = { known: 120, listed: 31, isAccepted: false };

function notice(id: string, account: AccountName, title: string, made: ReturnType<typeof toNotice>): Story {
  return {
    id: `integrations-${id}`,
    title,
    path,
    portfolio: small,
    change: keepOnly(account, () => ({ notices: [made] })),
    shows: made.title,
  };
}

/** The list of accounts, and the windows that it opens. Failures are in failure-stories.ts. */
export const INTEGRATIONS_STORIES: readonly Story[] = [
  {
    id: 'integrations-loading',
    title: 'Loading',
    path,
    answers: { 'GET /v1/integrations': 'never' },
    shows: 'Loading integrations',
  },
  { id: 'integrations-empty', title: 'None yet', path, change: toEmpty, shows: 'No integrations yet' },
  {
    id: 'integrations-error',
    title: 'Not loaded',
    path,
    answers: { 'GET /v1/integrations': SERVER_ERROR },
    shows: 'Something went wrong on our side',
  },
  {
    id: 'integrations-varied',
    title: 'Six accounts in six states',
    path,
    portfolio: { states: 'varied' },
    shows: 'Authentication Failed',
  },
  { id: 'integrations-synced', title: 'All synced', path, shows: '6 integrations · 1,204 domains' },
  {
    id: 'integrations-idle',
    title: 'Never synced',
    path,
    portfolio: { count: 0 },
    change: keepOnly('godaddy', () => ({
      status: 'IDLE',
      lastSyncedAt: null,
      lastAttemptAt: null,
      notices: [],
    })),
    shows: 'Never synced',
  },
  {
    id: 'integrations-syncing',
    title: 'Syncing, without a total yet',
    path,
    portfolio: small,
    change: changeAccount(
      'godaddy',
      toSyncing('FETCH_DOMAINS', { domainsListed: 40, domainsDone: 0, domainsTotal: null }),
    ),
    shows: 'Reading domains (40)',
  },
  {
    id: 'integrations-syncing-total',
    title: 'Syncing, with a total',
    path,
    portfolio: small,
    change: changeAccount(
      'godaddy',
      toSyncing('FETCH_DNS_RECORDS', { domainsListed: 42, domainsDone: 12, domainsTotal: 42 }),
    ),
    shows: 'Reading DNS records (12 of 42)',
  },
  {
    id: 'integrations-syncing-long',
    title: 'Syncing, for hours',
    path,
    change: keepOnly(
      'gandi',
      toSyncing('FETCH_DNS_RECORDS', {
        domainsListed: 9_800,
        domainsDone: 1_240,
        domainsTotal: 9_800,
        estimatedSecondsLeft: 11_000,
      }),
    ),
    shows: 'about 3 hours left',
  },
  notice('partly', 'gandi', 'Partly synced', toNotice('gandi', 'PARTIAL_DNS', { domains: 2 })),
  notice('access-off', 'porkbun', 'API access off', toNotice('porkbun', 'API_ACCESS_OFF', { domains: 7 })),
  notice('elsewhere', 'namecom', 'DNS elsewhere', toNotice('namecom', 'DNS_ELSEWHERE', { domains: 9 })),
  notice('unchecked', 'godaddy', 'Customer ID not checked', toNotice('godaddy', 'CUSTOMER_ID_NOT_CHECKED')),
  {
    id: 'integrations-credentials-end',
    title: 'Credentials end soon',
    path,
    portfolio: small,
    change: keepOnly('gandi', (now) => ({
      notices: [toNotice('gandi', 'CREDENTIALS_EXPIRE_SOON', { expiresAt: toIso(now + 12 * DAY_MS) })],
    })),
    shows: 'Credentials Expire Soon',
  },
  {
    id: 'integrations-no-domains',
    title: 'No domains',
    path,
    portfolio: { count: 0 },
    change: keepOnly('porkbun', () => ({ notices: [toNotice('porkbun', 'NO_DOMAINS_FOUND')] })),
    shows: 'No Domains Found',
  },
  notice('held', 'namecom', 'Listing held', toNotice('namecom', 'LISTING_SHRANK', { held })),
  {
    id: 'integrations-review',
    title: 'Listing held: the question',
    path,
    portfolio: small,
    change: keepOnly('namecom', () => ({ notices: [toNotice('namecom', 'LISTING_SHRANK', { held })] })),
    steps: [{ click: 'Review' }],
    shows: 'Is the shorter list of Name.com right?',
  },
  notice(
    'accepted',
    'namecom',
    'Listing accepted',
    toNotice('namecom', 'LISTING_SHRANK', { held: { ...held, isAccepted: true } }),
  ),
  {
    id: 'integrations-paused',
    title: 'Paused',
    path,
    portfolio: small,
    change: keepOnly('porkbun', () => ({ status: 'IDLE', paused: true, nextSyncAt: null })),
    shows: 'Syncing is paused.',
  },
  {
    id: 'integrations-cooling-down',
    title: 'Synced a moment ago',
    path,
    portfolio: small,
    change: keepOnly('godaddy'),
    answers: {
      'POST /v1/integrations/*/sync': {
        ...toProblem(429, 'SYNC_TOO_SOON', ['Synced a moment ago', 'Wait a moment, then sync again.']),
        headers: { 'retry-after': '42' },
      },
    },
    steps: [{ click: 'Sync Now' }],
    shows: 'Sync again in',
  },
  {
    id: 'integrations-menu',
    title: 'Menu open',
    path,
    portfolio: small,
    steps: [{ click: 'More actions for GoDaddy (...akj1l)' }],
    shows: 'Rename label',
  },
  {
    id: 'integrations-rename',
    title: 'Rename',
    path,
    portfolio: small,
    steps: [{ click: 'More actions for GoDaddy (...akj1l)' }, { click: 'Rename label…' }],
    shows: 'Save',
  },
  {
    id: 'integrations-delete',
    title: 'Delete a small one',
    path,
    portfolio: small,
    steps: [{ click: 'More actions for GoDaddy (...akj1l)' }, { click: 'Delete integration…' }],
    shows: 'Delete GoDaddy (...akj1l)?',
  },
  {
    id: 'integrations-delete-large',
    title: 'Delete one with more than 50 domains',
    path,
    steps: [{ click: 'More actions for GoDaddy (...akj1l)' }, { click: 'Delete integration…' }],
    shows: 'Type akj1l to confirm',
  },
  {
    id: 'integrations-delete-failed',
    title: 'Delete did not work',
    path,
    portfolio: small,
    answers: { 'DELETE /v1/integrations/*': SERVER_ERROR },
    steps: [
      { click: 'More actions for GoDaddy (...akj1l)' },
      { click: 'Delete integration…' },
      { click: 'Delete integration' },
    ],
    shows: 'Something went wrong on our side. Nothing was changed.',
  },
  {
    id: 'integrations-deleted',
    title: 'Toast: deleted',
    path,
    portfolio: small,
    steps: [
      { click: 'More actions for GoDaddy (...akj1l)' },
      { click: 'Delete integration…' },
      { click: 'Delete integration' },
    ],
    shows: 'Integration deleted.',
  },
  {
    id: 'integrations-offline',
    title: 'Offline',
    path,
    portfolio: small,
    steps: [{ goes: 'offline' }],
    shows: 'You are offline.',
  },
  {
    id: 'integrations-long',
    title: 'Labels that are long, and from right to left',
    path,
    portfolio: small,
    change: (portfolio) =>
      changeAccount('client', () => ({ label: RIGHT_TO_LEFT }))(
        changeAccount('godaddy', () => ({ label: LONG_WORD }))(portfolio),
      ),
    shows: RIGHT_TO_LEFT,
  },
  {
    id: 'integrations-added',
    title: 'Just added',
    path: `${path}?added=${IDS.namecom}`,
    portfolio: small,
    change: changeAccount(
      'namecom',
      toSyncing('VALIDATE_API_ACCESS', { domainsListed: 0, domainsDone: 0, domainsTotal: null }),
    ),
    shows: 'You can leave this page; the sync continues.',
  },
];
