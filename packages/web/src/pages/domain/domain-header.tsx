import type { Domain } from '../../api/types.gen.ts';
import { formatExact, formatRelativeExpiry } from '../../model/dates.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ExternalLink } from '../../ui/external-link.tsx';
import { DomainStatus } from '../../ui/status-badge.tsx';
import { useNow } from '../../ui/time.tsx';

/** The name in its own script. */
export function DomainHeading({ name }: { readonly name: string }) {
  return (
    <span className="flex items-center gap-2">
      <bdi className="min-w-0 break-all">{name}</bdi>
      <CopyButton text={name} what="name" />
    </span>
  );
}

/** The name in A-labels where that differs, whether it is in force, and until when. */
export function DomainSummary({ domain }: { readonly domain: Domain }) {
  const { name, unicodeName, status, expiresAt, expiryPrecision } = domain;
  const now = useNow();
  return (
    <>
      {name !== unicodeName && (
        <p className="flex items-center gap-2 font-mono text-sm">
          <span className="min-w-0 break-all">{name}</span>
          <CopyButton text={name} what="A-label" />
        </p>
      )}
      <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
        <DomainStatus status={status} />
        {expiresAt === null ? (
          <span>Expiry unknown</span>
        ) : (
          <span>
            {Date.parse(expiresAt) <= now ? 'Expired' : 'Expires'} {formatRelativeExpiry(expiresAt, now)} ·{' '}
            <time dateTime={expiresAt}>{formatExact(expiresAt, expiryPrecision)}</time>
          </span>
        )}
      </p>
    </>
  );
}

/** Ways out of the app. Only the name in A-labels gets into an address: nothing that a registrar wrote. */
export function DomainLinks({ name }: { readonly name: string }) {
  const safe = encodeURIComponent(name);
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-2 text-sm">
      <ExternalLink href={`https://${safe}`}>Visit site</ExternalLink>
      <ExternalLink href={`https://rdap.org/domain/${safe}`}>RDAP</ExternalLink>
    </p>
  );
}
