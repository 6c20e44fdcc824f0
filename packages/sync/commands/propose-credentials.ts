import type { Integration } from '#core/integration.ts';
import type { Credentials } from '#core/registrar.ts';
import type { Secret } from '#core/secret.ts';
import type { IntakeDeps } from './command-deps.ts';
import { toLimitKey } from './limit-key.ts';

/** How often a proposal is made anew where another one came between. */
const PROPOSAL_ATTEMPTS = 5;

/**
 * Reserves the next version on the integration, then puts the ciphertext of that version beside the current one: two
 * proposals at once never mix, the later version wins.
 */
export async function proposeCredentials(
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
