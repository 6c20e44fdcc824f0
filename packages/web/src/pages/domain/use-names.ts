import { useIntegrations, useRegistrars } from '../../data/integrations.ts';
import type { Names } from '../../model/words.ts';

/** Names for people, "GoDaddy" and "GoDaddy, client A (...akj1l)"; the id itself as long as they aren't known. */
export function useNames(): Names {
  const registrars = useRegistrars().data;
  const integrations = useIntegrations().data;
  const registrar = (id: string): string => registrars?.find((each) => each.id === id)?.name ?? id;
  return {
    registrar,
    integration: (id) => {
      const found = integrations?.find((each) => each.id === id);
      if (!found) return id;
      const name = registrar(found.registrar);
      return `${found.label === null ? name : `${name}, ${found.label}`} (${found.maskedId})`;
    },
  };
}
