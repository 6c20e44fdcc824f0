import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { ExternalLink } from '../../ui/external-link.tsx';
import type { Inline, Inlines as Line } from './article-tokens.ts';

/** A line of a help page, its links and stressed words included. */
export function Inlines({ line }: { readonly line: Line }): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
  return line.map((inline, index) => <Fragment key={index}>{toElement(inline)}</Fragment>);
}

/** A line without its links, for names. */
export function toPlain(line: Line): string {
  return line
    .map((inline) => {
      if (typeof inline === 'string') return inline;
      return inline.type === 'code' ? inline.text : toPlain(inline.children);
    })
    .join('');
}

function toElement(inline: Inline): ReactNode {
  if (typeof inline === 'string') return inline;
  switch (inline.type) {
    case 'code':
      return <code className="rounded bg-sunken px-1 py-0.5 text-[0.9em] break-words">{inline.text}</code>;
    case 'strong':
      return (
        <strong className="font-semibold">
          <Inlines line={inline.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Inlines line={inline.children} />
        </em>
      );
    case 'link':
      return (
        <AnyLink href={inline.href}>
          <Inlines line={inline.children} />
        </AnyLink>
      );
  }
}

/** A link within the page, within the app, or out of it. */
function AnyLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  if (!/^[/#]/.test(href)) return <ExternalLink href={href}>{children}</ExternalLink>;
  const [path = '', hash] = href.split('#', 2);
  return (
    <Link to={path === '' ? '.' : path} {...(hash !== undefined && { hash })} className="link">
      {children}
    </Link>
  );
}
