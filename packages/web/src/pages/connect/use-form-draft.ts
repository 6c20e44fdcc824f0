import { useCallback, useEffect, useState } from 'react';
import type { CredentialField, Registrar, RegistrarEnvironment } from '../../api/types.gen.ts';

/** What a person has entered so far. */
export interface FormEntry {
  readonly values: Readonly<Record<string, string>>;
  readonly label: string;
  readonly environment: RegistrarEnvironment['id'];
}

/**
 * The entry of a form. What is no secret of it outlives a redirect to the sign-in page, in this tab alone; it is gone
 * once the form was sent, discarded or left.
 */
export function useFormDraft(
  draftKey: string,
  { credentialFields, environments }: Registrar,
  environment: FormEntry['environment'],
) {
  const storageKey = `draft:${draftKey}`;
  const [entry, setEntry] = useState<FormEntry>(() => {
    const blank: FormEntry = { values: {}, label: '', environment };
    return { ...blank, ...readDraft(storageKey, credentialFields, environments) };
  });
  const isDirty = [entry.label, ...Object.values(entry.values)].some((text) => text !== '');
  useEffect(() => {
    if (isDirty) sessionStorage.setItem(storageKey, toDraft(entry, credentialFields));
    else sessionStorage.removeItem(storageKey);
  }, [storageKey, entry, credentialFields, isDirty]);
  // leaving within the app ends the draft; a redirect doesn't come by here
  useEffect(() => () => sessionStorage.removeItem(storageKey), [storageKey]);
  const change = useCallback(
    (part: Partial<FormEntry>) => setEntry((former) => ({ ...former, ...part })),
    [],
  );
  const clear = useCallback(() => setEntry((former) => ({ ...former, values: {}, label: '' })), []);
  return { entry, isDirty, change, clear };
}

/** The entry without its secrets. */
function toDraft({ values, label, environment }: FormEntry, fields: readonly CredentialField[]): string {
  const open = fields.filter(({ secret }) => !secret).map(({ name }) => [name, values[name] ?? '']);
  return JSON.stringify({ label, environment, values: Object.fromEntries(open) });
}

function readDraft(
  storageKey: string,
  fields: readonly CredentialField[],
  environments: readonly RegistrarEnvironment[],
): Partial<FormEntry> {
  const text = sessionStorage.getItem(storageKey);
  if (text === null) return {};
  try {
    const { label, environment, values } = Object(JSON.parse(text)) as Record<string, unknown>;
    const given = Object(values) as Record<string, unknown>;
    const open = fields
      .filter(({ secret }) => !secret)
      .flatMap(({ name }) => (typeof given[name] === 'string' ? [[name, given[name]] as const] : []));
    const offered = environments.find(({ id }) => id === environment);
    return {
      values: Object.fromEntries(open),
      ...(typeof label === 'string' && { label }),
      ...(offered && { environment: offered.id }),
    };
  } catch {
    // not ours, or cut off: begin anew
    return {};
  }
}
