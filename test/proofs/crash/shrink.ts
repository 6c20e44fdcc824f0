/**
 * Leaves out of a list what isn't needed to break something: halves first, then less and less, down to each one.
 * @param isBroken whether a part of the list still breaks it; asked for the whole list first
 * @returns a part that breaks it; the list itself where not even that does
 */
export async function shrink<T>(
  list: readonly T[],
  isBroken: (part: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  if (!(await isBroken(list))) return list;
  let kept = list;
  for (let size = list.length; size >= 1; size = Math.floor(size / 2)) {
    let from = 0;
    while (from < kept.length) {
      const part = [...kept.slice(0, from), ...kept.slice(from + size)];
      if (await isBroken(part)) kept = part;
      else from += size;
    }
  }
  return kept;
}
