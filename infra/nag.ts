import { type App, type Stack, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type NagPack, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import type { Acknowledgement } from './acknowledgements.ts';

type PackClass = new (app: App) => NagPack;

/** The packs whose findings stop a deployment. */
export const PACKS: readonly PackClass[] = [AwsSolutionsChecks, ServerlessChecks];

/** What cdk-nag found at one construct. */
export interface Finding {
  readonly id: string;
  /** Path of the construct, below the stack. */
  readonly path: string;
}

/**
 * Lets cdk-nag check the app when it is synthesized, but for what is acknowledged.
 * @throws Error that lists the acknowledgements without a finding
 */
export function addNag(app: App, stack: Stack, acknowledgements: readonly Acknowledgement[]): void {
  const idle = findIdle(acknowledgements, findAll(app, stack));
  if (idle.length > 0) throw new Error(`acknowledged, but not found:\n  ${idle.join('\n  ')}`);
  for (const { id, at, reason } of acknowledgements) {
    for (const path of at) Validations.of(findConstruct(stack, path)).acknowledge({ id, reason });
  }
  Validations.of(app).addPlugins(...PACKS.map((Pack) => new Pack(app)));
}

/** Everything that cdk-nag finds (by the packs that gate, unless told), before anything is acknowledged. */
export function findAll(app: App, stack: Stack, packs: readonly PackClass[] = PACKS): readonly Finding[] {
  return packs.flatMap((Pack) =>
    new Pack(app).validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        id: ruleName,
        path: (constructPath ?? '').slice(stack.node.path.length + 1),
      })),
    ),
  );
}

/** Whether a finding is acknowledged: its rule, at its construct or above. */
export function isAcknowledged(finding: Finding, acknowledgements: readonly Acknowledgement[]): boolean {
  return acknowledgements.some(
    ({ id, at }) => id === finding.id && at.some((path) => isWithin(finding, path)),
  );
}

/** Acknowledgements that no finding needs, as `id at path`. */
export function findIdle(
  acknowledgements: readonly Acknowledgement[],
  findings: readonly Finding[],
): readonly string[] {
  const isNeeded = (id: string, at: string) =>
    findings.some((finding) => finding.id === id && isWithin(finding, at));
  return acknowledgements.flatMap(({ id, at }) =>
    at.filter((path) => !isNeeded(id, path)).map((path) => `${id} at ${path}`),
  );
}

function isWithin({ path }: Finding, at: string): boolean {
  return `${path}/`.startsWith(`${at}/`);
}

function findConstruct(stack: Stack, path: string): IConstruct {
  return path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), stack);
}
