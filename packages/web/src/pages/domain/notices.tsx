import { Link } from '@tanstack/react-router';
import type { Domain } from '../../api/types.gen.ts';
import { formatDay } from '../../model/dates.ts';
import type { Names } from '../../model/words.ts';
import { Notice } from '../../ui/states.tsx';
import { type TabId, toSearch } from './tabs.tsx';

interface Props {
  readonly shown: Domain;
  readonly registrations: readonly Domain[];
  readonly tab: TabId;
  readonly names: Names;
}

/** What to know before reading on: gone from its registrar, only its DNS is there, or held more than once. */
export function DomainNotices({ shown, registrations, tab, names }: Props) {
  const { seen, registeredHere, lastSeenAt } = shown;
  const registrar = names.registrar(shown.registrar);
  const isShared = registrations.length > 1;
  if (seen === 'PRESENT' && registeredHere && !isShared) return null;
  return (
    <div className="mb-6 flex flex-col gap-3">
      {seen === 'MISSING' && (
        <p className="rounded-control bg-sunken px-4 py-3 text-sm text-quiet">
          Not seen at {registrar} since <time dateTime={lastSeenAt}>{formatDay(lastSeenAt)}</time>
        </p>
      )}
      {!registeredHere && <Notice tone="calm">Only its DNS is at {registrar}.</Notice>}
      {isShared && (
        <Notice tone="calm" title={`This name is in ${registrations.length} of your integrations.`}>
          <nav aria-label="Integration that is shown" className="mt-2">
            <ul className="flex flex-wrap gap-2">
              {registrations.map((each) => (
                <li key={each.integrationId}>
                  <Switch
                    domain={each}
                    tab={tab}
                    label={names.integration(each.integrationId)}
                    isShown={each === shown}
                  />
                </li>
              ))}
            </ul>
          </nav>
        </Notice>
      )}
    </div>
  );
}

interface SwitchProps {
  readonly domain: Domain;
  readonly tab: TabId;
  readonly label: string;
  readonly isShown: boolean;
}

function Switch({ domain: { name, integrationId }, tab, label, isShown }: SwitchProps) {
  const look = 'inline-flex min-h-8 items-center rounded-control border px-2.5 pointer-coarse:min-h-11';
  if (isShown) {
    return (
      <span
        aria-current="true"
        className={`${look} border-accent-ink bg-accent-soft font-medium text-accent-ink`}
      >
        {label}
      </span>
    );
  }
  return (
    <Link
      to="/domains/$name"
      params={{ name }}
      search={toSearch(tab, integrationId)}
      resetScroll={false}
      className={`${look} border-line text-ink hover:bg-hover`}
    >
      {label}
    </Link>
  );
}
