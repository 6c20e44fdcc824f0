import { randomUUID } from 'node:crypto';
import type { FunctionLog } from '../logs.ts';
import type { Capacity, InvocationClass } from './capacity.ts';
import { type ExecutionEnvironment, startEnvironment } from './environment.ts';
import type { InvokeOutcome } from './messages.ts';
import type { FunctionSettings } from './settings.ts';

/** A function that can be called. */
export interface LocalFunction {
  readonly settings: FunctionSettings;
  /**
   * Calls the function with an event (JSON text) and waits for its outcome. Beyond the reserved concurrency it fails
   * with `TooManyRequestsException`, beyond the size of a payload with `RequestEntityTooLargeException`.
   */
  invoke(event: string, kind: InvocationClass): Promise<InvokeOutcome>;
  /**
   * Loads a first environment ahead of its first call.
   * @throws Error that names the function, when its bundle does not load (a variable that it misses, say)
   */
  warm(): Promise<void>;
  /** Ends every environment; work under way is cut off. */
  close(): Promise<void>;
}

/** Most bytes of an event or a result of a synchronous call: 6 MiB (Lambda quotas, verified 2026-11-23). */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;
const idleMs = 60_000;

/**
 * Runs a function in as many environments as it is called at a time, started on demand, used again while warm and
 * ended after a minute of idleness.
 */
export function createFunction(
  settings: FunctionSettings,
  variables: Readonly<Record<string, string>>,
  capacity: Capacity,
  log: FunctionLog,
): LocalFunction {
  const idle: { environment: ExecutionEnvironment; timer: NodeJS.Timeout }[] = [];
  const all = new Set<ExecutionEnvironment>();
  let running = 0;
  let isClosed = false;

  function wake(): ExecutionEnvironment {
    for (let warm = idle.pop(); warm; warm = idle.pop()) {
      clearTimeout(warm.timer);
      if (warm.environment.isUsable()) return warm.environment;
      retire(warm.environment);
    }
    const environment = startEnvironment(settings, variables, log.write);
    all.add(environment);
    return environment;
  }

  function retire(environment: ExecutionEnvironment): void {
    all.delete(environment);
    void environment.end();
  }

  function rest(environment: ExecutionEnvironment): void {
    if (!environment.isUsable() || isClosed) {
      retire(environment);
      return;
    }
    const entry = {
      environment,
      timer: setTimeout(() => {
        idle.splice(idle.indexOf(entry), 1);
        retire(environment);
      }, idleMs).unref(),
    };
    idle.push(entry);
  }

  async function invoke(event: string, kind: InvocationClass): Promise<InvokeOutcome> {
    if (isClosed) return toFailure('ServiceException', 'the local run is stopping');
    if (Buffer.byteLength(event) > MAX_PAYLOAD_BYTES)
      return toFailure(
        'RequestEntityTooLargeException',
        `the event has more than ${MAX_PAYLOAD_BYTES} bytes`,
      );
    if (settings.reservedConcurrency !== undefined && running >= settings.reservedConcurrency)
      return toFailure('TooManyRequestsException', 'Rate Exceeded.');
    running += 1;
    const giveBack = await capacity.take(kind);
    const requestId = randomUUID();
    const startedAt = performance.now();
    try {
      const environment = wake();
      const outcome = checkSize(await environment.invoke(requestId, event));
      rest(environment);
      log.report(requestId, performance.now() - startedAt, outcome);
      return outcome;
    } finally {
      running -= 1;
      giveBack();
    }
  }

  return {
    settings,
    invoke,
    async warm() {
      const environment = wake();
      const error = await environment.loaded();
      if (error) throw new Error(`function ${settings.name} does not load: ${error.errorMessage}`);
      rest(environment);
    },
    async close() {
      isClosed = true;
      for (const { timer } of idle) clearTimeout(timer);
      await Promise.all([...all].map((environment) => environment.end()));
    },
  };
}

function toFailure(errorType: string, errorMessage: string): InvokeOutcome {
  return { ok: false, error: { errorType, errorMessage } };
}

function checkSize(outcome: InvokeOutcome): InvokeOutcome {
  if (!outcome.ok || Buffer.byteLength(outcome.payload) <= MAX_PAYLOAD_BYTES) return outcome;
  return toFailure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
  );
}
