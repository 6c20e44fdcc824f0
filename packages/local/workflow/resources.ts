import { isJsonObject, type Json } from '../json.ts';
import { STATES_RUNTIME, StateError } from './errors.ts';
import { findExpressions, toExpression } from './expressions.ts';

/** What Task states may call. Every other resource is refused when the state machine is registered. */
export const SEND_MESSAGE_AND_WAIT = 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
export const INVOKE_LAMBDA = 'arn:aws:states:::lambda:invoke';
export const START_EXECUTION = 'arn:aws:states:::states:startExecution';

interface Resource {
  /** `resourceType` and `resource` of history events. */
  readonly type: string;
  readonly action: string;
  readonly waitsForToken: boolean;
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const RESOURCES: Readonly<Record<string, Resource>> = {
  [SEND_MESSAGE_AND_WAIT]: {
    type: 'sqs',
    action: 'sendMessage.waitForTaskToken',
    waitsForToken: true,
    required: ['QueueUrl', 'MessageBody'],
    optional: ['MessageGroupId', 'DelaySeconds', 'MessageAttributes'],
  },
  [INVOKE_LAMBDA]: {
    type: 'lambda',
    action: 'invoke',
    waitsForToken: false,
    required: ['FunctionName'],
    optional: ['Payload'],
  },
  [START_EXECUTION]: {
    type: 'states',
    action: 'startExecution',
    waitsForToken: false,
    required: ['StateMachineArn'],
    optional: ['Input', 'Name'],
  },
};

/** The resource's description. @throws Error for a resource that no definition passes the check with. */
export function resourceOf(arn: string): Resource {
  const resource = RESOURCES[arn];
  if (resource === undefined) throw new Error(`no resource ${arn}`);
  return resource;
}

/** What is wrong with a Task's resource and arguments, as far as the definition tells. */
export function* checkResource(arn: unknown, args: unknown): Generator<string> {
  const resource = RESOURCES[String(arn)];
  if (resource === undefined) {
    yield `Resource ${JSON.stringify(arn)} is not known here (known: ${Object.keys(RESOURCES).join(', ')})`;
    return;
  }
  if (isJsonObject(args)) {
    for (const problem of checkArguments(resource, args)) yield problem;
  } else if (toExpression(args) === undefined) {
    yield `Arguments must be an object or an expression, for ${arn}`;
  }
  if (!resource.waitsForToken) return;
  const expressions = [...findExpressions(args, 'Arguments')].map((found) => found.expression);
  if (!expressions.some((text) => text.includes('$states.context.Task.Token'))) {
    yield `Arguments must pass on $states.context.Task.Token, which ${arn} waits for`;
  }
}

/** Gives evaluated arguments as an object. @throws StateError States.Runtime for an argument that is missing or not known. */
export function readArguments(arn: string, args: Json): Readonly<Record<string, Json>> {
  if (!isJsonObject(args)) throw new StateError(STATES_RUNTIME, `the arguments of ${arn} are not an object`);
  const problems = [...checkArguments(resourceOf(arn), args)];
  if (problems.length > 0) throw new StateError(STATES_RUNTIME, problems.join('; '));
  return args;
}

function* checkArguments(resource: Resource, args: object): Generator<string> {
  const given = Object.keys(args);
  const known = [...resource.required, ...resource.optional];
  for (const name of given) {
    if (!known.includes(name))
      yield `argument ${name} of ${resource.type}:${resource.action} is not known here`;
  }
  for (const name of resource.required) {
    if (!given.includes(name)) yield `argument ${name} of ${resource.type}:${resource.action} is missing`;
  }
}
