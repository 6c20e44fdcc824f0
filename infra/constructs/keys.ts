import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

/** Tag (value `true`) of the role with which an operator may schedule the deletion of a kept key, as the runbook says. */
export const BREAK_GLASS_TAG = 'domain-collective-break-glass';

/**
 * The two keys: one seals credentials, the other makes fingerprints. A deletion waits for 30 days; where the stage
 * keeps its data, only a role that is tagged for it may ask for one, whatever else it may do.
 */
export class Keys extends Construct {
  readonly seal: Key;
  readonly mac: Key;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    const removalPolicy = stage.isKept ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const common = { removalPolicy, pendingWindow: Duration.days(30) };
    this.seal = new Key(this, 'Seal', {
      ...common,
      description: `Seals registrar credentials (${stage.name})`,
      enableKeyRotation: true,
    });
    this.mac = new Key(this, 'Mac', {
      ...common,
      description: `Fingerprints and cursor signatures (${stage.name})`,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
    });
    if (stage.isKept) for (const key of [this.seal, this.mac]) key.addToResourcePolicy(forbidDeletion());
  }
}

function forbidDeletion(): PolicyStatement {
  return new PolicyStatement({
    sid: 'NoDeletionWithoutBreakingGlass',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: ['kms:ScheduleKeyDeletion'],
    resources: ['*'],
    conditions: { StringNotEquals: { [`aws:PrincipalTag/${BREAK_GLASS_TAG}`]: 'true' } },
  });
}
