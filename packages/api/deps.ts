import type { SyncCode } from '#core/errors.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { IntegrationCommands } from '#core/ports/commands.ts';
import type { Log } from '#core/ports/log.ts';
import type {
  AuditStore,
  DomainStore,
  IdempotencyStore,
  IntegrationStore,
  RunStore,
  StatsStore,
  TenantStore,
  ZoneStore,
} from '#core/ports/stores.ts';
import type { Fingerprinter } from '#core/ports/vault.ts';
import type { RegistrarProfile } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';

/** An account of a simulator with credentials that work there and nowhere else. */
export interface DemoAccount {
  readonly label: string;
  readonly accountId: string;
  readonly domains: number;
  /** What a sync of it comes to: `SYNCED` or a code. */
  readonly expect: 'SYNCED' | SyncCode;
  readonly credentials: Readonly<Record<string, string>>;
}

/** What both apps need. */
export interface CommonDeps {
  readonly stores: {
    readonly integrations: Pick<IntegrationStore, 'get' | 'list'>;
    readonly runs: Pick<RunStore, 'get' | 'list'>;
    readonly domains: Pick<DomainStore, 'get' | 'listByName' | 'listByExpiry'>;
    readonly zones: Pick<ZoneStore, 'get'>;
    readonly stats: Pick<StatsStore, 'list'>;
    readonly tenants: Pick<TenantStore, 'settings' | 'putSettings'>;
    readonly audit: AuditStore;
    readonly idempotency: IdempotencyStore;
  };
  readonly registrars: Readonly<Record<RegistrarId, RegistrarProfile>>;
  readonly fingerprinter: Fingerprinter;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly log: Log;
  /** IPv4 addresses from which Namecheap is called; empty where its egress is off. */
  readonly egressAddresses: readonly string[];
  /** The client that access tokens must have been issued to. */
  readonly clientId: string;
  /** The local run only. */
  readonly simulators?: { accounts(registrar: RegistrarId): Promise<readonly DemoAccount[]> };
}

/** For the app that needs no credential. */
export interface ApiDeps extends CommonDeps {
  readonly commands: Pick<IntegrationCommands, 'requestSync' | 'change' | 'acceptListing'>;
}

/** For the app that takes credentials in and away. */
export interface IntakeApiDeps extends CommonDeps {
  readonly commands: Pick<IntegrationCommands, 'add' | 'replaceCredentials' | 'remove' | 'removeAccount'>;
}
