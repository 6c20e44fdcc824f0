import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type DomainView, readView, writeView } from '../../model/domain-view.ts';
import { usePreferences } from '../../shell/preferences.ts';

/**
 * Shows another view, or what is made of the present one: its address is a step of its own, so that Back undoes it,
 * unless it is typed. The same function in every render.
 */
export type ShowView = (
  next: DomainView | ((view: DomainView) => DomainView),
  options?: { readonly replace: boolean },
) => void;

/** A view that is shown already, while the address still says another. */
interface Ahead {
  readonly view: DomainView;
  readonly query: string;
  /** What the address may say until it follows. */
  readonly since: readonly string[];
}

/**
 * The view that the address says, and the way to another one. That is shown at once, and the address follows after the
 * paint: the router's own work for a new address takes as long as drawing the list.
 */
export function useView(): readonly [DomainView, ShowView] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const preferences = usePreferences();
  const told = useMemo(
    () => readView(new URLSearchParams(search as Record<string, string>), preferences),
    [search, preferences],
  );
  const query = useMemo(() => writeView(told, preferences).toString(), [told, preferences]);
  const [ahead, setAhead] = useState<Ahead>();
  const isAhead = ahead !== undefined && (ahead.query === query || ahead.since.includes(query));
  // the address has followed: what it says from now on counts
  if (isAhead && ahead.query === query && ahead.since.length > 0) setAhead({ ...ahead, since: [] });
  const view = isAhead ? ahead.view : told;

  const latest = useRef({ view, query, ahead, isAhead, preferences, navigate });
  latest.current = { view, query, ahead, isAhead, preferences, navigate };
  const paint = useRef<number>(undefined);
  useEffect(() => () => cancelAnimationFrame(paint.current ?? 0), []);
  const show = useCallback<ShowView>((next, { replace } = { replace: false }) => {
    const now = latest.current;
    const wanted = typeof next === 'function' ? next(now.view) : next;
    const params = writeView(wanted, now.preferences);
    const followed = now.isAhead && now.ahead ? [...now.ahead.since, now.ahead.query] : [];
    const following = { view: wanted, query: params.toString(), since: [...followed, now.query] };
    // a second one may come before the next render
    latest.current = { ...now, view: wanted, ahead: following, isAhead: true };
    setAhead(following);
    cancelAnimationFrame(paint.current ?? 0);
    paint.current = requestAnimationFrame(() =>
      setTimeout(() => {
        void now.navigate({ to: '/', search: Object.fromEntries(params), replace, resetScroll: false });
      }),
    );
  }, []);
  return [view, show];
}
