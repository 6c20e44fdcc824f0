import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import type * as z from 'zod';
import { AccountChangeFields } from './control-bodies.ts';
import { ControlError } from './control-error.ts';
import { FaultSpec } from './fault-spec.ts';
import { readBody } from './read-body.ts';
import type { SimulatedRegistrar } from './registrar.ts';
import { isHangUp } from './send.ts';
import { tellTruth } from './truth.ts';
import type { SimAccount } from './types.ts';

const MAX_BODY_BYTES = 8 * 1_048_576;

/** An answer of the control API: a JSON value, or JSON text in pieces. */
type Reply = { readonly status: number } & (
  | { readonly json: unknown }
  | { readonly pieces: Iterable<string> }
  | { readonly empty: true }
);

interface Call {
  readonly registrar: SimulatedRegistrar;
  /** The `{id}` of the path; empty where the route has none. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What `/control/{registrar}/…` knows: path below the registrar to methods. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, (call: Call) => Reply>>>> = {
  accounts: {
    GET: ({ registrar }) => ({ status: 200, json: { items: registrar.accounts.list().map(toItem) } }),
  },
  'accounts/{id}': {
    GET: ({ registrar, id }) => ({ status: 200, json: toItem(registrar.accounts.get(id)) }),
    PUT: putAccount,
  },
  'accounts/{id}/truth': { GET: getTruth },
  faults: {
    GET: ({ registrar }) => ({ status: 200, json: { items: registrar.faults.list() } }),
    POST: postFault,
    DELETE: ({ registrar }) => {
      registrar.faults.clear();
      return { status: 204, empty: true };
    },
  },
  counters: {
    GET: ({ registrar }) => ({ status: 200, json: registrar.counters.snapshot() }),
    DELETE: ({ registrar }) => {
      registrar.counters.reset();
      return { status: 204, empty: true };
    },
  },
};

/**
 * The control API of the simulators, for tests and for a developer with curl. Strict: an unknown registrar,
 * account, field, query parameter or method is an error `{error: "a sentence"}`, never ignored.
 */
export function makeControlHandler(
  registrars: ReadonlyMap<string, SimulatedRegistrar>,
  origins: Readonly<Record<string, string>>,
  log: (message: string) => void,
): RequestListener {
  const serve = async (incoming: IncomingMessage): Promise<Reply> => {
    const body = await readBody(incoming, MAX_BODY_BYTES);
    if (body === undefined) throw new ControlError(413, 'the body is larger than 8 MiB');

    const [path = '', ...query] = (incoming.url ?? '/').split('?');
    const [root, registrarId, ...rest] = path.split('/').slice(1).map(decodeSegment);
    if (root === 'control' && registrarId === undefined) return { status: 200, json: { origins } };
    if (root !== 'control' || registrarId === undefined) {
      throw new ControlError(404, 'paths here start with /control/{registrar}/');
    }
    const registrar = registrars.get(registrarId);
    if (registrar === undefined) {
      const known = [...registrars.keys()].join(', ');
      throw new ControlError(
        404,
        `no registrar ${JSON.stringify(registrarId)} is simulated here; ${known} are`,
      );
    }
    const call = { registrar, query: new URLSearchParams(query.join('?')), body };
    return answer(incoming.method ?? 'GET', rest, call);
  };

  return (incoming, response) => {
    serve(incoming)
      .catch((error: unknown): Reply => {
        if (error instanceof ControlError) return { status: error.status, json: { error: error.message } };
        throw error;
      })
      .then((reply) => send(response, reply))
      .catch((error: unknown) => {
        // A broken connection tells the caller, if there is one still; all but a caller who left is a defect.
        if (!isHangUp(error)) log(`control: ${error instanceof Error ? error.stack : String(error)}`);
        response.destroy();
      });
  };
}

function answer(method: string, rest: readonly string[], call: Omit<Call, 'id'>): Reply {
  const [collection = '', id = '', ...below] = rest;
  const route = rest.length < 2 ? collection : [collection, '{id}', ...below].join('/');
  const methods = Object.hasOwn(ROUTES, route) ? ROUTES[route] : undefined;
  if (methods === undefined) {
    throw new ControlError(
      404,
      `no such path; below a registrar there are ${Object.keys(ROUTES).join(', ')}`,
    );
  }
  const handle = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (handle === undefined) {
    throw new ControlError(405, `${route} takes ${Object.keys(methods).join(', ')}, not ${method}`);
  }
  if (handle !== getTruth) requireKnownQuery(call.query, []);
  return handle({ ...call, id });
}

function getTruth({ registrar, id, query }: Call): Reply {
  requireKnownQuery(query, ['domainsOnly']);
  const { portfolio } = registrar.accounts.get(id);
  const domainsOnly = query.get('domainsOnly');
  if (domainsOnly !== null && domainsOnly !== '0' && domainsOnly !== '1') {
    throw new ControlError(400, 'domainsOnly is 0 or 1');
  }
  return { status: 200, pieces: tellTruth(registrar.protocol, portfolio, domainsOnly === '1') };
}

function putAccount({ registrar, id, body }: Call): Reply {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id)) {
    throw new ControlError(400, 'an account id is 1 to 64 letters, digits, - and _');
  }
  const { account, isNew } = registrar.accounts.put(id, parse(AccountChangeFields, body));
  return { status: isNew ? 201 : 200, json: toItem(account) };
}

function postFault({ registrar, body }: Call): Reply {
  const spec = parse(FaultSpec, body);
  for (const id of [spec.match.account, spec.edit?.account]) {
    if (id !== undefined) registrar.accounts.get(id);
  }
  return { status: 201, json: { id: registrar.faults.add(spec) } };
}

/** Lets other requests be answered between the pieces of a long answer. */
async function* unhurried(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await setImmediate();
  }
}

/** An account as the control API shows it; `domains` is how many it has. */
function toItem({ id, label, expect, refusal, portfolio, credentials }: SimAccount) {
  return { id, label, expect, refusal, domains: portfolio.size, seed: portfolio.seed, credentials };
}

function parse<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
  const result = schema.safeParse(parseJson(body));
  if (result.success) return result.data;
  const complaints = result.error.issues.map(({ path, message }) => {
    const place = path.join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  throw new ControlError(400, complaints.join('; '));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ControlError(400, body === '' ? 'a JSON body is needed' : 'the body is not JSON');
  }
}

function requireKnownQuery(query: URLSearchParams, known: readonly string[]): void {
  const stranger = [...query.keys()].find((name) => !known.includes(name));
  if (stranger === undefined) return;
  throw new ControlError(400, `${JSON.stringify(stranger)} is no query parameter of this path`);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ControlError(400, 'the path has a % that is no escape');
  }
}

async function send(response: ServerResponse, reply: Reply): Promise<void> {
  if ('empty' in reply) {
    response.writeHead(reply.status).end();
    return;
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  if ('pieces' in reply) await pipeline(Readable.from(unhurried(reply.pieces)), response);
  else response.end(`${JSON.stringify(reply.json)}\n`);
}
