import { createWholeApi } from '#api/app.ts';
import type { ApiDeps, DemoAccount, IntakeApiDeps } from '#api/deps.ts';
import type { ApiEvent } from '#api/principal.ts';
import { newId, toTenantId } from '#core/ids.ts';
import type { LogFields } from '#core/ports/log.ts';
import { REGISTRARS } from '#registrars/index.ts';
import { createIntakeCommands } from '#sync/commands/intake-commands.ts';
import { createPlainCommands } from '#sync/commands/plain-commands.ts';
import { createMemoryStores, TEST_NOW_MS } from './stores.ts';
import { createMemoryVault } from './vault.ts';

export const ISSUER = 'https://issuer.example';
export const CLIENT_ID = 'web-app';

/** Claims as the gateway hands them over: all of them texts. */
export type Claims = Readonly<Record<string, unknown>>;

export interface MemoryApiOptions {
  readonly egressAddresses?: readonly string[];
  readonly demoAccounts?: readonly DemoAccount[];
  /** Replaces commands, to see what the API asks of them or to let them answer what a test wants. */
  readonly commands?: Partial<ApiDeps['commands'] & IntakeApiDeps['commands']>;
  readonly stores?: (stores: ApiDeps['stores']) => ApiDeps['stores'];
}

export function tenantOf(user: string): string {
  return toTenantId(ISSUER, user);
}

export function toClaims(user: string, nowMs: number): Claims {
  return {
    iss: ISSUER,
    sub: user,
    client_id: CLIENT_ID,
    token_use: 'access',
    exp: String(Math.floor(nowMs / 1000) + 3600),
  };
}

/** A token whose form is what counts here: signature and claims were the gateway's to check. */
export function toToken(
  header: unknown = { alg: 'RS256', kid: 'k1' },
  claims: unknown = { sub: 'alice' },
): string {
  return [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
    .concat('.c2ln');
}

/** The whole API over stores in memory with the real commands, started runs apart: nothing works on them. */
export function createMemoryApi(options: MemoryApiOptions = {}) {
  let nowMs = TEST_NOW_MS;
  const clock = { now: () => nowMs, sleep: async () => undefined };
  const stores = createMemoryStores(clock);
  const vault = createMemoryVault();
  const logged: (LogFields & { readonly event: string })[] = [];
  const note = (event: string, fields: LogFields = {}) => {
    logged.push({ event, ...fields });
  };
  const log = { info: () => undefined, warn: note, error: note };
  const started: string[] = [];
  const workflow = {
    start: async (name: string) => {
      started.push(name);
    },
    stop: async () => undefined,
    status: async () => 'running' as const,
  };
  const shared = { ...stores, clock, log, workflow };
  const intake = createIntakeCommands({
    ...shared,
    sealer: vault,
    fingerprinter: vault,
    limitSubject: (registrar, credentials) => REGISTRARS[registrar].limitSubject(credentials),
  });
  const { demoAccounts } = options;
  const app = createWholeApi({
    stores: options.stores?.(stores) ?? stores,
    commands: { ...createPlainCommands(shared), ...intake, ...options.commands },
    registrars: REGISTRARS,
    fingerprinter: vault,
    clock,
    newId,
    log,
    egressAddresses: options.egressAddresses ?? ['203.0.113.7'],
    clientId: CLIENT_ID,
    ...(demoAccounts && { simulators: { accounts: async () => demoAccounts } }),
  });

  /** Sends a request with an event of one's own making. */
  async function send(path: string, init: RequestInit, event: ApiEvent | undefined): Promise<Response> {
    return app.request(path, init, { ...(event && { event }) });
  }

  return {
    app,
    stores,
    vault,
    logged,
    started,
    send,
    /** Moves time on. */
    pass(ms: number) {
      nowMs += ms;
    },
    now: () => nowMs,
  };
}
