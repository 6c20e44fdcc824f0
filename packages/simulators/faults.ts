import { type FaultMatch, type FaultSpec, toPathTest } from './fault-spec.ts';
import type { SimRequest } from './types.ts';

/** A fault as the control API shows it. */
interface FaultView {
  readonly id: string;
  readonly spec: FaultSpec;
  /** Matching requests so far, those that `skip` let pass among them. */
  readonly matched: number;
  /** How often it was applied. */
  readonly applied: number;
}

/** The faults of one registrar, in the order they were added. */
export interface FaultBook {
  /** Returns the fault's id. */
  add(spec: FaultSpec): string;
  /** Removes all; an answer that is being spoilt goes on. */
  clear(): void;
  list(): readonly FaultView[];
  /**
   * The first fault that is for this request, used up by one; those that come later don't see the request.
   * @param beforeLimit which faults to look among: those before the limiter, or those behind it
   */
  take(request: SimRequest, accountId: string | undefined, beforeLimit: boolean): FaultSpec | undefined;
}

interface Fault {
  readonly id: string;
  readonly spec: FaultSpec;
  readonly matches: (request: SimRequest, accountId: string | undefined) => boolean;
  matched: number;
  applied: number;
}

/** A book without faults. */
export function makeFaultBook(): FaultBook {
  let faults: Fault[] = [];
  let lastId = 0;

  return {
    add(spec) {
      lastId++;
      const id = `fault-${lastId}`;
      faults.push({ id, spec, matches: toMatcher(spec.match), matched: 0, applied: 0 });
      return id;
    },
    clear() {
      faults = [];
    },
    list: () => faults.map(({ id, spec, matched, applied }) => ({ id, spec, matched, applied })),
    take(request, accountId, beforeLimit) {
      for (const fault of faults) {
        if (fault.spec.beforeLimit !== beforeLimit || isSpent(fault)) continue;
        if (!fault.matches(request, accountId)) continue;
        fault.matched++;
        if (fault.matched <= fault.spec.skip) continue;
        fault.applied++;
        return fault.spec;
      }
      return undefined;
    },
  };
}

function isSpent({ spec, applied }: Fault): boolean {
  return spec.times !== -1 && applied >= spec.times;
}

function toMatcher(match: FaultMatch): Fault['matches'] {
  const isPath = match.path === undefined ? () => true : toPathTest(match.path);
  const method = match.method?.toUpperCase();
  return (request, accountId) =>
    (method === undefined || request.method === method) &&
    (match.account === undefined || accountId === match.account) &&
    isPath(request.path) &&
    (match.bodyIncludes === undefined || request.body.includes(match.bodyIncludes)) &&
    (match.queryIncludes === undefined || queryIncludes(request.query, match.queryIncludes)) &&
    Object.entries(match.query ?? {}).every(([name, value]) => request.query.get(name) === value);
}

function queryIncludes(query: URLSearchParams, part: string): boolean {
  const decoded = [...query].map(([name, value]) => `${name}=${value}`).join('&');
  return query.toString().includes(part) || decoded.includes(part);
}
