import { LoaderCircle } from 'lucide-react';
import { cx } from './class-names.ts';

/** Something goes on. Stands still under reduced motion; the words beside it say what it is. */
export function Spinner({ className }: { readonly className?: string }) {
  return (
    <LoaderCircle
      aria-hidden
      className={cx('size-4 shrink-0 animate-spin motion-reduce:animate-none', className)}
    />
  );
}
