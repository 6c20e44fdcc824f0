import type { VirtualClock } from '#test/support/virtual-clock.ts';

/** What a queue hands out: a body, the group that it is fair between, how often it came already. */
export interface Delivery<M> {
  readonly body: M;
  readonly group: string;
  readonly messageId: string;
  readonly receives: number;
  /** The same message a second time, handed out at nearly the same time. */
  readonly isCopy?: boolean;
}

export interface FairQueue<M> {
  send(body: M, group: string, messageId: string, delaySeconds: number): void;
  /** Deliveries that began, and the most at the same time. */
  readonly counts: { deliveries: number; sends: number; deadLetters: number; mostAtOnce: number };
}

export interface FairQueueOptions<M> {
  readonly clock: VirtualClock;
  /** MaximumConcurrency of the event source. */
  readonly concurrency: number;
  /** From a message being visible to its worker's first line: poll, invoke. */
  readonly handOffMs: number;
  /** Does the work; what it throws lets the message come again. `'crashed'`: the worker died. */
  handle(delivery: Delivery<M>): Promise<'done' | 'crashed'>;
  /** The third receive failed too. */
  deadLetter(body: M): void;
  /** Whether a delivery is handed out twice at nearly the same time. */
  readonly isDoubled?: () => boolean;
}

/** Of the queue as deployed: visibility 720 s, three receives. */
const VISIBILITY_MS = 720_000;
const MAX_RECEIVES = 3;
/** A group is noisy from here: more than 10 % of what is in flight, and 30 of it. @see SQS fair queues, verified 2026-11-23 */
const NOISY_SHARE = 0.1;
const NOISY_FROM = 30;

/**
 * An SQS standard queue with an event source of one message a batch: delays, visibility, fair between groups, at most
 * `concurrency` deliveries at a time. First come, first served but for groups that are noisy while others wait.
 */
export function createFairQueue<M>(options: FairQueueOptions<M>): FairQueue<M> {
  const { clock, concurrency, handOffMs } = options;
  const counts = { deliveries: 0, sends: 0, deadLetters: 0, mostAtOnce: 0 };
  const groups = new Map<string, number>();
  let waiting: Delivery<M>[] = [];
  let inFlight = 0;

  const toNext = (): number => {
    const isQuiet = ({ group }: Delivery<M>) => {
      const own = groups.get(group) ?? 0;
      return own < NOISY_FROM || own <= inFlight * NOISY_SHARE;
    };
    return Math.max(0, waiting.findIndex(isQuiet));
  };

  const pump = () => {
    while (inFlight < concurrency && waiting.length > 0) {
      const index = toNext();
      const delivery = waiting[index] as Delivery<M>;
      waiting = waiting.toSpliced(index, 1);
      begin(delivery);
      if (delivery.receives === 1 && options.isDoubled?.()) begin({ ...delivery, isCopy: true });
    }
  };

  const begin = (delivery: Delivery<M>) => {
    inFlight += 1;
    groups.set(delivery.group, (groups.get(delivery.group) ?? 0) + 1);
    counts.mostAtOnce = Math.max(counts.mostAtOnce, inFlight);
    clock.setTimer(clock.now() + handOffMs, () => {
      counts.deliveries += 1;
      const startedMs = clock.now();
      options.handle(delivery).then(
        (end) => settle(delivery, startedMs, end !== 'done'),
        () => settle(delivery, startedMs, true),
      );
    });
  };

  const settle = (delivery: Delivery<M>, startedMs: number, isToComeAgain: boolean) => {
    inFlight -= 1;
    const left = (groups.get(delivery.group) ?? 1) - 1;
    if (left === 0) groups.delete(delivery.group);
    else groups.set(delivery.group, left);
    if (delivery.isCopy || !isToComeAgain) {
      // Nothing comes after it.
    } else if (delivery.receives < MAX_RECEIVES) {
      enqueue({ ...delivery, receives: delivery.receives + 1 }, startedMs + VISIBILITY_MS);
    } else {
      counts.deadLetters += 1;
      options.deadLetter(delivery.body);
    }
    pump();
  };

  const enqueue = (delivery: Delivery<M>, atMs: number) => {
    clock.setTimer(atMs, () => {
      waiting.push(delivery);
      pump();
    });
  };

  return {
    counts,
    send(body, group, messageId, delaySeconds) {
      counts.sends += 1;
      if (delaySeconds < 0 || delaySeconds > 900) throw new RangeError('SQS delays by 0 to 900 s');
      enqueue({ body, group, messageId, receives: 1 }, clock.now() + delaySeconds * 1000);
    },
  };
}
