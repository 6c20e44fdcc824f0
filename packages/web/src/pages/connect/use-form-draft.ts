import { useCallback, useEffect, useState } from 'react';
import type { Registrar, RegistrarEnvironment } from '../../api/types.gen.ts';

/** What a person has entered so far. */
export interface FormEntry {
  readonly values: Readonly<Record<string, string>>;
  readonly label: string;
  readonly environment: RegistrarEnvironment['id'];
}

/**
 * The entry of a form. Its label and its environment outlive a redirect to the sign-in page, in this tab alone, until the
 * form was sent, discarded or left. No part of a credential does, secret or not.
 */
export function useFormDraft(
  draftKey: string,
  { environments }: Registrar,
  environment: FormEntry['environment'],
) {
  const storageKey = `draft:${draftKey}`;
  const [entry, setEntry] = useState<FormEntry>(() => {
    const blank: FormEntry = { values: {}, label: '', environment };
    return { ...blank, ...readDraft(storageKey, environments) };
  });
  const { label, environment: chosen } = entry;
  const isDirty = [label, ...Object.values(entry.values)].some((text) => text !== '');
  useEffect(() => {
    if (isDirty) sessionStorage.setItem(storageKey, JSON.stringify({ label, environment: chosen }));
    else sessionStorage.removeItem(storageKey);
  }, [storageKey, label, chosen, isDirty]);
  // leaving within the app ends the draft; a redirect doesn't come by here
  useEffect(() => () => sessionStorage.removeItem(storageKey), [storageKey]);
  const change = useCallback(
    (part: Partial<FormEntry>) => setEntry((former) => ({ ...former, ...part })),
    [],
  );
  const clear = useCallback(() => setEntry((former) => ({ ...former, values: {}, label: '' })), []);
  return { entry, isDirty, change, clear };
}

function readDraft(storageKey: string, environments: readonly RegistrarEnvironment[]): Partial<FormEntry> {
  const text = sessionStorage.getItem(storageKey);
  if (text === null) return {};
  try {
    const { label, environment } = Object(JSON.parse(text)) as Record<string, unknown>;
    const offered = environments.find(({ id }) => id === environment);
    return {
      ...(typeof label === 'string' && { label }),
      ...(offered && { environment: offered.id }),
    };
  } catch {
    // not ours, or cut off: begin anew
    return {};
  }
}
