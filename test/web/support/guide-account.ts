import type { RunningSystem } from '#test/support/running-system.ts';

const DAY_MS = 86_400_000;

/** Gives GoDaddy's simulator the account `guide`, whose card is the one of the guide: 12 domains, 2 expiring soon. */
export async function makeGuideAccount(system: RunningSystem): Promise<void> {
  const path = 'godaddy/accounts/guide';
  const credentials = {
    apiKey: 'fake-guide-api-key',
    apiSecret: 'fake-guide-api-secret',
    customerId: '700700',
  };
  await system.tell('PUT', path, { size: 12, seed: 3, credentials });
  const { domains } = await system.truth('godaddy', 'guide');
  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const facts = domains.map(({ name }: { name: string }, index: number) => {
    const days = [3, 29][index] ?? 20 + index * 10;
    const expiresAt = new Date(today + days * DAY_MS + DAY_MS - 1_000).toISOString();
    return [name, { expiresAt, registeredHere: true, rawStatuses: ['ACTIVE'] }];
  });
  await system.tell('PUT', path, { domains: Object.fromEntries(facts) });
}
