import type { RegistrarCall } from '#core/registrar.ts';
import type { SimRequest } from '#simulators/types.ts';

/** A call as the registrar's simulator sees it where no socket is between: header names in lower case. */
export function toSimRequest(
  { method, path, query, headers = {}, body = '' }: RegistrarCall,
  remoteAddress = '127.0.0.1',
): SimRequest {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(lowered),
    body,
    remoteAddress,
  };
}
