import type { RegistrarProfile } from '#core/registrar.ts';

/** What Namecheap is and can do, apart from its calls. */
export const namecheapProfile = {
  id: 'namecheap',
  name: 'Namecheap',
  tagline: 'Competitive pricing',
  environments: [
    { id: 'production', label: 'Production', origins: { api: 'https://api.namecheap.com' } },
    { id: 'sandbox', label: 'Sandbox', origins: { api: 'https://api.sandbox.namecheap.com' } },
  ],
  credentialFields: [
    {
      name: 'username',
      label: 'Username',
      secret: false,
      required: true,
      hint: 'The user name of the account that the API key belongs to.',
    },
    {
      name: 'apiKey',
      label: 'API Key',
      secret: true,
      required: true,
      hint: 'From Profile, Tools, API Access. Keep a copy: it is never shown again here.',
    },
  ],
  prerequisites: [
    'Check that the account may use the API: 20 or more domains, a balance of $50, or $50 spent within two years.',
    'Sign in at namecheap.com, open Profile, then Tools, then API Access, and switch it on.',
    'Add the IPv4 address shown here to the allow-list; Namecheap refuses calls from every other address.',
    'Copy the API key and keep it in a safe place.',
  ],
  links: [
    { label: 'Namecheap API access', url: 'https://ap.www.namecheap.com/settings/tools/apiaccess/' },
    { label: 'Namecheap API: introduction', url: 'https://www.namecheap.com/support/api/intro/' },
  ],
  capabilities: {
    nameServersInListing: false,
    privacy: true,
    transferLock: false,
    autoRenew: true,
    expiryPrecision: 'DAY',
    recordTypes: ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'TXT'],
    notes: [
      'Dates are days without a time.',
      'The transfer lock is known only where it is on.',
      'SRV records and mail forwarding exist in the account, but the API does not return them.',
      'Its limits are low: a portfolio of more than 700 domains takes longer than an hour.',
    ],
  },
  // 20 a minute by its SDK, 50 by its FAQ: the stricter one. Verified 2026-11-23.
  limits: {
    windows: [
      { calls: 20, windowMs: 60_000 },
      { calls: 700, windowMs: 3_600_000 },
      { calls: 8_000, windowMs: 86_400_000 },
    ],
    keyedBy: 'credential',
    lanes: 1,
    inFlight: 4,
  },
  pageSize: 100,
  rangeSize: 200,
  limitSubject: ({ apiKey = '' }) => apiKey,
} as const satisfies RegistrarProfile;
