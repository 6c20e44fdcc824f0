import type { ReactNode } from 'react';

const FOCUSABLE = { tabIndex: 0 };

/** What may be wider than its place scrolls sideways, by the keyboard too (WCAG 2.1.1), and has a name therefore. */
export function ScrollRegion({
  label,
  className = '',
  children,
}: {
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    // words for screen readers only are placed: they scroll with the rest as long as they are placed in here
    <section aria-label={label} {...FOCUSABLE} className={`relative overflow-x-auto ${className}`}>
      {children}
    </section>
  );
}
