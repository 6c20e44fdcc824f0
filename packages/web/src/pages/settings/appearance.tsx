import { useId } from 'react';
import { type Preferences, setPreferences, usePreferences } from '../../shell/preferences.ts';
import { ThemeSwitch } from '../../shell/theme-switch.tsx';
import { Row } from './section.tsx';

interface Choice<V> {
  readonly value: V;
  readonly label: string;
}

const DENSITIES: readonly Choice<Preferences['density']>[] = [
  { value: 'comfortable', label: 'Comfortable' },
  { value: 'compact', label: 'Compact' },
];
const DATES: readonly Choice<Preferences['dates']>[] = [
  { value: 'relative', label: 'Relative (in 12 days)' },
  { value: 'exact', label: 'Exact (5 Dec 2026)' },
];
const SHORTCUTS: readonly Choice<Preferences['shortcuts']>[] = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
];

/** What is kept in this browser only, and holds at once. */
export function Appearance() {
  const { density, dates, shortcuts } = usePreferences();
  return (
    <>
      <Row title="Theme" text="System follows your device. Kept in this browser.">
        <ThemeSwitch />
      </Row>
      <Choices
        legend="Density"
        hint="Height of the rows in tables."
        choices={DENSITIES}
        value={density}
        onChoose={(value) => setPreferences({ density: value })}
      />
      <Choices
        legend="Dates"
        hint="How tables show when a domain expires."
        choices={DATES}
        value={dates}
        onChoose={(value) => setPreferences({ dates: value })}
      />
      <Choices
        legend="Keyboard shortcuts"
        hint="Single keys, such as / for search. Shortcuts with Ctrl or ⌘ always work."
        choices={SHORTCUTS}
        value={shortcuts}
        onChoose={(value) => setPreferences({ shortcuts: value })}
      />
    </>
  );
}

interface ChoicesProps<V extends string> {
  readonly legend: string;
  readonly hint: string;
  readonly choices: readonly Choice<V>[];
  readonly value: V;
  readonly onChoose: (value: V) => void;
}

function Choices<V extends string>({ legend, hint, choices, value, onChoose }: ChoicesProps<V>) {
  const id = useId();
  return (
    <fieldset className="py-4" aria-describedby={`${id}-hint`}>
      <legend className="float-left font-medium">{legend}</legend>
      <p id={`${id}-hint`} className="clear-left text-sm text-quiet">
        {hint}
      </p>
      <div className="mt-2 flex flex-wrap gap-x-6 gap-y-1">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="inline-flex min-h-8 items-center gap-2 pointer-coarse:min-h-11"
          >
            <input
              type="radio"
              name={id}
              className="size-4"
              checked={choice.value === value}
              onChange={() => onChoose(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
