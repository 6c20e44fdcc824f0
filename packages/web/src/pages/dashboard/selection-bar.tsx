import type { Integration } from '../../api/types.gen.ts';
import { useStartSync } from '../../data/integration-actions.ts';
import type { DomainRow } from '../../model/domain-row.ts';
import { countOf, formatCount } from '../../model/words.ts';
import { Button } from '../../ui/button.tsx';
import { toast } from '../../ui/toast.tsx';

/** What can be done with the ticked rows; nothing while none is. */
export function SelectionBar({
  rows,
  selected,
  integrations,
  onClear,
  onExport,
}: {
  readonly rows: readonly DomainRow[];
  readonly selected: ReadonlySet<string>;
  readonly integrations: readonly Integration[];
  readonly onClear: () => void;
  readonly onExport: (rows: readonly DomainRow[]) => void;
}) {
  const sync = useStartSync();
  if (selected.size === 0) return null;
  const chosen = rows.filter(({ id }) => selected.has(id));
  const copyNames = async (): Promise<void> => {
    await navigator.clipboard.writeText(chosen.map(({ domain }) => domain.name).join('\n'));
    toast(`${countOf(chosen.length, 'name')} copied.`);
  };
  const syncAll = (): void => {
    const ids = new Set(chosen.map(({ domain }) => domain.integrationId));
    for (const integration of integrations) {
      if (ids.has(integration.id) && integration.status !== 'SYNCING') sync.mutate(integration);
    }
  };
  return (
    <section
      aria-label="Selection"
      className="sticky top-2 z-10 mb-3 flex flex-wrap items-center gap-2 rounded-control border border-accent bg-accent-soft px-3 py-2"
    >
      <p className="grow text-sm font-medium" role="status">
        {formatCount(chosen.length)} selected
      </p>
      <Button small onClick={() => onExport(chosen)}>
        Export CSV
      </Button>
      <Button small onClick={() => void copyNames()}>
        Copy names
      </Button>
      <Button small onClick={syncAll}>
        Sync their integrations
      </Button>
      <Button small look="quiet" onClick={onClear}>
        Clear selection
      </Button>
    </section>
  );
}
