import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { spoilAnswer, toWireAnswer, type WireAnswer } from './fault-answer.ts';
import type { FaultSpec } from './fault-spec.ts';
import { readBody } from './read-body.ts';
import type { SimulatedRegistrar } from './registrar.ts';
import { isHangUp, pause, sendAnswer, sendSpoilt } from './send.ts';
import { makeSlidingLimiter } from './sliding-window.ts';
import type { SimRequest, SimResponse } from './types.ts';

/** What a registrar's server needs beside the registrar. */
export interface ServerDeps {
  /** Milliseconds since the epoch: the time that arrivals are counted by. */
  readonly now: () => number;
  /** How long the next answer takes, in milliseconds. */
  readonly latencyMs: () => number;
  readonly log: (message: string) => void;
}

const MAX_BODY_BYTES = 1_048_576;

/**
 * Answers as the registrar does. In this order: read the body (over 1 MiB: 413), count, faults that come before
 * the limiter, limiter, refusal of writes, other faults, the protocol's answer; then the latency, and out.
 * A write is never answered by a fault, so that no test can hide one.
 */
export function makeRegistrarHandler(registrar: SimulatedRegistrar, deps: ServerDeps): RequestListener {
  const decide = makeDecision(registrar, deps);

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(incoming, MAX_BODY_BYTES);
    const { answer, fault } =
      body === undefined ? { answer: TOO_LARGE, fault: undefined } : decide(toSimRequest(incoming, body));

    if (!(await pause(response, deps.latencyMs() + (fault?.delayMs ?? 0)))) return;
    if (fault === undefined) sendAnswer(response, answer);
    else await sendSpoilt(response, answer, fault);
  };

  return (incoming, response) => {
    response.once('close', registrar.counters.arrive());
    serve(incoming, response).catch((error: unknown) => {
      // A client that goes while it sends is its own affair; all else is a defect, and must be seen.
      if (isHangUp(error)) return;
      registrar.counters.failure();
      deps.log(`${registrar.protocol.id}: ${describe(error)}`);
      if (response.headersSent) response.destroy();
      else sendAnswer(response, FAILED);
    });
  };
}

interface Decision {
  readonly answer: WireAnswer;
  readonly fault: FaultSpec | undefined;
}

function makeDecision(registrar: SimulatedRegistrar, { now, log }: ServerDeps) {
  const { protocol, accounts, counters, faults } = registrar;
  const limiter = makeSlidingLimiter(protocol.limits);

  const realAnswer = (request: SimRequest): WireAnswer => {
    try {
      return toWireAnswer(protocol.answer(request, { accounts: accounts.list(), now }));
    } catch (error) {
      // One request must not end the process of the others; the counter and the log make sure it is seen.
      counters.failure();
      log(`${protocol.id} failed at ${request.method} ${request.path}: ${describe(error)}`);
      return FAILED;
    }
  };

  const spoil = (spec: FaultSpec, request: SimRequest): Decision => {
    counters.fault();
    if (spec.edit !== undefined) accounts.put(accounts.get(spec.edit.account).id, spec.edit);
    return { answer: spoilAnswer(spec, request, realAnswer(request)), fault: spec };
  };

  return (request: SimRequest): Decision => {
    const account = accounts.identify(request)?.id;
    const isWrite = protocol.isWrite(request);
    counters.read(request, account);
    if (isWrite) counters.write();

    const early = isWrite ? undefined : faults.take(request, account, true);
    if (early !== undefined) return spoil(early, request);

    const key = protocol.limitKey(request);
    const atMs = now();
    const admission = key === null ? ADMITTED : limiter.admit(key, atMs);
    if (!admission.admitted) {
      counters.violation(account, admission.exceeded);
      return { answer: toWireAnswer(protocol.throttled(admission.retryAfterMs, atMs)), fault: undefined };
    }

    if (isWrite) return { answer: READ_ONLY, fault: undefined };
    const late = faults.take(request, account, false);
    return late === undefined ? { answer: realAnswer(request), fault: undefined } : spoil(late, request);
  };
}

function toSimRequest(incoming: IncomingMessage, body: string): SimRequest {
  const [path = '/', ...query] = (incoming.url ?? '/').split('?');
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    method: incoming.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers: Object.fromEntries(headers),
    body,
    remoteAddress: (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
}

function engineAnswer(status: number, code: string, message: string): WireAnswer {
  const answer: SimResponse = {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, message }),
  };
  return toWireAnswer(answer);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const ADMITTED = { admitted: true } as const;
const TOO_LARGE = engineAnswer(413, 'SIMULATOR_BODY_TOO_LARGE', 'the body is larger than 1 MiB');
const READ_ONLY = engineAnswer(405, 'SIMULATOR_READ_ONLY', 'the simulators refuse every call that writes');
const FAILED = engineAnswer(500, 'SIMULATOR_FAILED', 'the simulator could not answer: see its log');
