import { jsonAnswer } from '../render.ts';
import type { SimResponse } from '../types.ts';

const VERSION = { 'api-version': '1.7.0' };
const MOST = 1_000;

/** A good answer. */
export function succeed(body: unknown): SimResponse {
  return jsonAnswer(200, body, VERSION);
}

/** An error: a message, sometimes details. */
export function refuse(
  status: number,
  message: string,
  details?: string,
  headers: Readonly<Record<string, string>> = {},
): SimResponse {
  return jsonAnswer(status, details === undefined ? { message } : { message, details }, {
    ...VERSION,
    ...headers,
  });
}

/**
 * One page of items under `key`, with the paging fields: `nextPage` is left out or 0 on the last page of several,
 * and 1 where there is one page only, as in the vendor's own example. 400 for a page or size out of bounds.
 */
export function answerPage<T>(
  key: string,
  items: readonly T[],
  query: URLSearchParams,
  perPage: number,
  toJson: (item: T) => unknown,
): SimResponse {
  const page = Number(query.get('page') ?? 1);
  const size = Number(query.get('perPage') ?? perPage);
  if (!Number.isInteger(page) || page < 1) return refuseParameter('page');
  if (!Number.isInteger(size) || size < 1 || size > MOST) return refuseParameter('perPage');
  const start = (page - 1) * size;
  const given = items.slice(start, start + size);
  const lastPage = Math.max(1, Math.ceil(items.length / size));
  return succeed({
    [key]: given.map(toJson),
    totalCount: items.length,
    ...(given.length > 0 ? { from: start + 1, to: start + given.length } : {}),
    ...nextPage(page, lastPage),
    lastPage,
  });
}

function nextPage(page: number, lastPage: number): { nextPage?: number } {
  if (page < lastPage) return { nextPage: page + 1 };
  if (lastPage === 1 && page === 1) return { nextPage: 1 };
  return page % 2 === 0 ? { nextPage: 0 } : {};
}

function refuseParameter(name: string): SimResponse {
  return refuse(400, 'Invalid Argument', `Parameter Value Error - ${name} is out of bounds`);
}
