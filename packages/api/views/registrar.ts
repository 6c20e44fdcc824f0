import type { RegistrarProfile } from '#core/registrar.ts';
import type { DemoAccount } from '../deps.ts';
import type { RegistrarJson } from '../schemas/registrar.ts';

export interface RegistrarFacts {
  readonly egressAddresses: readonly string[];
  /** Undefined where there is no simulator (anywhere but on one machine). */
  readonly demoAccounts: readonly DemoAccount[] | undefined;
}

const NO_EGRESS =
  'This deployment has no fixed IPv4 address, and Namecheap takes calls from no other: its operator must switch one on first (namecheapEgress).';

/** A registrar as people choose it. */
export function toRegistrarJson(
  definition: RegistrarProfile,
  { egressAddresses, demoAccounts }: RegistrarFacts,
): RegistrarJson {
  const { id, name, tagline, environments, credentialFields, prerequisites, links, capabilities } =
    definition;
  const needsAddress = id === 'namecheap';
  const isBlocked = needsAddress && egressAddresses.length === 0;
  return {
    id,
    name,
    tagline,
    environments: [
      ...environments.map((environment) => ({ id: environment.id, label: environment.label })),
      ...(demoAccounts
        ? [{ id: 'simulator' as const, label: 'Simulator', demoCredentials: demoAccounts.map(toDemoJson) }]
        : []),
    ],
    credentialFields: credentialFields.map((field) => ({ ...field })),
    prerequisites: [...(isBlocked ? [NO_EGRESS] : []), ...prerequisites],
    links: links.map((link) => ({ ...link })),
    capabilities: {
      ...capabilities,
      recordTypes: [...capabilities.recordTypes],
      notes: [...capabilities.notes],
    },
    ...(needsAddress && { egressAddresses: [...egressAddresses] }),
  };
}

function toDemoJson({ label, accountId, domains, expect, credentials }: DemoAccount) {
  return { label, accountId, domains, expect, credentials: { ...credentials } };
}
