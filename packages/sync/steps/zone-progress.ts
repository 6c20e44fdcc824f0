import { toIso } from '#core/ports/clock.ts';
import { PROGRESS_MS, PROGRESS_SHARE, UNWATCHED_PROGRESS_MS } from '../timings.ts';
import type { RangeParts } from './zone-range.ts';

/**
 * Tells people how far the zones are: often at first, less often the longer the run goes on, and at the end. Nobody sits
 * and watches a sync of the schedule: what a parked range has not told yet it remembers.
 */
export function createProgress({ deps, message, run, memory }: RangeParts) {
  const began = toIso(deps.clock.now());
  const isWatched = run.trigger !== 'SCHEDULED';
  const leastMs = isWatched ? PROGRESS_MS : UNWATCHED_PROGRESS_MS;
  const startedMs = Date.parse(run.startedAt);
  let hasSaved = run.stepStartedAt.SAVE !== undefined;
  memory.toldAtMs ||= deps.clock.now();
  const isDue = () => {
    const now = deps.clock.now();
    return now - memory.toldAtMs >= Math.max(leastMs, (now - startedMs) * PROGRESS_SHARE);
  };
  const tell = async () => {
    if (memory.untold === 0) return;
    const at = deps.clock.now();
    const steps = hasSaved ? {} : { steps: { FETCH_DNS_RECORDS: began, SAVE: toIso(at) } };
    const addDone = memory.untold;
    [memory.untold, memory.toldAtMs, hasSaved] = [0, at, true];
    await deps.runs.note(message.integrationId, message.runId, { ...steps, addDone });
  };
  return {
    tell,
    async step() {
      memory.untold += 1;
      if (isDue()) await tell();
    },
    async pause() {
      if (isWatched || isDue()) await tell();
    },
  };
}
