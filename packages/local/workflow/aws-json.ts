import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from './errors.ts';

/** Answers one operation: its input as JSON, its output as JSON. @throws ApiError for the caller to see. */
export type Operation = (input: JsonObject) => unknown;

export interface JsonServer {
  /** For use inside another HTTP server. */
  readonly handler: RequestListener;
  /** Listens on 127.0.0.1; port 0 takes any. */
  listen(port?: number): Promise<{ readonly url: string; close(): Promise<void> }>;
}

/** No service spoken here takes more than this in one request. */
const MAX_BODY_BYTES = 4 * 1_048_576;

/**
 * A server of the AWS JSON protocol: POST /, the operation in `X-Amz-Target: <prefix>.<operation>`. An operation
 * that isn't there is refused, and `onFailure` hears of every error that isn't an ApiError (answered with 500).
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html verified 2026-11-23
 */
export function createJsonServer(
  targetPrefix: string,
  version: '1.0' | '1.1',
  operations: Readonly<Record<string, Operation>>,
  onFailure: (operation: string, error: unknown) => void,
): JsonServer {
  const contentType = `application/x-amz-json-${version}`;
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const target = String(request.headers['x-amz-target'] ?? '');
    const name = target.startsWith(`${targetPrefix}.`) ? target.slice(targetPrefix.length + 1) : '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (request.method !== 'POST' || operation === undefined) {
      throw new ApiError(
        'UnknownOperationException',
        `no operation ${request.method} ${target || '(no target)'}`,
      );
    }
    const input = await readJson(request);
    try {
      return (await operation(input)) ?? {};
    } catch (error) {
      if (!(error instanceof ApiError)) onFailure(name, error);
      throw error;
    }
  };
  const handler = (request: IncomingMessage, response: ServerResponse): void => {
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': contentType }).end(JSON.stringify(body));
    };
    answer(request).then(
      (body) => send(200, body),
      (error: unknown) =>
        error instanceof ApiError
          ? send(error.status, { __type: error.code, message: error.message })
          : send(500, { __type: 'InternalFailure', message: 'internal failure' }),
    );
  };
  return { handler, listen: (port = 0) => listen(handler, port) };
}

/** Reads a member that must be text. @throws ApiError ValidationException */
export function requireText(input: JsonObject, name: string): string {
  const value = readText(input, name);
  if (value !== undefined) return value;
  throw new ApiError(
    'ValidationException',
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}

/** Reads a member that may be missing. @throws ApiError SerializationException for another type than text. */
export function readText(input: JsonObject, name: string): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new ApiError('SerializationException', `${name} must be a string`);
}

async function readJson(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY_BYTES) throw new ApiError('RequestEntityTooLarge', 'the request is too large', 413);
    chunks.push(chunk as Buffer);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}');
    if (isJsonObject(value)) return value;
  } catch {
    throw new ApiError('SerializationException', 'the request is no JSON');
  }
  throw new ApiError('SerializationException', 'the request is no JSON object');
}

async function listen(handler: RequestListener, port: number) {
  const server = createServer(handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
