import { Monitor, Moon, Sun } from 'lucide-react';
import { cx } from '../ui/class-names.ts';
import { setPreferences, usePreferences } from './preferences.ts';

const THEMES = [
  { id: 'system', label: 'System', Icon: Monitor },
  { id: 'light', label: 'Light', Icon: Sun },
  { id: 'dark', label: 'Dark', Icon: Moon },
] as const;

/** System, light or dark. */
export function ThemeSwitch({ vertical = false }: { readonly vertical?: boolean }) {
  const { theme } = usePreferences();
  return (
    <fieldset className={cx('flex gap-0.5 rounded-control bg-sunken p-0.5', vertical && 'flex-col')}>
      <legend className="sr-only">Theme</legend>
      {THEMES.map(({ id, label, Icon }) => (
        <button
          key={id}
          type="button"
          aria-pressed={theme === id}
          aria-label={label}
          title={label}
          onClick={() => setPreferences({ theme: id })}
          className="grid h-7 min-w-7 grow place-items-center rounded-md text-quiet hover:text-ink aria-pressed:bg-card aria-pressed:text-ink aria-pressed:shadow-card forced-colors:aria-pressed:border pointer-coarse:h-11 pointer-coarse:min-w-11"
        >
          <Icon aria-hidden className="size-4" />
        </button>
      ))}
    </fieldset>
  );
}
