import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R4Checks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import { toAcknowledgements } from '#infra/acknowledgements.ts';
import { composeWithStandIns, VARIANTS, type Variant } from '#test/infra/support/template.ts';
import { INFORMATIVE } from './informative.ts';

const GATING = [AwsSolutionsChecks, ServerlessChecks];
const INFORMING = [HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks];
export const PACKS = GATING.length + INFORMING.length;

/** What the packs of cdk-nag find in all variants of the stack. */
export interface PackCounts {
  /** Findings, a construct each. */
  readonly found: number;
  /** Those that nobody argued, as `rule at construct`. */
  readonly open: readonly string[];
}

/**
 * Runs all six packs over every way to deploy. Findings of the packs that gate are acknowledged by rule and construct, those
 * of the packs that inform by rule.
 * @param isArgued whether the acknowledgement of a rule counts: the control leaves one out.
 */
export function countFindings(isArgued: (rule: string) => boolean): PackCounts {
  // Assets of the CDK's own checks aren't looked at here; `npm run synth` runs them.
  process.env.CDK_VALIDATION = 'false';
  let found = 0;
  const open: string[] = [];
  for (const variant of Object.keys(VARIANTS) as Variant[]) {
    const { app, stack, settings, remove } = composeWithStandIns(VARIANTS[variant]);
    const acknowledged = toAcknowledgements(settings).filter(({ id }) => isArgued(id));
    const find = (Pack: (typeof GATING)[number] | (typeof INFORMING)[number]) =>
      new Pack(app).validateScope(app).violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = '' }) => ({
          id: ruleName,
          path: constructPath.slice(stack.node.path.length + 1),
        })),
      );
    for (const { id, path } of GATING.flatMap(find)) {
      found += 1;
      const isKnown = acknowledged.some(
        (each) => each.id === id && each.at.some((at) => `${path}/`.startsWith(`${at}/`)),
      );
      if (!isKnown) open.push(`${id} at ${path}`);
    }
    for (const { id, path } of INFORMING.flatMap(find)) {
      found += 1;
      const rule = id.slice(id.lastIndexOf('-') + 1);
      if (INFORMATIVE[rule] === undefined || !isArgued(rule)) open.push(`${id} at ${path}`);
    }
    remove();
  }
  return { found, open };
}
