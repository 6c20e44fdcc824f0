import { useEffect, useRef } from 'react';
import { cx } from '../ui/class-names.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';

interface Props {
  readonly id: string;
  readonly groups: readonly PaletteGroup[];
  readonly active: PaletteItem | undefined;
  readonly onPoint: (item: PaletteItem) => void;
  readonly onChoose: (item: PaletteItem) => void;
}

/** Id of an option's element. */
export function toOptionId(listId: string, { id }: PaletteItem): string {
  return `${listId}-${id}`;
}

/** The options, group by group. The focus stays in the input, which says which one is meant. */
export function PaletteList({ id, groups, active, onPoint, onChoose }: Props) {
  return (
    <div id={id} role="listbox" aria-label="Results" className="min-h-0 overflow-y-auto">
      {groups.map(({ name, items }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group within a listbox, not of a form
        <div key={name} role="group" aria-label={name} className="mt-3 first:mt-0">
          <p aria-hidden className="px-3 pb-1 text-xs font-semibold text-quiet">
            {name}
          </p>
          {items.map((item) => (
            <Option
              key={item.id}
              id={toOptionId(id, item)}
              item={item}
              isActive={item.id === active?.id}
              onPoint={onPoint}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Option({
  id,
  item,
  isActive,
  onPoint,
  onChoose,
}: Pick<Props, 'onPoint' | 'onChoose'> & {
  readonly id: string;
  readonly item: PaletteItem;
  readonly isActive: boolean;
}) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are taken by the input, which keeps the focus
    // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant stands for the focus
    <div
      ref={ref}
      id={id}
      role="option"
      aria-selected={isActive}
      className={cx(
        'flex min-h-9 cursor-pointer flex-wrap items-center justify-between gap-x-4 rounded-control border border-transparent px-3 py-1 pointer-coarse:min-h-11',
        'aria-selected:bg-accent-soft aria-selected:text-accent-ink forced-colors:aria-selected:border-[Highlight]',
      )}
      onPointerMove={() => !isActive && onPoint(item)}
      onClick={() => onChoose(item)}
    >
      <bdi className="min-w-0 break-all">{item.text}</bdi>
      {item.note !== undefined && <span className="text-sm text-quiet">{item.note}</span>}
    </div>
  );
}
