import { HistoryIsFull } from './errors.ts';
import type { HistoryEvent, Thread } from './thread.ts';
import type { Turn } from './turn.ts';

/**
 * The history holds 25,000 events; when the last place is not ExecutionSucceeded, it is ExecutionFailed.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html verified 2026-11-23
 */
const MAX_EVENTS = 25_000;

/**
 * Adds an event to the history. Events counted here, per state:
 *
 * - Pass, Choice, Wait, Succeed: Entered, Exited (2); Fail: Entered (1)
 * - Task with lambda:invoke or startExecution: Entered, Scheduled, Started, Succeeded, Exited (5)
 * - Task with a token: Entered, Scheduled, Started, Submitted, Succeeded, Exited (6); each retry adds 4
 *   (Failed, Scheduled, Started, Submitted)
 * - Map: Entered, MapStateStarted, MapStateSucceeded, Exited (4), each iteration Started and Succeeded (2)
 * - the execution: Started and its end (2); a failed expression: EvaluationFailed (1)
 *
 * AWS may place single events otherwise around aborted iterations; there they are counted one each.
 * @throws HistoryIsFull where the last place would go to anything but an end of the execution.
 */
export function recordEvent(
  turn: Turn,
  thread: Thread | null,
  type: string,
  details: { readonly [name: `${string}EventDetails`]: unknown } = {},
): HistoryEvent {
  const { record } = turn.live;
  const isEnd = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/.test(type);
  if (record.eventCount + 1 >= MAX_EVENTS && !isEnd) throw new HistoryIsFull('the history is full');
  record.eventCount += 1;
  const event: HistoryEvent = {
    id: record.eventCount,
    previousEventId: thread?.lastEventId ?? record.eventCount - 1,
    timestamp: turn.now() / 1000,
    type,
    ...details,
  };
  if (thread !== null) {
    thread.lastEventId = event.id;
    turn.changed.add(thread);
  }
  turn.events.push(event);
  return event;
}
