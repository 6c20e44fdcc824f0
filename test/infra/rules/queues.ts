import { LEASE_MS } from '#limits/leased-gate.ts';
import { allows, rolesOf } from '../support/statements.ts';
import {
  findResource,
  functionsOf,
  type Properties,
  resourcesOf,
  type Template,
  toText,
} from '../support/template.ts';
import type { TemplateRule } from './rule.ts';

const queuesOf = (template: Template) => resourcesOf(template, 'AWS::SQS::Queue');
const isForDead = (id: string) => id.startsWith('QueuesDeadLetters');

/** Which function reads which queue. */
function sourcesOf(template: Template): readonly { fn: Properties; queueId: string; mapping: Properties }[] {
  const functions = [...functionsOf(template).values()];
  return resourcesOf(template, 'AWS::Lambda::EventSourceMapping').map(([id, { Properties: mapping }]) => {
    const fn = functions.find(({ logicalId }) => logicalId === mapping.FunctionName.Ref);
    if (!fn) throw new Error(`${id} serves no function of ours`);
    return { fn, queueId: mapping.EventSourceArn['Fn::GetAtt'][0], mapping };
  });
}

const workersOf = (template: Template) =>
  [...functionsOf(template)].filter(([name]) => name.startsWith('registrar-worker-'));

/** How messages are delivered, again, and at last. */
export const QUEUE_RULES: readonly TemplateRule[] = [
  {
    title: 'every queue gives up a message after three failures to the dead letters, but theirs itself',
    find: (template) =>
      queuesOf(template)
        .filter(([id]) => !isForDead(id))
        .filter(
          ([
            ,
            {
              Properties: { RedrivePolicy: redrive },
            },
          ]) => {
            const isDead = /^<QueuesDeadLetters\w+\.Arn>$/.test(toText(redrive?.deadLetterTargetArn));
            return !isDead || redrive.maxReceiveCount !== 3;
          },
        )
        .map(([id]) => id),
    controls: {
      none: (template) => {
        delete findResource(template, 'AWS::SQS::Queue', 'gandi').Properties.RedrivePolicy;
      },
    },
  },
  {
    title: 'every queue is encrypted at rest and refuses what comes without TLS',
    find: (template) =>
      queuesOf(template)
        .filter(([id, { Properties: queue }]) => {
          const policies = resourcesOf(template, 'AWS::SQS::QueuePolicy').filter(
            ([, policy]) => policy.Properties.Queues[0].Ref === id,
          );
          const isClosed = policies.some(
            ([
              ,
              {
                Properties: { PolicyDocument },
              },
            ]) =>
              PolicyDocument.Statement.some(
                ({ Effect, Action, Condition }: Properties) =>
                  Effect === 'Deny' &&
                  Action === 'sqs:*' &&
                  Condition?.Bool?.['aws:SecureTransport'] === 'false',
              ),
          );
          return !isClosed || queue.SqsManagedSseEnabled !== true;
        })
        .map(([id]) => id),
    controls: {
      'open to plain text': (template) => {
        findResource(template, 'AWS::SQS::QueuePolicy', 'godaddy').Properties.PolicyDocument.Statement = [];
      },
      'not encrypted': (template) => {
        findResource(template, 'AWS::SQS::Queue', 'Start').Properties.SqsManagedSseEnabled = false;
      },
    },
  },
  {
    title: 'a message stays hidden for six times the timeout of who works on it',
    find: (template) =>
      sourcesOf(template)
        .filter(
          ({ fn, queueId }) => template.Resources[queueId]?.Properties.VisibilityTimeout < 6 * fn.Timeout,
        )
        .map(({ queueId }) => queueId),
    controls: {
      'a shorter time': (template) => {
        findResource(template, 'AWS::SQS::Queue', 'porkbun').Properties.VisibilityTimeout = 719;
      },
      'the dead letters': (template) => {
        findResource(template, 'AWS::SQS::Queue', 'DeadLetters').Properties.VisibilityTimeout = 30;
      },
    },
  },
  {
    title: 'dead letters are kept for as long as SQS can',
    find: (template) =>
      queuesOf(template)
        .filter(([id, queue]) => isForDead(id) && queue.Properties.MessageRetentionPeriod !== 1_209_600)
        .map(([id]) => id),
    controls: {
      'for four days': (template) => {
        delete findResource(template, 'AWS::SQS::Queue', 'DeadLetters').Properties.MessageRetentionPeriod;
      },
    },
  },
  {
    title: 'messages are handed out one at a time, and each reports its own failure',
    find: (template) =>
      sourcesOf(template)
        .filter(
          ({ mapping }) =>
            mapping.BatchSize !== 1 || mapping.FunctionResponseTypes?.[0] !== 'ReportBatchItemFailures',
        )
        .map(({ queueId }) => queueId),
    controls: {
      'in tens': (template) => {
        findResource(template, 'AWS::Lambda::EventSourceMapping').Properties.BatchSize = 10;
      },
      together: (template) => {
        delete findResource(template, 'AWS::Lambda::EventSourceMapping').Properties.FunctionResponseTypes;
      },
    },
  },
  {
    title: 'a worker is stopped before its lease of a credential ends',
    find: (template) =>
      workersOf(template)
        .filter(([, { Timeout }]) => Timeout * 1_000 >= LEASE_MS)
        .map(([name]) => name),
    controls: {
      'as long as the lease': (template) => {
        findResource(template, 'AWS::Lambda::Function', 'Workergodaddy').Properties.Timeout =
          LEASE_MS / 1_000;
      },
    },
  },
  {
    title: 'a function may go in circles exactly where it sends to the queue that it reads',
    find: (template) => {
      const roles = rolesOf(template);
      return [...functionsOf(template)]
        .filter(([name, fn]) => {
          const reads = sourcesOf(template).find((source) => source.fn.logicalId === fn.logicalId)?.queueId;
          const parks = roles
            .find((role) => role.name === name)
            ?.statements.some(
              (each) => allows(each, 'sqs:SendMessage') && each.resources.includes(`<${reads}.Arn>`),
            );
          return (fn.RecursiveLoop === 'Allow') !== (parks ?? false);
        })
        .map(([name]) => name);
    },
    controls: {
      'Lambda stops a parked message': (template) => {
        delete findResource(template, 'AWS::Lambda::Function', 'Workergandi').Properties.RecursiveLoop;
      },
      'one that has no need to': (template) => {
        findResource(template, 'AWS::Lambda::Function', 'Sweep').Properties.RecursiveLoop = 'Allow';
      },
    },
  },
  {
    title: 'all that may run at once fits an account of 1,000, and leaves 100 for the rest',
    find: (template) => {
      const maxima = sourcesOf(template).map(({ mapping }) => mapping.ScalingConfig?.MaximumConcurrency);
      const reserved = [...functionsOf(template).values()].map((fn) => fn.ReservedConcurrentExecutions ?? 0);
      const sum = [...maxima, ...reserved].reduce((total, each) => total + each, 0);
      return [
        ...maxima.filter((most) => !(most >= 2 && most <= 1_000)).map((most) => `a source with ${most}`),
        ...(sum <= 900 ? [] : [`${sum} in all`]),
      ];
    },
    controls: {
      'more than there is': (template) => {
        findResource(
          template,
          'AWS::Lambda::EventSourceMapping',
        ).Properties.ScalingConfig.MaximumConcurrency = 900;
      },
      'as many as it likes': (template) => {
        delete findResource(template, 'AWS::Lambda::EventSourceMapping').Properties.ScalingConfig;
      },
    },
  },
];
