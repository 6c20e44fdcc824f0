import type { Gateway } from '../gateway/api.ts';
import type { EdgeAnswer, EdgeRequest } from '../gateway/types.ts';
import type { JsonObject } from '../json.ts';
import type { Ledger } from '../resources.ts';
import { type HeaderPolicy, toHeaderPolicy } from './response-headers.ts';
import { createSite } from './site.ts';
import { toViewerFunction, type ViewerFunction } from './viewer-function.ts';

/** What stands in for CloudFront: answers any path but the issuer's. */
export interface Distribution {
  answer(request: EdgeRequest): Promise<EdgeAnswer>;
  /** The headers that an answer of the local server itself gets, as a page of the site would. */
  readonly siteHeaders: HeaderPolicy;
}

interface Behavior {
  readonly matches: (path: string) => boolean;
  readonly methods: readonly string[];
  readonly viewerFunction: ViewerFunction | undefined;
  readonly headers: HeaderPolicy;
  readonly origin: (request: EdgeRequest, path: string) => Promise<EdgeAnswer>;
}

const knownBehaviorParts = [
  'PathPattern',
  'TargetOriginId',
  'AllowedMethods',
  'CachedMethods',
  'CachePolicyId',
  'Compress',
  'FunctionAssociations',
  'OriginRequestPolicyId',
  'ResponseHeadersPolicyId',
  'ViewerProtocolPolicy',
];

/**
 * Reads the template's distribution: which path goes to which origin, through which function, under which headers.
 * @throws Error for a part that isn't known: it would answer otherwise in AWS.
 */
export function createDistribution(
  ledger: Ledger,
  gateway: Gateway,
  siteFolders: readonly string[],
): Distribution {
  const [resource, another] = ledger.ofType('AWS::CloudFront::Distribution');
  if (!resource || another) throw new Error('the local run needs exactly one CloudFront distribution');
  const config = resource.properties.DistributionConfig as JsonObject;
  if (config.CustomErrorResponses !== undefined)
    throw new Error(`${resource.logicalId}: CustomErrorResponses is not known locally`);
  const site = createSite(siteFolders, String(config.DefaultRootObject ?? 'index.html'));
  const origins = toOrigins(config, gateway, site);
  const read = (part: JsonObject) => toBehavior(resource.logicalId, part, ledger, origins);
  const behaviors = ((config.CacheBehaviors ?? []) as JsonObject[]).map(read);
  const fallback = read(config.DefaultCacheBehavior as JsonObject);

  return {
    siteHeaders: fallback.headers,
    async answer(request) {
      const behavior = behaviors.find(({ matches }) => matches(request.path)) ?? fallback;
      if (!behavior.methods.includes(request.method))
        return {
          status: 403,
          headers: { 'content-type': 'text/plain' },
          body: 'this method is not allowed here\n',
        };
      const step = (await behavior.viewerFunction?.(request)) ?? { path: request.path };
      const reply = 'status' in step ? step : await behavior.origin(request, step.path);
      return { ...reply, headers: behavior.headers(reply.headers) };
    },
  };
}

type Origin = Behavior['origin'];

function toOrigins(config: JsonObject, gateway: Gateway, site: Origin): ReadonlyMap<string, Origin> {
  const api: Origin = (request, path) => gateway({ ...request, path });
  return new Map(
    ((config.Origins ?? []) as JsonObject[]).map((origin) => {
      const { Id: id, DomainName: domain, OriginPath: path = '' } = origin;
      if (path !== '') throw new Error(`origin ${id}: OriginPath is not known locally`);
      if (String(domain).includes('.execute-api.')) return [String(id), api];
      if (String(domain).includes('.s3.')) return [String(id), site];
      throw new Error(`origin ${id}: ${domain} is neither the HTTP API nor the bucket`);
    }),
  );
}

function toBehavior(
  logicalId: string,
  part: JsonObject,
  ledger: Ledger,
  origins: ReadonlyMap<string, Origin>,
): Behavior {
  for (const name of Object.keys(part))
    if (!knownBehaviorParts.includes(name))
      throw new Error(`${logicalId}: behavior part ${name} is not known locally`);
  const origin = origins.get(String(part.TargetOriginId));
  if (!origin) throw new Error(`${logicalId}: no origin ${part.TargetOriginId}`);
  return {
    matches: toPathMatcher(String(part.PathPattern ?? '*')),
    methods: (part.AllowedMethods ?? ['GET', 'HEAD']) as readonly string[],
    viewerFunction: toFunction(logicalId, part, ledger),
    headers: toPolicy(logicalId, part, ledger),
    origin,
  };
}

function toFunction(logicalId: string, part: JsonObject, ledger: Ledger): ViewerFunction | undefined {
  const [association, another] = (part.FunctionAssociations ?? []) as JsonObject[];
  if (!association) return undefined;
  const { EventType: event, FunctionARN: arn } = association;
  const resource = ledger
    .ofType('AWS::CloudFront::Function')
    .find(({ ids }) => ids.attributes.FunctionARN === arn || ids.ref === arn);
  if (another || event !== 'viewer-request' || !resource)
    throw new Error(`${logicalId}: one function at viewer-request is known locally`);
  return toViewerFunction(resource);
}

function toPolicy(logicalId: string, part: JsonObject, ledger: Ledger): HeaderPolicy {
  const id = part.ResponseHeadersPolicyId;
  if (id === undefined) return (headers) => headers;
  const policy = ledger.ofType('AWS::CloudFront::ResponseHeadersPolicy').find(({ ids }) => ids.ref === id);
  if (!policy) throw new Error(`${logicalId}: no response headers policy ${id} in the template`);
  return toHeaderPolicy(policy);
}

/** CloudFront's patterns: `*` for any text, `?` for one character, with or without the first slash. */
function toPathMatcher(pattern: string): (path: string) => boolean {
  const whole = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`;
  const source = whole
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (path) => expression.test(path);
}
