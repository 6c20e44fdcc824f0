import { type Properties, resourcesOf, type Template, toFunctionName, toText } from './template.ts';

/** A statement of a policy, its lists always lists and its references readable. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: Properties;
}

/** What a role may do, and who may take it. */
export interface RoleRights {
  readonly logicalId: string;
  /** Name of the function whose role it is, else the role's logical id. */
  readonly name: string;
  readonly statements: readonly Statement[];
  readonly managedPolicies: readonly string[];
  /** Statements of the trust policy. */
  readonly trust: readonly Properties[];
}

/** Every role of a template with all that its policies say. */
export function rolesOf(template: Template): readonly RoleRights[] {
  const policies = resourcesOf(template, 'AWS::IAM::Policy');
  const owners = new Map(
    resourcesOf(template, 'AWS::Lambda::Function').map(([id, resource]) => [
      resource.Properties.Role['Fn::GetAtt'][0] as string,
      toFunctionName(id, resource),
    ]),
  );
  return resourcesOf(template, 'AWS::IAM::Role').map(([logicalId, { Properties: role }]) => {
    const attached = policies.filter(([, { Properties: policy }]) =>
      policy.Roles.some(({ Ref }: { Ref: string }) => Ref === logicalId),
    );
    const documents = [
      ...attached.map(([, { Properties: policy }]) => policy.PolicyDocument),
      ...(role.Policies ?? []).map(({ PolicyDocument }: Properties) => PolicyDocument),
    ];
    return {
      logicalId,
      name: owners.get(logicalId) ?? logicalId,
      statements: documents.flatMap(({ Statement }) => Statement.map(toStatement)),
      managedPolicies: (role.ManagedPolicyArns ?? []).map(toText),
      trust: role.AssumeRolePolicyDocument.Statement,
    };
  });
}

function toStatement(statement: Properties): Statement {
  const toList = (value: Properties) => (Array.isArray(value) ? value : [value]);
  return {
    effect: statement.Effect,
    actions: toList(statement.Action),
    resources: toList(statement.Resource).map(toText),
    conditions: statement.Condition,
  };
}

/** Whether a statement allows an action, by name or by a pattern. */
export function allows({ effect, actions }: Statement, action: string): boolean {
  const matches = (pattern: string) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`, 'i').test(action);
  return effect === 'Allow' && actions.some(matches);
}

/** The statement of a policy in the template, to be broken: the first that names an action. */
export function findStatement(template: Template, policyPart: string, action: string): Properties {
  for (const [id, { Properties: policy }] of resourcesOf(template, 'AWS::IAM::Policy')) {
    if (!id.includes(policyPart)) continue;
    const found = policy.PolicyDocument.Statement.find(({ Action }: Properties) =>
      [Action].flat().includes(action),
    );
    if (found) return found;
  }
  throw new Error(`no policy ${policyPart} allows ${action}`);
}
