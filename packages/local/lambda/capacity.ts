/** Who waits for the answer: a person at the gateway, the platform (workflow, rules, schedules), or a queue. */
export type InvocationClass = 'gateway' | 'platform' | 'queue';

/** Places for execution environments at work, shared by all functions of this machine. */
export interface Capacity {
  /** Waits for a place; the answer gives it back. Those who wait are served by class, then in order. */
  take(kind: InvocationClass): Promise<() => void>;
}

const order: readonly InvocationClass[] = ['gateway', 'platform', 'queue'];

/**
 * Makes `total` places, of which messages of queues never hold more than `forQueues`: long pieces of work don't
 * keep the API or the end of a run waiting.
 */
export function createCapacity(total: number, forQueues: number): Capacity {
  const waiting: Record<InvocationClass, (() => void)[]> = { gateway: [], platform: [], queue: [] };
  let busy = 0;
  let busyWithQueues = 0;

  function admit(): void {
    for (const kind of order) {
      const hasRoom = () => busy < total && (kind !== 'queue' || busyWithQueues < forQueues);
      while (hasRoom()) {
        const next = waiting[kind].shift();
        if (!next) break;
        busy += 1;
        if (kind === 'queue') busyWithQueues += 1;
        next();
      }
    }
  }

  function take(kind: InvocationClass): Promise<() => void> {
    return new Promise((resolve) => {
      let isHeld = true;
      waiting[kind].push(() =>
        resolve(() => {
          if (!isHeld) return;
          isHeld = false;
          busy -= 1;
          if (kind === 'queue') busyWithQueues -= 1;
          admit();
        }),
      );
      admit();
    });
  }

  return { take };
}
