import { formatDay } from './dates.ts';
import type { DomainView } from './view-shape.ts';
import { type Names, STATUS_WORDS, type Switch } from './words.ts';

/** One thing that narrows the table down, and the view without it. */
export interface FilterChip {
  /** Unique among the chips of a view. */
  readonly key: string;
  readonly label: string;
  readonly without: DomainView;
}

type ListFilter = 'status' | 'registrar' | 'integration' | 'tld' | 'autoRenew' | 'locked' | 'privacy';

const SWITCH_WORDS: Readonly<Record<'autoRenew' | 'locked' | 'privacy', Readonly<Record<Switch, string>>>> = {
  autoRenew: { on: 'Auto-renew on', off: 'Auto-renew off', unknown: 'Auto-renew unknown' },
  locked: { on: 'Lock on', off: 'Lock off', unknown: 'Lock unknown' },
  privacy: { on: 'Privacy on', off: 'Privacy off', unknown: 'Privacy unknown' },
};

/** A chip for every value of every filter, in the order of the toolbar. The search has its box and no chip. */
export function toFilterChips(view: DomainView, names: Names): readonly FilterChip[] {
  const chip = (key: string, label: string, changes: Partial<DomainView>): FilterChip => ({
    key,
    label,
    without: { ...view, ...changes },
  });
  const each = <K extends ListFilter>(filter: K, toLabel: (value: DomainView[K][number]) => string) => {
    const values: readonly DomainView[K][number][] = view[filter];
    return values.map((value) =>
      chip(`${filter}:${value}`, toLabel(value), { [filter]: values.filter((other) => other !== value) }),
    );
  };
  return [
    ...each('status', (status) => `Status: ${STATUS_WORDS[status]}`),
    ...each('registrar', (id) => `Registrar: ${names.registrar(id)}`),
    ...each('integration', (id) => `Integration: ${names.integration(id)}`),
    ...each('tld', (tld) => `TLD: .${tld}`),
    ...(view.expires === null ? [] : [chip('expires', toExpiresLabel(view.expires), { expires: null })]),
    ...each('autoRenew', (value) => SWITCH_WORDS.autoRenew[value]),
    ...each('locked', (value) => SWITCH_WORDS.locked[value]),
    ...each('privacy', (value) => SWITCH_WORDS.privacy[value]),
    ...(view.ns === '' ? [] : [chip('ns', `Nameserver: ${view.ns}`, { ns: '' })]),
  ];
}

function toExpiresLabel(expires: NonNullable<DomainView['expires']>): string {
  if (typeof expires === 'number') return `Expires within ${expires} days`;
  const { from, to } = expires;
  if (from === null) return to === null ? 'Expires any time' : `Expires until ${formatDay(to)}`;
  if (to === null) return `Expires from ${formatDay(from)}`;
  return from === to ? `Expires on ${formatDay(from)}` : `Expires ${formatDay(from)} – ${formatDay(to)}`;
}
