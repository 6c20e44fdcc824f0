import type { SimRequest } from './types.ts';

/** What a registrar has seen since its counters were last reset. */
interface CounterSnapshot {
  /** Every request that reached the registrar, whatever became of it. */
  readonly calls: number;
  /** Calls beyond a limit: a client that keeps the registrar's limits leaves this at 0. */
  readonly violations: number;
  /** Calls that would have changed something at the registrar; all were refused. */
  readonly writes: number;
  /** Calls answered by a fault. */
  readonly faulted: number;
  /** Calls that the protocol module failed to answer: a defect of the simulator. */
  readonly failures: number;
  /** Most requests that were being answered at one time. */
  readonly maxInFlight: number;
  /** Limit name to how often it was exceeded; one violation can exceed several limits. */
  readonly throttled: Readonly<Record<string, number>>;
  /** `METHOD /path` with domain names and numbers replaced, to calls. */
  readonly byPath: Readonly<Record<string, number>>;
  /** Account id, or `(unknown)` where the credentials are no account's, to its calls and violations. */
  readonly perAccount: Readonly<Record<string, { readonly calls: number; readonly violations: number }>>;
}

/** The running counters of one registrar. */
export interface Counters {
  /** A request has arrived. Returns what to call when it has been answered or has gone. */
  arrive(): () => void;
  /** The request has been read, and is this account's. */
  read(request: SimRequest, accountId: string | undefined): void;
  violation(accountId: string | undefined, exceeded: readonly string[]): void;
  write(): void;
  fault(): void;
  failure(): void;
  snapshot(): CounterSnapshot;
  /** All back to 0; requests in flight stay in flight. */
  reset(): void;
}

const UNKNOWN_ACCOUNT = '(unknown)';
const OTHER_PATHS = '(other)';
const MAX_PATHS = 500;

/** Counters at 0. */
export function makeCounters(): Counters {
  let inFlight = 0;
  let counts = emptyCounts(inFlight);

  const accountOf = (accountId = UNKNOWN_ACCOUNT) => {
    const known = counts.perAccount.get(accountId);
    if (known !== undefined) return known;
    const fresh = { calls: 0, violations: 0 };
    counts.perAccount.set(accountId, fresh);
    return fresh;
  };

  return {
    arrive() {
      counts.calls++;
      inFlight++;
      counts.maxInFlight = Math.max(counts.maxInFlight, inFlight);
      let isGone = false;
      return () => {
        if (!isGone) inFlight--;
        isGone = true;
      };
    },
    read(request, accountId) {
      const path = normalisePath(request);
      // A client gone wild with random paths must not fill the memory.
      increment(
        counts.byPath,
        counts.byPath.has(path) || counts.byPath.size < MAX_PATHS ? path : OTHER_PATHS,
      );
      accountOf(accountId).calls++;
    },
    violation(accountId, exceeded) {
      counts.violations++;
      accountOf(accountId).violations++;
      for (const name of exceeded) increment(counts.throttled, name);
    },
    write() {
      counts.writes++;
    },
    fault() {
      counts.faulted++;
    },
    failure() {
      counts.failures++;
    },
    snapshot: () => ({
      calls: counts.calls,
      violations: counts.violations,
      writes: counts.writes,
      faulted: counts.faulted,
      failures: counts.failures,
      maxInFlight: counts.maxInFlight,
      throttled: Object.fromEntries(counts.throttled),
      byPath: Object.fromEntries(counts.byPath),
      perAccount: Object.fromEntries([...counts.perAccount].map(([id, account]) => [id, { ...account }])),
    }),
    reset() {
      counts = emptyCounts(inFlight);
    },
  };
}

/**
 * The method and path of a request without what varies: a segment that is a domain name becomes `{domain}`, one
 * of digits `{number}`. Where the path is the same for all calls, the query's `Command` tells them apart.
 */
function normalisePath({ method, path, query }: SimRequest): string {
  const segments = path.split('/').map((segment) => {
    if (/^\d+$/.test(segment)) return '{number}';
    return isDomainName(segment) ? '{domain}' : segment;
  });
  const command = [...query].find(([name]) => name.toLowerCase() === 'command')?.[1];
  return `${method} ${segments.join('/')}${command === undefined ? '' : `?Command=${command}`}`;
}

function isDomainName(segment: string): boolean {
  // Namecheap's only path looks like a name: `response` is no top-level domain (verified 2026-11-23).
  return segment !== 'xml.response' && /^[^.]+(\.[^.]+)*\.[a-z][a-z0-9-]+\.?$/i.test(segment);
}

function emptyCounts(inFlight: number) {
  return {
    calls: 0,
    violations: 0,
    writes: 0,
    faulted: 0,
    failures: 0,
    maxInFlight: inFlight,
    throttled: new Map<string, number>(),
    byPath: new Map<string, number>(),
    perAccount: new Map<string, { calls: number; violations: number }>(),
  };
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
