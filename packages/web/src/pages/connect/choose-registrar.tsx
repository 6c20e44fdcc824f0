import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useState } from 'react';
import type { Registrar } from '../../api/types.gen.ts';
import { useApp } from '../../app-context.ts';
import { useIntegrations, useRegistrars } from '../../data/integrations.ts';
import { Field } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { RegistrarMark } from '../../ui/registrar-mark.tsx';
import { Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { Badge } from '../../ui/status-badge.tsx';
import { lacksAddress, NO_ADDRESS } from './fixed-address.tsx';

/** With more registrars than this, they can be searched. */
const SEARCH_ABOVE = 8;
const GRID = 'grid grid-cols-[repeat(auto-fill,minmax(min(19rem,100%),1fr))] gap-4';

/** The first step to a new integration: at which registrar. */
export function ChooseRegistrar() {
  const { data, error, isPending, refetch } = useRegistrars();
  const { data: integrations } = useIntegrations();
  const [query, setQuery] = useState('');
  const wanted = query.trim().toLowerCase();
  const shown = data?.filter(({ name }) => name.toLowerCase().includes(wanted)) ?? [];
  return (
    <Page title="Add an integration" under="Choose your registrar">
      {isPending && <LoadingCards />}
      {!data && error && <RegionError error={error} onRetry={() => void refetch()} />}
      {data && data.length > SEARCH_ABOVE && (
        <Field
          type="search"
          label="Search registrars"
          className="mb-4 max-w-sm"
          value={query}
          onChange={({ target }) => setQuery(target.value)}
        />
      )}
      {data && (
        <ul className={GRID} onKeyDown={moveAmongLinks}>
          {shown.map((registrar) => (
            <RegistrarCard
              key={registrar.id}
              registrar={registrar}
              connected={integrations?.filter((each) => each.registrar === registrar.id).length ?? 0}
            />
          ))}
        </ul>
      )}
      <p role="status" className="text-quiet">
        {data && shown.length === 0 && `No results for '${query.trim()}'.`}
      </p>
    </Page>
  );
}

/** One registrar; the whole card leads on. */
function RegistrarCard({
  registrar,
  connected,
}: {
  readonly registrar: Registrar;
  readonly connected: number;
}) {
  const id = useId();
  const { config } = useApp();
  const { name, tagline, credentialFields } = registrar;
  return (
    <li className="relative flex gap-4 rounded-card border border-line bg-card p-5 shadow-card has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-2 has-[a:focus-visible]:outline-accent-ink hover:border-accent hover:bg-hover">
      <RegistrarMark name={name} large />
      <div className="min-w-0">
        <h2 className="text-lg font-semibold">
          <Link
            to="/integrations/new/$registrar"
            params={{ registrar: registrar.id }}
            aria-describedby={id}
            className="outline-none after:absolute after:inset-0 after:rounded-card"
          >
            {name}
          </Link>
        </h2>
        <div id={id} className="flex flex-col items-start gap-1">
          <p className="text-quiet">{tagline}</p>
          <p className="text-sm">Needs: {credentialFields.map(({ label }) => label).join(', ')}</p>
          {connected > 0 && <Badge tone="calm">{connected} connected</Badge>}
          {!config.local && lacksAddress(registrar) && (
            <p className="text-sm font-medium text-warn">{NO_ADDRESS}</p>
          )}
        </div>
      </div>
    </li>
  );
}

function moveAmongLinks(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (step === undefined || at === -1) return;
  event.preventDefault();
  links[(at + step + links.length) % links.length]?.focus();
}

function LoadingCards() {
  return (
    <Loading what="registrars">
      <div className={GRID}>
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-32" />
        ))}
      </div>
    </Loading>
  );
}
