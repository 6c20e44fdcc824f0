import { WindowClosedError } from '#core/errors.ts';
import { inParallel } from '../in-parallel.ts';
import type { StepContext } from './step-context.ts';
import { syncZone } from './sync-zone.ts';
import { createProgress } from './zone-progress.ts';
import { openRange, remember, ZONE_MARKS } from './zone-range.ts';

/**
 * Third step, once for each range: reads the records of every zone of the range, writes the zones that changed, and
 * notes at its domain why one could not be read. One zone's failure is its own; only refused credentials, a closed
 * window or a lost fence end the range early. A parked range goes on with the zones that are left.
 */
export async function fetchZones(context: StepContext, range: number): Promise<Record<string, never>> {
  const { deps, message, memory } = context;
  const { limits } = deps.registrar.definition;
  const { names, marks } = await openRange(context, range);
  const waiting = [...names.keys()].filter((index) => marks[index] === ZONE_MARKS.waiting);

  const sorted = [...names].sort();
  const known = await deps.domains.briefs(
    message.integrationId,
    sorted[0] as string,
    sorted.at(-1) as string,
  );
  const progress = createProgress(context);
  try {
    await inParallel(waiting, limits.inFlight, async (index) => {
      const brief = known.get(names[index] as string);
      // The row went away under the run: somebody else removed it, and its zone with it.
      marks[index] = brief ? await syncZone(context, brief) : ZONE_MARKS.failed;
      await progress.step();
    });
  } catch (error) {
    remember(memory, names, marks);
    await (error instanceof WindowClosedError ? progress.pause() : progress.tell());
    throw error;
  }
  remember(memory, names, marks);
  await progress.tell();
  return {};
}
