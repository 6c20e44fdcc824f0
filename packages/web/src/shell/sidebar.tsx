import { Link } from '@tanstack/react-router';
import {
  CircleHelp,
  Globe,
  LayoutDashboard,
  LogOut,
  PanelLeftClose,
  PanelLeftOpen,
  Plug,
  Search,
  Settings,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { useApp } from '../app-context.ts';
import { cx } from '../ui/class-names.ts';
import { PRODUCT } from '../ui/page.tsx';
import { setPreferences, usePreferences } from './preferences.ts';
import { openOverlay } from './shortcuts.ts';
import { ThemeSwitch } from './theme-switch.tsx';

const ITEM =
  'flex min-h-9 items-center gap-3 rounded-control px-2.5 text-sm font-medium text-quiet hover:bg-hover hover:text-ink pointer-coarse:min-h-11';
const ACTIVE = { className: 'bg-accent-soft text-accent-ink! forced-colors:outline' };

interface ItemProps {
  readonly to: '/' | '/integrations' | '/settings' | '/help';
  readonly label: string;
  readonly Icon: ComponentType<{ className?: string }>;
  readonly isNarrow: boolean;
  readonly onGo: (() => void) | undefined;
}

function Item({ to, label, Icon, isNarrow, onGo }: ItemProps) {
  return (
    <li>
      <Link
        to={to}
        activeOptions={{ exact: to === '/', includeSearch: false }}
        activeProps={ACTIVE}
        className={cx(ITEM, isNarrow && 'justify-center')}
        {...(isNarrow && { 'aria-label': label, title: label })}
        {...(onGo && { onClick: onGo })}
      >
        <Icon className="size-4.5 shrink-0" aria-hidden />
        {!isNarrow && label}
      </Link>
    </li>
  );
}

/** Where one can go, who is here, the theme, and help in the same place on every page (WCAG 3.2.6). */
export function SidebarContent({
  isNarrow = false,
  onGo,
}: {
  readonly isNarrow?: boolean;
  /** Called when a link was followed: the sheet on a phone closes. */
  readonly onGo?: () => void;
}) {
  const { session } = useApp();
  const name = session.state.kind === 'signedIn' ? session.state.name : '';
  const shared = { isNarrow, onGo };
  return (
    <>
      <button
        type="button"
        aria-label="Search or do…, Ctrl K"
        title="Search and commands"
        onClick={() => {
          onGo?.();
          openOverlay('palette');
        }}
        className={cx(
          'mb-4 flex min-h-9 items-center gap-2 rounded-control border border-line bg-page px-2.5 text-sm text-quiet hover:border-line-strong pointer-coarse:min-h-11',
          isNarrow && 'justify-center',
        )}
      >
        <Search aria-hidden className="size-4 shrink-0" />
        {!isNarrow && (
          <>
            <span className="grow truncate text-left">Search or do…</span>
            <kbd aria-hidden className="font-sans text-xs">
              Ctrl K
            </kbd>
          </>
        )}
      </button>
      <ul className="flex flex-col gap-1">
        <Item to="/" label="Dashboard" Icon={LayoutDashboard} {...shared} />
        <Item to="/integrations" label="Integrations" Icon={Plug} {...shared} />
        <Item to="/settings" label="Settings" Icon={Settings} {...shared} />
      </ul>
      <div className="mt-auto flex flex-col gap-3 pt-6">
        <ul>
          <Item to="/help" label="Help" Icon={CircleHelp} {...shared} />
        </ul>
        <ThemeSwitch vertical={isNarrow} />
        <div
          className={cx('flex items-center gap-1 border-line border-t pt-3', isNarrow && 'justify-center')}
        >
          {!isNarrow && (
            <p className="min-w-0 grow truncate px-2.5 text-sm text-quiet" title={name}>
              <span className="sr-only">Signed in as </span>
              {name}
            </p>
          )}
          <button
            type="button"
            aria-label="Sign out"
            title="Sign out"
            onClick={() => void session.signOut()}
            className="grid size-9 shrink-0 place-items-center rounded-control text-quiet hover:bg-hover hover:text-ink pointer-coarse:size-11"
          >
            <LogOut aria-hidden className="size-4" />
          </button>
        </div>
      </div>
    </>
  );
}

export function Brand({ isNarrow = false }: { readonly isNarrow?: boolean }) {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight whitespace-nowrap">
      <span
        aria-hidden
        className="grid size-7 shrink-0 place-items-center rounded-md bg-accent text-on-accent"
      >
        <Globe className="size-4.5" />
      </span>
      {!isNarrow && PRODUCT}
    </span>
  );
}

/** The sidebar beside the page, wide or as icons. Phones have a sheet instead. */
export function Sidebar() {
  const isNarrow = usePreferences().sidebar === 'narrow';
  const Toggle = isNarrow ? PanelLeftOpen : PanelLeftClose;
  const label = isNarrow ? 'Widen sidebar' : 'Narrow sidebar';
  return (
    <nav
      aria-label="Main"
      className={cx(
        'sticky top-0 hidden h-dvh shrink-0 flex-col overflow-y-auto border-line border-r bg-card p-3 md:flex',
        isNarrow ? 'w-16' : 'w-56',
      )}
    >
      <div className={cx('mb-6 flex items-center justify-between', isNarrow && 'flex-col gap-3')}>
        <Brand isNarrow={isNarrow} />
        <button
          type="button"
          aria-label={label}
          title={label}
          onClick={() => setPreferences({ sidebar: isNarrow ? 'wide' : 'narrow' })}
          className="-mr-1.5 grid size-7 shrink-0 place-items-center rounded-control text-quiet hover:bg-hover hover:text-ink"
        >
          <Toggle aria-hidden className="size-4" />
        </button>
      </div>
      <SidebarContent isNarrow={isNarrow} />
    </nav>
  );
}
