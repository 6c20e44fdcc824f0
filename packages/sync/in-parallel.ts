/**
 * Runs `work` for each item, at most `limit` at once, in order of the items. After a failure nothing new begins;
 * what is under way settles first, then the first failure is thrown.
 */
export async function inParallel<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const source = items[Symbol.iterator]();
  const failures: unknown[] = [];
  let isEmpty = false;
  const lane = async () => {
    while (failures.length === 0) {
      const next = source.next();
      if (next.done) {
        isEmpty = true;
        return;
      }
      try {
        await work(next.value);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  // No more lanes than there are items: most calls have one or two.
  const lanes: Promise<void>[] = [];
  while (lanes.length < limit && !isEmpty) lanes.push(lane());
  await Promise.all(lanes);
  if (failures.length > 0) throw failures[0];
}
