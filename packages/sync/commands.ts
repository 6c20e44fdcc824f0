import { newId } from '#core/ids.ts';
import type { Integration } from '#core/integration.ts';
import { toIso } from '#core/ports/clock.ts';
import type { AddRequest, IntegrationCommands } from '#core/ports/commands.ts';
import type { AuditAction, AuditStore, IntegrationRef, TenantStore } from '#core/ports/stores.ts';
import type { Fingerprinter, Sealer } from '#core/ports/vault.ts';
import type { Credentials } from '#core/registrar.ts';
import type { RegistrarId } from '#core/registrar-id.ts';
import type { Secret } from '#core/secret.ts';
import { type RemoveDeps, removeIntegration } from './remove-integration.ts';
import { type StartDeps, startRun } from './start-run.ts';

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

/** Refused validations that a tenant may cause in an hour before entering credentials is closed to it. */
const MAX_REFUSALS_PER_HOUR = 20;
const HOUR_MS = 3_600_000;

type IntakeCommands = Pick<IntegrationCommands, 'add' | 'replaceCredentials' | 'remove' | 'removeAccount'>;
type PlainCommands = Pick<IntegrationCommands, 'requestSync' | 'change' | 'acceptListing'>;

/** The commands that touch no credential. */
export function createCommands(deps: CommandDeps): PlainCommands {
  return {
    async requestSync(ref) {
      const start = await startRun(deps, ref, 'MANUAL');
      if (start.started) {
        await audit(deps, ref, 'SYNC_REQUESTED', start.run.runId);
        return { outcome: 'started', run: start.run };
      }
      if (start.why === 'running') return { outcome: 'running', runId: start.runId };
      if (start.why === 'tooSoon') return { outcome: 'tooSoon', retryAfterMs: start.retryAfterMs };
      return { outcome: 'gone' };
    },
    async change(ref, changes, revision) {
      const dueAtMs = changes.paused ? null : deps.clock.now();
      const due = changes.paused === undefined ? {} : { dueAtMs };
      const changed = await deps.integrations.patch(ref, { ...changes, ...due }, revision);
      if (typeof changed !== 'string') await audit(deps, ref, 'INTEGRATION_CHANGED');
      return changed;
    },
    async acceptListing(ref) {
      const integration = await deps.integrations.get(ref);
      if (!integration || integration.deleting) return 'gone';
      if (integration.held === null || integration.held.acceptedAt !== null) return integration;
      const changed = await deps.integrations.patch(ref, { heldAcceptedAt: toIso(deps.clock.now()) });
      if (typeof changed === 'string') return 'gone';
      await audit(deps, ref, 'LISTING_ACCEPTED');
      return changed;
    },
  };
}

/** The commands that take credentials in or away. */
export function createIntakeCommands(deps: IntakeDeps): IntakeCommands {
  return {
    async add(request) {
      const refused = await checkRefusals(deps, request.tenantId);
      if (refused) return refused;
      const limitKey = await toLimitKey(deps, request.registrar, request.credentials);
      const existing = await deps.integrations.list(request.tenantId);
      const twin = existing.find(
        (other) =>
          other.registrar === request.registrar &&
          other.environment === request.environment &&
          other.limitKey === limitKey &&
          other.id !== request.id,
      );
      if (twin && !request.allowDuplicate) return { outcome: 'connected', integrationId: twin.id };
      return addIntegration(deps, request, limitKey);
    },
    async replaceCredentials(ref, credentials, revision) {
      const integration = await deps.integrations.get(ref);
      if (!integration || integration.deleting) return { outcome: 'gone' };
      const refused = await checkRefusals(deps, ref.tenantId);
      if (refused) return refused;
      const proposed = await proposeCredentials(deps, integration, credentials, revision);
      if (proposed !== 'proposed') return { outcome: proposed };
      await audit(deps, ref, 'CREDENTIALS_REPLACED');
      const start = await startRun(deps, ref, 'CREDENTIALS_UPDATED');
      return start.started ? { outcome: 'accepted', ...start } : { outcome: 'gone' };
    },
    async remove(ref) {
      const outcome = await removeIntegration(deps, ref);
      if (outcome === 'removed') await audit(deps, ref, 'INTEGRATION_DELETED');
      return outcome;
    },
    async removeAccount(tenantId) {
      for (const { id } of await deps.integrations.list(tenantId)) {
        await removeIntegration(deps, { tenantId, integrationId: id });
      }
      await deps.tenants.deleteTenant(tenantId);
      await deps.audit.append({ tenantId, action: 'ACCOUNT_DELETED', atMs: deps.clock.now(), id: newId() });
    },
  };
}

/** Stores the ciphertext, then the integration, then starts its sync. A repeat with the same id goes on where it stopped. */
async function addIntegration(deps: IntakeDeps, request: AddRequest, limitKey: string) {
  const { tenantId, id, registrar, environment, label } = request;
  const ref = { tenantId, integrationId: id };
  const at = toIso(deps.clock.now());
  const integration: Integration = {
    id,
    tenantId,
    registrar,
    environment,
    label,
    limitKey,
    createdAt: at,
    epoch: 1,
    revision: 1,
    runId: null,
    runTrigger: null,
    leaseUntilMs: null,
    lastManualAtMs: null,
    lastAttemptAt: null,
    lastSyncedAt: null,
    lastListedAt: null,
    zonesReadAt: null,
    problem: null,
    notices: [],
    paused: false,
    refusals: 0,
    dueAtMs: deps.clock.now() + HOUR_MS,
    credentials: {
      version: 1,
      inForceVersion: 1,
      updatedAt: at,
      expiresAt: null,
      candidateVersion: null,
      candidateLimitKey: null,
    },
    held: null,
    zoneCursor: null,
    deleting: false,
    deletedAtMs: null,
  };
  const ciphertext = await deps.sealer.seal(request.credentials, { ...ref, registrar, version: 1 });
  await deps.credentials.create(id, { ciphertext, version: 1 });
  if (await deps.integrations.create(integration)) await audit(deps, ref, 'INTEGRATION_CREATED');
  await deps.credentials.keep(id);
  const start = await startRun(deps, ref, 'ADDED');
  if (start.started) return { outcome: 'added' as const, integration: start.integration, run: start.run };
  return repeatedAdd(deps, ref, integration);
}

/** The answer to an addition that an earlier, equal request carried out already. */
async function repeatedAdd(deps: IntakeDeps, ref: IntegrationRef, fallback: Integration) {
  const integration = (await deps.integrations.get(ref)) ?? fallback;
  const run =
    integration.runId === null ? undefined : await deps.runs.get(ref.integrationId, integration.runId);
  if (!run) throw new Error('an integration that runs has no run');
  return { outcome: 'added' as const, integration, run };
}

/** How often a proposal is made anew where another one came between. */
const PROPOSAL_ATTEMPTS = 5;

/**
 * Reserves the next version on the integration, then puts the ciphertext of that version beside the current one: two
 * proposals at once never mix, the later version wins.
 */
async function proposeCredentials(
  deps: IntakeDeps,
  integration: Integration,
  credentials: Secret<Credentials>,
  revision: number | undefined,
): Promise<'proposed' | 'conflict' | 'gone'> {
  const { tenantId, id: integrationId, registrar } = integration;
  const ref = { tenantId, integrationId };
  const limitKey = await toLimitKey(deps, registrar, credentials);
  let current: Integration | undefined = integration;
  for (let attempt = 0; attempt < PROPOSAL_ATTEMPTS && current && !current.deleting; attempt += 1) {
    const fromVersion = current.credentials.version;
    const version = fromVersion + 1;
    const ciphertext = await deps.sealer.seal(credentials, { ...ref, registrar, version });
    const changed = await deps.integrations.proposeCredentials(
      ref,
      { version, limitKey, fromVersion },
      revision,
    );
    if (changed === 'gone') return 'gone';
    if (changed !== 'conflict') {
      const stored = await deps.credentials.propose(integrationId, { ciphertext, version });
      return stored === 'deleted' ? 'gone' : 'proposed';
    }
    if (revision !== undefined) return 'conflict';
    current = await deps.integrations.get(ref);
  }
  return current && !current.deleting ? 'conflict' : 'gone';
}

function toLimitKey(
  deps: IntakeDeps,
  registrar: RegistrarId,
  credentials: Secret<Credentials>,
): Promise<string> {
  return deps.fingerprinter.fingerprint(
    'limit',
    `${registrar}\0${deps.limitSubject(registrar, credentials.reveal())}`,
  );
}

/** Entering credentials is closed for a while to a tenant whose credentials were refused 20 times within an hour. */
async function checkRefusals(deps: IntakeDeps, tenantId: string) {
  const nowMs = deps.clock.now();
  const refusals = await deps.tenants.refusalsSince(tenantId, nowMs - HOUR_MS);
  const oldest = refusals.at(-MAX_REFUSALS_PER_HOUR);
  if (oldest === undefined) return undefined;
  await deps.audit.append({ tenantId, action: 'TOO_MANY_ATTEMPTS', atMs: nowMs, id: newId() });
  return { outcome: 'tooManyRefusals' as const, retryAfterMs: oldest + HOUR_MS - nowMs };
}

function audit(deps: CommandDeps, ref: IntegrationRef, action: AuditAction, runId?: string): Promise<void> {
  return deps.audit.append({ ...ref, action, atMs: deps.clock.now(), id: newId(), ...(runId && { runId }) });
}
