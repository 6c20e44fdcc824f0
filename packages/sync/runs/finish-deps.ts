import type { Clock } from '#core/ports/clock.ts';
import type { Log } from '#core/ports/log.ts';
import type {
  AuditStore,
  DomainStore,
  IntegrationStore,
  RunStore,
  StatsStore,
  TenantStore,
  WorkStore,
} from '#core/ports/stores.ts';
import type { Workflow } from '#core/ports/workflow.ts';

/** Everything that ending a run touches. */
export interface FinishDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly integrations: IntegrationStore;
  readonly runs: RunStore;
  readonly work: WorkStore;
  readonly domains: DomainStore;
  readonly stats: StatsStore;
  readonly tenants: TenantStore;
  readonly audit: AuditStore;
  readonly workflow: Workflow;
}
