import type { ComponentProps, KeyboardEvent, ReactNode } from 'react';
import { Anchored } from './anchored.tsx';

const itemsOf = (menu: Element): HTMLElement[] => [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];

/** Moves among the items as menus do: arrows, Home, End, the first letter; Tab leaves. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = toNext(event.key, at, items);
  if (event.key === 'Tab') event.currentTarget.hidePopover();
  if (to === undefined) return;
  event.preventDefault();
  items[to]?.focus();
}

function toNext(key: string, at: number, items: readonly HTMLElement[]): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % items.length;
    case 'ArrowUp':
      return (at - 1 + items.length) % items.length;
    case 'Home':
      return 0;
    case 'End':
      return items.length - 1;
  }
  if (key.length !== 1 || key === ' ') return undefined;
  const order = items.map((_item, index) => (at + 1 + index) % items.length);
  return order.find((index) => items[index]?.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()));
}

/** Actions behind a button. */
export function Menu({
  trigger,
  children,
}: Pick<ComponentProps<typeof Anchored>, 'trigger'> & { readonly children: ReactNode }) {
  return (
    <Anchored
      trigger={trigger}
      role="menu"
      place="end"
      className="min-w-52 p-1"
      onOpen={(menu) => itemsOf(menu)[0]?.focus()}
      onKeyDown={moveFocus}
    >
      {children}
    </Anchored>
  );
}

/** An action of a menu. The menu closes first, and its button has the focus again. */
export function MenuItem({
  icon,
  isDangerous = false,
  isOff = false,
  onChoose,
  children,
}: {
  readonly icon?: ReactNode;
  readonly isDangerous?: boolean;
  readonly isOff?: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={isOff || undefined}
      className={`flex min-h-9 w-full items-center gap-2 rounded-md px-2.5 text-left text-sm hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2 aria-disabled:opacity-55 pointer-coarse:min-h-11 ${isDangerous ? 'text-bad' : ''}`}
      onClick={(event) => {
        if (isOff) return;
        event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover();
        onChoose();
      }}
    >
      {icon}
      {children}
    </button>
  );
}

export function MenuSeparator() {
  return <hr className="my-1 border-line" />;
}
