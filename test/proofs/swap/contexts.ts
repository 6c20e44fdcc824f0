import type { SealContext } from '#core/ports/vault.ts';
import { REGISTRAR_IDS } from '#core/registrar-id.ts';

/** How many of each a set of contexts is made of; registrars at most five. */
export interface ContextForm {
  readonly tenants: number;
  readonly integrations: number;
  readonly registrars: number;
  readonly versions: number;
}

/** The parts of a context; the vault's own names for them in KMS. */
export const FIELDS = ['tenant', 'integration', 'registrar', 'version'] as const;
export type Field = (typeof FIELDS)[number];

/**
 * Each with each: so that for every context there are others that differ from it in one part alone. Real ids are
 * random, and never agree between tenants; here they do, or a part that isn't bound wouldn't show.
 */
export function toContexts(form: ContextForm): SealContext[] {
  const count = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
  return count(form.tenants).flatMap((tenant) =>
    count(form.integrations).flatMap((integration) =>
      REGISTRAR_IDS.slice(0, form.registrars).flatMap((registrar) =>
        count(form.versions).map((version) => ({
          tenantId: `tenant${tenant}`,
          integrationId: `integration${integration}`,
          registrar,
          version,
        })),
      ),
    ),
  );
}

/** Credentials of a context; they say that they are fake, and whose they are. */
export function toFakeCredentials({ tenantId, integrationId, registrar, version }: SealContext) {
  return { apiKey: `fake-key-of-${tenantId}-${integrationId}-${registrar}-${version}` };
}
