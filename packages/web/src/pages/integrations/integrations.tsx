import { useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { Integration } from '../../api/types.gen.ts';
import { useIntegrations, useRegistrars } from '../../data/integrations.ts';
import { countOf } from '../../model/words.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { Ago } from '../../ui/time.tsx';
import { DeleteQuestion } from './delete-question.tsx';
import { IntegrationCard } from './integration-card.tsx';
import { type NamedIntegration, toCardId, toNamed } from './names.ts';
import { SyncAll } from './sync-all.tsx';

const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(20rem,100%),1fr))] items-start gap-4';

/** Every connected account: its state, its figures, and what can be done with it. */
export function Integrations() {
  const { added } = useSearch({ strict: false });
  const { data, error, isPending, refetch } = useIntegrations();
  const { data: registrars } = useRegistrars();
  const [toDelete, setToDelete] = useState<NamedIntegration | null>(null);
  const named = useMemo(() => toNamed(data ?? [], registrars, added), [data, registrars, added]);
  const isAddedHere = data?.some(({ id }) => id === added) ?? false;
  useEffect(() => {
    if (isAddedHere && added !== undefined) document.getElementById(toCardId(added))?.focus();
  }, [isAddedHere, added]);
  return (
    <Page
      title="Integrations"
      under={data && data.length > 0 ? <Overview integrations={data} /> : undefined}
      actions={
        data?.length !== 0 && (
          <>
            {data && <SyncAll integrations={data} />}
            <AddButton />
          </>
        )
      }
    >
      {isPending && <LoadingCards />}
      {!data && error && <RegionError error={error} onRetry={() => void refetch()} />}
      {data?.length === 0 && <NoIntegrations />}
      {named.length > 0 && (
        <ul className={GRID}>
          {named.map((each) => (
            <li key={each.integration.id} className="min-w-0">
              <IntegrationCard {...each} onDelete={() => setToDelete(each)} />
            </li>
          ))}
        </ul>
      )}
      {toDelete && (
        <DeleteQuestion
          key={toDelete.integration.id}
          {...toDelete}
          isGone={data !== undefined && !data.some(({ id }) => id === toDelete.integration.id)}
          onClose={() => setToDelete(null)}
        />
      )}
    </Page>
  );
}

function AddButton() {
  return (
    <ButtonLink
      to="/integrations/new"
      look="primary"
      icon={<Plus aria-hidden className="size-4" />}
      data-shortcut="n"
    >
      Add New Integration
    </ButtonLink>
  );
}

/** "5 integrations · 1,204 domains · last sync 3 hours ago". */
function Overview({ integrations }: { readonly integrations: readonly Integration[] }) {
  const domains = integrations.reduce((sum, { counts }) => sum + counts.total, 0);
  const last = integrations
    .flatMap(({ lastSyncedAt }) => lastSyncedAt ?? [])
    .sort()
    .at(-1);
  return (
    <p className="tabular-nums">
      {countOf(integrations.length, 'integration')} · {countOf(domains, 'domain')}
      {last !== undefined && (
        <>
          {' · last sync '}
          <Ago iso={last} />
        </>
      )}
    </p>
  );
}

function LoadingCards() {
  return (
    <Loading what="integrations">
      <div className={GRID}>
        {[1, 2, 3].map((each) => (
          <Skeleton key={each} className="h-96 rounded-card" />
        ))}
      </div>
    </Loading>
  );
}

function NoIntegrations() {
  return (
    <EmptyState
      title="No integrations yet"
      actions={
        <>
          <AddButton />
          <ButtonLink to="/help/$page" params={{ page: 'prerequisites' }} look="quiet">
            Which permissions do I need?
          </ButtonLink>
        </>
      }
    >
      Connect a registrar to see its domains here. Your credentials are encrypted before they are stored, and
      only read access is needed.
    </EmptyState>
  );
}
