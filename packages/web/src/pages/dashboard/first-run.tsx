import { Plus } from 'lucide-react';
import type { Integration } from '../../api/types.gen.ts';
import { toStepLabel } from '../../model/sync-texts.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { EmptyState } from '../../ui/states.tsx';

const STEPS = [
  ['Connect', 'Choose your registrar and enter its API credentials.'],
  ['Wait about 30 s', 'Your domains and their DNS records are read.'],
  ['See your domains', 'Expiry, renewal and DNS of all of them, here.'],
] as const;

/** The dashboard before there is anything on it: nothing connected yet, or the first sync under way. */
export function FirstRun({ integrations }: { readonly integrations?: readonly Integration[] }) {
  if (integrations) return <FirstSync integrations={integrations} />;
  return (
    <Page title="Dashboard">
      <EmptyState
        title="No integrations yet"
        actions={
          <>
            <ButtonLink look="primary" to="/integrations/new" icon={<Plus aria-hidden className="size-4" />}>
              Add New Integration
            </ButtonLink>
            <ButtonLink to="/help/$page" params={{ page: 'prerequisites' }}>
              Which permissions do I need?
            </ButtonLink>
          </>
        }
      >
        <p>
          Connect a registrar to see its domains here. Your credentials are encrypted before they are stored,
          and only read access is needed.
        </p>
      </EmptyState>
      <ol className="mt-6 grid gap-4 sm:grid-cols-3">
        {STEPS.map(([title, text], index) => (
          <li key={title} className="rounded-card border border-line bg-card p-5">
            <span aria-hidden className="font-semibold text-accent-ink">
              {index + 1}
            </span>
            <h2 className="mt-1 font-semibold">{title}</h2>
            <p className="text-sm text-quiet">{text}</p>
          </li>
        ))}
      </ol>
    </Page>
  );
}

function FirstSync({ integrations }: { readonly integrations: readonly Integration[] }) {
  const running = integrations.flatMap(({ currentRun }) => (currentRun ? [currentRun] : []));
  const listed = running.reduce((sum, { progress }) => sum + progress.domainsListed, 0);
  return (
    <Page title="Dashboard">
      <EmptyState
        title="Your first sync is running…"
        actions={<ButtonLink to="/integrations">See its progress</ButtonLink>}
      >
        <p className="flex items-center justify-center gap-2">
          <Spinner />
          {running[0] ? toStepLabel(running[0].step) : 'Starting'}
          {listed > 0 && `, ${listed.toLocaleString('en-US')} domains so far`}
        </p>
        <p className="mt-2">
          Domains appear here as they are read. You can leave this page; the sync continues.
        </p>
      </EmptyState>
    </Page>
  );
}
