import type { CredentialField, Credentials } from '#core/registrar.ts';
import { type Secret, toSecret } from '#core/secret.ts';
import { toPointer } from './body.ts';
import { invalid } from './problem.ts';
import type { FieldProblemJson } from './schemas/problem.ts';

/** Longer than any registrar's key. */
const MAX_CHARACTERS = 512;

/** Blanks of every kind: what `\s` takes, and what can't be seen at all (zero-width and other format characters). */
const BLANK = String.raw`[\s\p{Cf}]`;
const OUTER_BLANKS = new RegExp(`^${BLANK}+|${BLANK}+$`, 'gu');
const ANY_BLANK = new RegExp(BLANK, 'u');

/**
 * Credentials as a form gave them: trimmed, complete, without a blank inside, and secret from here on.
 * @throws ApiError INVALID_REQUEST with a pointer `/credentials/<field>` for each wrong field; never with a value
 */
export function toCredentials(
  values: Readonly<Record<string, string>>,
  fields: readonly CredentialField[],
): Secret<Credentials> {
  const trimmed = Object.entries(values).map(
    ([name, text]) => [name, text.replace(OUTER_BLANKS, '')] as const,
  );
  const given = new Map(trimmed);
  const unknown = trimmed
    .filter(([name]) => !fields.some((field) => field.name === name))
    .map(([name]) => toProblem(name, 'UNKNOWN_FIELD', 'This field is not one of this registrar.'));
  const wrong = fields.flatMap((field) => check(field, given.get(field.name) ?? ''));
  const errors = [...unknown, ...wrong];
  if (errors.length > 0) throw invalid(errors);
  return toSecret(Object.fromEntries(trimmed.filter(([, text]) => text !== '')));
}

function check({ name, label, required, pattern }: CredentialField, text: string): FieldProblemJson[] {
  if (text === '') return required ? [toProblem(name, 'REQUIRED', `${label} is needed.`)] : [];
  if (text.length > MAX_CHARACTERS) {
    return [toProblem(name, 'TOO_LONG', `${label} takes ${MAX_CHARACTERS} characters at most.`)];
  }
  if (ANY_BLANK.test(text))
    return [toProblem(name, 'WHITE_SPACE', `${label} has a space or line break inside.`)];
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) {
    return [toProblem(name, 'CONTROL_CHARACTER', `${label} has a character inside that no key has.`)];
  }
  const isFitting = pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(text);
  return isFitting ? [] : [toProblem(name, 'INVALID_VALUE', `${label} does not look like one.`)];
}

function toProblem(field: string, code: string, detail: string): FieldProblemJson {
  return { pointer: toPointer(['credentials', field]), code, detail };
}
