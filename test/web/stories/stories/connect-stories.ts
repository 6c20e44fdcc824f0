import { SERVER_ERROR, type Step, type Story, toProblem } from '../story.ts';
import { type Change, IDS } from './portfolios.ts';

const path = '/integrations/new';
const filled: readonly Step[] = [
  { fill: 'API Key', with: 'fake-key-1' },
  { fill: 'API Secret', with: 'fake-secret-1' },
  { fill: 'Customer ID', with: '12345678' },
];

function form(registrar: string, shows: string): Story {
  return {
    id: `connect-${registrar}`,
    title: `The form of ${registrar}`,
    path: `${path}/${registrar}`,
    shows,
  };
}

/** Accounts of the simulators, as a run on one machine offers them. All credentials are fake. */
const withDemoAccounts: Change = (portfolio) => ({
  ...portfolio,
  registrars: portfolio.registrars.map((registrar) => ({
    ...registrar,
    environments: [
      ...registrar.environments,
      {
        id: 'simulator' as const,
        label: 'Simulator',
        demoCredentials: [
          {
            label: 'Studio Nord',
            accountId: 'studio-nord',
            domains: 34,
            expect: 'SYNCED' as const,
            credentials: { apiKey: 'fake-key-2', apiSecret: 'fake-secret-2', customerId: '87654321' },
          },
          {
            label: 'Revoked key',
            accountId: 'revoked',
            domains: 0,
            expect: 'INVALID_CREDENTIALS' as const,
            credentials: { apiKey: 'fake-key-3', apiSecret: 'fake-secret-3', customerId: '1' },
          },
        ],
      },
    ],
  })),
});

/** Connecting an account, and giving one new credentials. */
export const CONNECT_STORIES: readonly Story[] = [
  { id: 'picker', title: 'Choose a registrar', path, shows: 'Choose your registrar' },
  {
    id: 'picker-loading',
    title: 'Choose a registrar: loading',
    path,
    answers: { 'GET /v1/registrars': 'never' },
    shows: 'Loading registrars',
  },
  {
    id: 'picker-error',
    title: 'Choose a registrar: not loaded',
    path,
    answers: { 'GET /v1/registrars': SERVER_ERROR },
    shows: 'Something went wrong on our side',
  },
  form('godaddy', 'Connect GoDaddy'),
  form('namecheap', 'Add this address to your allow-list:'),
  form('gandi', 'Connect Gandi'),
  form('porkbun', 'Connect Porkbun'),
  form('namecom', 'Connect Name.com'),
  {
    id: 'connect-no-address',
    title: 'Namecheap, where there is no fixed address',
    path: `${path}/namecheap`,
    change: (portfolio) => ({
      ...portfolio,
      registrars: portfolio.registrars.map(({ egressAddresses: _addresses, ...registrar }) => registrar),
    }),
    shows: 'The operator of this deployment must switch on a fixed address first',
  },
  {
    id: 'connect-wrong',
    title: 'Fields that are wrong',
    path: `${path}/godaddy`,
    steps: [{ fill: 'API Key', with: 'fake key' }, { click: 'Add Integration' }],
    shows: '3 fields need your attention.',
  },
  {
    id: 'connect-refused',
    title: 'A field that the API refuses',
    path: `${path}/godaddy`,
    answers: {
      'POST /v1/integrations': toProblem(
        400,
        'INVALID_REQUEST',
        ['The request is not valid', 'A field is wrong.'],
        {
          errors: [
            {
              pointer: '/credentials/customerId',
              code: 'INVALID',
              detail: 'Customer ID does not look like one.',
            },
          ],
        },
      ),
    },
    steps: [...filled, { click: 'Add Integration' }],
    shows: 'Customer ID does not look like one.',
  },
  {
    id: 'connect-busy',
    title: 'Being sent',
    path: `${path}/godaddy`,
    answers: { 'POST /v1/integrations': 'never' },
    steps: [...filled, { click: 'Add Integration' }],
    shows: 'Checking',
  },
  {
    id: 'connect-duplicate',
    title: 'Connected already',
    path: `${path}/godaddy`,
    answers: {
      'POST /v1/integrations': toProblem(
        409,
        'ALREADY_CONNECTED',
        ['Already connected', 'This account is connected already.'],
        { integrationId: IDS.godaddy },
      ),
    },
    steps: [...filled, { click: 'Add Integration' }],
    shows: 'This account is already connected as ...akj1l.',
  },
  {
    id: 'connect-too-many',
    title: 'Too many requests',
    path: `${path}/godaddy`,
    answers: {
      'POST /v1/integrations': {
        status: 429,
        headers: { 'retry-after': '42' },
        body: { message: 'Too Many Requests' },
      },
    },
    steps: [...filled, { click: 'Add Integration' }],
    shows: 'Wait a moment, then try again.',
  },
  {
    id: 'connect-discard',
    title: 'Left with something typed',
    path: `${path}/godaddy`,
    steps: [...filled, { click: 'All registrars' }],
    shows: 'Discard what you typed?',
  },
  {
    id: 'connect-demo',
    title: 'Demo accounts, on one machine',
    path: `${path}/godaddy`,
    isLocal: true,
    change: withDemoAccounts,
    steps: [{ click: 'SimulatorDemo accounts, nothing real' }],
    shows: 'Fails: invalid credentials',
  },
  {
    id: 'connect-unknown',
    title: 'No such registrar',
    path: `${path}/nobody`,
    shows: 'There is no such registrar',
  },
  {
    id: 'credentials',
    title: 'Update credentials',
    path: `/integrations/${IDS.godaddy}/credentials`,
    shows: 'The old credentials stay until the new ones were accepted.',
  },
  {
    id: 'credentials-unknown',
    title: 'Update credentials of nothing',
    path: '/integrations/none/credentials',
    shows: 'There is no such integration',
  },
];
