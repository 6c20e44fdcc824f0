import { REFUSAL_CODES, RETRYABLE_CODES, SUPERSEDED } from '#core/errors.ts';
import { MAX_RANGES_PER_EXECUTION } from '#core/payloads.ts';
import { REGISTRAR_IDS, type RegistrarId } from '#core/registrar-id.ts';

/**
 * The workflow of one sync, in the Amazon States Language with JSONata. Only ids and numbers pass through it; every
 * registrar call is a message that waits for its token.
 */
export interface WorkflowParts {
  readonly queueUrls: Readonly<Record<RegistrarId, string>>;
  /** Ranges of one run that are worked on at the same time. */
  readonly lanes: Readonly<Record<RegistrarId, number>>;
  readonly finishSyncArn: string;
  /** Most ranges of one execution. @default MAX_RANGES_PER_EXECUTION */
  readonly maxRanges?: number;
}

const input = '$states.context.Execution.Input';
const ids = ['tenantId', 'integrationId', 'registrar', 'runId', 'epoch', 'trigger'];

/** Tries again after up to 5 and up to 15 s (full jitter): at most 20 s in all. Timeouts are never tried again. */
const RETRY_TRANSIENT = {
  ErrorEquals: [...RETRYABLE_CODES, 'SQS.AmazonSQSException', 'SQS.SdkClientException'],
  IntervalSeconds: 5,
  BackoffRate: 3,
  MaxAttempts: 2,
  JitterStrategy: 'FULL',
};

/** A listing that shifted under the reader is read once more, from its beginning, after up to 10 s. */
const RETRY_LISTING = {
  ErrorEquals: ['LIST_INCOMPLETE'],
  IntervalSeconds: 10,
  MaxAttempts: 1,
  JitterStrategy: 'FULL',
};

/** The ending is tried again for up to 2 + 4 + 8 + 16 = 30 s; then the sweep ends the run. */
const RETRY_FINISH = {
  ErrorEquals: ['States.TaskFailed', 'States.Timeout'],
  IntervalSeconds: 2,
  BackoffRate: 2,
  MaxAttempts: 4,
  JitterStrategy: 'FULL',
};

/** Whatever goes wrong ends the run in FinishSync, under the error's name. */
const CATCH_ALL = [
  { ErrorEquals: ['States.ALL'], Output: { failed: '{% $states.errorOutput.Error %}' }, Next: 'FinishSync' },
];

/** Makes the definition; the URLs and ARNs may be tokens. */
export function toWorkflowDefinition({
  queueUrls,
  lanes,
  finishSyncArn,
  maxRanges = MAX_RANGES_PER_EXECUTION,
}: WorkflowParts): object {
  const lookUp = (values: Readonly<Record<RegistrarId, string | number>>) => {
    const pairs = REGISTRAR_IDS.map(
      (id) => `'${id}': ${typeof values[id] === 'number' ? values[id] : `'${values[id]}'`}`,
    );
    return `{% $lookup({${pairs.join(', ')}}, ${input}.registrar) %}`;
  };
  const ask = (kind: string, more: Record<string, string> = {}) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    Arguments: {
      QueueUrl: lookUp(queueUrls),
      MessageGroupId: `{% ${input}.tenantId %}`,
      MessageBody: {
        ...Object.fromEntries(ids.map((id) => [id, `{% ${input}.${id} %}`])),
        kind,
        ...more,
        taskToken: '{% $states.context.Task.Token %}',
        attempt: '{% $states.context.State.RetryCount %}',
        hop: 0,
      },
    },
  });
  const long = { TimeoutSeconds: 90_000, HeartbeatSeconds: 3_600 };
  return {
    Comment: 'Syncs one integration: validate, list, read zones range by range, finish.',
    QueryLanguage: 'JSONata',
    StartAt: 'ValidateApiAccess',
    // Longer than every wait of a run together: 14 days.
    TimeoutSeconds: 1_209_600,
    States: {
      ValidateApiAccess: {
        ...ask('validate'),
        // Where many share a key, or a day's window is spent, even two calls wait for hours.
        ...long,
        Retry: [RETRY_TRANSIENT],
        Catch: CATCH_ALL,
        Output: {},
        Next: 'FetchDomains',
      },
      FetchDomains: {
        ...ask('list'),
        ...long,
        Retry: [RETRY_TRANSIENT, RETRY_LISTING],
        Catch: CATCH_ALL,
        Output: `{% ($first := $exists(${input}.firstRange) ? ${input}.firstRange : 1; {'first': $first, 'last': $min([$states.result.ranges, $first + ${maxRanges - 1}]), 'ranges': $states.result.ranges}) %}`,
        Next: 'HasDomains',
      },
      HasDomains: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.ranges >= $states.input.first %}', Next: 'ProcessDomains' }],
        Default: 'FinishSync',
      },
      ProcessDomains: {
        Type: 'Map',
        Items: '{% [$states.input.first..$states.input.last] %}',
        ItemSelector: { range: '{% $states.context.Map.Item.Value %}' },
        MaxConcurrency: lookUp(lanes),
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: 'FetchDnsRecordsAndSave',
          States: {
            FetchDnsRecordsAndSave: {
              ...ask('dns', { range: '{% $states.input.range %}' }),
              ...long,
              Retry: [RETRY_TRANSIENT],
              Catch: [
                {
                  ErrorEquals: [...REFUSAL_CODES, SUPERSEDED],
                  Output: { failed: '{% $states.errorOutput.Error %}' },
                  Next: 'StopRun',
                },
                { ErrorEquals: ['States.ALL'], Output: {}, Next: 'RangeFailed' },
              ],
              Output: '{% null %}',
              End: true,
            },
            RangeFailed: {
              Type: 'Pass',
              Comment: 'Its zones count as not read.',
              Output: '{% null %}',
              End: true,
            },
            StopRun: {
              Type: 'Fail',
              Comment: 'Every further call would be refused too.',
              Error: '{% $states.input.failed %}',
            },
          },
        },
        Catch: CATCH_ALL,
        Output:
          "{% $states.input.last < $states.input.ranges ? {'continueAt': $states.input.last + 1} : {} %}",
        Next: 'FinishSync',
      },
      FinishSync: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: {
          FunctionName: finishSyncArn,
          Payload: `{% {${ids.map((id) => `'${id}': ${input}.${id}`).join(', ')}, 'firstRange': ${input}.firstRange, 'error': $states.input.failed, 'continueAt': $states.input.continueAt, 'stateMachineArn': $states.context.StateMachine.Id} %}`,
        },
        TimeoutSeconds: 330,
        Retry: [RETRY_FINISH],
        Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, Next: 'NotFinished' }],
        Output: {},
        End: true,
      },
      NotFinished: { Type: 'Fail', Error: 'NotFinished', Cause: 'The sweep ends the run.' },
    },
  };
}
