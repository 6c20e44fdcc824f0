import { useMemo } from 'react';
import type { Integration } from '../../api/types.gen.ts';
import { formatExact } from '../../model/dates.ts';
import type { DomainRow } from '../../model/domain-row.ts';
import { clearFilters, type DomainView } from '../../model/domain-view.ts';
import { toExpiringUnrenewed, toUnrenewedText } from '../../model/figures.ts';
import type { Names } from '../../model/words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/states.tsx';
import { useNow } from '../../ui/time.tsx';

interface Props {
  readonly rows: readonly DomainRow[];
  readonly integrations: readonly Integration[];
  readonly names: Names;
  readonly view: DomainView;
  readonly show: (view: DomainView) => void;
}

/** What a person has to look at, only while there is such a thing. */
export function Attention({ rows, integrations, names, view, show }: Props) {
  const now = useNow();
  const unrenewed = useMemo(() => toExpiringUnrenewed(rows, now), [rows, now]);
  const failed = integrations.filter(({ status }) => status === 'FAILED');
  const held = integrations.filter(({ notices }) => notices.some(({ code }) => code === 'LISTING_SHRANK'));
  if (unrenewed.length === 0 && failed.length === 0 && held.length === 0) return null;
  return (
    <section aria-label="Needs attention" className="flex flex-col gap-3">
      {unrenewed.length > 0 && (
        <Notice
          tone="warn"
          title={toUnrenewedText(unrenewed)}
          actions={
            <Button
              small
              onClick={() =>
                show({ ...clearFilters(view), expires: 7, autoRenew: ['off', 'unknown'], tab: 'domains' })
              }
            >
              Show
            </Button>
          }
        >
          Renew them at the registrar, or switch auto-renewal on there.
        </Notice>
      )}
      {failed.map((integration) => (
        <Notice
          key={integration.id}
          tone="bad"
          title={`${names.integration(integration.id)} could not be synced${toAge(integration)}`}
          actions={
            <ButtonLink small to="/integrations">
              See why
            </ButtonLink>
          }
        >
          {integration.problem?.detail}
        </Notice>
      ))}
      {held.map(({ id }) => (
        <Notice
          key={id}
          tone="warn"
          title={`The listing of ${names.integration(id)} shrank and is held`}
          actions={
            <ButtonLink small to="/integrations">
              Review
            </ButtonLink>
          }
        >
          Nothing was removed. Say whether the shorter list is right.
        </Notice>
      ))}
    </section>
  );
}

function toAge({ lastSyncedAt, counts: { total } }: Integration): string {
  if (lastSyncedAt === null) return '.';
  return `; its ${total.toLocaleString('en-US')} domains are from ${formatExact(lastSyncedAt, 'INSTANT')}.`;
}
