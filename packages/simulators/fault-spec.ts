import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { AccountChangeFields } from './control-bodies.ts';

const ONE_DAY_MS = 86_400_000;
const count = z.int().min(0).max(1_000_000_000);
const mebibytes = z.int().min(1).max(4_096);
const base64 = z.base64();

/** Which requests a fault is for: all that are given must hold; none given means every request. */
export const FaultMatch = z.strictObject({
  /** Upper or lower case. */
  method: z.string().optional(),
  /** The start of the path, or a regular expression between slashes (`/domains$/`); see `toPathTest`. */
  path: z.string().startsWith('/').optional(),
  bodyIncludes: z.string().optional(),
  /** Part of the query, as sent or decoded. */
  queryIncludes: z.string().optional(),
  /** Query parameters and their exact values. */
  query: z.record(z.string(), z.string()).optional(),
  /** Id of the account whose credentials the request carries. */
  account: z.string().optional(),
});
export type FaultMatch = z.infer<typeof FaultMatch>;

/**
 * A fault: which requests, how often, and what happens to them. Without a kind the real answer goes out, so that
 * each part can be spoilt alone: `headers` change the real answer's, `status` without a body empties it,
 * `replace` works on its text, and `delayMs`, `drip`, `truncateAt` and `resetAt` on the way it is sent.
 */
export const FaultSpec = z
  .strictObject({
    match: FaultMatch.default({}),
    /** How many matching requests; -1 for all. */
    times: z.union([z.int().min(1), z.literal(-1)]).default(1),
    /** How many matching requests pass before the fault begins. */
    skip: count.default(0),
    /** Faulted calls pass the limiter first; true puts the fault before it. Counted as calls either way. */
    beforeLimit: z.boolean().default(false),

    status: z.int().min(200).max(599).optional(),
    /** The reason phrase of the status line. */
    reason: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
    /** Text, or a value sent as JSON. */
    body: z.union([z.string(), z.array(z.unknown()), z.record(z.string(), z.unknown())]).optional(),
    bodyBase64: base64.optional(),
    /** Texts in the real body, each replaced everywhere by another. */
    replace: z.array(z.strictObject({ find: z.string().min(1), with: z.string() })).optional(),
    /** Gives the request's credentials back, in the place named; true is the body. */
    echo: z.union([z.literal(true), z.enum(['body', 'header', 'reason'])]).optional(),

    /** A body of spaces of this size once unpacked, sent as gzip. */
    gzipBombMiB: mebibytes.optional(),
    /** The body (or spaces) over and over until it has this size. */
    repeatBodyMiB: mebibytes.optional(),
    /** One response header of this many bytes; nothing follows it. */
    headerBytes: z.int().min(1).max(2_147_483_648).optional(),
    /** The whole answer as bytes on the socket, status line included; the connection is closed after it. */
    rawBase64: base64.optional(),

    /** Wait before the first byte, beside the latency. A day is for ever: the wait ends with the connection. */
    delayMs: z.number().min(0).max(ONE_DAY_MS).optional(),
    drip: z.strictObject({ bytes: z.int().min(1), everyMs: z.number().min(0).max(ONE_DAY_MS) }).optional(),
    /** The connection closes after so many bytes of the body, or a share such as "30%". */
    truncateAt: z
      .union([count, z.string().regex(/^(100|\d{1,2})%$/, 'expected bytes or "0%" to "100%"')])
      .optional(),
    /** Sends the body in chunks, without Content-Length. */
    chunked: z.boolean().optional(),
    /** Resets the connection before any byte. */
    reset: z.literal(true).optional(),
    /** Resets the connection after so many bytes of the body. */
    resetAt: count.optional(),

    /** A change of the registrar's own data just before the request is answered: pages that shift under a reader. */
    edit: AccountChangeFields.extend({ account: z.string() }).optional(),
  })
  .superRefine((spec, context) => {
    for (const group of EXCLUSIVE) {
      const given = group.filter((field) => spec[field] !== undefined);
      if (given.length > 1) {
        context.addIssue({ code: 'custom', message: `${given.join(' and ')} can't go together` });
      }
    }
    const hasBody = spec.body !== undefined || spec.replace !== undefined;
    if (hasBody && (spec.echo === true || spec.echo === 'body')) {
      context.addIssue({ code: 'custom', message: "a body and an echo in the body can't go together" });
    }
    for (const [name, value] of Object.entries(spec.headers ?? {})) {
      if (!isHeader(name, value)) {
        context.addIssue({ code: 'custom', path: ['headers', name], message: 'not a valid HTTP header' });
      }
    }
    if (spec.reason !== undefined && !isHeader('x-reason', spec.reason)) {
      context.addIssue({ code: 'custom', path: ['reason'], message: 'not a valid reason phrase' });
    }
    if (spec.match.path !== undefined) {
      try {
        toPathTest(spec.match.path);
      } catch {
        const message = 'not a valid regular expression';
        context.addIssue({ code: 'custom', path: ['match', 'path'], message });
      }
    }
  });
export type FaultSpec = z.infer<typeof FaultSpec>;

/** Fields of which a fault has at most one. */
const EXCLUSIVE = [
  ['body', 'bodyBase64', 'replace', 'gzipBombMiB', 'headerBytes', 'rawBase64', 'reset'],
  ['drip', 'gzipBombMiB', 'repeatBodyMiB', 'headerBytes', 'rawBase64', 'reset'],
  ['truncateAt', 'resetAt', 'gzipBombMiB', 'repeatBodyMiB', 'headerBytes', 'rawBase64', 'reset'],
  ['reason', 'headerBytes', 'rawBase64', 'reset'],
  ['echo', 'bodyBase64', 'gzipBombMiB', 'repeatBodyMiB', 'headerBytes', 'rawBase64', 'reset'],
  ['chunked', 'gzipBombMiB', 'repeatBodyMiB', 'headerBytes', 'rawBase64', 'reset'],
] as const satisfies readonly (readonly (keyof z.infer<typeof FaultSpec>)[])[];

/**
 * What a path pattern means. `/v1/domains/` is the start of a path; a pattern between slashes is a regular
 * expression when it has a character that means something in one (`^ $ * + ? ( ) [ ] { } | \`).
 *
 * @throws SyntaxError when the expression is none.
 */
export function toPathTest(pattern: string): (path: string) => boolean {
  const source = /^\/(.+)\/$/.exec(pattern)?.[1];
  if (source === undefined || !/[\^$*+?()[\]{}|\\]/.test(source)) return (path) => path.startsWith(pattern);
  const expression = new RegExp(source);
  return (path) => expression.test(path);
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    // Both throw for one reason only: Node would refuse to send it.
    return false;
  }
}
