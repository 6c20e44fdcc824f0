import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type RunbookSection, toRunbookLink } from '../runbook.ts';
import type { Settings } from '../settings.ts';

/** When an alarm goes off, what it means, and where it says what to do. */
export interface AlarmRule {
  readonly metric: IMetric;
  /** One sentence for whoever is woken. */
  readonly means: string;
  readonly runbook: RunbookSection;
  readonly threshold: number;
  /** @default 'atLeast' */
  readonly when?: 'atLeast' | 'below';
  /** Periods of the metric in a row. @default 1 */
  readonly periods?: number;
  /** What silence means. @default 'good' */
  readonly silence?: 'good' | 'bad';
}

/** Makes the alarms; all of them speak to one encrypted topic, which people and tools subscribe to. */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly action: SnsAction;

  constructor(scope: Construct, id: string, { stage, alarmEmail }: Settings) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      description: `Alarms on their way (${stage.name})`,
      enableKeyRotation: true,
      pendingWindow: Duration.days(7),
      // Nothing outlives its way to the subscribers.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMaySend',
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
      }),
    );
    this.topic = new Topic(this, 'Topic', {
      displayName: `Domain Collective ${stage.name}`,
      masterKey: key,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsMaySend',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (alarmEmail !== undefined) {
      new Subscription(this, 'Email', {
        topic: this.topic,
        protocol: SubscriptionProtocol.EMAIL,
        endpoint: alarmEmail,
      });
    }
    this.action = new SnsAction(this.topic);
  }

  /** Makes one alarm. */
  add(id: string, rule: AlarmRule): Alarm {
    const { metric, means, runbook, threshold, when = 'atLeast', periods = 1, silence = 'good' } = rule;
    const props: AlarmProps = {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator:
        when === 'atLeast'
          ? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
          : ComparisonOperator.LESS_THAN_THRESHOLD,
      treatMissingData: silence === 'good' ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
      alarmDescription: `${means} What to do: ${toRunbookLink(runbook)}`,
    };
    const alarm = new Alarm(this, id, props);
    alarm.addAlarmAction(this.action);
    return alarm;
  }
}
