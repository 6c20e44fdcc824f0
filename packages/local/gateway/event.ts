import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../template.ts';
import type { Authorization } from './authorizer.ts';
import type { EdgeAnswer, EdgeRequest } from './types.ts';

/** What of the API and the matched route an event tells. */
export interface EventContext {
  readonly apiId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly authorization: Extract<Authorization, { ok: true }> | undefined;
  readonly now: Date;
}

/**
 * The event of payload format 2.0.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html (verified 2026-11-23)
 */
export function toHttpEvent(request: EdgeRequest, context: EventContext) {
  const domainName = `${context.apiId}.execute-api.us-east-1.amazonaws.com`;
  const { cookie, ...headers } = request.headers;
  const query = toQuery(request.query);
  const isText = isTextType(String(request.headers['content-type'] ?? ''));
  const hasBody = request.body.length > 0;
  return {
    version: '2.0',
    routeKey: context.routeKey,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookie ? { cookies: toCookies(cookie) } : {}),
    headers: joinHeaders(headers),
    ...(query ? { queryStringParameters: query } : {}),
    requestContext: {
      accountId: LOCAL_ACCOUNT,
      apiId: context.apiId,
      ...(context.authorization
        ? {
            authorizer: {
              jwt: { claims: context.authorization.claims, scopes: context.authorization.scopes },
            },
          }
        : {}),
      domainName,
      domainPrefix: context.apiId,
      http: {
        method: request.method,
        path: request.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: String(request.headers['user-agent'] ?? ''),
      },
      requestId: randomUUID(),
      routeKey: context.routeKey,
      stage: '$default',
      time: toLogTime(context.now),
      timeEpoch: context.now.getTime(),
    },
    ...(Object.keys(context.pathParameters).length > 0 ? { pathParameters: context.pathParameters } : {}),
    ...(hasBody ? { body: request.body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: hasBody && !isText,
  };
}

/**
 * The HTTP answer that API Gateway makes of a function's result (JSON text): an object with a `statusCode` is taken
 * at its word, anything else becomes the body of a 200. Undefined where the form is wrong.
 */
export function fromHttpResult(payload: string): EdgeAnswer | undefined {
  const result: unknown = JSON.parse(payload);
  const isAnswer = typeof result === 'object' && result !== null && 'statusCode' in result;
  if (!isAnswer) {
    const body = typeof result === 'string' ? result : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  if (body !== undefined && body !== null && typeof body !== 'string') return undefined;
  const named = Object.entries((headers ?? {}) as Record<string, unknown>).map(
    ([name, value]) => [name.toLowerCase(), String(value)] as const,
  );
  return {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(named),
      ...(Array.isArray(cookies) ? { 'set-cookie': cookies.map(String) } : {}),
    },
    body: isBase64Encoded === true ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}

function joinHeaders(headers: EdgeRequest['headers']): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().join(',')]));
}

function toCookies(cookie: string | readonly string[]): string[] {
  return [cookie].flat().flatMap((text) => String(text).split(/;\s*/));
}

function toQuery(query: string): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    values[name] = name in values ? `${values[name]},${value}` : value;
  return Object.keys(values).length > 0 ? values : undefined;
}

function isTextType(type: string): boolean {
  return /^(text\/|application\/(json|javascript|xml|.+\+(json|xml))\b)/i.test(type);
}

/** `12/Mar/2026:19:03:58 +0000` */
function toLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
