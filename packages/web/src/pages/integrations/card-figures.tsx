import { Link } from '@tanstack/react-router';
import type { CardCounts } from '../../api/types.gen.ts';
import { formatCount } from '../../model/words.ts';
import { cx } from '../../ui/class-names.ts';

const FIGURES = [
  { label: 'Total Domains', count: 'total' },
  { label: 'Expiring Soon', count: 'expiringSoon', status: 'EXPIRING_SOON' },
  { label: 'Active', count: 'active', status: 'ACTIVE' },
  { label: 'Expired', count: 'expired', status: 'EXPIRED' },
] as const satisfies readonly { label: string; count: keyof CardCounts; status?: string }[];

/** The four figures of an integration; each leads to its domains. */
export function CardFigures({
  id,
  name,
  counts,
  isOld,
}: {
  readonly id: string;
  readonly name: string;
  readonly counts: CardCounts;
  /** A sync is under way, and these are from before it. */
  readonly isOld: boolean;
}) {
  return (
    <dl className="grid grid-cols-2 gap-2">
      {FIGURES.map((figure) => (
        <div
          key={figure.label}
          className="relative flex flex-col rounded-control bg-sunken px-3 py-2 hover:bg-hover"
        >
          <dt className="text-sm text-quiet">{figure.label}</dt>
          <dd className={cx('text-xl font-semibold tabular-nums', isOld && 'text-quiet')}>
            <Link
              to="/"
              search={{ integration: id, ...('status' in figure && { status: figure.status }) }}
              aria-label={`${formatCount(counts[figure.count])} – ${figure.label}, ${name}`}
              className="rounded-sm after:absolute after:inset-0 hover:underline"
            >
              {formatCount(counts[figure.count])}
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}
