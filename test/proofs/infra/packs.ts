import { HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { toAcknowledgements } from '#infra/acknowledgements.ts';
import { type Finding, findAll, isAcknowledged, PACKS } from '#infra/nag.ts';
import { composeWithStandIns, VARIANTS, type Variant } from '#test/infra/support/template.ts';
import { INFORMATIVE } from './informative.ts';

const INFORMING = [HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks];
/** Those that gate, and these. */
export const PACK_COUNT = PACKS.length + INFORMING.length;

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
    const gating = findAll(app, stack);
    const informing = findAll(app, stack, INFORMING);
    found += gating.length + informing.length;
    const isAnswered = ({ id }: Finding) => {
      const rule = id.slice(id.lastIndexOf('-') + 1);
      return INFORMATIVE[rule] !== undefined && isArgued(rule);
    };
    const unargued = [
      ...gating.filter((finding) => !isAcknowledged(finding, acknowledged)),
      ...informing.filter((finding) => !isAnswered(finding)),
    ];
    open.push(...unargued.map(({ id, path }) => `${id} at ${path}`));
    remove();
  }
  return { found, open };
}
