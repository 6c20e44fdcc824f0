import type { RegistrarProfile } from '#core/registrar.ts';

/** What Name.com is and can do, apart from its calls. */
export const namecomProfile = {
  id: 'namecom',
  name: 'Name.com',
  tagline: 'Domains made simple',
  environments: [
    { id: 'production', label: 'Production', origins: { api: 'https://api.name.com' } },
    { id: 'sandbox', label: 'Sandbox', origins: { api: 'https://api.dev.name.com' } },
  ],
  credentialFields: [
    {
      name: 'username',
      label: 'Username',
      secret: false,
      required: true,
      hint: 'The user name that you sign in with. In the sandbox it ends with -test.',
    },
    {
      name: 'apiToken',
      label: 'API Token',
      secret: true,
      required: true,
      hint: 'Keep a copy when you create it: it is never shown again here. The sandbox has a token of its own.',
    },
  ],
  prerequisites: [
    'Sign in at name.com and open Account Settings, then API Tokens.',
    'Create a token, and copy it together with the user name that stands beside it.',
    'If you use two-step verification, switch on API access in the security settings: tokens are refused without it.',
    'Leave the list of allowed addresses empty, because calls come from changing ones.',
  ],
  links: [
    { label: 'Create an API token', url: 'https://www.name.com/account/settings/api' },
    { label: 'API documentation', url: 'https://docs.name.com' },
  ],
  capabilities: {
    nameServersInListing: true,
    privacy: true,
    transferLock: true,
    autoRenew: true,
    expiryPrecision: 'INSTANT',
    recordTypes: ['A', 'AAAA', 'ANAME', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'],
    notes: [
      'No statuses: whether a name has expired is told by its date.',
      'Names vanish from the listing about 25 days after they expired.',
      'The nameservers of a zone itself are not among its records.',
    ],
  },
  // For the account, all its tokens together. Verified 2026-11-23.
  limits: {
    windows: [
      { calls: 20, windowMs: 1_000 },
      { calls: 3_000, windowMs: 3_600_000 },
    ],
    keyedBy: 'credential',
    lanes: 1,
    inFlight: 16,
  },
  pageSize: 1_000,
  rangeSize: 300,
  limitSubject: ({ username = '' }) => username.toLowerCase(),
} as const satisfies RegistrarProfile;
