import { toDayMs } from './dates.ts';
import {
  COLUMN_IDS,
  type ColumnId,
  DEFAULT_VIEW,
  type DomainView,
  EXPIRY_DAYS,
  NO_FILTERS,
  type SortKey,
  type ViewPreferences,
} from './view-shape.ts';

export { toFilterChips } from './filter-chips.ts';
export * from './view-shape.ts';

const STATUSES = ['EXPIRED', 'EXPIRING_SOON', 'ACTIVE'] as const;
const SWITCHES = ['on', 'off', 'unknown'] as const;
/** Longer than any name (RFC 1035 §2.3.4). */
const MAX_TEXT = 300;

/**
 * Reads a view off an address. What is missing, unknown or malformed is as if it weren't there: old and mistyped links
 * still open. `preferences` stand in for density and dates.
 */
export function readView(params: URLSearchParams, preferences: ViewPreferences = DEFAULT_VIEW): DomainView {
  const list = (name: string) => new Set(params.getAll(name).flatMap((text) => text.split(',')));
  const pick = <T extends string>(name: string, known: readonly T[]) => {
    const found = list(name);
    return known.filter((word) => found.has(word));
  };
  const one = <T extends string>(name: string, known: readonly T[], otherwise: T) =>
    known.find((word) => word === params.get(name)) ?? otherwise;
  const ids = (name: string) => [...list(name)].filter((word) => /^[a-z0-9-]{1,64}$/.test(word));
  return {
    q: readText(params.get('q')),
    status: pick('status', STATUSES),
    registrar: ids('registrar'),
    integration: ids('integration'),
    tld: ids('tld'),
    expires: readExpires(params.get('expires') ?? ''),
    autoRenew: pick('autoRenew', SWITCHES),
    locked: pick('locked', SWITCHES),
    privacy: pick('privacy', SWITCHES),
    ns: readText(params.get('ns')?.toLowerCase()),
    sort: readSort([...list('sort')]),
    columns: toColumns(pick('columns', COLUMN_IDS)),
    density: one('density', ['comfortable', 'compact'], preferences.density),
    dates: one('dates', ['relative', 'exact'], preferences.dates),
    plot: one('plot', ['months', 'calendar', 'table'], 'months'),
    tab: one('tab', ['domains', 'registrars'], 'domains'),
  };
}

/** The query of a view: only what differs from the defaults, in a form that people can read and edit. */
export function writeView(view: DomainView, preferences: ViewPreferences = DEFAULT_VIEW): URLSearchParams {
  const defaults: DomainView = { ...DEFAULT_VIEW, ...toPreferences(preferences) };
  const params = new URLSearchParams();
  const write = (name: keyof DomainView, text: string) => {
    if (text !== '') params.set(name, text);
  };
  write('q', view.q);
  for (const name of ['status', 'registrar', 'integration', 'tld'] as const)
    write(name, view[name].join(','));
  write('expires', writeExpires(view.expires));
  for (const name of ['autoRenew', 'locked', 'privacy'] as const) write(name, view[name].join(','));
  write('ns', view.ns);
  write('sort', view.sort.map(({ column, desc }) => `${desc ? '-' : ''}${column}`).join(','));
  write('columns', toColumns(view.columns ?? [])?.join(',') ?? '');
  for (const name of ['density', 'dates', 'plot', 'tab'] as const) {
    if (view[name] !== defaults[name]) write(name, view[name]);
  }
  return params;
}

/** Whether anything narrows the table down. */
export function isFiltered(view: DomainView): boolean {
  return view.q.trim() !== '' || countActiveFilters(view) > 0;
}

/** How many filters are set, however many values each has. The search isn't counted: its box shows it. */
export function countActiveFilters(view: DomainView): number {
  const lists = [view.status, view.registrar, view.integration, view.tld];
  const switches = [view.autoRenew, view.locked, view.privacy];
  const isSet = [
    ...[...lists, ...switches].map((list) => list.length > 0),
    view.expires !== null,
    view.ns !== '',
  ];
  return isSet.filter(Boolean).length;
}

/** The view without search and filters; order, columns, density, dates, plot and tab stay. */
export function clearFilters(view: DomainView): DomainView {
  return { ...view, ...NO_FILTERS };
}

function toPreferences({ density, dates }: ViewPreferences): ViewPreferences {
  return { density, dates };
}

/** A cut may fall within a character, and half of one can't be written into an address. */
function readText(text: string | null | undefined): string {
  return (text ?? '').slice(0, MAX_TEXT).toWellFormed();
}

function readExpires(text: string): DomainView['expires'] {
  const days = EXPIRY_DAYS.find((each) => String(each) === text);
  if (days !== undefined) return days;
  const { from = '', to = '' } = /^(?<from>[\d-]*)\.\.(?<to>[\d-]*)$/.exec(text)?.groups ?? {};
  const range = { from: toDayMs(from) === null ? null : from, to: toDayMs(to) === null ? null : to };
  return range.from === null && range.to === null ? null : range;
}

function writeExpires(expires: DomainView['expires']): string {
  if (expires === null) return '';
  return typeof expires === 'number' ? String(expires) : `${expires.from ?? ''}..${expires.to ?? ''}`;
}

function readSort(words: readonly string[]): readonly SortKey[] {
  const keys = words.flatMap((word): SortKey[] => {
    const column = COLUMN_IDS.find((id) => id === word.replace(/^-/, ''));
    return column === undefined ? [] : [{ column, desc: word.startsWith('-') }];
  });
  return keys.filter(({ column }, index) => keys.findIndex((key) => key.column === column) === index);
}

function toColumns(chosen: readonly ColumnId[]): readonly ColumnId[] | null {
  const columns = COLUMN_IDS.filter((id) => id === 'name' || chosen.includes(id));
  return chosen.length === 0 || columns.length === COLUMN_IDS.length ? null : columns;
}
