/**
 * The runtime inside one execution environment: a worker thread that loads a bundle once and answers one event at a
 * time, as Lambda's Node.js runtime does for async handlers (callbacks are gone since nodejs24.x).
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html (verified 2026-11-23)
 */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { EnvironmentData, FromEnvironment, ToEnvironment } from './messages.ts';

type Handler = (event: unknown, context: unknown) => unknown;

const { modulePath, exportName, functionName, memoryMb, functionArn, logGroup } =
  workerData as EnvironmentData;
const port = parentPort;
if (!port) throw new Error('the runtime runs in a worker thread only');
const send = (message: FromEnvironment) => port.postMessage(message);

// by the same way as the results, so that what a function writes is there before its outcome is
for (const stream of ['stdout', 'stderr'] as const)
  process[stream].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    send({ kind: 'wrote', stream, text });
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done as () => void);
    return true;
  };

try {
  const loaded = (await import(pathToFileURL(modulePath).href)) as Record<string, unknown>;
  const handler = loaded[exportName];
  if (typeof handler !== 'function')
    send({
      kind: 'initFailed',
      error: { errorType: 'Runtime.HandlerNotFound', errorMessage: `${exportName} is not exported` },
    });
  else {
    port.on('message', (message: ToEnvironment) => void answer(handler as Handler, message));
    send({ kind: 'ready' });
  }
} catch (error) {
  send({ kind: 'initFailed', error: toErrorPayload(error) });
}

async function answer(handler: Handler, message: ToEnvironment): Promise<void> {
  try {
    const result = await handler(JSON.parse(message.event), toContext(message));
    send({ kind: 'succeeded', requestId: message.requestId, payload: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    send({ kind: 'failed', requestId: message.requestId, error: toErrorPayload(error) });
  }
}

function toContext(message: ToEnvironment) {
  return {
    awsRequestId: message.requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: logGroup,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => Math.max(0, message.deadlineMs - Date.now()),
  };
}

function toErrorPayload(error: unknown) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}
