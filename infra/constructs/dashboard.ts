import { Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  Metric,
  PeriodOverride,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { HouseFunction } from './house-function.ts';

export interface DashboardProps {
  readonly stage: Stage;
  readonly stateMachine: StateMachine;
  readonly workers: readonly HouseFunction[];
  readonly functions: readonly HouseFunction[];
  readonly queues: Readonly<Record<string, Queue>>;
  readonly apiId: string;
  /** Names of the tables. */
  readonly tables: readonly string[];
}

const sum = { statistic: Stats.SUM, period: Duration.minutes(5) };

/** The six graphs with which to begin when something is wrong: runs, waiting, workers, the API, failures, the tables. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { stage, stateMachine, workers, functions, queues, apiId, tables } = props;
    const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
      new GraphWidget({ title, left, right, width: 12, height: 6 });
    const api = (metricName: string, statistic: string = Stats.SUM) =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: { ApiId: apiId },
        ...sum,
        statistic,
      });
    const throttled = (TableName: string) =>
      ['ReadThrottleEvents', 'WriteThrottleEvents'].map(
        (metricName) =>
          new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap: { TableName }, ...sum }),
      );
    new CloudWatchDashboard(this, 'Board', {
      dashboardName: `domain-collective-${stage.name}`,
      periodOverride: PeriodOverride.AUTO,
      defaultInterval: Duration.days(1),
      widgets: [
        [
          graph('Runs', [
            stateMachine.metricStarted(sum),
            stateMachine.metricSucceeded(sum),
            stateMachine.metricFailed(sum),
            stateMachine.metricTimedOut(sum),
          ]),
          graph(
            'Oldest message (s), and messages that wait',
            Object.values(queues).map((queue) => queue.metricApproximateAgeOfOldestMessage()),
            Object.values(queues).map((queue) => queue.metricApproximateNumberOfMessagesVisible()),
          ),
        ],
        [
          graph(
            'Workers: executions at once, and longest (ms)',
            workers.map(({ fn }) => fn.metric('ConcurrentExecutions', { ...sum, statistic: Stats.MAXIMUM })),
            workers.map(({ fn }) => fn.metricDuration({ ...sum, statistic: Stats.MAXIMUM })),
          ),
          graph(
            'API: requests and refusals, and how long they take (ms)',
            [api('Count'), api('4xx'), api('5xx')],
            [api('Latency', 'p50'), api('Latency', 'p99')],
          ),
        ],
        [
          graph(
            'Failures of functions, and executions refused',
            functions.map(({ fn }) => fn.metricErrors(sum)),
            functions.map(({ fn }) => fn.metricThrottles(sum)),
          ),
          graph('Requests that the tables throttled', tables.flatMap(throttled)),
        ],
      ],
    });
  }
}
