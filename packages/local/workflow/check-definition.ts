import { isJsonObject, type JsonObject } from '../json.ts';
import { checkStates } from './check-states.ts';
import { isSeconds, type Report, refuseUnknown } from './check-support.ts';
import type { Machine } from './definition.ts';
import { MACHINE_FIELDS } from './definition-fields.ts';
import { InvalidDefinition } from './errors.ts';

/** What was read of definitions that are good, by their text: every execution begins with one, and there are few. */
const known = new Map<string, Machine>();

/**
 * Reads a definition that this interpreter runs in full: JSONata only, the state types and resources listed in
 * definition-fields.ts and resources.ts, every target present, every state reachable.
 * @throws InvalidDefinition naming every finding with its place.
 */
export function checkDefinition(definitionJson: string): Machine {
  const machine = known.get(definitionJson) ?? check(definitionJson);
  known.set(definitionJson, machine);
  return machine;
}

function check(definitionJson: string): Machine {
  const problems: string[] = [];
  const report: Report = (at, problem) => problems.push(`${at}: ${problem}`);
  const machine = parse(definitionJson);
  refuseUnknown(machine, MACHINE_FIELDS, '(machine)', report);
  if (machine.QueryLanguage !== 'JSONata') report('(machine)', 'QueryLanguage must be JSONata');
  if (machine.Version !== undefined && machine.Version !== '1.0') report('(machine)', 'Version must be 1.0');
  const seconds = machine.TimeoutSeconds;
  if (seconds !== undefined && !isSeconds(seconds, 1))
    report('(machine)', 'TimeoutSeconds must be a number above 0');
  checkStates(machine, '', new Set(), report);
  if (problems.length > 0)
    throw new InvalidDefinition(`state machine definition:\n  ${problems.join('\n  ')}`);
  return machine as unknown as Machine;
}

function parse(definitionJson: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(definitionJson);
  } catch (error) {
    throw new InvalidDefinition(`state machine definition is no JSON: ${String(error)}`);
  }
  if (!isJsonObject(value)) throw new InvalidDefinition('state machine definition is no object');
  return value;
}
