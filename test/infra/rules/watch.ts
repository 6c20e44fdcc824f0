import { RUNBOOK, type RunbookSection, toRunbookLink } from '#infra/runbook.ts';
import { findResource, functionsOf, resourcesOf, type Template, toText } from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const LINKS = (Object.keys(RUNBOOK) as RunbookSection[]).map(toRunbookLink);
const alarmsOf = (template: Template) => resourcesOf(template, 'AWS::CloudWatch::Alarm');

/** The alarm of a metric of something, by the value of one of its dimensions. */
function hasAlarm(template: Template, metric: string, reference: string): boolean {
  return alarmsOf(template).some(
    ([
      ,
      {
        Properties: { MetricName, Dimensions = [] },
      },
    ]) =>
      MetricName === metric && Dimensions.some(({ Value }: { Value: string }) => toText(Value) === reference),
  );
}

function dropAlarms(template: Template, part: string): void {
  for (const [id] of alarmsOf(template)) if (id.includes(part)) delete template.Resources[id];
}

/** What an operator is told of, and how. */
export const WATCH_RULES: readonly TemplateRule[] = [
  {
    title: 'every alarm says what it means, links to its section of the runbook, and tells the topic',
    find: (template) =>
      alarmsOf(template)
        .filter(
          ([
            ,
            {
              Properties: { AlarmDescription: text = '', AlarmActions: actions = [] },
            },
          ]) => {
            const [meaning = '', link = ''] = text.split(' What to do: ');
            return (
              meaning.length < 20 || !LINKS.includes(link) || !/^<AlarmsTopic\w+>$/.test(toText(actions[0]))
            );
          },
        )
        .map(([id]) => id),
    controls: {
      'no link': (template) => {
        findResource(template, 'AWS::CloudWatch::Alarm').Properties.AlarmDescription =
          'Something is wrong somewhere.';
      },
      'nobody is told': (template) => {
        findResource(template, 'AWS::CloudWatch::Alarm').Properties.AlarmActions = [];
      },
    },
  },
  {
    title: 'every function has an alarm for failures and one for refusals',
    find: (template) =>
      [...functionsOf(template)].flatMap(([name, { logicalId }]) =>
        ['Errors', 'Throttles']
          .filter((metric) => !hasAlarm(template, metric, `<${logicalId}>`))
          .map((metric) => `${name}: ${metric}`),
      ),
    controls: {
      'one without': (template) => dropAlarms(template, 'Errorssweep'),
    },
  },
  {
    title: 'a function that may run for two minutes or more has an alarm before its time is up',
    find: (template) =>
      [...functionsOf(template)]
        .filter(([, { logicalId, Timeout }]) => {
          const alarm = alarmsOf(template).find(
            ([, { Properties: each }]) =>
              each.MetricName === 'Duration' && toText(each.Dimensions[0].Value) === `<${logicalId}>`,
          );
          return Timeout >= 120 && !(alarm && alarm[1].Properties.Threshold < Timeout * 1_000);
        })
        .map(([name]) => name),
    controls: {
      'a worker without': (template) => dropAlarms(template, 'Slowregistrarworkergodaddy'),
    },
  },
  {
    title: 'a clock that is silent raises an alarm',
    find: (template) =>
      ['sweep', 'dispatch-due-syncs'].filter((name) => {
        const id = functionsOf(template).get(name)?.logicalId;
        return !alarmsOf(template).some(
          ([, { Properties: each }]) =>
            each.MetricName === 'Invocations' &&
            toText(each.Dimensions[0].Value) === `<${id}>` &&
            each.ComparisonOperator === 'LessThanThreshold' &&
            each.TreatMissingData === 'breaching',
        );
      }),
    controls: {
      'silence is taken for good': (template) => {
        findResource(template, 'AWS::CloudWatch::Alarm', 'SweepSilent').Properties.TreatMissingData =
          'notBreaching';
      },
    },
  },
  {
    title: 'every queue has an alarm for messages that wait, and the dead letters one for each',
    find: (template) =>
      resourcesOf(template, 'AWS::SQS::Queue')
        .filter(([id]) => {
          const metrics = id.startsWith('QueuesDeadLetters')
            ? ['NumberOfMessagesReceived', 'ApproximateNumberOfMessagesVisible']
            : ['ApproximateAgeOfOldestMessage'];
          return !metrics.every((metric) => hasAlarm(template, metric, `<${id}.QueueName>`));
        })
        .map(([id]) => id),
    controls: {
      'a queue without': (template) => dropAlarms(template, 'Waitinggandi'),
      'dead letters without': (template) => dropAlarms(template, 'DeadLetters'),
    },
  },
  {
    title: 'executions that fail or time out, and answers with 5xx, raise an alarm',
    find: (template) =>
      [
        ['ExecutionsFailed', /^<WorkflowSyncIntegration\w+>$/],
        ['ExecutionsTimedOut', /^<WorkflowSyncIntegration\w+>$/],
        ['5xx', /^<ApiHttp\w*>$/],
      ].flatMap(([metric, of]) => {
        const isThere = alarmsOf(template).some(
          ([, { Properties: each }]) =>
            each.MetricName === metric && (of as RegExp).test(toText(each.Dimensions[0].Value)),
        );
        return isThere ? [] : [String(metric)];
      }),
    controls: {
      'none for timeouts': (template) => dropAlarms(template, 'ExecutionsTimedOut'),
    },
  },
  {
    title: "credentials that can't be opened are counted in every worker's log, and one raises the alarm",
    find: (template) => {
      const logs = [...functionsOf(template)]
        .filter(([name]) => name.startsWith('registrar-worker-'))
        .map(([name, { LoggingConfig }]) => [name, toText(LoggingConfig.LogGroup)] as const);
      const filters = resourcesOf(template, 'AWS::Logs::MetricFilter').map(
        ([, { Properties: filter }]) => filter,
      );
      const counted = filters
        .filter(({ FilterPattern }) => FilterPattern === '{ $.code = "CREDENTIALS_UNREADABLE" }')
        .map(({ LogGroupName }) => toText(LogGroupName));
      const [{ MetricName, MetricNamespace } = { MetricName: '', MetricNamespace: '' }] =
        filters[0]?.MetricTransformations ?? [];
      const isWatched = alarmsOf(template).some(
        ([, { Properties: each }]) =>
          each.MetricName === MetricName && each.Namespace === MetricNamespace && each.Threshold === 1,
      );
      return [
        ...logs.filter(([, log]) => !counted.includes(log)).map(([name]) => name),
        ...(isWatched ? [] : ['the alarm']),
      ];
    },
    controls: {
      'one worker is not read': (template) => {
        const [id] = resourcesOf(template, 'AWS::Logs::MetricFilter')[0] ?? [''];
        delete template.Resources[id];
      },
      'nobody looks': (template) => dropAlarms(template, 'CredentialsUnreadable'),
    },
  },
  {
    title: 'in production, disabling a key or asking for its deletion is told at once',
    in: ['prod', 'fckNat'],
    find: (template) => {
      const rule = resourcesOf(template, 'AWS::Events::Rule').find(([id]) => id.startsWith('KeyWatch'))?.[1]
        .Properties;
      const { eventName, requestParameters } = rule?.EventPattern.detail ?? {};
      const named: readonly string[] = (requestParameters?.keyId ?? []).map(toText);
      const wanted = resourcesOf(template, 'AWS::KMS::Key')
        .map(([id]) => id)
        .filter((id) => id.startsWith('Keys'));
      return [
        ...(eventName?.join() === 'DisableKey,ScheduleKeyDeletion' ? [] : ['calls']),
        ...wanted.filter((id) => !named.includes(`<${id}>`) || !named.includes(`<${id}.Arn>`)),
        ...(/^<AlarmsTopic\w+>$/.test(toText(rule?.Targets[0].Arn)) ? [] : ['the topic']),
      ];
    },
    controls: {
      'by its ARN it goes unseen': (template) => {
        const { detail } = findResource(template, 'AWS::Events::Rule', 'KeyWatch').Properties.EventPattern;
        detail.requestParameters.keyId = detail.requestParameters.keyId.filter(
          (id: { Ref?: string }) => id.Ref,
        );
      },
    },
  },
  {
    title: 'alarms travel encrypted',
    find: (template) => {
      const { KmsMasterKeyId } = findResource(template, 'AWS::SNS::Topic').Properties;
      const isTls = JSON.stringify(findResource(template, 'AWS::SNS::TopicPolicy').Properties).includes(
        '"aws:SecureTransport":"false"',
      );
      return [
        ...(/^<AlarmsKey\w+\.Arn>$/.test(toText(KmsMasterKeyId)) ? [] : ['at rest']),
        ...(isTls ? [] : ['on the way']),
      ];
    },
    controls: {
      'not at rest': (template) => {
        delete findResource(template, 'AWS::SNS::Topic').Properties.KmsMasterKeyId;
      },
    },
  },
  {
    title: 'the operator who gave an address gets a mail',
    in: ['prod'],
    find: (template) => {
      const mails = resourcesOf(template, 'AWS::SNS::Subscription').map(
        ([, { Properties: each }]) => `${each.Protocol} ${each.Endpoint}`,
      );
      return mails.join() === 'email operator@example.com' ? [] : ['no mail'];
    },
    controls: {
      nobody: (template) => {
        for (const [id] of resourcesOf(template, 'AWS::SNS::Subscription')) delete template.Resources[id];
      },
    },
  },
];
