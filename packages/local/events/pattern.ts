import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';

/**
 * Whether an event fits an EventBridge pattern: every field of the pattern is in the event, with a value that one of
 * its alternatives fits.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html (verified 2026-11-23)
 */
export function matchesPattern(pattern: JsonObject, event: JsonObject): boolean {
  return Object.entries(pattern).every(([name, expected]) => {
    const actual = event[name];
    if (Array.isArray(expected)) return expected.some((alternative) => fits(alternative, actual));
    return isJsonObject(expected) && matchesPattern(expected, isJsonObject(actual) ? actual : {});
  });
}

/** @throws Error that names every part of a pattern that `matchesPattern` doesn't know. */
export function checkPattern(pattern: Json, place: string): void {
  if (!isJsonObject(pattern)) throw new Error(`${place}: an event pattern is an object`);
  for (const [name, expected] of Object.entries(pattern)) {
    if (!Array.isArray(expected)) checkPattern(expected, `${place}.${name}`);
    else
      for (const alternative of expected as readonly Json[])
        if (isJsonObject(alternative)) {
          const operator = Object.keys(alternative).join(',');
          if (!['prefix', 'anything-but', 'exists'].includes(operator))
            throw new Error(`${place}.${name}: operator ${operator} is not known locally`);
        }
  }
}

function fits(alternative: Json, actual: Json | undefined): boolean {
  if (Array.isArray(actual)) return (actual as readonly Json[]).some((item) => fits(alternative, item));
  if (!isJsonObject(alternative)) return actual === alternative;
  if (alternative.exists !== undefined) return (actual !== undefined) === alternative.exists;
  if (alternative.prefix !== undefined)
    return typeof actual === 'string' && actual.startsWith(String(alternative.prefix));
  const refused = [alternative['anything-but']].flat() as Json[];
  return actual !== undefined && !refused.some((value) => fits(value, actual));
}
