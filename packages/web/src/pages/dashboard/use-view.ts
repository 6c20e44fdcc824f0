import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type DomainView, readView, writeView } from '../../model/domain-view.ts';
import { usePreferences } from '../../shell/preferences.ts';

/** Shows another view: its address is a step of its own, so that Back undoes it, unless it is typed. */
export type ShowView = (view: DomainView, options?: { readonly replace: boolean }) => void;

/** The view that the address says, and the way to another one. */
export function useView(): readonly [DomainView, ShowView] {
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const preferences = usePreferences();
  const view = useMemo(
    () => readView(new URLSearchParams(search as Record<string, string>), preferences),
    [search, preferences],
  );
  const show: ShowView = (next, { replace } = { replace: false }) => {
    const params = Object.fromEntries(writeView(next, preferences));
    void navigate({ to: '/', search: params, replace, resetScroll: false });
  };
  return [view, show];
}
