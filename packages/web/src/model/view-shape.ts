import type { CardStatus, Switch } from './words.ts';

/** The columns of the table in their order; the first is always shown. All can be sorted by. */
export const COLUMN_IDS = [
  'name',
  'registrar',
  'status',
  'expires',
  'autoRenew',
  'locked',
  'privacy',
  'nameServers',
  'dns',
  'integration',
  'lastSeen',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];
export type SortColumn = ColumnId;

/** One key of an order; the first key counts most. */
export interface SortKey {
  readonly column: SortColumn;
  readonly desc: boolean;
}

export const EXPIRY_DAYS = [7, 30, 60, 90] as const;

/** Days in UTC as YYYY-MM-DD, both inclusive; null is open, but never both. Names that expired are in it too. */
export interface ExpiryRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** What the table can be narrowed down to. An empty list or text lets everything through. */
export interface DomainFilters {
  /** As typed: blanks at the ends are kept, so that the search box can be bound to it. */
  readonly q: string;
  readonly status: readonly CardStatus[];
  /** Ids. */
  readonly registrar: readonly string[];
  /** Ids. */
  readonly integration: readonly string[];
  /** A-labels. */
  readonly tld: readonly string[];
  /** Within so many days from today, what has expired left out; or in a range of days. */
  readonly expires: (typeof EXPIRY_DAYS)[number] | ExpiryRange | null;
  readonly autoRenew: readonly Switch[];
  readonly locked: readonly Switch[];
  readonly privacy: readonly Switch[];
  /** Part of a nameserver's name, in lower case. */
  readonly ns: string;
}

/** Everything of the dashboard that its address says. */
export interface DomainView extends DomainFilters {
  /** Empty: soonest expiry first, expired ones before all. */
  readonly sort: readonly SortKey[];
  /** In the order of COLUMN_IDS, `name` among them; null for all. */
  readonly columns: readonly ColumnId[] | null;
  readonly density: 'comfortable' | 'compact';
  readonly dates: 'relative' | 'exact';
  readonly plot: 'months' | 'calendar' | 'table';
  readonly tab: 'domains' | 'registrars';
}

/** What people choose once for all views; the address says it only where it differs. */
export type ViewPreferences = Pick<DomainView, 'density' | 'dates'>;

export const NO_FILTERS: DomainFilters = {
  q: '',
  status: [],
  registrar: [],
  integration: [],
  tld: [],
  expires: null,
  autoRenew: [],
  locked: [],
  privacy: [],
  ns: '',
};

/** The dashboard of an address without a query. */
export const DEFAULT_VIEW: DomainView = {
  ...NO_FILTERS,
  sort: [],
  columns: null,
  density: 'comfortable',
  dates: 'relative',
  plot: 'months',
  tab: 'domains',
};
