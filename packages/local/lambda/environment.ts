import { Worker } from 'node:worker_threads';
import type { EnvironmentData, FromEnvironment, FunctionError, InvokeOutcome } from './messages.ts';
import type { FunctionSettings } from './settings.ts';

/** One execution environment: a worker thread with its own environment variables and heap limit. */
export interface ExecutionEnvironment {
  /** Waits until the bundle is loaded; gives why it can't be, where it can't. */
  loaded(): Promise<FunctionError | undefined>;
  /** Runs one event. One at a time: the caller waits for the outcome before the next. */
  invoke(requestId: string, event: string): Promise<InvokeOutcome>;
  /** False after a timeout, a crash or a failed init: it is of no further use. */
  isUsable(): boolean;
  end(): Promise<void>;
}

/** What a function writes, a chunk of text at a time. */
export type FunctionOutput = (stream: 'stdout' | 'stderr', chunk: string) => void;

/**
 * Starts a thread that loads the function's bundle. Its variables are exactly those given: nothing of this
 * process's own environment is seen inside.
 */
export function startEnvironment(
  settings: FunctionSettings,
  variables: Readonly<Record<string, string>>,
  output: FunctionOutput,
): ExecutionEnvironment {
  const data: EnvironmentData = {
    modulePath: settings.modulePath,
    exportName: settings.exportName,
    functionName: settings.name,
    functionArn: settings.arn,
    memoryMb: settings.memoryMb,
    logGroup: `/aws/lambda/${settings.name}`,
  };
  const worker = new Worker(new URL('./runtime.ts', import.meta.url), {
    workerData: data,
    env: { ...variables },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: Math.max(64, Math.floor(settings.memoryMb * 0.9)) },
  });
  worker.stdout.setEncoding('utf8').on('data', (chunk: string) => output('stdout', chunk));
  worker.stderr.setEncoding('utf8').on('data', (chunk: string) => output('stderr', chunk));

  let usable = true;
  let settle: ((outcome: InvokeOutcome) => void) | undefined;
  let crash: FunctionError | undefined;
  const initialized = Promise.withResolvers<FunctionError | undefined>();

  function fail(error: FunctionError): void {
    usable = false;
    crash ??= error;
    initialized.resolve(error);
    settle?.({ ok: false, error });
  }

  worker.on('message', (message: FromEnvironment) => {
    if (message.kind === 'wrote') output(message.stream, message.text);
    else if (message.kind === 'ready') initialized.resolve(undefined);
    else if (message.kind === 'initFailed') fail(message.error);
    else if (message.kind === 'succeeded') settle?.({ ok: true, payload: message.payload });
    else settle?.({ ok: false, error: message.error });
  });
  worker.on('error', (error: Error) => {
    const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    fail({
      errorType: outOfMemory ? 'Runtime.OutOfMemory' : (error.name ?? 'Error'),
      errorMessage: error.message,
    });
  });
  worker.on('exit', () => {
    fail({ errorType: 'Runtime.ExitError', errorMessage: 'Runtime exited without providing a reason' });
  });

  async function invoke(requestId: string, event: string): Promise<InvokeOutcome> {
    const initError = await initialized.promise;
    if (initError ?? crash) return { ok: false, error: (initError ?? crash) as FunctionError };
    const outcome = Promise.withResolvers<InvokeOutcome>();
    settle = outcome.resolve;
    const timer = setTimeout(() => {
      const seconds = (settings.timeoutMs / 1000).toFixed(2);
      fail({
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
      });
      void worker.terminate();
    }, settings.timeoutMs);
    worker.postMessage({ requestId, event, deadlineMs: Date.now() + settings.timeoutMs });
    const result = await outcome.promise;
    clearTimeout(timer);
    settle = undefined;
    return result;
  }

  return {
    loaded: () => initialized.promise,
    invoke,
    isUsable: () => usable,
    async end() {
      usable = false;
      await worker.terminate();
    },
  };
}
