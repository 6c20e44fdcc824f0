import { memo, useMemo } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import type { DomainView } from '../../model/domain-view.ts';
import { toExpiryBuckets } from '../../model/figures.ts';
import { countOf } from '../../model/words.ts';
import { moveByArrows } from '../../ui/move-by-arrows.ts';
import { useNow } from '../../ui/time.tsx';
import { ExpiryCalendar } from './expiry-calendar.tsx';
import type { ShowView } from './use-view.ts';

const KINDS = [
  ['months', '12 months'],
  ['calendar', 'Calendar'],
  ['table', 'Table'],
] as const;

interface Props {
  readonly rows: readonly DomainRow[];
  readonly plot: DomainView['plot'];
  readonly show: ShowView;
}

/** When the domains expire: bars by month, a year by days, or the same as a table. A bar or a day filters the list. */
export const ExpiryPlot = memo(function ExpiryPlot({ rows, plot, show }: Props) {
  const now = useNow();
  const buckets = useMemo(() => toExpiryBuckets(rows, now), [rows, now]);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const pick = (from: string, to: string): void =>
    show((view) => ({ ...view, expires: { from, to }, tab: 'domains' }));
  return (
    <section
      aria-labelledby="expiry-plot"
      className="rounded-card border border-line bg-card p-4 shadow-card sm:p-5"
    >
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <div>
          <h2 id="expiry-plot" className="font-semibold">
            Expiry
          </h2>
          <p className="text-sm text-quiet">{countOf(total, 'domain')} within the next twelve months</p>
        </div>
        <fieldset className="flex gap-0.5 rounded-control bg-sunken p-0.5">
          <legend className="sr-only">Shown as</legend>
          {KINDS.map(([kind, label]) => (
            <button
              key={kind}
              type="button"
              aria-pressed={plot === kind}
              onClick={() => show((view) => ({ ...view, plot: kind }))}
              className="min-h-8 rounded-md px-3 text-sm text-quiet hover:text-ink aria-pressed:bg-card aria-pressed:text-ink aria-pressed:shadow-card forced-colors:aria-pressed:border pointer-coarse:min-h-11"
            >
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      {plot === 'months' && <Bars buckets={buckets} onPick={pick} />}
      {plot === 'calendar' && <ExpiryCalendar rows={rows} now={now} onPick={(day) => pick(day, day)} />}
      {plot === 'table' && <MonthTable buckets={buckets} />}
    </section>
  );
});

type Buckets = ReturnType<typeof toExpiryBuckets>;

function Bars({
  buckets,
  onPick,
}: {
  readonly buckets: Buckets;
  readonly onPick: (from: string, to: string) => void;
}) {
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  return (
    <ul
      aria-label="Domains that expire, by month"
      className="flex h-40 items-stretch gap-1 sm:gap-2"
      onKeyDown={moveByArrows}
    >
      {buckets.map(({ month, label, count }, index) => (
        <li key={month} className="flex min-w-0 flex-1">
          <button
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            title={`${countOf(count, 'domain')} · ${label}`}
            onClick={() => onPick(`${month}-01`, toLastDay(month))}
            className="group flex grow flex-col justify-end rounded-md text-center text-xs"
          >
            <span className="text-quiet">
              <span className={count > 0 ? '' : 'sr-only'}>{count.toLocaleString('en-US')}</span>
              <span className="sr-only"> {count === 1 ? 'domain' : 'domains'} in </span>
            </span>
            <span
              aria-hidden
              className="mx-auto w-full max-w-12 rounded-t-sm bg-chart group-hover:bg-accent forced-colors:bg-[CanvasText]"
              style={{ height: count === 0 ? '2px' : `${Math.max(4, (count / most) * 100)}px` }}
            />
            <span className="truncate border-line border-t pt-1 text-quiet">
              {label.slice(0, 3)}
              <span className="sr-only"> {label.slice(4)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function MonthTable({ buckets }: { readonly buckets: Buckets }) {
  return (
    <table className="w-full max-w-sm text-sm">
      <thead>
        <tr className="border-line border-b text-left text-quiet">
          <th scope="col" className="py-1 font-medium">
            Month
          </th>
          <th scope="col" className="py-1 text-right font-medium">
            Domains that expire
          </th>
        </tr>
      </thead>
      <tbody>
        {buckets.map(({ month, label, count }) => (
          <tr key={month} className="border-line border-b">
            <th scope="row" className="py-1 text-left font-normal">
              {label}
            </th>
            <td className="py-1 text-right">{count.toLocaleString('en-US')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The last day of a month (YYYY-MM), as YYYY-MM-DD. */
function toLastDay(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
