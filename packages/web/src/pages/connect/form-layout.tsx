import type { ReactNode } from 'react';
import type { Registrar } from '../../api/types.gen.ts';
import { Loading, Skeleton } from '../../ui/states.tsx';
import { WhereToFind } from './where-to-find.tsx';

const COLUMNS = 'grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]';

/** The form at the left, help at the right; one below the other on small screens. */
export function FormLayout({
  registrar,
  children,
}: {
  readonly registrar: Registrar;
  readonly children: ReactNode;
}) {
  return (
    <div className={COLUMNS}>
      <div className="min-w-0 rounded-card border border-line bg-card p-5 shadow-card sm:p-6">{children}</div>
      <WhereToFind registrar={registrar} />
    </div>
  );
}

/** The shape of the form while it is not known what to ask. */
export function LoadingForm() {
  return (
    <Loading what="the form">
      <div className={COLUMNS}>
        <Skeleton className="h-112" />
        <Skeleton className="h-80" />
      </div>
    </Loading>
  );
}
