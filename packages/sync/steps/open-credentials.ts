import { isSyncError, SupersededError, SyncError } from '#core/errors.ts';
import type { Integration } from '#core/integration.ts';
import type { RegistrarMessage } from '#core/payloads.ts';
import type { SealedCredentials } from '#core/ports/vault.ts';
import type { Credentials } from '#core/registrar.ts';
import type { Secret } from '#core/secret.ts';
import type { WorkerDeps } from './worker-deps.ts';

interface OpenedCredentials {
  readonly credentials: Secret<Credentials>;
  readonly openedVersion: number;
  /** Whether these are new credentials that wait to take the place of the current ones. */
  readonly provesCandidate: boolean;
}

/**
 * Opens the credentials that a step is to use. Those that are not what the integration says they are (of another
 * context, or older than the ones in force) are a security event: the audit tells.
 * @throws SupersededError where the credentials are gone · SyncError ENCRYPTION_UNAVAILABLE, CREDENTIALS_UNREADABLE
 */
export async function openCredentials(
  deps: Pick<WorkerDeps, 'credentials' | 'opener' | 'audit' | 'clock' | 'newId'>,
  { kind, runId }: Pick<RegistrarMessage, 'kind' | 'runId'>,
  integration: Integration,
): Promise<OpenedCredentials> {
  const stored = await deps.credentials.read(integration.id);
  if (stored === 'deleted' || stored === undefined) throw new SupersededError('the credentials are gone');
  const { tenantId, id: integrationId, registrar } = integration;
  const about = { tenantId, integrationId, atMs: deps.clock.now(), id: deps.newId(), runId };
  try {
    // Whoever added the integration broke off before it said that they are to stay.
    if (stored.isProvisional) await deps.credentials.keep(integrationId);
    const { sealed, provesCandidate } = choose(stored, kind, integration);
    const { version, ciphertext } = sealed;
    const credentials = await deps.opener.open(ciphertext, { tenantId, integrationId, registrar, version });
    if (kind === 'validate') await deps.audit.append({ ...about, action: 'CREDENTIALS_OPENED' });
    return { credentials, openedVersion: version, provesCandidate };
  } catch (error) {
    if (isSyncError(error) && error.code === 'CREDENTIALS_UNREADABLE') {
      await deps.audit.append({ ...about, action: 'CREDENTIALS_UNREADABLE' });
    }
    throw error;
  }
}

/**
 * `validate` proves the candidate where there is one. It also does where a delivery before it made the candidate the
 * current ones and died before it said so.
 */
function choose(
  stored: { readonly current: SealedCredentials | null; readonly candidate: SealedCredentials | null },
  kind: RegistrarMessage['kind'],
  { registrar, credentials: { candidateVersion, inForceVersion } }: Integration,
): { readonly sealed: SealedCredentials; readonly provesCandidate: boolean } {
  const isProving = kind === 'validate' && candidateVersion !== null;
  const candidate = [stored.candidate, stored.current].find((each) => each?.version === candidateVersion);
  if (isProving && candidate) return { sealed: candidate, provesCandidate: true };
  const { current } = stored;
  if (!current) throw new SyncError('CREDENTIALS_UNREADABLE', { registrar });
  // The ciphertext fits its own version, so that KMS would open it. Versions above are no sign: the run that proves
  // new credentials puts them in force before it writes their version here.
  if (current.version < (inForceVersion ?? 0))
    throw new SyncError('CREDENTIALS_UNREADABLE', { registrar, path: 'version' });
  return { sealed: current, provesCandidate: false };
}
