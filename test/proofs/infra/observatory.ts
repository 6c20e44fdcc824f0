/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** What a site's answers are worth, 0 to 135; from 100 on it is an A+. */
export const A_PLUS = 100;
/** From here on what is done beyond need counts too. */
const EXTRA_FROM = 90;
const HALF_A_YEAR_S = 15_768_000;

/**
 * Grades the headers of a page without cookies, CORS or foreign scripts, which is reached by HTTPS only, by the scores of
 * MDN's HTTP Observatory. Preloading earns there only who is on the browsers' list: nothing here.
 * @see https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring verified 2026-11-29
 */
export function gradeHeaders(headers: Headers): number {
  const scores = [
    toPolicyScore(headers['content-security-policy']),
    toTransportScore(headers['strict-transport-security']),
    headers['x-content-type-options'] === 'nosniff' ? 0 : -5,
    toFramesScore(headers),
    toReferrerScore(headers['referrer-policy']),
    toResourceScore(headers['cross-origin-resource-policy']),
  ];
  const base = scores.filter((score) => score < 0).reduce((sum, score) => sum + score, 100);
  const extra = scores.filter((score) => score > 0).reduce((sum, score) => sum + score, 0);
  return base < EXTRA_FROM ? Math.max(0, base) : base + extra;
}

const BROAD = ['*', 'http:', 'https:', 'ftp:', 'http://*', 'https://*'];

function toPolicyScore(policy: string | undefined): number {
  if (!policy) return -25;
  const directives = readPolicy(policy);
  const sources = (name: string) => directives.get(name) ?? directives.get('default-src') ?? ['*'];
  const scripts = sources('script-src');
  if (scripts.some((source) => [...BROAD, "'unsafe-inline'", 'data:'].includes(source))) return -20;
  if (sources('object-src').some((source) => BROAD.includes(source))) return -20;
  if ([...directives.values()].flat().some((source) => /^(http|ftp):/.test(source))) return -20;
  if ([...scripts, ...sources('style-src')].includes("'unsafe-eval'")) return -10;
  if (sources('style-src').some((source) => [...BROAD, "'unsafe-inline'", 'data:'].includes(source)))
    return 0;
  const forms = directives.get('form-action') ?? ['*'];
  const isTight = directives.get('default-src')?.join() === "'none'" && /^'(none|self)'$/.test(forms.join());
  return isTight ? 10 : 5;
}

/** Directive to sources; of one that stands twice the first counts. */
function readPolicy(policy: string): ReadonlyMap<string, readonly string[]> {
  const directives = new Map<string, readonly string[]>();
  for (const part of policy.split(';')) {
    const [name = '', ...sources] = part.trim().toLowerCase().split(/\s+/);
    if (name !== '' && !directives.has(name))
      directives.set(name, sources.length === 0 ? ["'none'"] : sources);
  }
  return directives;
}

function toTransportScore(transport: string | undefined): number {
  const seconds = /(?:^|;\s*)max-age=(\d+)/.exec(transport ?? '')?.[1];
  if (seconds === undefined) return -20;
  return Number(seconds) >= HALF_A_YEAR_S ? 0 : -10;
}

function toFramesScore(headers: Headers): number {
  const ancestors = readPolicy(headers['content-security-policy'] ?? '').get('frame-ancestors');
  if (ancestors !== undefined && !ancestors.some((source) => BROAD.includes(source))) return 5;
  return /^(deny|sameorigin)$/i.test(headers['x-frame-options'] ?? '') ? 0 : -20;
}

function toReferrerScore(referrer: string | undefined): number {
  if (referrer === undefined) return 0;
  return /^(no-referrer|same-origin|strict-origin|strict-origin-when-cross-origin)$/.test(referrer) ? 5 : -5;
}

function toResourceScore(resource: string | undefined): number {
  if (resource === undefined) return 0;
  return /^same-(origin|site)$/.test(resource) ? 10 : 0;
}
