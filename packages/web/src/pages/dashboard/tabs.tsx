import type { DomainView } from '../../model/domain-view.ts';

const TABS = [
  ['domains', 'Domains'],
  ['registrars', 'By registrar'],
] as const;

/** The list, or registrars side by side (R47). */
export function Tabs({
  view,
  show,
}: {
  readonly view: DomainView;
  readonly show: (view: DomainView) => void;
}) {
  return (
    <div className="mb-3 flex gap-1 border-line border-b">
      {TABS.map(([tab, label]) => (
        <button
          key={tab}
          type="button"
          aria-pressed={view.tab === tab}
          onClick={() => show({ ...view, tab })}
          className="-mb-px min-h-10 border-transparent border-b-2 px-3 font-medium text-quiet hover:text-ink aria-pressed:border-accent aria-pressed:text-ink"
        >
          {label}
        </button>
      ))}
    </div>
  );
}
