import type { Json, JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { PlatformLog } from '../logs.ts';
import type { Ledger } from '../resources.ts';
import { checkPattern, matchesPattern } from './pattern.ts';

/** Hands an event to a rule's or a schedule's target. */
export type SendToTarget = (event: Json) => Promise<void>;

/** Finds what a target's ARN means. @throws Error at start for one that no stand-in knows. */
export type FindTarget = (arn: string, principal: string, place: string) => SendToTarget;

interface Rule {
  readonly name: string;
  readonly pattern: JsonObject;
  readonly targets: readonly SendToTarget[];
}

const knownTargetParts = ['Arn', 'Id', 'Input', 'InputPath', 'RetryPolicy', 'DeadLetterConfig', 'RoleArn'];

/**
 * The default event bus: gives events to the targets of those rules whose pattern they fit.
 * @throws Error for a rule that can't be followed here, such as one with an input transformer.
 */
export function createEventBus(
  ledger: Ledger,
  findTarget: FindTarget,
  log: PlatformLog,
): (event: JsonObject) => void {
  const rules = ledger
    .ofType('AWS::Events::Rule')
    .filter(({ properties }) => properties.State !== 'DISABLED' && properties.EventPattern !== undefined)
    .map(({ logicalId, ids, properties }): Rule => {
      const bus = properties.EventBusName;
      if (bus !== undefined && bus !== 'default')
        throw new Error(`${logicalId}: event bus ${bus} is not known locally`);
      checkPattern(properties.EventPattern as Json, logicalId);
      return {
        name: ids.ref,
        pattern: properties.EventPattern as JsonObject,
        targets: toRuleTargets(properties, logicalId, findTarget),
      };
    });

  return (event) => {
    for (const rule of rules)
      if (matchesPattern(rule.pattern, event))
        for (const send of rule.targets)
          send(event).catch((error: unknown) =>
            log('a rule could not reach its target', { rule: rule.name, error: String(error) }),
          );
  };
}

/** The targets of a rule; each sends its own `Input`, or the part of the event at its `InputPath`, or all of it. */
export function toRuleTargets(
  properties: JsonObject,
  logicalId: string,
  findTarget: FindTarget,
): SendToTarget[] {
  return ((properties.Targets ?? []) as JsonObject[]).map((target) => {
    for (const part of Object.keys(target))
      if (!knownTargetParts.includes(part))
        throw new Error(`${logicalId}: target part ${part} is not known locally`);
    const send = findTarget(String(target.Arn), 'events.amazonaws.com', logicalId);
    const toInput = toInputOf(target, logicalId);
    return (event) => send(toInput(event));
  });
}

function toInputOf(target: JsonObject, logicalId: string): (event: Json) => Json {
  const { Input: input, InputPath: path } = target;
  if (typeof input === 'string') {
    const fixed = JSON.parse(input) as Json;
    return () => fixed;
  }
  if (path === undefined) return (event) => event;
  if (typeof path !== 'string' || !/^\$(\.[A-Za-z0-9_-]+)*$/.test(path))
    throw new Error(`${logicalId}: input path ${JSON.stringify(path)} is not known locally`);
  const names = path.split('.').slice(1);
  return (event) =>
    names.reduce<Json>((value, name) => (isJsonObject(value) ? (value[name] ?? null) : null), event);
}
