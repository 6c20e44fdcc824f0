/**
 * The content security policy of site and API: nothing but the site's own files, data only from its own origin and the
 * issuer's. The local run sends the same policy, out of the template.
 */
export function toContentSecurityPolicy(connectOrigins: readonly string[]): string {
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectOrigins].join(' ')}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ];
  return directives.join('; ');
}

const UNUSED_FEATURES = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
  'xr-spatial-tracking',
];

/** Switches off the browser features that the app has no use for. */
export function toPermissionsPolicy(): string {
  return UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ');
}
