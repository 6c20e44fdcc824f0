import type { Json, JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { COGNITO_ISSUER, type LocalNames, toPhysicalIds } from './physical-ids.ts';
import { findIdleReason, RUNNING_TYPES } from './resource-types.ts';
import { createResolver, type PhysicalIds, type Template } from './template.ts';

/** A resource that a stand-in runs, its properties without intrinsic functions. */
export interface RunningResource {
  readonly logicalId: string;
  readonly type: string;
  readonly ids: PhysicalIds;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
}

/** What becomes of every resource of a template on this machine. */
export interface Ledger {
  readonly running: readonly RunningResource[];
  /** The resources of one type, in the template's order. */
  ofType(type: string): readonly RunningResource[];
  /** Logical id → why nothing runs for it. */
  readonly idle: ReadonlyMap<string, string>;
  /** One property of every resource of a type, idle ones too, without intrinsic functions. */
  read(type: string, property: string): readonly Json[];
}

export interface LedgerOptions extends LocalNames {
  readonly stackName: string;
  /** Takes the place of the Cognito pool's address wherever the template puts it together. */
  readonly issuer: string;
}

/**
 * Decides for every resource whether a stand-in runs it or why it has nothing to do here.
 * @throws Error that lists every resource type, property and reference that the local run doesn't know.
 */
export function toLedger(template: Template, options: LedgerOptions): Ledger {
  const resolver = createResolver(
    template,
    options.stackName,
    (logicalId, resource, property) => toPhysicalIds(options, logicalId, resource, property),
    (text) => (text === COGNITO_ISSUER ? options.issuer : text),
  );
  const deploymentOnly = findDeploymentFunctions(template);
  const running: RunningResource[] = [];
  const idle = new Map<string, string>();
  const problems: string[] = [];

  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const { Type: type } = resource;
    const known = RUNNING_TYPES[type];
    const reason = deploymentOnly.has(logicalId) ? 'acts at deployment only' : findIdleReason(type);
    if (!resolver.exists(logicalId)) idle.set(logicalId, 'its condition does not hold');
    else if (reason !== undefined) idle.set(logicalId, reason);
    else if (!known) problems.push(`${logicalId}: no stand-in knows the type ${type}`);
    else {
      const properties: Record<string, Json> = {};
      for (const [name, value] of Object.entries(resource.Properties ?? {})) {
        if (name in known.inert) continue;
        if (!known.acts.includes(name))
          problems.push(`${logicalId} (${type}): property ${name} is not known locally`);
        else
          collect(problems, () => {
            properties[name] = resolver.resolve(value, `${logicalId}.${name}`);
          });
      }
      collect(problems, () => {
        const ids = resolver.ids(logicalId);
        running.push({ logicalId, type, ids, properties, metadata: resource.Metadata ?? {} });
      });
    }
  }
  problems.push(...findTwins(running), ...findDanglingPermissions(running));
  if (problems.length > 0)
    throw new Error(`the template asks for what the local run can't do:\n  ${problems.join('\n  ')}`);
  return {
    running,
    idle,
    ofType: (type) => running.filter((resource) => resource.type === type),
    read: (type, property) =>
      Object.entries(template.Resources).flatMap(([logicalId, resource]) => {
        const value = resource.Type === type ? resource.Properties?.[property] : undefined;
        return value === undefined ? [] : [resolver.resolve(value, `${logicalId}.${property}`)];
      }),
  };
}

function collect(problems: string[], step: () => void): void {
  try {
    step();
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
}

/** Functions that serve custom resources: CloudFormation calls them while it deploys, nobody else does. */
function findDeploymentFunctions(template: Template): ReadonlySet<string> {
  const found = new Set<string>();
  for (const resource of Object.values(template.Resources)) {
    const token = resource.Properties?.ServiceToken;
    const target = isJsonObject(token) ? token['Fn::GetAtt'] : undefined;
    if (Array.isArray(target) && typeof target[0] === 'string') found.add(target[0]);
  }
  for (const [logicalId, resource] of Object.entries(template.Resources)) {
    const target = resource.Properties?.FunctionName;
    const of = isJsonObject(target)
      ? (target.Ref ?? (target['Fn::GetAtt'] as Json[] | undefined)?.[0])
      : target;
    if (typeof of === 'string' && found.has(of)) found.add(logicalId);
  }
  return found;
}

function findTwins(running: readonly RunningResource[]): string[] {
  const first = new Map<string, string>();
  return running.flatMap(({ logicalId, type, ids }) => {
    if (type === 'AWS::Lambda::Permission' || type === 'AWS::ApiGatewayV2::Stage') return [];
    const key = `${type} ${ids.ref}`;
    const other = first.get(key);
    first.set(key, logicalId);
    return other === undefined ? [] : [`${logicalId}: has the same name ${ids.ref} as ${other}`];
  });
}

/** A permission has to name a function of this template, else the call that it allows would fail in AWS. */
function findDanglingPermissions(running: readonly RunningResource[]): string[] {
  const functions = new Set(
    running
      .filter(({ type }) => type === 'AWS::Lambda::Function')
      .flatMap(({ ids }) => [ids.ref, ids.attributes.Arn ?? ids.ref]),
  );
  return running
    .filter(({ type }) => type === 'AWS::Lambda::Permission')
    .filter(({ properties }) => !functions.has(String(properties.FunctionName)))
    .map(
      ({ logicalId, properties }) =>
        `${logicalId}: allows a call of ${properties.FunctionName}, which is no function here`,
    );
}
