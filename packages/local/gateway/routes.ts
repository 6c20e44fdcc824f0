/** A route of an HTTP API, its key taken apart. */
export interface RoutePattern {
  /** `GET /v1/domains/{name}`, `ANY /v1/{proxy+}` or `$default`. */
  readonly key: string;
  readonly method: string;
  readonly segments: readonly string[];
}

/** A route that fits a request, with its path variables decoded. */
export interface RouteMatch<T extends RoutePattern> {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** Takes a route key apart. @throws Error for a key that API Gateway wouldn't take. */
export function toRoutePattern(key: string): RoutePattern {
  if (key === '$default') return { key, method: 'ANY', segments: [] };
  const found = /^(ANY|GET|PUT|POST|DELETE|PATCH|HEAD|OPTIONS) (\/\S*)$/.exec(key);
  if (!found) throw new Error(`route key ${JSON.stringify(key)} is not known locally`);
  return { key, method: found[1] ?? '', segments: toSegments(found[2] ?? '') };
}

/**
 * The route that API Gateway picks: the most specific path first, text before variable before greedy variable, a
 * method before ANY, and `$default` when nothing fits.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html (verified 2026-11-23)
 */
export function matchRoute<T extends RoutePattern>(
  routes: readonly T[],
  method: string,
  path: string,
): RouteMatch<T> | undefined {
  const segments = toSegments(path);
  let best: { match: RouteMatch<T>; rank: string } | undefined;
  for (const route of routes) {
    if (route.key === '$default' || (route.method !== 'ANY' && route.method !== method)) continue;
    const fit = fitPath(route.segments, segments);
    if (!fit) continue;
    const rank = fit.rank + (route.method === 'ANY' ? '0' : '1');
    if (!best || rank > best.rank) best = { match: { route, pathParameters: fit.parameters }, rank };
  }
  if (best) return best.match;
  const fallback = routes.find((route) => route.key === '$default');
  return fallback && { route: fallback, pathParameters: {} };
}

function toSegments(path: string): string[] {
  return path.split('/').slice(1);
}

/** `rank` sorts by specificity, a digit a segment: 3 text, 2 variable, 1 greedy. */
function fitPath(pattern: readonly string[], segments: readonly string[]) {
  const parameters: Record<string, string> = {};
  let rank = '';
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    const variable = /^\{(.+?)(\+?)\}$/.exec(part);
    if (segment === undefined) return undefined;
    if (!variable) {
      if (part !== segment) return undefined;
      rank += '3';
    } else if (variable[2] === '+') {
      parameters[variable[1] ?? ''] = segments.slice(index).map(decode).join('/');
      return { parameters, rank: `${rank}1` };
    } else {
      if (segment === '') return undefined;
      parameters[variable[1] ?? ''] = decode(segment);
      rank += '2';
    }
  }
  return pattern.length === segments.length ? { parameters, rank } : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // API Gateway passes a broken escape on as it is
    return text;
  }
}
