import type { RegistrarProfile } from '#core/registrar.ts';

/** What GoDaddy is and can do, apart from its calls. */
export const godaddyProfile = {
  id: 'godaddy',
  name: 'GoDaddy',
  tagline: "World's largest registrar",
  environments: [
    { id: 'production', label: 'Production', origins: { api: 'https://api.godaddy.com' } },
    { id: 'sandbox', label: 'Sandbox (OTE)', origins: { api: 'https://api.ote-godaddy.com' } },
  ],
  credentialFields: [
    {
      name: 'apiKey',
      label: 'API Key',
      secret: false,
      required: true,
      hint: 'From the developer portal. A key works in one environment only: Production or OTE.',
    },
    {
      name: 'apiSecret',
      label: 'API Secret',
      secret: true,
      required: true,
      hint: 'GoDaddy shows it only once, when the key is created.',
    },
    {
      name: 'customerId',
      label: 'Customer ID',
      secret: false,
      required: true,
      hint: 'Your customer or shopper number, shown in the account menu when you are signed in.',
    },
  ],
  prerequisites: [
    'Check that the account has 10 or more domains, or the Discount Domain Club Premier plan: GoDaddy opens its API to no others.',
    'Sign in at developer.godaddy.com and open API Keys.',
    'Create a key for the Production environment; an OTE key only reads the test environment.',
    'Copy the key and its secret at once: the secret is shown only once.',
    'Find your customer number in the account menu at godaddy.com.',
  ],
  links: [
    { label: 'GoDaddy API keys', url: 'https://developer.godaddy.com/keys' },
    { label: 'GoDaddy API: getting started', url: 'https://developer.godaddy.com/getstarted' },
  ],
  capabilities: {
    nameServersInListing: true,
    privacy: true,
    transferLock: true,
    autoRenew: true,
    expiryPrecision: 'INSTANT',
    recordTypes: ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT'],
    notes: [
      'Domains that only use GoDaddy for DNS are listed too, without dates.',
      'A parked domain has a placeholder instead of an address.',
    ],
  },
  // Documented once per endpoint and once per credential: the stricter reading. Verified 2026-11-23.
  limits: { windows: [{ calls: 60, windowMs: 60_000 }], keyedBy: 'credential', lanes: 1, inFlight: 12 },
  pageSize: 1_000,
  rangeSize: 60,
  limitSubject: ({ apiKey = '' }) => apiKey,
} as const satisfies RegistrarProfile;
