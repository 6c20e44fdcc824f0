import type { Notice, Problem } from './integration.ts';
import type { RunTrigger } from './payloads.ts';

/** What people see of a run, in this order (the guide's graph). */
export const RUN_STEPS = [
  'VALIDATE_API_ACCESS',
  'FETCH_DOMAINS',
  'PROCESS_DOMAINS',
  'FETCH_DNS_RECORDS',
  'SAVE',
  'UPDATE_DASHBOARD',
] as const;
export type RunStep = (typeof RUN_STEPS)[number];

export const RUN_STATUSES = ['RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'SUPERSEDED', 'CANCELLED'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface RunCounts {
  readonly listed: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly missing: number;
  readonly removed: number;
  readonly dnsFetched: number;
  readonly dnsElsewhere: number;
  readonly failed: number;
}

export const NO_COUNTS: RunCounts = {
  listed: 0,
  new: 0,
  changed: 0,
  unchanged: 0,
  missing: 0,
  removed: 0,
  dnsFetched: 0,
  dnsElsewhere: 0,
  failed: 0,
};

/** One execution of the sync for one integration, as stored. */
export interface SyncRun {
  readonly runId: string;
  readonly tenantId: string;
  readonly integrationId: string;
  readonly epoch: number;
  readonly trigger: RunTrigger;
  /** Name of the execution that works on it: the run's id, or `<runId>-<range>` where it went on in a further one. */
  readonly executionName: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly endedAt: string | null;
  /** When each step began, for those that began; a step ends where the next begins. */
  readonly stepStartedAt: Readonly<Partial<Record<RunStep, string>>>;
  readonly counts: RunCounts;
  readonly progress: {
    readonly domainsListed: number;
    readonly domainsDone: number;
    readonly domainsTotal: number | null;
  };
  readonly registrarCalls: number;
  readonly waitedForLimitMs: number;
  readonly problem: Problem | null;
  readonly notices: readonly Notice[];
}

/** The last step that began. */
export function toCurrentStep(run: Pick<SyncRun, 'stepStartedAt'>): RunStep {
  return RUN_STEPS.findLast((step) => run.stepStartedAt[step] !== undefined) ?? RUN_STEPS[0];
}

/** Whether a run is over; a run never leaves a terminal status. */
export function isTerminal(status: RunStatus): boolean {
  return status !== 'RUNNING';
}
