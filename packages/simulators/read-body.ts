import type { IncomingMessage } from 'node:http';

/** The body as text, or undefined where it is larger than `maxBytes`; the rest is then read and dropped. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Answering before the sender is done would make its connection look broken rather than its body too large.
    if (length <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length <= maxBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}
