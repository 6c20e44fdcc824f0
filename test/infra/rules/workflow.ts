import { REFUSAL_CODES, SUPERSEDED, SYNC_CODES } from '#core/errors.ts';
import { RegistrarMessage } from '#core/payloads.ts';
import { findResource, type Properties } from '../support/template.ts';
import { changeDefinition, readDefinition, statesOf, tasksOf } from '../support/workflow.ts';
import type { TemplateRule } from './rule.ts';

/** Names of errors that are the services' own. */
const SERVICE_ERRORS = [
  'SQS.AmazonSQSException',
  'SQS.SdkClientException',
  'States.TaskFailed',
  'States.Timeout',
  'States.ALL',
];
const KNOWN_ERRORS: readonly string[] = [...SYNC_CODES, SUPERSEDED, ...SERVICE_ERRORS];
const waits = ({ Resource }: Properties) => Resource.endsWith('.waitForTaskToken');
const namesOf = (clauses: Properties) =>
  (clauses ?? []).flatMap(({ ErrorEquals }: Properties) => ErrorEquals);

/** What no validator of the language sees. */
export const WORKFLOW_RULES: readonly TemplateRule[] = [
  {
    title: 'every Task has a timeout, and the execution has one',
    find: (template) => [
      ...tasksOf(template)
        .filter(([, { TimeoutSeconds }]) => !(TimeoutSeconds > 0))
        .map(([name]) => name),
      ...(readDefinition(template).TimeoutSeconds > 0 ? [] : ['the execution']),
    ],
    controls: {
      'a Task without': (template) =>
        changeDefinition(template, ({ States }) => delete States.FetchDomains.TimeoutSeconds),
      'an execution without': (template) =>
        changeDefinition(template, (definition) => delete definition.TimeoutSeconds),
    },
  },
  {
    title: 'every Task catches whatever goes wrong',
    find: (template) =>
      tasksOf(template)
        .filter(([, { Catch }]) => !namesOf(Catch).includes('States.ALL'))
        .map(([name]) => name),
    controls: {
      'a Task without Catch': (template) =>
        changeDefinition(template, ({ States }) => delete States.ValidateApiAccess.Catch),
      'one within the Map that catches refusals alone': (template) =>
        changeDefinition(template, ({ States }) =>
          States.ProcessDomains.ItemProcessor.States.FetchDnsRecordsAndSave.Catch.pop(),
        ),
    },
  },
  {
    title: 'every Task that waits sends its token along, and a long one wants heartbeats',
    find: (template) =>
      tasksOf(template)
        .filter(([, task]) => waits(task))
        .filter(([, { Arguments, TimeoutSeconds, HeartbeatSeconds }]) => {
          const hasToken = Arguments.MessageBody?.taskToken === '{% $states.context.Task.Token %}';
          return !hasToken || (TimeoutSeconds > 3_600 && !(HeartbeatSeconds < TimeoutSeconds));
        })
        .map(([name]) => name),
    controls: {
      'no token': (template) =>
        changeDefinition(
          template,
          ({ States }) => delete States.FetchDomains.Arguments.MessageBody.taskToken,
        ),
      'no heartbeat': (template) =>
        changeDefinition(template, ({ States }) => delete States.FetchDomains.HeartbeatSeconds),
    },
  },
  {
    title: 'messages have exactly the fields that workers accept',
    find: (template) =>
      tasksOf(template)
        .filter(([, task]) => waits(task))
        .filter(([, { Arguments }]) => {
          const { kind } = Arguments.MessageBody;
          const schema = RegistrarMessage.def.options.find(
            ({ shape }) => String(shape.kind.def.values[0]) === kind,
          );
          const wanted = schema ? Object.keys(schema.shape).sort() : [];
          return Object.keys(Arguments.MessageBody).sort().join() !== wanted.join();
        })
        .map(([name]) => name),
    controls: {
      'one more': (template) =>
        changeDefinition(template, ({ States }) => {
          States.FetchDomains.Arguments.MessageBody.label = 'x';
        }),
      'another kind': (template) =>
        changeDefinition(template, ({ States }) => {
          States.FetchDomains.Arguments.MessageBody.kind = 'fetch';
        }),
    },
  },
  {
    title:
      'retries and catches name errors that exist, and no wait is retried that ran into its timeout or was refused',
    find: (template) =>
      tasksOf(template).flatMap(([name, task]) => {
        const retried: string[] = namesOf(task.Retry);
        const never: readonly string[] = [
          'States.ALL',
          'States.TaskFailed',
          'States.Timeout',
          SUPERSEDED,
          ...REFUSAL_CODES,
        ];
        const unknown = [...retried, ...namesOf(task.Catch)].filter((error) => !KNOWN_ERRORS.includes(error));
        const wrong = waits(task) ? retried.filter((error) => never.includes(error)) : [];
        return [...unknown, ...wrong].map((error) => `${name}: ${error}`);
      }),
    controls: {
      'a name that nobody throws': (template) =>
        changeDefinition(template, ({ States }) =>
          States.FetchDomains.Retry[0].ErrorEquals.push('RateLimited'),
        ),
      'a second token beside a parked message': (template) =>
        changeDefinition(template, ({ States }) =>
          States.FetchDomains.Retry[0].ErrorEquals.push('States.Timeout'),
        ),
      'a refusal': (template) =>
        changeDefinition(template, ({ States }) =>
          States.ValidateApiAccess.Retry[0].ErrorEquals.push('INVALID_CREDENTIALS'),
        ),
    },
  },
  {
    title: 'retries come to an end, with full jitter',
    find: (template) =>
      tasksOf(template).flatMap(([name, { Retry = [] }]) =>
        Retry.filter(
          ({ MaxAttempts, JitterStrategy }: Properties) =>
            !(MaxAttempts >= 1 && MaxAttempts <= 4) || JitterStrategy !== 'FULL',
        ).map(() => name),
      ),
    controls: {
      'all at the same moment': (template) =>
        changeDefinition(template, ({ States }) => delete States.FetchDomains.Retry[0].JitterStrategy),
    },
  },
  {
    title: 'only JSONata is spoken, and every state is reached',
    find: (template) => {
      const definition = readDefinition(template);
      const states = statesOf(definition);
      const targets = new Set<string>([definition.StartAt]);
      for (const [, { Next, Default, Choices, Catch, ItemProcessor }] of states) {
        const clauses = [...(Choices ?? []), ...(Catch ?? [])].map((clause: Properties) => clause.Next);
        for (const target of [Next, Default, ItemProcessor?.StartAt, ...clauses])
          if (target) targets.add(target);
      }
      return [
        ...(definition.QueryLanguage === 'JSONata' ? [] : ['the definition']),
        ...states.filter(([, { QueryLanguage }]) => QueryLanguage !== undefined).map(([name]) => name),
        ...states.filter(([name]) => !targets.has(name)).map(([name]) => name),
      ];
    },
    controls: {
      'a state that nobody goes to': (template) =>
        changeDefinition(template, ({ States }) => {
          States.Nowhere = { Type: 'Succeed' };
        }),
    },
  },
  {
    title: 'the state machine is Standard, and logs every event without its data',
    find: (template) => {
      const {
        StateMachineType = 'STANDARD',
        LoggingConfiguration,
        TracingConfiguration,
      } = findResource(template, 'AWS::StepFunctions::StateMachine').Properties;
      return [
        ...(StateMachineType === 'STANDARD' ? [] : ['type']),
        ...(LoggingConfiguration?.Level === 'ALL' ? [] : ['level']),
        ...(LoggingConfiguration?.IncludeExecutionData === false ? [] : ['data']),
        ...(TracingConfiguration?.Enabled ? [] : ['tracing']),
      ];
    },
    controls: {
      'with tokens in the log': (template) => {
        findResource(
          template,
          'AWS::StepFunctions::StateMachine',
        ).Properties.LoggingConfiguration.IncludeExecutionData = true;
      },
    },
  },
];
