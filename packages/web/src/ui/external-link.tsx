import { ExternalLink as Icon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Leads out of the app, in a new tab, and says so. Only https: and mailto: are followed. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const isSafe = /^(https:\/\/|mailto:)/i.test(href);
  if (!isSafe) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noreferrer" className="link inline-flex items-center gap-1">
      {children}
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
