import { useSyncExternalStore } from 'react';
import { formatAgo, formatExact, formatRelativeExpiry } from '../model/dates.ts';
import { Tooltip } from './tooltip.tsx';

const MINUTE_MS = 60_000;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, MINUTE_MS);
  return () => clearInterval(timer);
}

/** The time of day, ms since the epoch; new each minute. Nothing of it is announced. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => {
    if (Date.now() - now > MINUTE_MS) now = Date.now();
    return now;
  });
}

/** How long ago; the exact time on hover and focus. */
export function Ago({ iso }: { readonly iso: string }) {
  const text = formatAgo(iso, Math.max(useNow(), Date.parse(iso)));
  return <Hinted iso={iso} text={text} exact={formatExact(iso, 'INSTANT')} />;
}

/** When a domain expires, by the day; the exact time on hover and focus, or at once where `isExact`. */
export function Expiry({
  iso,
  precision,
  isExact = false,
}: {
  readonly iso: string | null;
  readonly precision: 'INSTANT' | 'DAY';
  readonly isExact?: boolean;
}) {
  const relative = formatRelativeExpiry(iso, useNow());
  if (iso === null) return <span className="text-quiet">{relative}</span>;
  const exact = formatExact(iso, precision);
  return isExact ? <time dateTime={iso}>{exact}</time> : <Hinted iso={iso} text={relative} exact={exact} />;
}

/** The exact time has to be within reach of the keyboard, too (WCAG 1.4.13). */
const FOCUSABLE = { tabIndex: 0 };

function Hinted({
  iso,
  text,
  exact,
}: {
  readonly iso: string;
  readonly text: string;
  readonly exact: string;
}) {
  return (
    <Tooltip text={exact}>
      <time
        dateTime={iso}
        {...FOCUSABLE}
        className="rounded-sm underline decoration-line decoration-dotted underline-offset-4"
      >
        {text}
      </time>
    </Tooltip>
  );
}
