import type { RegistrarProfile } from '#core/registrar.ts';

/** What Gandi is and can do, apart from its calls. */
export const gandiProfile = {
  id: 'gandi',
  name: 'Gandi',
  tagline: 'Privacy-focused',
  environments: [
    {
      id: 'production',
      label: 'Production',
      origins: { api: 'https://api.gandi.net', identity: 'https://id.gandi.net' },
    },
    {
      id: 'sandbox',
      label: 'Sandbox',
      // That accounts of the sandbox live there is documented, that tokens are described there is not: `validate`
      // goes on without.
      origins: { api: 'https://api.sandbox.gandi.net', identity: 'https://id.sandbox.gandi.net' },
    },
  ],
  credentialFields: [
    {
      name: 'apiToken',
      label: 'API Token',
      secret: true,
      required: true,
      hint: 'A Personal Access Token. Gandi shows it only once, when you create it.',
    },
  ],
  prerequisites: [
    'Sign in at admin.gandi.net, open the organization that holds your domains, and choose Personal Access Token.',
    'Create a token and let it last as long as you may: it ends by itself (after a year at most), and you put a new one in here before that.',
    'Allow it "See and renew domain names" and "Manage domain name technical configurations", which covers reading DNS records.',
    'Leave it open to all domains of the organization, or choose those that you want to see here.',
    'Copy the token: it is shown only once. A token sees one organization; add an integration for each.',
  ],
  links: [
    { label: 'Create a Personal Access Token', url: 'https://admin.gandi.net/organizations/account/pat' },
    { label: 'How tokens work', url: 'https://api.gandi.net/docs/authentication/' },
    { label: 'API documentation', url: 'https://api.gandi.net/docs/' },
  ],
  capabilities: {
    nameServersInListing: false,
    privacy: false,
    transferLock: true,
    autoRenew: true,
    expiryPrecision: 'INSTANT',
    recordTypes: [
      'A',
      'AAAA',
      'ALIAS',
      'CAA',
      'CDS',
      'CNAME',
      'DNAME',
      'DS',
      'KEY',
      'LOC',
      'MX',
      'NAPTR',
      'NS',
      'OPENPGPKEY',
      'PTR',
      'RP',
      'SPF',
      'SRV',
      'SSHFP',
      'TLSA',
      'TXT',
      'WKS',
    ],
    notes: [
      'The listing says who serves a domain (LiveDNS or not), but does not name the nameservers.',
      'A token belongs to one organization, and it expires.',
      'Calls are counted by the address they come from, for all integrations of this deployment together.',
    ],
  },
  // 1,000 a minute by address, in four lanes. Verified 2026-11-23.
  limits: { windows: [{ calls: 250, windowMs: 60_000 }], keyedBy: 'deployment', lanes: 4, inFlight: 12 },
  pageSize: 100,
  rangeSize: 250,
  limitSubject: ({ apiToken = '' }) => apiToken,
} as const satisfies RegistrarProfile;
