import type { SimRequest } from './types.ts';

/**
 * Everything in a request that may be a credential: words of its headers (Basic decoded), values of its query,
 * and values of a JSON or form body. Registrars put their keys in all of these places.
 */
export function tokensOf({ headers, query, body }: SimRequest): ReadonlySet<string> {
  return new Set([...Object.values(headers).flatMap(headerWords), ...query.values(), ...bodyValues(body)]);
}

function headerWords(value: string): readonly string[] {
  const basic = /^basic\s+(\S+)$/i.exec(value)?.[1];
  const text = basic === undefined ? value : Buffer.from(basic, 'base64').toString('utf8');
  // The whole, for a key that holds a colon; the words, for `sso-key K:S`, `Bearer T` and `user:token`.
  return [value, ...text.split(/[\s:,]+/)];
}

function bodyValues(body: string): readonly string[] {
  if (body === '') return [];
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null
      ? Object.values(parsed).filter((value) => typeof value === 'string')
      : [];
  } catch {
    // Not JSON: then it is read as a form, in which any text has a meaning.
    return [...new URLSearchParams(body).values()];
  }
}
