import { useSearch } from '@tanstack/react-router';
import type { Domain } from '../../api/types.gen.ts';
import { useRecords } from '../../data/domains.ts';
import { useNames } from '../../data/integrations.ts';
import { toRecordRows } from '../../model/records.ts';
import type { Names } from '../../model/words.ts';
import type { Search } from '../../router.tsx';
import { History } from './history.tsx';
import { DomainNotices } from './notices.tsx';
import { Overview } from './overview.tsx';
import { Records } from './records.tsx';
import { type TabId, Tabs, toTabId } from './tabs.tsx';

interface Props {
  /** The name at the integration that is looked at. */
  readonly shown: Domain;
  /** The name at every integration that holds it. */
  readonly registrations: readonly Domain[];
}

/** What to know of the domain, the tabs, and the part that the address asks for. */
export function DomainParts({ shown, registrations }: Props) {
  const search: Search = useSearch({ strict: false });
  const names = useNames();
  const tab = toTabId(search.tab);
  return (
    <>
      <DomainNotices shown={shown} registrations={registrations} tab={tab} names={names} />
      <Parts key={shown.integrationId} domain={shown} tab={tab} names={names} />
    </>
  );
}

interface PartsProps {
  readonly domain: Domain;
  readonly tab: TabId;
  readonly names: Names;
}

function Parts({ domain, tab, names }: PartsProps) {
  const { name, integrationId } = domain;
  const records = useRecords(name, integrationId);
  const count = records.data && toRecordRows(records.data.rrsets, name).length;
  return (
    <>
      <Tabs name={name} current={tab} records={count} />
      {tab === 'overview' && <Overview domain={domain} names={names} />}
      {tab === 'records' && <Records domain={domain} records={records} names={names} />}
      {tab === 'runs' && <History integrationId={integrationId} names={names} />}
    </>
  );
}
