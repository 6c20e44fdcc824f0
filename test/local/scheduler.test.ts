import { expect, test } from 'vitest';
import { readExpression } from '#local/scheduler/expression.ts';
import { createScheduler, type Schedule, type ScheduleContext } from '#local/scheduler/scheduler.ts';
import { createVirtualClock } from './virtual-clock.ts';

const START = Date.UTC(2026, 10, 23, 12);
const TARGET = { arn: 'arn:aws:lambda:us-east-1:000000000000:function:work' };

function setUp() {
  const clock = createVirtualClock(START);
  const calls: { at: string; input: unknown; context: ScheduleContext }[] = [];
  const failures: string[] = [];
  const scheduler = createScheduler({
    clock,
    invoke: async (_target, inputJson, context) => {
      calls.push({
        at: new Date(clock.now()).toISOString().slice(0, 16),
        input: JSON.parse(inputJson),
        context,
      });
      if (calls.length === 1) throw new Error('the first one fails');
    },
    log: { error: (message) => void failures.push(message) },
  });
  const add = (rest: Partial<Schedule>) =>
    scheduler.addSchedule({
      name: 'tick',
      expression: 'rate(1 hour)',
      state: 'ENABLED',
      target: TARGET,
      ...rest,
    });
  return { clock, calls, failures, scheduler, add };
}

test.each([
  ['rate(1 minute)', 'UTC', ['2026-11-23T12:01', '2026-11-23T12:02']],
  ['rate(5 minutes)', 'UTC', ['2026-11-23T12:05', '2026-11-23T12:10']],
  ['rate(7 days)', 'UTC', ['2026-11-30T12:00', '2026-12-07T12:00']],
  ['cron(0 * * * ? *)', 'UTC', ['2026-11-23T13:00', '2026-11-23T14:00']],
  ['cron(15 10 ? * MON-FRI *)', 'UTC', ['2026-11-24T10:15', '2026-11-25T10:15']],
  ['cron(0 8 1 * ? *)', 'UTC', ['2026-12-01T08:00', '2027-01-01T08:00']],
  ['cron(0 9 * * ? *)', 'America/New_York', ['2026-11-23T14:00', '2026-11-24T14:00']],
  ['at(2026-12-24T18:00:00)', 'Europe/Berlin', ['2026-12-24T17:00', null]],
  ['at(2020-01-01T00:00:00)', 'UTC', [null]],
])('%s in %s runs next at %j', (expression, timezone, expected) => {
  const next = readExpression(expression, timezone, START);

  const found: (string | null)[] = [];
  for (let at: number | null = START; found.length < expected.length && at !== null; ) {
    at = next(at);
    found.push(at === null ? null : new Date(at).toISOString().slice(0, 16));
  }

  expect(found).toEqual(expected);
});

test('where clocks go forward the missing hour is left out, where they go back it runs once', () => {
  const next = readExpression('cron(30 2 * * ? *)', 'Europe/Berlin', START);
  const run = (day: string) => new Date(next(Date.parse(day)) ?? 0).toISOString();

  expect(run('2027-03-27T12:00:00Z')).toBe('2027-03-29T00:30:00.000Z');
  expect(run('2027-10-30T12:00:00Z')).toBe('2027-10-31T00:30:00.000Z');
  expect(run('2027-10-31T00:30:00Z')).toBe('2027-11-01T01:30:00.000Z');
});

test.each([
  'hourly',
  'rate(1 hours)',
  'rate(2 hour)',
  'rate(0 minutes)',
  'rate(5 seconds)',
  'cron(0 * * * *)',
  'cron(0 * * * * *)',
  'cron(0 * ? * ? *)',
  'cron(99 * * * ? *)',
  'cron(X * * * ? *)',
  'cron(0 0 1 1 ? 2020)',
  'at(2026-12-24)',
  'at(2026-13-45T00:00:00)',
])('%s is refused when it is added, by name', (expression) => {
  const { add } = setUp();

  expect(() => add({ expression })).toThrow(expression);
});

test('unknown zones, states and flexible windows are refused, and names taken twice', () => {
  const { add } = setUp();

  expect(() => add({ timezone: 'Mars/Olympus' })).toThrow('Mars/Olympus');
  expect(() => add({ state: 'PAUSED' })).toThrow('PAUSED');
  expect(() => add({ flexibleTimeWindow: 'FLEXIBLE' })).toThrow('flexible');
  add({ flexibleTimeWindow: 'OFF' });
  expect(() => add({})).toThrow('there already');
});

test('a rate of Scheduler runs at once and then at its interval; a failed run is logged, not repeated', async () => {
  const { clock, calls, failures, add } = setUp();

  add({});
  await clock.advance(2 * 3_600_000);

  expect(calls.map((call) => call.at)).toEqual(['2026-11-23T12:00', '2026-11-23T13:00', '2026-11-23T14:00']);
  expect(failures).toEqual(['a scheduled invocation failed']);
});

test('a rate of an EventBridge rule runs first after one interval, with its event', async () => {
  const { clock, calls, add } = setUp();

  add({ service: 'events', expression: 'rate(5 minutes)' });
  await clock.advance(300_000);

  expect(calls).toHaveLength(1);
  expect(calls[0]?.input).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    time: '2026-11-23T12:05:00Z',
    resources: ['arn:aws:events:us-east-1:000000000000:rule/tick'],
  });
});

test('context attributes in the input are filled in', async () => {
  const { clock, calls, add } = setUp();

  add({
    expression: 'cron(0 * * * ? *)',
    target: {
      ...TARGET,
      input: '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>"}',
    },
  });
  await clock.advance(3_600_000);

  expect(calls[0]?.input).toEqual({
    at: '2026-11-23T13:00:00Z',
    by: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/tick',
  });
});

test('a disabled schedule and a closed scheduler invoke nothing', async () => {
  const { clock, calls, scheduler, add } = setUp();

  add({ state: 'DISABLED' });
  add({ name: 'other' });
  scheduler.close();
  await clock.advance(86_400_000);

  expect(calls).toEqual([]);
  expect(clock.pending()).toBe(0);
});
