import type { SimResponse } from '../types.ts';

const HEADERS = { 'content-type': 'application/json' };

/** A good answer; bodies end in a newline. */
export function succeed(body: unknown): SimResponse {
  return { status: 200, headers: HEADERS, body: `${JSON.stringify(body)}\n` };
}

/** An error of v1: `{code, message}` and what else belongs to it. */
export function refuse(
  status: number,
  code: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): SimResponse {
  return { status, headers: HEADERS, body: `${JSON.stringify({ code, message, ...more })}\n` };
}

/** 422 for a query parameter that is out of bounds. */
export function refuseParameter(path: string, message: string): SimResponse {
  const fields = [{ path, code: 'INVALID_VALUE', message, pathRelated: '' }];
  return refuse(422, 'INVALID_BODY', message, { fields });
}

/** A whole number of a query, its default where it is absent, null where it is out of bounds. */
export function readWhole(
  query: URLSearchParams,
  name: string,
  { least, most, ifAbsent }: { least: number; most: number; ifAbsent: number },
): number | null {
  const text = query.get(name);
  if (text === null) return ifAbsent;
  const value = Number(text);
  return /^\d+$/.test(text) && value >= least && value <= most ? value : null;
}
