import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import type { ColumnId, DomainView } from '../../model/domain-view.ts';
import { DNS_WORDS, type Names } from '../../model/words.ts';
import { DomainStatus, YesNo } from '../../ui/status-badge.tsx';
import { Ago, Expiry } from '../../ui/time.tsx';

interface Cell {
  readonly row: DomainRow;
  readonly view: DomainView;
  readonly names: Names;
}

interface Column {
  readonly label: string;
  /** Share of the table's width, as a `grid-template-columns` track. */
  readonly track: string;
  readonly show: (cell: Cell) => ReactNode;
}

/** What each column of the table is called, how wide it is, and what it shows. */
export const COLUMNS: Readonly<Record<ColumnId, Column>> = {
  name: { label: 'Domain', track: 'minmax(14rem, 2fr)', show: ({ row }) => <DomainName row={row} /> },
  registrar: {
    label: 'Registrar',
    track: 'minmax(7rem, 1fr)',
    show: ({ row, names }) => names.registrar(row.domain.registrar),
  },
  status: { label: 'Status', track: '9rem', show: ({ row }) => <DomainStatus status={row.domain.status} /> },
  expires: {
    label: 'Expires',
    track: 'minmax(8rem, 1fr)',
    show: ({ row: { domain }, view }) =>
      domain.registeredHere ? (
        <Expiry iso={domain.expiresAt} precision={domain.expiryPrecision} isExact={view.dates === 'exact'} />
      ) : (
        <span className="text-quiet">DNS only</span>
      ),
  },
  autoRenew: {
    label: 'Auto-renew',
    track: '7rem',
    show: ({ row }) => <YesNo value={row.domain.autoRenew} yes="On" no="Off" />,
  },
  locked: {
    label: 'Lock',
    track: '6.5rem',
    show: ({ row }) => <YesNo value={row.domain.locked} yes="On" no="Off" />,
  },
  privacy: {
    label: 'Privacy',
    track: '6.5rem',
    show: ({ row }) => <YesNo value={row.domain.privacy} yes="On" no="Off" />,
  },
  nameServers: {
    label: 'Nameservers',
    track: 'minmax(12rem, 1.5fr)',
    show: ({ row }) => <span title={row.nameServersText}>{row.nameServersText || 'Unknown'}</span>,
  },
  dns: {
    label: 'DNS records',
    track: 'minmax(8rem, 1fr)',
    show: ({ row: { domain } }) =>
      domain.dns.status === 'ELSEWHERE' && domain.dns.provider
        ? `At ${domain.dns.provider}`
        : DNS_WORDS[domain.dns.status],
  },
  integration: {
    label: 'Integration',
    track: 'minmax(8rem, 1fr)',
    show: ({ row, names }) => names.integration(row.domain.integrationId),
  },
  lastSeen: { label: 'Last seen', track: '8rem', show: ({ row }) => <Ago iso={row.domain.lastSeenAt} /> },
};

/** The name as people write it, and below it as the DNS does, where that differs: look-alikes show (IDN homographs). */
export function DomainName({ row }: { readonly row: DomainRow }) {
  const { domain, displayName, isIdn } = row;
  return (
    <span className="flex min-w-0 flex-col">
      <Link
        to="/domains/$name"
        params={{ name: domain.name }}
        search={{ integration: domain.integrationId }}
        className="truncate font-medium hover:underline"
        title={displayName}
        data-row-link
      >
        <bdi>{displayName}</bdi>
      </Link>
      {isIdn && <span className="truncate text-xs text-quiet">{domain.name}</span>}
      {domain.seen === 'MISSING' && <span className="text-xs text-warn">Not in the last listing</span>}
    </span>
  );
}
