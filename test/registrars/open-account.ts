import { onTestFinished } from 'vitest';
import type { AccountDeps, Credentials, RegistrarAccount, RegistrarDefinition } from '#core/registrar.ts';
import { toSecret } from '#core/secret.ts';
import { createHttpClient } from '#registrars/http.ts';
import { guardReadOnly } from '#registrars/read-only.ts';
import { type ScriptedCall, startScriptedServer } from '#test/support/scripted-server.ts';

/** Where and when a test's account lives. */
export interface AccountPlace {
  readonly origin: string;
  readonly egressAddress?: string | null;
  readonly now?: () => number;
}

/** The three calls of an account. */
export const ACCOUNT_CALLS: readonly [string, (account: RegistrarAccount) => Promise<unknown>][] = [
  ['validate', (account) => account.validate()],
  ['listPage', (account) => account.listPage(null)],
  ['readZone', (account) => account.readZone({ name: 'example.com', zone: 'HERE' })],
];

/** Credentials of a registrar's form, each saying that it is fake. */
export function makeFakeCredentials({ credentialFields }: RegistrarDefinition): Credentials {
  return Object.fromEntries(credentialFields.map(({ name }) => [name, `fake-${name}-1`]));
}

/** An account whose calls are answered by `send`, without a socket. */
export function openOver(
  definition: RegistrarDefinition,
  credentials: Credentials,
  send: AccountDeps['send'],
): RegistrarAccount {
  return definition.open(toSecret(credentials), {
    send,
    origins: { api: 'https://api.example.com', identity: 'https://id.example.com' },
    egressAddress: '198.51.100.7',
    now: () => 0,
  });
}

/** When tests take place that don't say otherwise. */
export const TEST_NOW_MS = Date.parse('2026-11-23T12:00:00.000Z');

/** An account behind the real HTTP client and the guard against writing calls; both go when the test ends. */
function openAccount(
  definition: RegistrarDefinition,
  credentials: Credentials,
  place: AccountPlace,
): RegistrarAccount {
  const client = createHttpClient({ allowedOrigins: [place.origin], allowLoopbackHttp: true });
  onTestFinished(() => client.close());
  const deps: AccountDeps = {
    send: guardReadOnly(definition, client.send),
    origins: { api: place.origin, identity: place.origin },
    egressAddress: place.egressAddress ?? null,
    now: place.now ?? (() => TEST_NOW_MS),
  };
  return definition.open(toSecret(credentials), deps);
}

/** Runs `use` with an account whose registrar follows a script, and checks that the script was kept. */
export async function withScript<T>(
  definition: RegistrarDefinition,
  credentials: Credentials,
  script: readonly ScriptedCall[],
  use: (account: RegistrarAccount) => Promise<T>,
  place: Omit<AccountPlace, 'origin'> = {},
): Promise<T> {
  const server = await startScriptedServer(script);
  try {
    const result = await use(openAccount(definition, credentials, { origin: server.origin, ...place }));
    server.verify();
    return result;
  } catch (error) {
    // A call that was not as scripted explains the failure better than what it led to.
    server.verify();
    throw error;
  } finally {
    await server.close();
  }
}
