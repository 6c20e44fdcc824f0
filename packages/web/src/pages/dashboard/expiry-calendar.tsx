import { useMemo } from 'react';
import { formatDay } from '../../model/dates.ts';
import type { DomainRow } from '../../model/domain-row.ts';
import { toExpiryDays } from '../../model/figures.ts';
import { countOf } from '../../model/words.ts';
import { moveByArrows } from '../../ui/move-by-arrows.ts';
import { ScrollRegion } from '../../ui/scroll-region.tsx';

const SHADES = ['bg-sunken', 'bg-chart/40', 'bg-chart/70', 'bg-chart', 'bg-accent'] as const;
const DAYS_A_WEEK = 7;

/** A year by weeks and days; the more domains expire on a day, the darker. Days on which any do are buttons. */
export function ExpiryCalendar({
  rows,
  now,
  onPick,
}: {
  readonly rows: readonly DomainRow[];
  readonly now: number;
  readonly onPick: (day: string) => void;
}) {
  const days = useMemo(() => [...toExpiryDays(rows, now)], [rows, now]);
  const most = Math.max(1, ...days.map(([, count]) => count));
  const first = days.findIndex(([, count]) => count > 0);
  return (
    <ScrollRegion label="Domains that expire, by day">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons inside */}
      <div
        className="grid w-max grid-flow-col gap-[3px] p-1"
        style={{ gridTemplateRows: `repeat(${DAYS_A_WEEK}, 0.875rem)` }}
        onKeyDown={moveByArrows}
      >
        {days.map(([day, count], index) => {
          const shade = SHADES[count === 0 ? 0 : Math.ceil((count / most) * (SHADES.length - 1))];
          const className = `size-3.5 rounded-[3px] ${shade}`;
          const text = `${countOf(count, 'domain')} · ${formatDay(day)}`;
          if (count === 0) return <span key={day} aria-hidden title={text} className={className} />;
          return (
            <button
              key={day}
              type="button"
              tabIndex={index === first ? 0 : -1}
              aria-label={text}
              title={text}
              onClick={() => onPick(day)}
              className={`${className} forced-colors:border`}
            />
          );
        })}
      </div>
    </ScrollRegion>
  );
}
