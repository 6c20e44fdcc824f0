import type { Answer, RunningSystem } from '#test/support/running-system.ts';
import { readCredentials } from './forms.ts';

type Credentials = Readonly<Record<string, string>>;

/** Credentials for an account of our own making; what they hold says that they are fake. */
const MAKERS: Readonly<Record<string, (id: string, number: number) => Credentials>> = {
  godaddy: (id, number) => ({
    apiKey: `fake-own-key-${id}`,
    apiSecret: `fake-own-secret-${id}`,
    customerId: String(800_000_000 + number),
  }),
  gandi: (id) => ({ apiToken: `fake-own-token-${id}`.padEnd(40, '0') }),
  namecom: (id) => ({ username: `fake-own-${id}`, apiToken: `fake-own-token-${id}`.padEnd(40, '0') }),
};

export interface OwnAccount {
  readonly registrar: 'godaddy' | 'gandi' | 'namecom';
  readonly id: string;
  readonly size: number;
  readonly seed?: number;
}

/** Gives a simulator an account of this size; gives its credentials. */
export async function makeAccount(
  system: RunningSystem,
  { registrar, id, size, seed = 40 }: OwnAccount,
): Promise<Credentials> {
  const credentials = MAKERS[registrar]?.(id, size) ?? {};
  await system.tell('PUT', `${registrar}/accounts/${id}`, { size, seed, credentials });
  return credentials;
}

/** Connects a simulator's account by the API, and waits for its sync; gives the integration. */
export async function connectByApi(
  system: RunningSystem,
  person: string,
  { registrar, id, label }: { readonly registrar: string; readonly id: string; readonly label?: string },
): Promise<Answer['body']> {
  const api = await system.person(person);
  const added = await api.post('/v1/integrations', {
    registrar,
    environment: 'simulator',
    credentials: await readCredentials(system, registrar, id),
    ...(label !== undefined && { label }),
  });
  if (added.status !== 201)
    throw new Error(`${registrar} ${id}: ${added.status} ${JSON.stringify(added.body)}`);
  return api.settled(added.body.id);
}
