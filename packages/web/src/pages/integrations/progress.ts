import { useEffect, useRef, useState } from 'react';
import type { Integration } from '../../api/types.gen.ts';
import { isStuck } from '../../model/sync-texts.ts';

/** A sync as the API tells it while it goes on. */
type CurrentRun = NonNullable<Integration['currentRun']>;

/** What is shown of a sync between the press and the first answer: every run begins so. */
export const FIRST_STEP: CurrentRun = {
  runId: '',
  step: 'VALIDATE_API_ACCESS',
  progress: { domainsListed: 0, domainsDone: 0, domainsTotal: null },
};

/** For how long a sync has been going on, each second, and whether it has shown no progress for too long. */
export function useElapsed({ currentRun, lastAttemptAt }: Integration): {
  readonly seconds: number;
  readonly isStalled: boolean;
} {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const mark = toMark(currentRun ?? FIRST_STEP);
  const moved = useRef({ mark, at: now });
  if (moved.current.mark !== mark) moved.current = { mark, at: now };
  // lastAttemptAt is of this run once the API knows the run
  const startedMs = currentRun && lastAttemptAt !== null ? Date.parse(lastAttemptAt) : now;
  return {
    seconds: Math.max(0, Math.round((now - startedMs) / 1000)),
    isStalled: isStuck(now - moved.current.at),
  };
}

/** Another text whenever a run has moved. */
function toMark({ runId, step, progress }: CurrentRun): string {
  return [runId, step, progress.domainsListed, progress.domainsDone].join();
}
