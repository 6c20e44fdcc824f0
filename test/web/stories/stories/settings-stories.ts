import { SERVER_ERROR, type Story } from '../story.ts';

const path = '/settings';
const small = { count: 120 };

/** How the app looks, and what becomes of the data. */
export const SETTINGS_STORIES: readonly Story[] = [
  { id: 'settings', title: 'Settings', path, portfolio: small, shows: 'Export everything' },
  {
    id: 'settings-loading',
    title: 'Loading',
    path,
    portfolio: small,
    answers: { 'GET /v1/settings': 'never' },
    shows: 'Loading settings',
  },
  {
    id: 'settings-error',
    title: 'Not loaded',
    path,
    portfolio: small,
    answers: { 'GET /v1/settings': SERVER_ERROR },
    shows: 'Something went wrong on our side',
  },
  {
    id: 'settings-wrong',
    title: 'A threshold that is wrong',
    path,
    portfolio: small,
    steps: [{ fill: 'Expiring soon', with: '999' }, { click: 'Save' }],
    shows: 'Enter a whole number from 1 to 365.',
  },
  {
    id: 'settings-saved',
    title: 'Toast: saved',
    path,
    portfolio: small,
    steps: [{ fill: 'Expiring soon', with: '45' }, { click: 'Save' }],
    shows: 'Settings saved.',
  },
  {
    id: 'settings-not-saved',
    title: 'Toast: not saved',
    path,
    portfolio: small,
    answers: { 'PATCH /v1/settings': SERVER_ERROR },
    steps: [{ click: 'Save' }],
    shows: 'The settings were not saved.',
  },
  {
    id: 'settings-delete',
    title: 'Delete the account',
    path,
    portfolio: small,
    steps: [{ click: 'Delete account…' }],
    shows: 'Delete your account?',
  },
  {
    id: 'settings-delete-wrong',
    title: 'Delete the account: not confirmed',
    path,
    portfolio: small,
    steps: [
      { click: 'Delete account…' },
      { fill: 'Type “delete my account” to confirm', with: 'yes' },
      { click: 'Delete account' },
    ],
    shows: 'Type “delete my account” to confirm.',
  },
  {
    id: 'settings-offline',
    title: 'Offline',
    path,
    portfolio: small,
    steps: [{ goes: 'offline' }],
    shows: 'You are offline.',
  },
];
