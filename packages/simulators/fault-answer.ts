import type { FaultSpec } from './fault-spec.ts';
import type { SimRequest, SimResponse } from './types.ts';

/** An answer whose body is bytes, and which may have a reason phrase of its own. Header names are lower-case. */
export interface WireAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** The registrar's answer as bytes. */
export function toWireAnswer({ status, headers, body }: SimResponse): WireAnswer {
  return { status, headers: lowerCaseNames(headers ?? {}), body: Buffer.from(body) };
}

/**
 * What a fault makes of the real answer, before it is sent. Headers given are laid over the real ones; a body
 * given keeps only the real Content-Type, since the others (totals, links) would speak of another body.
 */
export function spoilAnswer(spec: FaultSpec, request: SimRequest, real: WireAnswer): WireAnswer {
  const body = bodyGiven(spec, request);
  const status = spec.status ?? (body === undefined ? real.status : 200);
  const reason = spec.echo === 'reason' ? toFieldText(echoOf(request)) : spec.reason;
  const kept = body === undefined ? real.headers : onlyContentType(real.headers);
  const echoed = spec.echo === 'header' ? { 'x-echo': toFieldText(echoOf(request)) } : {};
  return {
    status,
    ...(reason === undefined ? {} : { reason }),
    headers: { ...kept, ...echoed, ...lowerCaseNames(spec.headers ?? {}) },
    body: body ?? replaceTexts(real.body, spec.replace),
  };
}

/** The body that takes the real one's place; undefined where the real one goes out. */
function bodyGiven(spec: FaultSpec, request: SimRequest): Buffer | undefined {
  if (spec.echo === true || spec.echo === 'body') return Buffer.from(echoOf(request));
  if (spec.bodyBase64 !== undefined) return Buffer.from(spec.bodyBase64, 'base64');
  if (typeof spec.body === 'string') return Buffer.from(spec.body);
  if (spec.body !== undefined) return Buffer.from(JSON.stringify(spec.body));
  return spec.status !== undefined && spec.replace === undefined ? Buffer.alloc(0) : undefined;
}

/** Credentials can be in any header, the query or the body: all of them come back. */
function echoOf({ method, path, query, headers, body }: SimRequest): string {
  return JSON.stringify({ message: 'rejected', request: { method, path, query: `${query}`, headers, body } });
}

/** A text as a header or reason phrase may hold it: printable ASCII, at most 4,096 characters. */
function toFieldText(text: string): string {
  return text.replace(/[^ -~]/g, ' ').slice(0, 4_096);
}

function replaceTexts(body: Buffer, replacements: FaultSpec['replace'] = []): Buffer {
  if (replacements.length === 0) return body;
  const text = replacements.reduce(
    (changed, { find, with: substitute }) => changed.replaceAll(find, () => substitute),
    body.toString('utf8'),
  );
  return Buffer.from(text);
}

function onlyContentType(headers: Readonly<Record<string, string>>): Record<string, string> {
  const type = headers['content-type'];
  return type === undefined ? {} : { 'content-type': type };
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
