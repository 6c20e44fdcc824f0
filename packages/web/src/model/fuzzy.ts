import { toFolded } from './domain-row.ts';

/** Each is worth more than all that is taken off for length or gaps. */
const PREFIX = 4000;
const WORD_START = 3000;
const INSIDE = 2000;
const SCATTERED = 1000;
const MOST_OFF = 900;

/**
 * The items that a query means, the best first, at most `max`. Every word of the query has to match: best at the
 * beginning of the text, then at the beginning of a word in it, then anywhere, then with letters left out. Short texts
 * come before long ones, equals in their order. Without a query all are equal.
 */
export function rankMatches<T>(
  items: readonly T[],
  query: string,
  toText: (item: T) => string,
  max = 20,
): readonly T[] {
  const words = toFolded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return items.slice(0, max);
  const found: { readonly item: T; readonly score: number }[] = [];
  for (const item of items) {
    const score = scoreAll(toFolded(toText(item)), words);
    if (score !== null) found.push({ item, score });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, max)
    .map(({ item }) => item);
}

function scoreAll(text: string, words: readonly string[]): number | null {
  let sum = 0;
  for (const word of words) {
    const score = scoreWord(text, word);
    if (score === null) return null;
    sum += score;
  }
  return sum;
}

function scoreWord(text: string, word: string): number | null {
  const off = Math.min(MOST_OFF, text.length);
  let at = text.indexOf(word);
  if (at === 0) return PREFIX - off;
  if (at === -1) return scoreScattered(text, word);
  for (; at !== -1; at = text.indexOf(word, at + 1)) {
    if (isBoundary(text.charCodeAt(at - 1))) return WORD_START - off;
  }
  return INSIDE - off;
}

/** The letters in their order with others between them; the fewer between, the better. */
function scoreScattered(text: string, word: string): number | null {
  let first = -1;
  let at = -1;
  for (let index = 0; index < word.length; index += 1) {
    at = text.indexOf(word.charAt(index), at + 1);
    if (at === -1) return null;
    if (index === 0) first = at;
  }
  const gaps = at - first + 1 - word.length;
  return SCATTERED - Math.min(MOST_OFF, gaps * 8 + text.length);
}

/** Whether a word begins after this character: a dot, a hyphen, a blank, any ASCII that isn't a letter or digit. */
function isBoundary(code: number): boolean {
  const isDigit = code >= 48 && code <= 57;
  const isLetter = code >= 97 && code <= 122;
  return code < 128 && !isDigit && !isLetter;
}
