import type { RegistrarJson } from '#api/schemas/registrar.ts';

/** The five registrars, with the guide's names, taglines and labels; the help is made up. */
export function makeRegistrars(): RegistrarJson[] {
  return [
    make('godaddy', 'GoDaddy', "World's largest registrar", [
      field('apiKey', 'API Key', 'A key works in one environment only: Production or OTE.'),
      secret('apiSecret', 'API Secret', 'GoDaddy shows it only once, when the key is created.'),
      field('customerId', 'Customer ID', 'Your customer or shopper number, shown in the account menu.'),
    ]),
    {
      ...make('namecheap', 'Namecheap', 'Competitive pricing', [
        field('username', 'Username', 'The user name of the account that the API key belongs to.'),
        secret('apiKey', 'API Key', 'From Profile, Tools, API Access.'),
      ]),
      egressAddresses: ['203.0.113.7'],
    },
    make('gandi', 'Gandi', 'Privacy-focused', [
      secret('apiToken', 'API Token', 'A Personal Access Token. Gandi shows it only once.'),
    ]),
    make('porkbun', 'Porkbun', 'Low prices, privacy included', [
      field('apiKey', 'API Key', 'Begins with pk1_.'),
      secret('secretApiKey', 'Secret API Key', 'Begins with sk1_. Porkbun shows it only once.'),
    ]),
    make('namecom', 'Name.com', 'Domains made simple', [
      field('username', 'Username', 'The user name that you sign in with.'),
      secret('apiToken', 'API Token', 'Keep a copy when you create it: it is never shown again here.'),
    ]),
  ];
}

type Field = RegistrarJson['credentialFields'][number];

function field(name: string, label: string, hint: string): Field {
  return { name, label, secret: false, required: true, hint };
}

function secret(name: string, label: string, hint: string): Field {
  return { ...field(name, label, hint), secret: true };
}

function make(
  id: RegistrarJson['id'],
  name: string,
  tagline: string,
  credentialFields: RegistrarJson['credentialFields'],
): RegistrarJson {
  return {
    id,
    name,
    tagline,
    environments: [
      { id: 'production', label: 'Production' },
      { id: 'sandbox', label: 'Sandbox' },
    ],
    credentialFields,
    prerequisites: [
      `Sign in at ${name} and open the page of its API keys.`,
      'Create a key that may read your domains and their DNS records.',
      'Copy it at once: the secret is shown only once.',
    ],
    links: [{ label: `${name} API keys`, url: `https://${id}.example/keys` }],
    capabilities: {
      nameServersInListing: id === 'godaddy' || id === 'namecom',
      privacy: id !== 'gandi',
      transferLock: id !== 'namecheap',
      autoRenew: true,
      expiryPrecision: id === 'namecheap' ? 'DAY' : 'INSTANT',
      recordTypes: ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'],
      notes: [],
    },
  };
}
