import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ApiError, toWords } from '../api/problem.ts';
import { Button } from './button.tsx';
import { cx } from './class-names.ts';
import { CopyButton } from './copy-button.tsx';
import { announce } from './live-region.tsx';

/** A grey bar in the place of a text that is not there yet; `className` gives its size. */
export function Skeleton({ className }: { readonly className: string }) {
  return <div aria-hidden className={cx('animate-pulse rounded-md bg-sunken', className)} />;
}

/** Shows the shape of what is coming, but only when it is slow to come, and says once that it loads. */
export function Loading({ what, children }: { readonly what: string; readonly children: ReactNode }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSlow(true);
      announce(`Loading ${what}`);
    }, 150);
    return () => clearTimeout(timer);
  }, [what]);
  return <div aria-busy>{isSlow ? children : null}</div>;
}

/** In place of a part of the page that could not be loaded: what happened, a way to try again, what support asks for. */
export function RegionError({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { title, detail } = toWords(error);
  const answer = error instanceof ApiError ? error.answer : undefined;
  return (
    <div role="alert" className="rounded-card border border-line border-l-4 border-l-bad bg-card p-5">
      <h2 className="flex items-center gap-2 font-semibold">
        <TriangleAlert aria-hidden className="size-5 text-bad" />
        {title}
      </h2>
      <p className="mt-1 text-quiet">{detail}</p>
      {onRetry && (
        <Button className="mt-4" onClick={onRetry}>
          Try again
        </Button>
      )}
      {answer?.requestId !== undefined && (
        <details className="mt-4 text-sm text-quiet">
          <summary className="w-fit">Details</summary>
          <p className="mt-2 flex flex-wrap items-center gap-x-1">
            Status {answer.status}
            {answer.code !== undefined && `, ${answer.code}`}
            {answer.type !== undefined && answer.type !== 'about:blank' && `, ${answer.type}`}, request{' '}
            <code className="break-all">{answer.requestId}</code>
            <CopyButton text={answer.requestId} what="request id" />
          </p>
        </details>
      )}
    </div>
  );
}

/** What stands where nothing is yet: why, and what to do. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="rounded-card border border-line border-dashed bg-card px-6 py-14 text-center">
      <h2 className="text-lg font-semibold">{title}</h2>
      <div className="mx-auto mt-2 max-w-prose text-quiet">{children}</div>
      {actions && <div className="mt-6 flex flex-wrap justify-center gap-3">{actions}</div>}
    </div>
  );
}

/** A box with a tone inside a page: what to know, or what to look at. */
export function Notice({
  tone,
  title,
  children,
  actions,
}: {
  readonly tone: 'calm' | 'warn' | 'bad';
  readonly title?: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}) {
  const border = { calm: 'border-l-accent', warn: 'border-l-warn', bad: 'border-l-bad' }[tone];
  return (
    <div className={cx('rounded-control border border-line border-l-4 bg-card px-4 py-3', border)}>
      {title !== undefined && <p className="font-semibold">{title}</p>}
      <div className="text-sm text-quiet">{children}</div>
      {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
