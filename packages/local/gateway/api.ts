import { randomBytes } from 'node:crypto';
import type { JWTVerifyGetKey } from 'jose';
import type { JsonObject } from '../json.ts';
import { type LocalFunction, MAX_PAYLOAD_BYTES } from '../lambda/function.ts';
import type { PlatformLog } from '../logs.ts';
import type { Ledger, RunningResource } from '../resources.ts';
import { type AuthorizerSettings, authorize } from './authorizer.ts';
import { fromHttpResult, toHttpEvent } from './event.ts';
import { matchRoute, type RoutePattern, toRoutePattern } from './routes.ts';
import { createThrottle } from './throttle.ts';
import type { EdgeAnswer, EdgeRequest } from './types.ts';

/** An HTTP API that answers requests. It never throws: what goes wrong becomes the gateway's own answer. */
export type Gateway = (request: EdgeRequest) => Promise<EdgeAnswer>;

export interface GatewayOptions {
  /** The function that an integration's address names. */
  findFunction(uri: string, place: string): LocalFunction;
  readonly keys: JWTVerifyGetKey;
  readonly log: PlatformLog;
  now(): number;
}

interface Route extends RoutePattern {
  readonly target: LocalFunction;
  readonly timeoutMs: number;
  readonly authorizer: AuthorizerSettings | undefined;
  readonly scopes: readonly string[];
  readonly mayPass: () => boolean;
}

const maxBodyBytes = 10 * 1024 * 1024;
const maxHeaderBytes = 10_240;
const longestTimeoutMs = 30_000;

/**
 * Builds the HTTP API of a ledger: routes, JWT authorizers, the throttle of its stage.
 * @throws Error for a route or integration of a kind that the local run doesn't know.
 */
export function createGateway(ledger: Ledger, options: GatewayOptions): Gateway {
  const [api, another] = ledger.ofType('AWS::ApiGatewayV2::Api');
  if (!api) throw new Error('the template has no HTTP API');
  if (another) throw new Error(`${another.logicalId}: one HTTP API is known locally`);
  if (api.properties.ProtocolType !== 'HTTP')
    throw new Error(`${api.logicalId}: only HTTP APIs are known locally`);
  const stagePasses = readStage(ledger, options);
  const routes = ledger
    .ofType('AWS::ApiGatewayV2::Route')
    .map((route) => toRoute(route, ledger, options, stagePasses));

  async function answer(request: EdgeRequest): Promise<EdgeAnswer> {
    if (request.body.length > maxBodyBytes) return own(413, 'Request Entity Too Large');
    if (headerBytes(request) > maxHeaderBytes) return own(431, 'Request Header Fields Too Large');
    const match = matchRoute(routes, request.method, request.path);
    if (!match) return own(404, 'Not Found');
    const { route, pathParameters } = match;
    const authorization = route.authorizer
      ? await authorize(
          route.authorizer,
          options.keys,
          firstText(request.headers.authorization),
          route.scopes,
        )
      : undefined;
    if (authorization && !authorization.ok)
      return own(authorization.status, authorization.status === 401 ? 'Unauthorized' : 'Forbidden', {
        'www-authenticate': authorization.challenge,
      });
    if (!route.mayPass()) return own(429, 'Too Many Requests');
    const event = toHttpEvent(request, {
      apiId: api?.ids.ref ?? '',
      routeKey: route.key,
      pathParameters,
      authorization,
      now: new Date(options.now()),
    });
    return call(route, JSON.stringify(event));
  }

  async function call(route: Route, event: string): Promise<EdgeAnswer> {
    if (Buffer.byteLength(event) > MAX_PAYLOAD_BYTES) return own(413, 'Request Entity Too Large');
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => late.resolve(undefined), route.timeoutMs);
    const outcome = await Promise.race([route.target.invoke(event, 'gateway'), late.promise]);
    clearTimeout(timer);
    if (!outcome) return own(503, 'Service Unavailable');
    if (!outcome.ok) {
      const { errorType } = outcome.error;
      options.log('a function failed a request', { function: route.target.settings.name, error: errorType });
      return errorType === 'TooManyRequestsException' ? own(503, 'Service Unavailable') : internalError();
    }
    return fromHttpResult(outcome.payload) ?? internalError();
  }

  return async (request) => {
    const reply = await answer(request);
    return { ...reply, headers: { ...reply.headers, 'apigw-requestid': toGatewayId() } };
  };
}

function toRoute(
  resource: RunningResource,
  ledger: Ledger,
  options: GatewayOptions,
  stagePasses: (routeKey: string) => () => boolean,
): Route {
  const { properties, logicalId } = resource;
  const integrationId = String(properties.Target).replace(/^integrations\//, '');
  const integration = ledger
    .ofType('AWS::ApiGatewayV2::Integration')
    .find(({ ids }) => ids.ref === integrationId);
  if (!integration) throw new Error(`${logicalId}: its target ${properties.Target} is no integration`);
  const { IntegrationType: type, PayloadFormatVersion: format, IntegrationUri: uri } = integration.properties;
  if (type !== 'AWS_PROXY' || format !== '2.0')
    throw new Error(`${integration.logicalId}: only AWS_PROXY with payload format 2.0 is known locally`);
  const key = String(properties.RouteKey);
  return {
    ...toRoutePattern(key),
    target: options.findFunction(String(uri), integration.logicalId),
    timeoutMs: Math.min(longestTimeoutMs, Number(integration.properties.TimeoutInMillis ?? longestTimeoutMs)),
    authorizer: toAuthorizer(resource, ledger),
    scopes: (properties.AuthorizationScopes ?? []) as readonly string[],
    mayPass: stagePasses(key),
  };
}

function toAuthorizer(route: RunningResource, ledger: Ledger): AuthorizerSettings | undefined {
  const { AuthorizationType: type = 'NONE', AuthorizerId: id } = route.properties;
  if (type === 'NONE') return undefined;
  if (type !== 'JWT') throw new Error(`${route.logicalId}: authorization ${type} is not known locally`);
  const authorizer = ledger.ofType('AWS::ApiGatewayV2::Authorizer').find(({ ids }) => ids.ref === id);
  const jwt = authorizer?.properties.JwtConfiguration as JsonObject | undefined;
  const [source] = (authorizer?.properties.IdentitySource ?? []) as readonly string[];
  if (typeof jwt?.Issuer !== 'string' || source !== '$request.header.Authorization')
    throw new Error(`${route.logicalId}: its authorizer needs an issuer and $request.header.Authorization`);
  return { issuer: jwt.Issuer, audiences: (jwt.Audience ?? []) as readonly string[] };
}

function readStage(ledger: Ledger, options: GatewayOptions): (routeKey: string) => () => boolean {
  const [stage, another] = ledger.ofType('AWS::ApiGatewayV2::Stage');
  if (!stage || another || stage.properties.StageName !== '$default')
    throw new Error('the HTTP API needs exactly one stage, $default, to be known locally');
  const toGate = (settings: JsonObject | undefined): (() => boolean) | undefined => {
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = settings ?? {};
    if (rate === undefined && burst === undefined) return undefined;
    return createThrottle({ rate: Number(rate ?? burst), burst: Number(burst ?? rate) }, options.now);
  };
  const shared = toGate(stage.properties.DefaultRouteSettings as JsonObject | undefined) ?? (() => true);
  const single = (stage.properties.RouteSettings ?? {}) as Record<string, JsonObject>;
  return (routeKey) => toGate(single[routeKey]) ?? shared;
}

function own(status: number, message: string, headers: Record<string, string> = {}): EdgeAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  };
}

function internalError(): EdgeAnswer {
  return own(500, 'Internal Server Error');
}

function headerBytes(request: EdgeRequest): number {
  const lines = Object.entries(request.headers).flatMap(([name, value]) =>
    [value].flat().map((text) => [name, text]),
  );
  return lines.reduce((sum, [name, text]) => sum + (name?.length ?? 0) + (text?.length ?? 0) + 4, 0);
}

function firstText(value: string | readonly string[] | undefined): string | undefined {
  return [value].flat()[0];
}

function toGatewayId(): string {
  return `${randomBytes(11).toString('base64url').slice(0, 15)}=`;
}
