import { useMemo } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import { clearFilters, type DomainView } from '../../model/domain-view.ts';
import { cx } from '../../ui/class-names.ts';

interface Props {
  readonly rows: readonly DomainRow[];
  readonly view: DomainView;
  readonly show: (view: DomainView) => void;
}

/** Five numbers over everything; each is a filter of the list below. */
export function Figures({ rows, view, show }: Props) {
  const counts = useMemo(() => countRows(rows), [rows]);
  const bare = clearFilters(view);
  const only = (status: DomainView['status']): DomainView => ({ ...bare, status });
  const isOnly = (status: DomainView['status'][number]): boolean =>
    view.status.length === 1 && view.status[0] === status;
  const isRenewalOff = view.autoRenew.length === 1 && view.autoRenew[0] === 'off';
  const figures = [
    { label: 'Total Domains', count: rows.length, isOn: false, tone: '', next: bare },
    {
      label: 'Active',
      count: counts.ACTIVE,
      isOn: isOnly('ACTIVE'),
      tone: 'text-good',
      next: only(['ACTIVE']),
    },
    {
      label: 'Expiring Soon',
      count: counts.EXPIRING_SOON,
      isOn: isOnly('EXPIRING_SOON'),
      tone: 'text-warn',
      next: only(['EXPIRING_SOON']),
    },
    {
      label: 'Expired',
      count: counts.EXPIRED,
      isOn: isOnly('EXPIRED'),
      tone: 'text-bad',
      next: only(['EXPIRED']),
    },
    {
      label: 'Auto-renew off',
      count: counts.renewalOff,
      isOn: isRenewalOff,
      tone: 'text-warn',
      next: { ...bare, autoRenew: ['off'] } satisfies DomainView,
    },
  ];
  return (
    <ul aria-label="Figures" className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-5">
      {figures.map(({ label, count, isOn, tone, next }) => (
        <li key={label} className="flex">
          <button
            type="button"
            aria-pressed={isOn}
            onClick={() => show(isOn ? bare : { ...next, tab: 'domains' })}
            className="flex grow flex-col items-start rounded-card border border-line bg-card px-4 py-3 text-left shadow-card hover:border-line-strong aria-pressed:border-accent aria-pressed:bg-accent-soft forced-colors:aria-pressed:outline-2"
          >
            <span className={cx('text-2xl font-semibold tracking-tight', count > 0 && tone)}>
              {count.toLocaleString('en-US')}
            </span>
            <span className="text-sm text-quiet">{label}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function countRows(rows: readonly DomainRow[]) {
  const counts = { ACTIVE: 0, EXPIRING_SOON: 0, EXPIRED: 0, renewalOff: 0 };
  for (const { domain } of rows) {
    counts[domain.status] += 1;
    if (domain.autoRenew === false) counts.renewalOff += 1;
  }
  return counts;
}
