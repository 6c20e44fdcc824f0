import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { WireAnswer } from './fault-answer.ts';
import type { FaultSpec } from './fault-spec.ts';

const MEBIBYTE = 1_048_576;
const CHUNK_BYTES = 65_536;

/** Waits, and says whether the connection is still there: a client or server that goes ends the wait. */
export function pause(response: ServerResponse, waitMs: number): Promise<boolean> {
  if (isGone(response)) return Promise.resolve(false);
  if (waitMs <= 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    const onClose = () => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      response.off('close', onClose);
      resolve(true);
    }, waitMs);
    response.once('close', onClose);
  });
}

/** Sends an answer as it is, with its length. */
export function sendAnswer(response: ServerResponse, answer: WireAnswer): void {
  if (isGone(response)) return;
  writeHead(response, answer, { 'content-length': String(answer.body.length) });
  response.end(answer.body);
}

/** Sends an answer in the way a fault says. Ends when all is sent, or the connection is gone. */
export async function sendSpoilt(
  response: ServerResponse,
  answer: WireAnswer,
  spec: FaultSpec,
): Promise<void> {
  if (isGone(response)) return;
  const { socket } = response;
  if (spec.reset === true) {
    socket?.resetAndDestroy();
  } else if (spec.rawBase64 !== undefined) {
    socket?.write(Buffer.from(spec.rawBase64, 'base64'));
    socket?.destroySoon();
  } else if (spec.headerBytes !== undefined) {
    await sendUntilGone(
      function* () {
        yield `HTTP/1.1 ${answer.status} OK\r\nX-Flood: `;
        yield* repeatTo(Buffer.alloc(CHUNK_BYTES, 'x'), spec.headerBytes ?? 0);
      },
      [socket],
    );
  } else if (spec.gzipBombMiB !== undefined) {
    writeHead(response, answer, { 'content-encoding': 'gzip' });
    const bytes = spec.gzipBombMiB * MEBIBYTE;
    await sendUntilGone(() => repeatTo(Buffer.alloc(MEBIBYTE, ' '), bytes), [createGzip(), response]);
  } else if (spec.repeatBodyMiB !== undefined) {
    writeHead(response, answer, {});
    const unit = atLeastAChunk(answer.body);
    const bytes = spec.repeatBodyMiB * MEBIBYTE;
    await sendUntilGone(() => repeatTo(unit, bytes), [response]);
  } else {
    await sendPart(response, answer, spec);
  }
}

/** The body at the pace and up to the byte that the fault says; then it ends, is cut or is reset. */
async function sendPart(response: ServerResponse, answer: WireAnswer, spec: FaultSpec): Promise<void> {
  const { body } = answer;
  writeHead(response, answer, spec.chunked === true ? {} : { 'content-length': String(body.length) });
  // Without this a cut at byte 0 would take the headers with it.
  response.flushHeaders();

  const stopAt = toBytes(spec.truncateAt ?? spec.resetAt, body.length);
  const part = body.subarray(0, stopAt);
  const step = spec.drip?.bytes ?? Math.max(part.length, 1);
  for (let from = 0; from < part.length; from += step) {
    if (from > 0 && !(await pause(response, spec.drip?.everyMs ?? 0))) return;
    await settled(response, (done) => response.write(part.subarray(from, from + step), done));
  }

  if (stopAt === undefined) {
    response.end();
    return;
  }
  // An empty write comes back when all before it has been handed to the system.
  await settled(response, (done) => response.socket?.write('', done));
  if (spec.resetAt !== undefined) response.socket?.resetAndDestroy();
  else response.socket?.destroy();
}

function writeHead(
  response: ServerResponse,
  answer: WireAnswer,
  framing: Readonly<Record<string, string>>,
): void {
  // A fault may lie about the length or the encoding, so what the answer says wins.
  const headers = { ...framing, ...answer.headers };
  if (answer.reason === undefined) response.writeHead(answer.status, headers);
  else response.writeHead(answer.status, answer.reason, headers);
}

/** Resolves when a write is done or the connection is gone; after it `pause` and `isGone` tell which. */
function settled(response: ServerResponse, start: (done: () => void) => void): Promise<void> {
  if (isGone(response)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      response.off('close', done);
      resolve();
    };
    response.once('close', done);
    start(done);
  });
}

/** Streams with back-pressure, so that gigabytes cost no memory. A client that hangs up is what faults are for. */
async function sendUntilGone(
  source: () => Iterable<string | Buffer>,
  sinks: readonly (NodeJS.ReadWriteStream | NodeJS.WritableStream | null)[],
): Promise<void> {
  const streams = sinks.filter((sink) => sink !== null);
  try {
    await pipeline([Readable.from(source()), ...streams]);
  } catch (error) {
    if (!isHangUp(error)) throw error;
  }
}

/** Whether a stream failed because the other side closed its connection. */
export function isHangUp(error: unknown): boolean {
  const codes = ['ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ECONNRESET', 'EPIPE'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** A body, or spaces where it is empty, so often that it is worth a write of its own. */
function atLeastAChunk(body: Buffer): Buffer {
  if (body.length === 0) return Buffer.alloc(CHUNK_BYTES, ' ');
  return Buffer.concat(new Array<Buffer>(Math.ceil(CHUNK_BYTES / body.length)).fill(body));
}

function* repeatTo(unit: Buffer, bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= unit.length) {
    yield left < unit.length ? unit.subarray(0, left) : unit;
  }
}

function toBytes(at: number | string | undefined, length: number): number | undefined {
  return typeof at === 'string' ? Math.floor((length * Number.parseInt(at, 10)) / 100) : at;
}

function isGone(response: ServerResponse): boolean {
  return response.destroyed || response.socket === null || response.socket.destroyed;
}
