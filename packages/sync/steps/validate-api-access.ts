import type { DomainRegistration } from '#core/domain.ts';
import { isSyncError } from '#core/errors.ts';
import { toIso } from '#core/ports/clock.ts';
import { mergeListing } from './merge-listing.ts';
import type { StepContext } from './step-context.ts';

/**
 * First step of a run: proves by authenticated calls that the credentials work. New credentials that wait beside the
 * current ones are proven here, and only then take their place; refused ones are dropped and the current stay.
 */
export async function validateApiAccess(context: StepContext): Promise<Record<string, never>> {
  const { deps, integration, account, memory, provesCandidate } = context;
  const { candidateVersion } = integration.credentials;
  let firstDomains: readonly DomainRegistration[] = [];
  try {
    const validation = await account.validate();
    firstDomains = validation.firstDomains ?? [];
    memory.notices = [...validation.notices];
    memory.credentialsExpireAt = validation.credentialsExpireAt;
  } catch (error) {
    if (provesCandidate && candidateVersion !== null && isSyncError(error) && error.isRefusal) {
      await deps.credentials.discard(integration.id, candidateVersion);
      await dropCandidate(context);
      memory.candidateRefused = true;
    }
    throw error;
  }
  if (candidateVersion !== null) {
    await (provesCandidate ? adoptCandidate(context, candidateVersion) : dropCandidate(context));
  } else if (integration.credentials.inForceVersion === null) {
    await rememberInForce(context);
  }
  // Who connects an account waits for its names; later they are known, and the listing brings what changed.
  if (integration.lastListedAt === null) await mergeListing(context, firstDomains);
  return {};
}

/** The proven candidate takes the place of the current credentials: first the ciphertext, then what is known of it. */
async function adoptCandidate({ deps, fence, integration }: StepContext, version: number): Promise<void> {
  await deps.credentials.promote(integration.id, version);
  const updatedAt = toIso(deps.clock.now());
  await deps.integrations.patchRunning(fence, {
    limitKey: integration.credentials.candidateLimitKey ?? integration.limitKey,
    credentials: {
      version,
      inForceVersion: version,
      updatedAt,
      expiresAt: null,
      candidateVersion: null,
      candidateLimitKey: null,
    },
  });
}

/** Forgets a candidate that was refused, or whose ciphertext was never stored (the request for it broke off). */
async function dropCandidate({ deps, fence, integration }: StepContext): Promise<void> {
  const credentials = { ...integration.credentials, candidateVersion: null, candidateLimitKey: null };
  await deps.integrations.patchRunning(fence, { credentials });
}

/** A row from before this was kept learns which credentials are in force from the first that are proven. */
async function rememberInForce({ deps, fence, integration, openedVersion }: StepContext): Promise<void> {
  const credentials = { ...integration.credentials, inForceVersion: openedVersion };
  await deps.integrations.patchRunning(fence, { credentials });
}
