import { useRouter } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import type { Domain } from '../../api/types.gen.ts';

/**
 * The way to a domain's page. A link of the router's own listens to every change of the address, and a list has dozens:
 * this one only acts when it is pressed.
 */
export function DomainLink({
  domain: { name: given, integrationId },
  displayName,
}: {
  readonly domain: Domain;
  readonly displayName: string;
}) {
  const router = useRouter();
  // half a surrogate pair has no place in an address: one such name would stop the whole list
  const name = given.toWellFormed();
  const onClick = (event: MouseEvent): void => {
    // a new tab or window is the browser's business
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void router.navigate({ to: '/domains/$name', params: { name }, search: { integration: integrationId } });
  };
  return (
    <a
      href={`/domains/${encodeURIComponent(name)}?integration=${encodeURIComponent(integrationId)}`}
      onClick={onClick}
      className="truncate font-medium hover:underline"
      title={displayName}
      data-row-link
    >
      <bdi>{displayName}</bdi>
    </a>
  );
}
