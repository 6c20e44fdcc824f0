import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { checkErrorHandlers } from './check-error-handlers.ts';
import { checkExpression } from './check-expression.ts';
import { checkByType } from './check-state-types.ts';
import { type Report, refuseUnknown, type Target } from './check-support.ts';
import { STATE_FIELDS } from './definition-fields.ts';
import { findExpressions } from './expressions.ts';

/**
 * Checks the states of a scope (a machine or an ItemProcessor) and, inside its Maps, theirs. `at` is the path to
 * them with a slash at its end, `outer` the variables of the scopes around.
 */
export function checkStates(scope: JsonObject, at: string, outer: ReadonlySet<string>, report: Report): void {
  const states = scope.States;
  if (!isJsonObject(states) || Object.keys(states).length === 0) {
    report(at, 'States is missing or empty');
    return;
  }
  const variables = new Set([...outer, ...Object.values(states).flatMap(listAssigned)]);
  const reached = new Set<string>();
  const target = (name: Json | undefined, from: string) => {
    if (typeof name !== 'string' || !Object.hasOwn(states, name))
      report(from, `no state ${JSON.stringify(name)} here`);
    else reached.add(name);
  };
  target(scope.StartAt, `${at}StartAt`);
  for (const [name, state] of Object.entries(states)) {
    const here = `${at}${name}`;
    if (name.length > 80) report(here, 'a state name has at most 80 characters');
    if (!isJsonObject(state)) report(here, 'is no object');
    else checkState(state, here, outer, variables, target, report);
  }
  for (const name of Object.keys(states))
    if (!reached.has(name)) report(`${at}${name}`, 'no state leads here');
}

function checkState(
  state: JsonObject,
  at: string,
  outer: ReadonlySet<string>,
  variables: ReadonlySet<string>,
  target: Target,
  report: Report,
): void {
  const fields = STATE_FIELDS[String(state.Type)];
  if (fields === undefined) {
    report(at, `state type ${JSON.stringify(state.Type)} is not known here`);
    return;
  }
  refuseUnknown(state, fields.all, at, report);
  for (const name of fields.needed) if (state[name] === undefined) report(at, `${name} is missing`);
  if (state.QueryLanguage !== undefined && state.QueryLanguage !== 'JSONata') {
    report(at, 'QueryLanguage must be JSONata');
  }
  if (fields.all.includes('Next')) {
    const flows = [state.Next !== undefined, state.End === true];
    if (flows[0] === flows[1]) report(at, 'needs either Next or "End": true');
    if (state.Next !== undefined) target(state.Next, `${at}.Next`);
  }
  if (state.Assign !== undefined && !isJsonObject(state.Assign)) report(at, 'Assign is no object');
  for (const name of listAssigned(state)) {
    if (name === 'states' || !/^[\p{ID_Start}][\p{ID_Continue}]{0,79}$/u.test(name)) {
      report(at, `Assign: ${name} is no name for a variable`);
    }
    if (outer.has(name)) report(at, `Assign: ${name} is a variable of an outer scope already`);
  }
  for (const { expression, place } of findExpressions(withoutProcessor(state), '')) {
    for (const problem of checkExpression(expression)) report(`${at}${place.replace(/^\//, '.')}`, problem);
  }
  checkErrorHandlers(state, at, target, report);
  checkByType(state, at, target, report);
  if (isJsonObject(state.ItemProcessor)) checkStates(state.ItemProcessor, `${at}/`, variables, report);
}

/** Names assigned by a state, its catchers and its rules. */
function listAssigned(state: Json): string[] {
  if (!isJsonObject(state)) return [];
  const parts = [state, ...[state.Catch, state.Choices].filter(Array.isArray).flat()].filter(isJsonObject);
  return parts.flatMap((part) => (isJsonObject(part.Assign) ? Object.keys(part.Assign) : []));
}

function withoutProcessor(state: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'ItemProcessor'));
}
