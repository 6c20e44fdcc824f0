import type { Integration, Registrar } from '../../api/types.gen.ts';

/** An integration with what its registrar is called. */
export interface NamedIntegration {
  readonly integration: Integration;
  /** Absent until the registrars are loaded. */
  readonly registrar: Registrar | undefined;
  readonly name: string;
}

/** Id of a card's element, to bring the focus to it. */
export function toCardId(integrationId: string): string {
  return `integration-${integrationId}`;
}

/** The characters of an id that a card shows, and that people type to confirm. */
export function toIdEnd(id: string): string {
  return id.slice(-5);
}

const RANKS: Readonly<Record<Integration['status'], number>> = { FAILED: 0, SYNCING: 1, SYNCED: 2, IDLE: 2 };

/** Names all, and orders them: one that was just added, what failed, what syncs, then by name and label. */
export function toNamed(
  integrations: readonly Integration[],
  registrars: readonly Registrar[] | undefined,
  added: string | undefined,
): readonly NamedIntegration[] {
  const toRank = ({ id, status }: Integration): number => (id === added ? -1 : RANKS[status]);
  return integrations
    .map((integration) => {
      const registrar = registrars?.find(({ id }) => id === integration.registrar);
      return { integration, registrar, name: registrar?.name ?? integration.registrar };
    })
    .toSorted(
      (one, other) =>
        toRank(one.integration) - toRank(other.integration) ||
        one.name.localeCompare(other.name, 'en') ||
        (one.integration.label ?? '').localeCompare(other.integration.label ?? '', 'en'),
    );
}
