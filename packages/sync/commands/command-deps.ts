import { newId } from '#core/ids.ts';
import type { AuditAction, AuditStore, IntegrationRef, TenantStore } from '#core/ports/stores.ts';
import type { Fingerprinter, Sealer } from '#core/ports/vault.ts';
import type { Credentials } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { StartDeps } from '../runs/start-run.ts';
import type { RemoveDeps } from './remove-integration.ts';

/** Everything that a person's command touches. */
export interface CommandDeps extends StartDeps {
  readonly tenants: TenantStore;
  readonly audit: AuditStore;
}

/** What only the function that takes credentials in can do. */
export interface IntakeDeps extends CommandDeps, RemoveDeps {
  readonly sealer: Sealer;
  readonly fingerprinter: Fingerprinter;
  /** What a registrar counts calls by, out of its credentials. */
  readonly limitSubject: (registrar: RegistrarId, credentials: Credentials) => string;
}

/** Writes down that a person changed something of an integration. */
export function audit(
  deps: CommandDeps,
  ref: IntegrationRef,
  action: AuditAction,
  runId?: string,
): Promise<void> {
  return deps.audit.append({ ...ref, action, atMs: deps.clock.now(), id: newId(), ...(runId && { runId }) });
}
