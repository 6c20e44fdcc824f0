import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type Report, refuseUnknown, type Target } from './check-support.ts';
import { CATCHER_FIELDS, RETRIER_FIELDS } from './definition-fields.ts';
import { STATES_ALL } from './errors.ts';

/** Checks Retry and Catch: fields, numbers, targets, and that States.ALL stands alone and last. */
export function checkErrorHandlers(state: JsonObject, at: string, target: Target, report: Report): void {
  for (const [index, retrier] of listHandlers(state, 'Retry', at, report)) {
    checkRetrier(retrier, `${at}.Retry[${index}]`, report);
  }
  for (const [index, catcher] of listHandlers(state, 'Catch', at, report)) {
    const here = `${at}.Catch[${index}]`;
    refuseUnknown(catcher, CATCHER_FIELDS, here, report);
    target(catcher.Next, `${here}.Next`);
  }
}

function* listHandlers(
  state: JsonObject,
  field: 'Retry' | 'Catch',
  at: string,
  report: Report,
): Generator<[number, JsonObject]> {
  const list = state[field];
  if (list === undefined) return;
  if (!Array.isArray(list)) {
    report(at, `${field} is no list`);
    return;
  }
  for (const [index, handler] of list.entries()) {
    const here = `${at}.${field}[${index}]`;
    if (!isJsonObject(handler)) {
      report(here, 'is no object');
      continue;
    }
    checkErrorEquals(handler.ErrorEquals, index === list.length - 1, here, report);
    yield [index, handler];
  }
}

function checkErrorEquals(names: Json | undefined, isLast: boolean, at: string, report: Report): void {
  if (!Array.isArray(names) || names.length === 0 || !names.every((name) => typeof name === 'string')) {
    report(at, 'ErrorEquals must be a list of names');
    return;
  }

  if (!names.includes(STATES_ALL)) return;
  if (names.length > 1) report(at, `${STATES_ALL} must stand alone in ErrorEquals`);
  if (!isLast) report(at, `${STATES_ALL} must be in the last entry`);
}

function checkRetrier(retrier: JsonObject, at: string, report: Report): void {
  refuseUnknown(retrier, RETRIER_FIELDS, at, report);
  const check = (name: string, isRight: (value: number) => boolean) => {
    const value = retrier[name];
    if (value !== undefined && !(typeof value === 'number' && isRight(value))) {
      report(at, `${name} is out of bounds: ${JSON.stringify(value)}`);
    }
  };
  check('IntervalSeconds', (value) => Number.isInteger(value) && value >= 1 && value <= 99_999_999);
  check('MaxAttempts', (value) => Number.isInteger(value) && value >= 0 && value <= 99_999_999);
  check('BackoffRate', (value) => value >= 1);
  check('MaxDelaySeconds', (value) => Number.isInteger(value) && value >= 1 && value <= 31_622_400);
  const jitter = retrier.JitterStrategy;
  if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE')
    report(at, 'JitterStrategy is FULL or NONE');
}
