import { type ReactNode, useEffect, useRef } from 'react';

/** Name of the product, as titles and the sidebar say it. */
export const PRODUCT = 'Domain Collective';

let isFirstPage = true;

/**
 * A page: its title in the browser and as the heading, which gets the focus when people come here from another page,
 * so that whoever listens hears where they are.
 */
export function Page({
  title,
  heading = title,
  under,
  actions,
  children,
}: {
  readonly title: string;
  readonly heading?: ReactNode;
  /** A line below the heading. */
  readonly under?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${PRODUCT}`;
  }, [title]);
  useEffect(() => {
    if (!isFirstPage) ref.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <div className="mx-auto w-full max-w-7xl px-4 py-6 sm:px-8 sm:py-8">
      <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 ref={ref} tabIndex={-1} className="text-2xl font-semibold tracking-tight break-words">
            {heading}
          </h1>
          {under !== undefined && <div className="mt-1 text-quiet">{under}</div>}
        </div>
        {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
