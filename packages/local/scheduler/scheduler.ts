import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../template.ts';
import type { Clock } from '../workflow/clock.ts';
import { readExpression } from './expression.ts';

/** What a schedule calls; `input` is JSON text, with Scheduler's context attributes where it has them. */
interface ScheduleTarget {
  readonly arn: string;
  readonly input?: string;
}

export interface Schedule {
  readonly name: string;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  /** IANA name; UTC by default. */
  readonly timezone?: string;
  readonly state: string;
  readonly target: ScheduleTarget;
  /** Mode of the flexible time window: OFF, or nothing. */
  readonly flexibleTimeWindow?: string;
  /**
   * Which service the schedule belongs to: a rate of EventBridge Scheduler (default) runs at once and then at its
   * interval, a rate of an EventBridge rule one interval later; the event that is sent without an input differs.
   */
  readonly service?: 'scheduler' | 'events';
}

/** About one invocation; `scheduledAt` in epoch milliseconds. */
export interface ScheduleContext {
  readonly scheduleArn: string;
  readonly scheduledAt: number;
  readonly executionId: string;
}

export interface SchedulerDeps {
  readonly clock: Clock;
  readonly invoke: (target: ScheduleTarget, inputJson: string, context: ScheduleContext) => Promise<void>;
  readonly log: { error(message: string, details: Readonly<Record<string, unknown>>): void };
}

export interface Scheduler {
  /** Adds a schedule, which then runs. @throws Error naming what is not known here. */
  addSchedule(schedule: Schedule): void;
  /** Nothing is invoked afterwards. */
  close(): void;
}

/**
 * EventBridge Scheduler, and the schedules of EventBridge rules, on this machine. Nothing is caught up: times that
 * pass while the process is down or asleep are left out. An invocation that fails is logged and not repeated.
 */
export function createScheduler({ clock, invoke, log }: SchedulerDeps): Scheduler {
  const timers = new Map<string, () => void>();
  let isClosed = false;

  function run(schedule: Schedule, scheduledAt: number): void {
    const context: ScheduleContext = {
      scheduleArn: toArn(schedule),
      scheduledAt,
      executionId: randomUUID(),
    };
    const { name, target } = schedule;
    Promise.resolve()
      .then(() => invoke(target, toInput(schedule, context), context))
      .catch((error: unknown) => log.error('a scheduled invocation failed', { name, error }));
  }

  return {
    addSchedule: (schedule) => {
      const { name, state, flexibleTimeWindow = 'OFF', service = 'scheduler' } = schedule;
      if (timers.has(name)) throw new Error(`schedule ${name} is there already`);
      if (flexibleTimeWindow !== 'OFF') {
        throw new Error(`schedule ${name}: a flexible time window is not known here (${flexibleTimeWindow})`);
      }
      if (state !== 'ENABLED' && state !== 'DISABLED') {
        throw new Error(`schedule ${name}: state ${state} is not known here`);
      }
      const startMs = clock.now();
      const next = readExpression(schedule.expression, schedule.timezone ?? 'UTC', startMs);
      if (state === 'DISABLED') return;
      const arm = (at: number | null) => {
        if (at === null || isClosed) return;
        const fire = () => {
          arm(next(Math.max(at, clock.now())));
          run(schedule, at);
        };
        timers.set(name, clock.setTimer(at, fire));
      };
      const runsAtOnce = service === 'scheduler' && schedule.expression.startsWith('rate(');
      arm(runsAtOnce ? startMs : next(startMs));
    },
    close: () => {
      isClosed = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
}

function toArn({ name, service = 'scheduler' }: Schedule): string {
  const place = service === 'scheduler' ? 'schedule/default/' : 'rule/';
  return `arn:aws:${service}:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${place}${name}`;
}

/**
 * The target's input with its context attributes, or the event that the service sends without one.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html verified 2026-11-23
 */
function toInput({ target, service = 'scheduler' }: Schedule, context: ScheduleContext): string {
  const time = `${new Date(context.scheduledAt).toISOString().slice(0, 19)}Z`;
  if (target.input === undefined) {
    return JSON.stringify({
      version: '0',
      id: context.executionId,
      'detail-type': 'Scheduled Event',
      source: `aws.${service}`,
      account: LOCAL_ACCOUNT,
      time,
      region: LOCAL_REGION,
      resources: [context.scheduleArn],
      detail: service === 'scheduler' ? '{}' : {},
    });
  }
  if (service !== 'scheduler') return target.input;
  return target.input
    .replaceAll('<aws.scheduler.schedule-arn>', context.scheduleArn)
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', context.executionId)
    .replaceAll('<aws.scheduler.attempt-number>', '1');
}
