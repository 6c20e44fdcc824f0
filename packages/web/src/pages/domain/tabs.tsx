import { Link, useSearch } from '@tanstack/react-router';
import type { Search } from '../../router.tsx';

/** The parts of the page, as `?tab=` says them; the overview needs none. */
export type TabId = 'overview' | 'records' | 'runs';

/** The part that an address asks for; an unknown one is the overview. */
export function toTabId(text: string | undefined): TabId {
  return text === 'records' || text === 'runs' ? text : 'overview';
}

interface Props {
  readonly name: string;
  readonly current: TabId;
  readonly records: number | undefined;
}

/** Links between the parts of the page, each with an address of its own. */
export function Tabs({ name, current, records }: Props) {
  const search: Search = useSearch({ strict: false });
  const tabs: readonly { id: TabId; label: string }[] = [
    { id: 'overview', label: 'Overview' },
    {
      id: 'records',
      label: records === undefined ? 'DNS records' : `DNS records (${records.toLocaleString('en-US')})`,
    },
    { id: 'runs', label: 'History' },
  ];
  return (
    <nav aria-label="Parts of this domain" className="mb-6 overflow-x-auto border-line border-b">
      <ul className="flex gap-1">
        {tabs.map(({ id, label }) => (
          <li key={id}>
            <Link
              to="/domains/$name"
              params={{ name }}
              // the current one leads to where we are, so that exactly this one is current
              search={id === current ? search : toSearch(id, search.integration)}
              activeOptions={{ exact: true }}
              resetScroll={false}
              className="inline-flex min-h-10 items-center border-transparent border-b-2 px-3 font-medium whitespace-nowrap text-quiet -outline-offset-2 hover:text-ink aria-[current=page]:border-accent-ink aria-[current=page]:text-ink pointer-coarse:min-h-11"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The query of a part at one integration. */
export function toSearch(tab: TabId, integration: string | undefined): Search {
  return { ...(tab !== 'overview' && { tab }), ...(integration !== undefined && { integration }) };
}
