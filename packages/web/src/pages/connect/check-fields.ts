import type { CredentialField, FieldProblem } from '../../api/types.gen.ts';
import { hasInnerBlank, trimPasted } from '../../model/trim-secret.ts';

/** What is wrong, by JSON pointer into the body: `/credentials/apiKey`, `/environment`, `/label`. */
export type Problems = Readonly<Record<string, string>>;

/** As the API has it: longer than any registrar's key. */
const MAX_CHARACTERS = 512;

/** The API's name for a credential field. */
export function toPointer(fieldName: string): string {
  return `/credentials/${fieldName.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What is wrong with a value, in the API's words; undefined when nothing is. Blanks at its ends don't count. */
export function checkField({ label, required, pattern }: CredentialField, value: string): string | undefined {
  const text = trimPasted(value).value;
  if (text === '') return required ? `${label} is needed.` : undefined;
  if (text.length > MAX_CHARACTERS) return `${label} takes ${MAX_CHARACTERS} characters at most.`;
  if (hasInnerBlank(text)) return `${label} has a space or line break inside.`;
  const isFitting = pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(text);
  return isFitting ? undefined : `${label} does not look like one.`;
}

/** What is wrong with all values together. */
export function checkFields(
  fields: readonly CredentialField[],
  values: Readonly<Record<string, string>>,
): Problems {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const problem = checkField(field, values[field.name] ?? '');
      return problem === undefined ? [] : [[toPointer(field.name), problem] as const];
    }),
  );
}

/** Values without blanks at their ends, as they are sent; what is left empty is not. */
export function toTrimmed(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const trimmed = Object.entries(values).map(([name, text]) => [name, trimPasted(text).value] as const);
  return Object.fromEntries(trimmed.filter(([, text]) => text !== ''));
}

/** The API's field problems that stand at a field of the form, and whether others are left for a box. */
export function toFieldProblems(
  errors: readonly FieldProblem[],
  pointers: readonly string[],
): { readonly problems: Problems; readonly hasOthers: boolean } {
  const known = errors.filter(({ pointer }) => pointers.includes(pointer));
  return {
    problems: Object.fromEntries(known.map(({ pointer, detail }) => [pointer, detail])),
    hasOthers: known.length < errors.length,
  };
}

/** How many fields are wrong, as a sentence. */
export function toSummary(problems: Problems): string {
  const count = Object.keys(problems).length;
  return count === 1 ? '1 field needs your attention.' : `${count} fields need your attention.`;
}
