import type { RegistrarProfile } from '#core/registrar.ts';

const origins = { api: 'https://api.porkbun.com' };

/** What Porkbun is and can do, apart from its calls. */
export const porkbunProfile = {
  id: 'porkbun',
  name: 'Porkbun',
  tagline: 'Low prices, privacy included',
  environments: [
    { id: 'production', label: 'Production', origins },
    // Sandbox keys (pk1_sb_…) go to the same host.
    { id: 'sandbox', label: 'Sandbox', origins },
  ],
  credentialFields: [
    {
      name: 'apiKey',
      label: 'API Key',
      secret: false,
      required: true,
      hint: 'Begins with pk1_ (in the sandbox with pk1_sb_).',
    },
    {
      name: 'secretApiKey',
      label: 'Secret API Key',
      secret: true,
      required: true,
      hint: 'Begins with sk1_. Porkbun shows it only once, when you create the key.',
    },
  ],
  prerequisites: [
    'Sign in to Porkbun and open Account, then API Access.',
    'Enter a name for the key, click Create API Key, and copy both keys: the secret one is shown only once.',
    'Switch on API Access for your domains: for each one in its details under Domain Management, or for all at once with Opt In All Domains in the account settings.',
    'Do not limit the key to addresses, because calls come from changing ones; if you limit it to domains, choose all that you want to see here.',
  ],
  links: [
    { label: 'Create API keys', url: 'https://porkbun.com/account/api' },
    { label: 'Switch on API access for domains', url: 'https://porkbun.com/account/domainsSpeedy' },
    { label: 'API documentation', url: 'https://porkbun.com/api/json/v3/documentation' },
  ],
  capabilities: {
    nameServersInListing: false,
    privacy: true,
    transferLock: true,
    autoRenew: true,
    expiryPrecision: 'INSTANT',
    recordTypes: [
      'A',
      'AAAA',
      'ALIAS',
      'CAA',
      'CNAME',
      'HTTPS',
      'MX',
      'NS',
      'SRV',
      'SSHFP',
      'SVCB',
      'TLSA',
      'TXT',
    ],
    notes: [
      'Domains whose API Access is off are listed, but their nameservers and records cannot be read.',
      'Dates have no time zone and are taken for UTC.',
      'Nameservers are asked for domain by domain, together with the records.',
    ],
  },
  // No general limit is published: one call a second is what support tells clients, and what the gateway bears
  // (StackExchange/dnscontrol#3742). Verified 2026-11-23.
  limits: {
    windows: [{ calls: 1, windowMs: 1_000 }],
    keyedBy: 'credential',
    lanes: 1,
    inFlight: 1,
  },
  pageSize: 1_000,
  rangeSize: 30,
  limitSubject: ({ apiKey = '' }) => apiKey,
} as const satisfies RegistrarProfile;
