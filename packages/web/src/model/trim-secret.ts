/**
 * Blanks that one sees, blanks that one doesn't, and marks that copying from a web page brings along: white space,
 * control and format characters (zero-width space, BOM, direction marks), and letters that look like nothing.
 */
const blank = /^[\s\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]$/u;

/** A pasted text without blanks at its ends, and how many characters that took away. */
export function trimPasted(text: string): { readonly value: string; readonly removed: number } {
  const characters = [...text];
  // from both ends by hand: a pattern that ends in $ takes quadratic time on a text full of blanks
  let start = 0;
  let end = characters.length;
  while (start < end && blank.test(characters[start] ?? '')) start += 1;
  while (end > start && blank.test(characters[end - 1] ?? '')) end -= 1;
  return { value: characters.slice(start, end).join(''), removed: characters.length - (end - start) };
}

/** What to say of blanks that were taken away; nothing when there were none. */
export function describeRemoved(count: number): string {
  return count === 0 ? '' : `Removed ${count} ${count === 1 ? 'space' : 'spaces'}`;
}

/** Whether blanks are left inside, which no key or token has. */
export function hasInnerBlank(text: string): boolean {
  return [...trimPasted(text).value].some((character) => blank.test(character));
}
