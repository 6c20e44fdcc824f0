import { toContentSecurityPolicy, toPermissionsPolicy } from '#infra/security-headers.ts';

/** What the distribution puts on every answer (infra/constructs/edge.ts). */
export function toProductHeaders(connectOrigins: readonly string[]): Record<string, string> {
  return {
    'content-security-policy': toContentSecurityPolicy(connectOrigins),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
    'permissions-policy': toPermissionsPolicy(),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };
}
