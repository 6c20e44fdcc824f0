import { useSyncExternalStore } from 'react';

/** How a person likes the app, kept in this browser. Nothing of it is secret, and nothing is sent. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly sidebar: 'wide' | 'narrow';
  readonly density: 'comfortable' | 'compact';
  readonly dates: 'relative' | 'exact';
  /** Keys without Ctrl or ⌘ do something. */
  readonly shortcuts: 'on' | 'off';
}

const CHOICES: { readonly [K in keyof Preferences]: readonly [Preferences[K], ...Preferences[K][]] } = {
  theme: ['system', 'light', 'dark'],
  sidebar: ['wide', 'narrow'],
  density: ['comfortable', 'compact'],
  dates: ['relative', 'exact'],
  shortcuts: ['on', 'off'],
};
const KEY = 'preferences';

/** Reads what is kept; what is unknown or broken is the first choice. */
export function readPreferences(text: string | null): Preferences {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    // somebody edited it by hand: start anew
    kept = {};
  }
  const values = Object(kept) as Readonly<Record<string, unknown>>;
  const pick = <K extends keyof Preferences>(name: K): Preferences[K] =>
    CHOICES[name].find((choice) => choice === values[name]) ?? CHOICES[name][0];
  return {
    theme: pick('theme'),
    sidebar: pick('sidebar'),
    density: pick('density'),
    dates: pick('dates'),
    shortcuts: pick('shortcuts'),
  };
}

let current = readPreferences(localStorage.getItem(KEY));
const listeners = new Set<() => void>();

export const getPreferences = (): Preferences => current;

export function setPreferences(changes: Partial<Preferences>): void {
  current = { ...current, ...changes };
  localStorage.setItem(KEY, JSON.stringify(current));
  applyTheme();
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, getPreferences);
}

/** Before the first paint: the styles follow this attribute, else the system. */
export function applyTheme(): void {
  const root = document.documentElement;
  if (current.theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = current.theme;
}
