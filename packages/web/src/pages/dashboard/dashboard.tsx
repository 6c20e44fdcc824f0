import { Download, Link2 } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Integration, Registrar } from '../../api/types.gen.ts';
import { type Portfolio, usePortfolio } from '../../data/domains.ts';
import { useIntegrations, useRegistrars } from '../../data/integrations.ts';
import { toCsv, toCsvFileName } from '../../model/csv.ts';
import { toNames } from '../../model/names.ts';
import { selectDomains } from '../../model/select-domains.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { useNow } from '../../ui/time.tsx';
import { toast } from '../../ui/toast.tsx';
import { Attention } from './attention.tsx';
import { DomainTable } from './domain-table.tsx';
import { ExpiryPlot } from './expiry-plot.tsx';
import { Figures } from './figures.tsx';
import { FirstRun } from './first-run.tsx';
import { RegistrarComparison } from './registrar-comparison.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { Tabs } from './tabs.tsx';
import { Toolbar } from './toolbar.tsx';
import { useView } from './use-view.ts';

/** All domains of all integrations: what needs a look, when they expire, and the list. */
export function Dashboard() {
  const portfolio = usePortfolio();
  const { data: integrations } = useIntegrations();
  const { data: registrars } = useRegistrars();
  if (integrations?.length === 0) return <FirstRun />;
  const isSyncing = integrations?.some(({ status }) => status === 'SYNCING') ?? false;
  if (portfolio.data?.rows.length === 0 && isSyncing) return <FirstRun integrations={integrations ?? []} />;
  if (portfolio.data && integrations && registrars) {
    return <Loaded portfolio={portfolio.data} integrations={integrations} registrars={registrars} />;
  }
  return (
    <Page title="Dashboard">
      {portfolio.error ? (
        <RegionError error={portfolio.error} onRetry={() => void portfolio.refetch()} />
      ) : (
        <Loading what="domains">
          <Skeletons />
        </Loading>
      )}
    </Page>
  );
}

function Loaded({
  portfolio,
  integrations,
  registrars,
}: {
  readonly portfolio: Portfolio;
  readonly integrations: readonly Integration[];
  readonly registrars: readonly Registrar[];
}) {
  const [view, show] = useView();
  const now = useNow();
  // typing goes first: the rows follow as soon as there is time
  const shownView = useDeferredValue(view);
  const names = useMemo(() => toNames(integrations, registrars), [integrations, registrars]);
  const rows = useMemo(
    () => selectDomains(portfolio.rows, shownView, now, names.integration),
    [portfolio.rows, shownView, now, names],
  );
  const [selected, select] = useState<ReadonlySet<string>>(new Set());
  const exportRows = (chosen: typeof rows): void =>
    saveFile(toCsvFileName(Date.now()), 'text/csv;charset=utf-8', toCsv(chosen, names));
  const copyLink = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.href);
    toast('Link copied.');
  };
  return (
    <Page
      title="Dashboard"
      actions={
        <>
          <Button icon={<Link2 aria-hidden className="size-4" />} onClick={() => void copyLink()}>
            Copy link
          </Button>
          <Button
            data-shortcut="e"
            icon={<Download aria-hidden className="size-4" />}
            onClick={() => exportRows(rows)}
          >
            Export CSV
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <Attention rows={portfolio.rows} integrations={integrations} names={names} view={view} show={show} />
        <Figures rows={portfolio.rows} view={view} show={show} />
        <ExpiryPlot rows={portfolio.rows} view={view} show={show} />
        <section aria-label="Domains" className="min-w-0">
          <Tabs view={view} show={show} />
          {view.tab === 'registrars' ? (
            <RegistrarComparison rows={portfolio.rows} registrars={registrars} />
          ) : (
            <>
              <Toolbar
                view={view}
                show={show}
                rows={portfolio.rows}
                found={rows.length}
                isComplete={portfolio.isComplete}
                names={names}
              />
              <SelectionBar
                rows={rows}
                selected={selected}
                onClear={() => select(new Set())}
                onExport={exportRows}
                integrations={integrations}
              />
              <DomainTable
                rows={rows}
                view={view}
                show={show}
                names={names}
                selected={selected}
                onSelect={select}
              />
            </>
          )}
        </section>
      </div>
    </Page>
  );
}

function Skeletons() {
  return (
    <div className="flex flex-col gap-6">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-5">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-20" />
        ))}
      </div>
      <Skeleton className="h-48" />
      <Skeleton className="h-96" />
    </div>
  );
}
