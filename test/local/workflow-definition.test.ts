import { expect, test } from 'vitest';
import { checkDefinition } from '#local/workflow/check-definition.ts';
import { lambdaTask, machine, tokenTask } from './workflow-harness.ts';

const END = { Type: 'Succeed' };
const map = (rest: object) => ({
  Type: 'Map',
  Items: [1],
  ItemProcessor: { StartAt: 'In', States: { In: END } },
  End: true,
  ...rest,
});

test.each([
  ['a JSONPath machine', machine({ A: END }, { QueryLanguage: 'JSONPath' }), 'QueryLanguage must be JSONata'],
  ['a state of JSONPath', machine({ A: { ...END, QueryLanguage: 'JSONPath' } }), 'A: QueryLanguage'],
  ['an unknown state type', machine({ A: { Type: 'Parallel', End: true } }), 'A: state type "Parallel"'],
  [
    'an unknown field',
    machine({ A: { Type: 'Pass', Result: 1, End: true } }),
    'A: field Result is not known here',
  ],
  ['an unknown field on top', machine({ A: END }, { Extra: 1 }), '(machine): field Extra'],
  [
    'an unknown resource',
    machine({ A: lambdaTask({ Resource: 'arn:aws:states:::sns:publish', End: true }) }),
    'arn:aws:states:::sns:publish',
  ],
  [
    'an unknown argument',
    machine({ A: lambdaTask({ Arguments: { FunctionName: 'f', Qualifier: '1' }, End: true }) }),
    'argument Qualifier',
  ],
  ['a missing argument', machine({ A: lambdaTask({ Arguments: {}, End: true }) }), 'argument FunctionName'],
  [
    'a token that is not passed on',
    machine({ A: tokenTask({ Arguments: { QueueUrl: 'q', MessageBody: 'x' }, End: true }) }),
    '$states.context.Task.Token',
  ],
  ['a missing target', machine({ A: { Type: 'Pass', Next: 'B' } }), 'A.Next: no state "B"'],
  ['a target in another scope', machine({ A: map({ Next: 'In', End: undefined }) }), 'A.Next: no state "In"'],
  ['an unreachable state', machine({ A: END, B: END }), 'B: no state leads here'],
  ['neither Next nor End', machine({ A: { Type: 'Pass' } }), 'A: needs either Next or "End": true'],
  ['no StartAt', { QueryLanguage: 'JSONata', States: { A: END } }, 'StartAt: no state'],
  ['bad JSONata', machine({ A: { ...END, Output: '{% 1 + %}' } }), 'A.Output: JSONata'],
  ['$eval', machine({ A: { ...END, Output: { x: "{% $eval('1') %}" } } }), 'A.Output/x: $eval'],
  [
    'States.ALL beside others',
    machine({ A: lambdaTask({ Retry: [{ ErrorEquals: ['States.ALL', 'X'] }], End: true }) }),
    'A.Retry[0]: States.ALL must stand alone',
  ],
  [
    'States.ALL before others',
    machine({
      A: lambdaTask({
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'B' },
          { ErrorEquals: ['X'], Next: 'B' },
        ],
        End: true,
      }),
      B: END,
    }),
    'A.Catch[0]: States.ALL must be in the last entry',
  ],
  [
    'an unknown field of a retrier',
    machine({ A: lambdaTask({ Retry: [{ ErrorEquals: ['X'], Jitter: 'FULL' }], End: true }) }),
    'A.Retry[0]: field Jitter',
  ],
  [
    'numbers out of bounds',
    machine({ A: lambdaTask({ Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }], End: true }) }),
    'BackoffRate',
  ],
  [
    'a distributed map',
    machine({
      A: map({
        ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'In', States: { In: END } },
      }),
    }),
    'DISTRIBUTED',
  ],
  ['an item reader', machine({ A: map({ ItemReader: {} }) }), 'field ItemReader'],
  [
    'a finding inside a map',
    machine({ A: map({ ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Pass' } } } }) }),
    'A/In: needs either',
  ],
  [
    'a variable of the outer scope assigned inside',
    machine({
      A: { Type: 'Pass', Assign: { n: 1 }, Next: 'B' },
      B: map({
        ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Pass', Assign: { n: 2 }, End: true } } },
      }),
    }),
    'B/In: Assign: n',
  ],
  [
    'a reserved variable',
    machine({ A: { Type: 'Pass', Assign: { states: 1 }, End: true } }),
    'Assign: states',
  ],
  [
    'a heartbeat without a token',
    machine({ A: lambdaTask({ HeartbeatSeconds: 5, End: true }) }),
    'HeartbeatSeconds',
  ],
  [
    'a heartbeat as long as the timeout',
    machine({ A: tokenTask({ HeartbeatSeconds: 5, TimeoutSeconds: 5, End: true }) }),
    'less than TimeoutSeconds',
  ],
  [
    'two ways to wait',
    machine({ A: { Type: 'Wait', Seconds: 1, Timestamp: 'x', End: true } }),
    'either Seconds',
  ],
  [
    'a condition of JSONPath',
    machine({ A: { Type: 'Choice', Choices: [{ Variable: '$.x', Next: 'B' }] }, B: END }),
    'field Variable',
  ],
  ['no object', [], 'no object'],
])('%s is refused by name', (_what, definition, expected) => {
  expect(() => checkDefinition(JSON.stringify(definition))).toThrow(expected);
});

test('a text that is no JSON is refused', () => {
  expect(() => checkDefinition('{')).toThrow('no JSON');
});

test('every finding is named at once', () => {
  const definition = machine({ A: { Type: 'Pass', Result: 1, Parameters: {}, Next: 'B' } });

  expect(() => checkDefinition(JSON.stringify(definition))).toThrow(/Result[\s\S]*Parameters[\s\S]*"B"/);
});
