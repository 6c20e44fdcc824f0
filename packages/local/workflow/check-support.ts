import type { Json, JsonObject } from '../json.ts';
import { toExpression } from './expressions.ts';

/** Takes a finding; `at` is the path of states to it. */
export type Report = (at: string, problem: string) => void;

/** Notes that a state is led to, and reports one that isn't there. */
export type Target = (name: Json | undefined, from: string) => void;

const LONGEST_SECONDS = 99_999_999;

/** Reports every field that isn't listed. */
export function refuseUnknown(value: JsonObject, known: readonly string[], at: string, report: Report): void {
  for (const name of Object.keys(value))
    if (!known.includes(name)) report(at, `field ${name} is not known here`);
}

/** Reports a field that is neither a whole number from `least` nor an expression; it may be missing. */
export function checkSeconds(
  state: JsonObject,
  name: string,
  least: number,
  at: string,
  report: Report,
): void {
  const value = state[name];
  if (value === undefined || toExpression(value) !== undefined || isSeconds(value, least)) return;
  report(at, `${name} must be a whole number from ${least}, or an expression`);
}

/** Whether a value is a whole number of seconds that a state machine may have. */
export function isSeconds(value: Json, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= LONGEST_SECONDS;
}
