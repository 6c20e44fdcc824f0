import type { RegistrarLimits } from '#core/registrar.ts';
import type { SyncRun } from '#core/sync-run.ts';
import type { ProgressJson } from '../schemas/integration.ts';

/** About how long one call takes, waiting for limits aside. */
const CALL_MS = 400;

/** How far a run is, and how long the registrar's limits let the rest take where its size is known. */
export function toProgressJson(progress: SyncRun['progress'], limits: RegistrarLimits): ProgressJson {
  const { domainsListed, domainsDone, domainsTotal } = progress;
  const left = domainsTotal === null ? null : Math.max(0, domainsTotal - domainsDone);
  return {
    domainsListed,
    domainsDone,
    domainsTotal,
    ...(left !== null && { estimatedSecondsLeft: Math.ceil(estimateMs(left, limits) / 1000) }),
  };
}

/** A call a zone: the windows that must pass before the last call may be sent, or the calls themselves if longer. */
function estimateMs(calls: number, { windows, lanes, inFlight }: RegistrarLimits): number {
  if (calls === 0) return 0;
  const waits = windows.map((window) => Math.floor((calls - 1) / (window.calls * lanes)) * window.windowMs);
  return Math.max(0, ...waits) + Math.ceil(calls / (inFlight * lanes)) * CALL_MS;
}
