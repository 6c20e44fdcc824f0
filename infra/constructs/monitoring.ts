import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Ec2Action, Ec2InstanceAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { SyncCode } from '#core/errors.ts';
import type { Alarms } from './alarms.ts';
import type { HouseFunction } from './house-function.ts';
import type { NatInstance } from './nat-instance.ts';

export interface MonitoringProps {
  readonly alarms: Alarms;
  readonly functions: readonly HouseFunction[];
  readonly workers: readonly HouseFunction[];
  /** Functions that run for long, with the workers: those whose time may run out. */
  readonly long: readonly HouseFunction[];
  readonly sweep: HouseFunction;
  readonly dispatch: HouseFunction;
  readonly stateMachine: StateMachine;
  readonly queues: Readonly<Record<string, Queue>>;
  readonly deadLetters: Queue;
  readonly apiId: string;
  readonly nat: NatInstance | undefined;
}

const FIVE_MINUTES = Duration.minutes(5);
const sum = { statistic: Stats.SUM, period: FIVE_MINUTES };
const max = { statistic: Stats.MAXIMUM, period: FIVE_MINUTES };
const UNREADABLE: SyncCode = 'CREDENTIALS_UNREADABLE';

/** Everything that an operator is told of; each alarm says what it means and where to read on. */
export class Monitoring extends Construct {
  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    watchFunctions(props);
    watchQueues(props);
    watchWorkflow(props);
    watchNat(props);
    this.watchCredentials(props);
  }

  /** A refusal of KMS to open what we sealed ourselves means that rows or rights were tampered with: never an accident. */
  private watchCredentials({ alarms, workers }: MonitoringProps): void {
    const [metricNamespace, metricName] = ['DomainCollective', 'CredentialsUnreadable'];
    for (const worker of workers) {
      new MetricFilter(this, `Unreadable-${worker.name}`, {
        logGroup: worker.log,
        filterPattern: FilterPattern.stringValue('$.code', '=', UNREADABLE),
        metricNamespace,
        metricName,
        metricValue: '1',
      });
    }
    alarms.add('CredentialsUnreadable', {
      metric: new Metric({ namespace: metricNamespace, metricName, ...sum }),
      threshold: 1,
      means: 'Stored credentials could not be opened as what they claim to be: a security event.',
      runbook: 'unreadable',
    });
  }
}

function watchFunctions({ alarms, functions, long, sweep, dispatch }: MonitoringProps): void {
  for (const { fn, name } of functions) {
    alarms.add(`Errors-${name}`, {
      metric: fn.metricErrors(sum),
      threshold: 1,
      means: `Function ${name} failed or timed out.`,
      runbook: 'functionErrors',
    });
    alarms.add(`Throttles-${name}`, {
      metric: fn.metricThrottles(sum),
      threshold: 1,
      periods: 2,
      means: `Function ${name} was refused executions for ten minutes.`,
      runbook: 'throttles',
    });
  }
  for (const { fn, name, timeoutSeconds } of long) {
    alarms.add(`Slow-${name}`, {
      metric: fn.metricDuration(max),
      threshold: 0.9 * timeoutSeconds * 1000,
      means: `Function ${name} took more than nine tenths of its timeout of ${timeoutSeconds} s.`,
      runbook: 'slowFunctions',
    });
  }
  const silent = (id: string, metric: IMetric, means: string) =>
    alarms.add(id, { metric, threshold: 1, when: 'below', silence: 'bad', means, runbook: 'clocks' });
  silent(
    'SweepSilent',
    sweep.fn.metricInvocations({ ...sum, period: Duration.minutes(15) }),
    'The sweep has not run for 15 minutes: runs that break off stay as they are.',
  );
  silent(
    'DispatchSilent',
    dispatch.fn.metricInvocations({ ...sum, period: Duration.hours(3) }),
    'The dispatcher has not run for three hours: no weekly sync starts.',
  );
}

function watchQueues({ alarms, queues, deadLetters }: MonitoringProps): void {
  // Messages are moved here without being sent, and answered within seconds: what counts is that they are received.
  alarms.add('DeadLetters', {
    metric: deadLetters.metricNumberOfMessagesReceived(sum),
    threshold: 1,
    means: 'A message failed three times and went to the dead letters; its step was answered as failed.',
    runbook: 'deadLetters',
  });
  alarms.add('DeadLettersWait', {
    metric: deadLetters.metricApproximateNumberOfMessagesVisible(max),
    threshold: 1,
    periods: 3,
    means: 'Dead letters lie for 15 minutes and nobody answers them: runs wait for their timeouts.',
    runbook: 'deadLetters',
  });
  for (const [name, queue] of Object.entries(queues)) {
    alarms.add(`Waiting-${name}`, {
      metric: queue.metricApproximateAgeOfOldestMessage(max),
      threshold: 3_600,
      periods: 2,
      means: `The oldest message of the queue ${name} is more than an hour old.`,
      runbook: 'queues',
    });
  }
}

function watchWorkflow({ alarms, stateMachine, apiId }: MonitoringProps): void {
  const ended = (id: string, metric: IMetric, how: string) =>
    alarms.add(id, {
      metric,
      threshold: 1,
      means: `An execution ${how} before it could end its run; the sweep ends it.`,
      runbook: 'executions',
    });
  ended('ExecutionsFailed', stateMachine.metricFailed(sum), 'failed');
  ended('ExecutionsTimedOut', stateMachine.metricTimedOut(sum), 'timed out');
  alarms.add('Api5xx', {
    metric: new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: { ApiId: apiId },
      ...sum,
    }),
    threshold: 5,
    means: 'The API answered five requests in five minutes with 5xx.',
    runbook: 'apiFails',
  });
}

function watchNat({ alarms, nat }: MonitoringProps): void {
  if (!nat) return;
  const check = (metricName: string) =>
    new Metric({
      namespace: 'AWS/EC2',
      metricName,
      dimensionsMap: { InstanceId: nat.instance.instanceId },
      statistic: Stats.MAXIMUM,
      period: Duration.minutes(1),
    });
  const means = (what: string) => `The NAT instance ${what}: no sync of Namecheap works until it is back.`;
  alarms
    .add('NatHost', {
      metric: check('StatusCheckFailed_System'),
      threshold: 1,
      periods: 2,
      means: means('lost its host and is being recovered'),
      runbook: 'nat',
    })
    .addAlarmAction(new Ec2Action(Ec2InstanceAction.RECOVER));
  alarms
    .add('NatHangs', {
      metric: check('StatusCheckFailed_Instance'),
      threshold: 1,
      periods: 3,
      means: means('hangs and is being restarted'),
      runbook: 'nat',
    })
    .addAlarmAction(new Ec2Action(Ec2InstanceAction.REBOOT));
}
