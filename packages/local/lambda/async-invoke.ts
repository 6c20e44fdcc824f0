import type { Json } from '../json.ts';
import type { PlatformLog } from '../logs.ts';
import type { Ledger } from '../resources.ts';
import type { Clock } from '../workflow/clock.ts';
import type { LocalFunction } from './function.ts';

/** Calls a function whose caller doesn't wait: a rule or a schedule. It resolves when the event is dealt with. */
export type AsyncInvoke = (target: LocalFunction, event: Json) => Promise<void>;

const defaultRetries = 2;

/**
 * Lambda's asynchronous invocation: a function that fails is called again after one minute, then after two, as often
 * as its EventInvokeConfig says (twice without one). What is left after that is logged and dropped.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (verified 2026-11-23)
 */
export function createAsyncInvoke(ledger: Ledger, clock: Clock, log: PlatformLog): AsyncInvoke {
  const retries = new Map(
    ledger
      .ofType('AWS::Lambda::EventInvokeConfig')
      .map(({ properties }) => [
        String(properties.FunctionName),
        Number(properties.MaximumRetryAttempts ?? defaultRetries),
      ]),
  );

  return async (target, event) => {
    const { name } = target.settings;
    const most = retries.get(name) ?? defaultRetries;
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await target.invoke(JSON.stringify(event), 'platform');
      if (outcome.ok) return;
      const { errorType: error } = outcome.error;
      if (attempt >= most)
        return log('an asynchronous call was given up', { function: name, error, attempts: attempt + 1 });
      log('an asynchronous call failed', { function: name, error, attempt: attempt + 1 });
      await new Promise<void>((resolve) => clock.setTimer(clock.now() + (attempt + 1) * 60_000, resolve));
    }
  };
}
