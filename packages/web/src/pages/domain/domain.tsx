import { Link, useParams, useSearch } from '@tanstack/react-router';
import { ApiError } from '../../api/problem.ts';
import { useDomain } from '../../data/domains.ts';
import type { Search } from '../../router.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loading, RegionError, Skeleton } from '../../ui/states.tsx';
import { DomainHeading, DomainLinks, DomainSummary } from './domain-header.tsx';
import { DomainParts } from './domain-parts.tsx';

/** One name: what its registrars tell of it, its DNS records, and the syncs that brought them. */
export function DomainPage() {
  const name = useParams({ strict: false }).name ?? '';
  return (
    <>
      <nav aria-label="Breadcrumb" className="mx-auto -mb-4 w-full max-w-7xl px-4 pt-6 text-sm sm:px-8">
        <ol className="flex min-w-0 gap-2 text-quiet">
          <li>
            <Link to="/" className="link">
              Dashboard
            </Link>
          </li>
          <li aria-hidden>/</li>
          <li className="min-w-0 truncate" aria-current="page">
            <bdi>{name}</bdi>
          </li>
        </ol>
      </nav>
      <Content key={name} name={name} />
    </>
  );
}

function Content({ name }: { readonly name: string }) {
  const search: Search = useSearch({ strict: false });
  const { data, error, refetch } = useDomain(name);
  const registrations = data?.registrations ?? [];
  const shown = registrations.find((each) => each.integrationId === search.integration) ?? registrations[0];
  // what is shown stays when asking again fails, except where the API says that there is nothing any more
  const isGone = error instanceof ApiError && error.answer.status === 404;
  if (shown && !isGone) {
    return (
      <Page
        title={shown.unicodeName}
        heading={<DomainHeading name={shown.unicodeName} />}
        under={<DomainSummary domain={shown} />}
        actions={<DomainLinks name={shown.name} />}
      >
        <DomainParts shown={shown} registrations={registrations} />
      </Page>
    );
  }
  // the same element in the same place: the heading keeps the focus when the domain has come
  return (
    <Page title={name} heading={<bdi className="break-all">{name}</bdi>}>
      {isGone || data ? (
        <NotFound name={name} />
      ) : error ? (
        <RegionError error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading what="domain">
          <Skeleton className="mb-6 h-10 w-80 max-w-full" />
          <Skeleton className="h-96" />
        </Loading>
      )}
    </Page>
  );
}

function NotFound({ name }: { readonly name: string }) {
  return (
    <EmptyState
      title="Not found"
      actions={
        <ButtonLink to="/" look="primary">
          Back to Dashboard
        </ButtonLink>
      }
    >
      We do not know <bdi className="break-all">{name}</bdi>. It may have been removed at the last sync.
    </EmptyState>
  );
}
