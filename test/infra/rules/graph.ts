import type { Properties, Template } from '../support/template.ts';
import { findResource } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

/** The resources that each resource waits for: what it refers to, and what it is told to depend on. */
export function toDependencies(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Set(Object.keys(template.Resources));
  return new Map(
    Object.entries(template.Resources).map(([id, { Properties: properties, DependsOn }]) => {
      const found = new Set([DependsOn ?? []].flat());
      collect(properties, found);
      return [id, new Set([...found].filter((name) => known.has(name)))];
    }),
  );
}

function collect(value: Properties, found: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  if (typeof value.Ref === 'string') found.add(value.Ref);
  const attribute = value['Fn::GetAtt'];
  if (attribute !== undefined) found.add(Array.isArray(attribute) ? attribute[0] : attribute.split('.')[0]);
  const substitute = value['Fn::Sub'];
  const text = Array.isArray(substitute) ? substitute[0] : substitute;
  if (typeof text === 'string')
    for (const [, name] of text.matchAll(/\$\{([^!}.]+)/g)) if (name) found.add(name);
  for (const part of Object.values(value)) collect(part, found);
}

/** One circle of resources that wait for each other, or undefined. */
export function findCycle(
  dependencies: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id)) return undefined;
    for (const next of dependencies.get(id) ?? []) {
      const cycle = visit(next, [...path, id]);
      if (cycle) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of dependencies.keys()) {
    const cycle = visit(id, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** What CloudFormation needs in order to make the stack at all. */
export const GRAPH_RULES: readonly TemplateRule[] = [
  {
    title: 'no resource waits for itself, over however many others',
    find: (template) => {
      const cycle = findCycle(toDependencies(template));
      return cycle ? [cycle.join(' → ')] : [];
    },
    controls: {
      'the right to continue runs within the role of finish-sync': (template) => {
        const machine = Object.keys(template.Resources).find((id) =>
          id.startsWith('WorkflowSyncIntegration'),
        );
        const policy = findResource(template, 'AWS::IAM::Policy', 'FinishSyncRoleDefaultPolicy');
        policy.Properties.PolicyDocument.Statement[0].Resource = { Ref: machine };
      },
      'a dependency by name': (template) => {
        const [first, second] = Object.keys(template.Resources) as [string, string];
        (template.Resources[first] as { DependsOn?: string[] }).DependsOn = [second];
        (template.Resources[second] as { DependsOn?: string[] }).DependsOn = [first];
      },
    },
  },
];
