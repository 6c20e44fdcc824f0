import { useMemo } from 'react';
import type { DomainRow } from '../../model/domain-row.ts';
import { type DomainView, EXPIRY_DAYS, type ExpiryRange } from '../../model/domain-view.ts';
import { formatCount, type Names, STATUS_WORDS } from '../../model/words.ts';
import { INPUT } from '../../ui/field.tsx';
import { Choices } from './choices.tsx';
import type { ShowView } from './use-view.ts';

interface Props {
  readonly view: DomainView;
  readonly show: ShowView;
  readonly rows: readonly DomainRow[];
  readonly names: Names;
}

const SWITCHES = [
  ['on', 'On'],
  ['off', 'Off'],
  ['unknown', 'Unknown'],
] as const;

/** Every filter, each applied at once. What can be chosen is what there is. */
export function Filters({ view, show, rows, names }: Props) {
  const found = useMemo(() => countValues(rows), [rows]);
  const set = (changes: Partial<DomainView>): void => show({ ...view, ...changes });
  const toOptions = (counts: ReadonlyMap<string, number>, toLabel: (id: string) => string) =>
    [...counts]
      .map(([id, count]) => [id, `${toLabel(id)} (${formatCount(count)})`] as const)
      .sort(([, left], [, right]) => (left < right ? -1 : 1));
  return (
    <div className="grid gap-5 sm:w-[34rem] sm:grid-cols-2">
      <Choices
        legend="Status"
        options={(['EXPIRED', 'EXPIRING_SOON', 'ACTIVE'] as const).map(
          (id) => [id, STATUS_WORDS[id]] as const,
        )}
        chosen={view.status}
        onChoose={(status) => set({ status })}
      />
      <ExpiryFilter expires={view.expires} onChange={(expires) => set({ expires })} />
      <Choices
        legend="Registrar"
        options={toOptions(found.registrars, names.registrar)}
        chosen={view.registrar}
        onChoose={(registrar) => set({ registrar })}
      />
      <Choices
        legend="Integration"
        options={toOptions(found.integrations, names.integration)}
        chosen={view.integration}
        onChoose={(integration) => set({ integration })}
      />
      <Choices
        legend="Auto-renew"
        options={SWITCHES}
        chosen={view.autoRenew}
        onChoose={(autoRenew) => set({ autoRenew })}
      />
      <Choices legend="Lock" options={SWITCHES} chosen={view.locked} onChoose={(locked) => set({ locked })} />
      <Choices
        legend="Privacy"
        options={SWITCHES}
        chosen={view.privacy}
        onChoose={(privacy) => set({ privacy })}
      />
      <Choices
        legend="TLD"
        options={toOptions(found.tlds, (tld) => `.${tld}`)}
        chosen={view.tld}
        onChoose={(tld) => set({ tld })}
      />
      <label className="flex flex-col gap-1 text-sm font-semibold sm:col-span-2">
        Nameserver contains
        <input
          className={`${INPUT} font-normal`}
          value={view.ns}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => show({ ...view, ns: event.target.value.toLowerCase() }, { replace: true })}
        />
      </label>
    </div>
  );
}

function ExpiryFilter({
  expires,
  onChange,
}: {
  readonly expires: DomainView['expires'];
  readonly onChange: (expires: DomainView['expires']) => void;
}) {
  const range: ExpiryRange =
    typeof expires === 'object' && expires !== null ? expires : { from: null, to: null };
  const setRange = (changes: Partial<ExpiryRange>): void => {
    const next = { ...range, ...changes };
    onChange(next.from === null && next.to === null ? null : next);
  };
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-sm font-semibold">Expires</legend>
      <div className="flex flex-wrap gap-1">
        {EXPIRY_DAYS.map((days) => (
          <button
            key={days}
            type="button"
            aria-pressed={expires === days}
            aria-label={`Within ${days} days`}
            onClick={() => onChange(expires === days ? null : days)}
            className="min-h-8 rounded-md border border-line px-2.5 text-sm aria-pressed:border-accent aria-pressed:bg-accent-soft pointer-coarse:min-h-11"
          >
            {days} days
          </button>
        ))}
      </div>
      {(['from', 'to'] as const).map((end) => (
        <label key={end} className="flex items-center gap-2 text-sm">
          <span className="w-10 text-quiet">{end === 'from' ? 'From' : 'To'}</span>
          <input
            type="date"
            className={`${INPUT} min-h-9`}
            value={range[end] ?? ''}
            onChange={(event) => setRange({ [end]: event.target.value || null })}
          />
        </label>
      ))}
    </fieldset>
  );
}

function countValues(rows: readonly DomainRow[]) {
  const registrars = new Map<string, number>();
  const integrations = new Map<string, number>();
  const tlds = new Map<string, number>();
  const add = (counts: Map<string, number>, value: string): void => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  };
  for (const { domain, tld } of rows) {
    add(registrars, domain.registrar);
    add(integrations, domain.integrationId);
    add(tlds, tld);
  }
  return { registrars, integrations, tlds };
}
