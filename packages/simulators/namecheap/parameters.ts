import type { SimRequest } from '../types.ts';

/** The parameters of a call by lower-case name. */
export type Parameters = ReadonlyMap<string, string>;

/** Reads parameters from the query and, of a POST, from the form in the body; names in any spelling. */
export function readParameters({ method, query, body }: SimRequest): Parameters {
  const form = method === 'POST' ? new URLSearchParams(body) : [];
  return new Map([...query, ...form].map(([name, value]) => [name.toLowerCase(), value]));
}

/** `SLD` and `TLD` joined: the domain that a DNS command is about. */
export function readZone(parameters: Parameters): string {
  return `${parameters.get('sld') ?? ''}.${parameters.get('tld') ?? ''}`.toLowerCase();
}
