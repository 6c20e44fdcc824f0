import { createContext, Script } from 'node:vm';
import type { EdgeAnswer, EdgeRequest } from '../gateway/types.ts';
import type { RunningResource } from '../resources.ts';

/** A CloudFront Function at viewer request: the path to go on with, or an answer of its own. */
export type ViewerFunction = (request: EdgeRequest) => Promise<{ readonly path: string } | EdgeAnswer>;

interface FunctionResult {
  readonly uri?: string;
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, { readonly value: string }>>;
  readonly body?: string | { readonly data?: string };
}

/** CloudFront allows a function about a millisecond of work; this stops endless loops, nothing else. */
const timeoutMs = 250;

/**
 * Loads the template's function code, and runs it for each request in a context without Node's own objects.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html (verified 2026-11-23)
 */
export function toViewerFunction(resource: RunningResource): ViewerFunction {
  const { FunctionCode: code } = resource.properties;
  const script = new Script(`${code}\n;handler(event);`, { filename: `${resource.logicalId}.js` });

  return async (request) => {
    const context = createContext(
      { event: toEvent(request) },
      { codeGeneration: { strings: false, wasm: false } },
    );
    const result = (await script.runInContext(context, { timeout: timeoutMs })) as FunctionResult;
    if (result.statusCode === undefined) return { path: result.uri ?? request.path };
    const headers = Object.entries(result.headers ?? {}).map(([name, { value }]) => [name, value]);
    const body = typeof result.body === 'string' ? result.body : (result.body?.data ?? '');
    return { status: result.statusCode, headers: Object.fromEntries(headers), body };
  };
}

function toEvent(request: EdgeRequest) {
  const values = (entries: Iterable<readonly [string, string]>) =>
    Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
  const { cookie, ...headers } = request.headers;
  const pairs = [cookie].flat().flatMap((text) => (text ? text.split(/;\s*/) : []));
  return {
    version: '1.0',
    context: { distributionDomainName: 'localhost', eventType: 'viewer-request', requestId: 'local' },
    viewer: { ip: request.sourceIp },
    request: {
      method: request.method,
      uri: request.path,
      querystring: values(new URLSearchParams(request.query)),
      headers: values(
        Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(',')] as const),
      ),
      cookies: values(
        pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const),
      ),
    },
  };
}
