import type { Clock } from '#core/ports/clock.ts';
import type { Log } from '#core/ports/log.ts';
import type { RateBucketStore } from '#core/ports/rate-buckets.ts';
import type {
  AuditStore,
  DomainStore,
  IntegrationStore,
  RunStore,
  StatsStore,
  WorkStore,
  ZoneStore,
} from '#core/ports/stores.ts';
import type { CredentialStore, Opener } from '#core/ports/vault.ts';
import type { ParkingQueue, TaskTokens } from '#core/ports/workflow.ts';
import type { Credentials, RegistrarAccount, RegistrarAnswer, RegistrarProfile } from '#core/registrar.ts';
import type { EnvironmentId } from '#core/registrar-id.ts';
import type { Secret } from '#core/secret.ts';

/** The one registrar that a worker serves. */
export interface RegistrarGateway {
  readonly definition: Pick<RegistrarProfile, 'id' | 'limits' | 'pageSize' | 'rangeSize'>;
  /** Opens an account; every call passes through `around`, which decides when it is sent and sees how it ends. */
  open(
    environment: EnvironmentId,
    credentials: Secret<Credentials>,
    around: (send: () => Promise<RegistrarAnswer>) => Promise<RegistrarAnswer>,
  ): RegistrarAccount;
}

/** Everything that a registrar worker touches. */
export interface WorkerDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  /** Between 0 and 1, for jitter. */
  readonly random: () => number;
  readonly integrations: IntegrationStore;
  readonly runs: RunStore;
  readonly work: WorkStore;
  readonly domains: DomainStore;
  readonly zones: ZoneStore;
  readonly stats: StatsStore;
  readonly credentials: CredentialStore;
  readonly audit: AuditStore;
  readonly rateBuckets: RateBucketStore;
  readonly opener: Opener;
  readonly tokens: TaskTokens;
  readonly queue: ParkingQueue;
  readonly registrar: RegistrarGateway;
}
