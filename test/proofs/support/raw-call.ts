import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as it goes over the wire: unlike `fetch`, nothing tidies its path. */
export interface RawCall {
  readonly method: string;
  /** As it is sent, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface RawClient {
  /** Asks, again where the gateway's throttle says so: its 429 is no answer to the question. */
  ask(call: RawCall): Promise<RawAnswer>;
  close(): void;
}

const THROTTLE_PAUSE_MS = 250;

/** A client of a running system that sends what it is told, byte for byte. */
export function createRawClient(url: string): RawClient {
  const agent = new Agent({ keepAlive: true });
  const { port } = new URL(url);

  function send({ method, path, headers = {}, body }: RawCall): Promise<RawAnswer> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const named = {
      host: `localhost:${port}`,
      ...(text !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
      }),
      ...headers,
    };
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, agent, method, path, headers: named }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => void chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }

  return {
    async ask(call) {
      for (;;) {
        const answer = await send(call);
        // The API's own 429 names its request; the throttle's doesn't.
        if (answer.status !== 429 || 'x-request-id' in answer.headers) return answer;
        await sleep(THROTTLE_PAUSE_MS);
      }
    },
    close: () => agent.destroy(),
  };
}

/** Does something for each of many, so many at a time; gives what came of them in their order. */
export async function forEachOf<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
