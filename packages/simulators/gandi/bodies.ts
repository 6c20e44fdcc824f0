import { jsonAnswer } from '../render.ts';
import type { SimResponse } from '../types.ts';

/** 404 for an address, a domain or a zone that isn't there. */
export function notFound(): SimResponse {
  return refuse(404, 'HTTPNotFound', 'The resource could not be found.', 'Not Found');
}

/** 401: the token is unknown or has expired, which only `tokeninfo` tells apart. */
export function unauthorized(): SimResponse {
  const message =
    'The server could not verify that you authorized to access the document you requested. Either you supplied the wrong credentials (e.g., bad api key), or your access token has expired';
  return refuse(401, 'HTTPUnauthorized', message, 'Unauthorized');
}

/** 403: the token is good, but not for this. */
export function forbid(): SimResponse {
  return refuse(403, 'HTTPForbidden', 'Access was denied to this resource.', 'Forbidden');
}

/** An error that names its kind. */
export function refuse(status: number, object: string, message: string, cause: string): SimResponse {
  return jsonAnswer(status, { code: status, message, object, cause });
}

/**
 * One page of items as a bare array, the totals and links in headers. The links name the real host, as Gandi's do:
 * nobody should follow them. 400 for a page or page size that isn't a number from 1. `perPage` is the default size.
 */
export function answerPage<T>(
  path: string,
  items: readonly T[],
  query: URLSearchParams,
  perPage: number,
  toJson: (item: T) => unknown,
): SimResponse {
  const page = Number(query.get('page') ?? 1);
  const size = Math.min(500, Number(query.get('per_page') ?? perPage));
  for (const [name, value] of [
    ['page', page],
    ['per_page', size],
  ] as const) {
    if (Number.isInteger(value) && value >= 1) continue;
    const errors = [{ location: 'querystring', name, description: `${name} must be a number of at least 1` }];
    return jsonAnswer(400, { status: 'error', errors });
  }
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string): string =>
    `<https://api.gandi.net${path}?page=${to}&per_page=${size}>; rel="${rel}"`;
  const links = page < last ? { link: `${link(page + 1, 'next')}, ${link(last, 'last')}` } : {};
  return jsonAnswer(200, items.slice((page - 1) * size, page * size).map(toJson), {
    'total-count': String(items.length),
    'filtered-count': String(items.length),
    ...links,
  });
}
