/** Keys of the cache. A shorter key covers what begins with it. */
export const KEYS = {
  registrars: ['registrars'],
  integrations: ['integrations'],
  runs: (id: string) => ['runs', id],
  domains: ['domains'],
  domain: (name: string) => ['domains', 'one', name],
  records: (name: string, integration: string) => ['records', name, integration],
  settings: ['settings'],
} as const;
