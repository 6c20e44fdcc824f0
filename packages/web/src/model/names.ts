import type { Integration, Registrar } from '../api/types.gen.ts';
import type { Names } from './words.ts';

/**
 * Names for people: an integration is its label, or its registrar with the last characters of its id. What isn't known
 * (yet) goes by its id.
 */
export function toNames(
  integrations: readonly Integration[] = [],
  registrars: readonly Registrar[] = [],
): Names {
  const registrarNames = new Map(registrars.map(({ id, name }) => [id as string, name]));
  const registrar = (id: string): string => registrarNames.get(id) ?? id;
  const integrationNames = new Map(
    integrations.map(({ id, label, maskedId, registrar: of }) => [
      id,
      label ?? `${registrar(of)} ${maskedId}`,
    ]),
  );
  return { registrar, integration: (id) => integrationNames.get(id) ?? id };
}
