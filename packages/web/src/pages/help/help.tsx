import { Link, useParams } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { EmptyState, Loading, Skeleton } from '../../ui/states.tsx';
import { Article } from './article.tsx';
import { HelpIndex } from './help-index.tsx';
import { HELP_PAGES, type HelpPage, type HelpPageId, isHelpPage } from './pages.ts';
import { RegistrarPrerequisites } from './registrar-prerequisites.tsx';

/** The list of help pages, and where else to find help. */
export function Help() {
  return (
    <Page title="Help">
      <HelpIndex />
    </Page>
  );
}

/** One help page. */
export function HelpArticle() {
  const name = useParams({ strict: false }).page ?? '';
  const title = isHelpPage(name) ? HELP_PAGES[name].title : 'No such help page';
  return (
    <>
      <Breadcrumb title={title} />
      <Page key={name} title={title}>
        {isHelpPage(name) ? <Content name={name} /> : <Unknown />}
      </Page>
    </>
  );
}

function toLazy({ load }: HelpPage): ComponentType {
  return lazy(async () => {
    const { article } = await load();
    return { default: () => <Article article={article} /> };
  });
}

const CONTENTS: Readonly<Record<HelpPageId, ComponentType>> = {
  'first-integration': toLazy(HELP_PAGES['first-integration']),
  prerequisites: toLazy(HELP_PAGES.prerequisites),
  'domain-sync': toLazy(HELP_PAGES['domain-sync']),
  troubleshooting: toLazy(HELP_PAGES.troubleshooting),
  security: toLazy(HELP_PAGES.security),
};

function Content({ name }: { readonly name: HelpPageId }) {
  const Text = CONTENTS[name];
  return (
    <Suspense fallback={<LoadingText />}>
      <Text />
      {name === 'prerequisites' && <RegistrarPrerequisites />}
    </Suspense>
  );
}

function LoadingText() {
  return (
    <Loading what="help page">
      <div className="max-w-[70ch] space-y-3">
        <Skeleton className="h-5 w-full" />
        <Skeleton className="h-5 w-11/12" />
        <Skeleton className="h-5 w-4/5" />
      </div>
    </Loading>
  );
}

function Breadcrumb({ title }: { readonly title: string }) {
  return (
    <nav aria-label="Breadcrumb" className="mx-auto -mb-4 w-full max-w-7xl px-4 pt-6 text-sm sm:px-8">
      <ol className="flex min-w-0 gap-2 text-quiet">
        <li>
          <Link to="/help" className="link">
            Help
          </Link>
        </li>
        <li aria-hidden>/</li>
        <li className="min-w-0 truncate" aria-current="page">
          {title}
        </li>
      </ol>
    </nav>
  );
}

function Unknown() {
  return (
    <EmptyState
      title="There is no such help page"
      actions={<ButtonLink to="/help">All help pages</ButtonLink>}
    >
      <p>The page may have moved, or the link is not complete.</p>
    </EmptyState>
  );
}
