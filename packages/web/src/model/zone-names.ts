/** A character that stands for itself in a label, or an escape (RFC 1035 §5.1). `$` and `@` mean more at a line's start. */
const piece = /(?<dot>\.)|\\(?<octet>\d{3})|\\(?<escaped>[!-/:-~])|(?<plain>[!#%-'*-:<-?A-[\]-~])/gy;

/**
 * The labels of an absolute name in presentation form, escapes undone and in lower case, a character for each octet;
 * none for the root. Null when it isn't such a name: an empty or overlong label, no dot at its end, a blank, quote,
 * bracket, semicolon, control or non-ASCII character.
 */
export function parseName(text: string): readonly string[] | null {
  if (text === '.') return [];
  if (!text.endsWith('.') || text.length > 1024) return null;
  const labels: string[] = [];
  let label = '';
  let read = 0;
  for (const { 0: match, groups = {} } of text.matchAll(piece)) {
    read += match.length;
    const { dot, octet, escaped, plain } = groups;
    if (dot !== undefined) {
      if (label === '' || label.length > 63) return null;
      labels.push(label);
      label = '';
      continue;
    }
    if (Number(octet ?? 0) > 255) return null;
    label += (
      octet === undefined ? (escaped ?? plain ?? '') : String.fromCharCode(Number(octet))
    ).toLowerCase();
  }
  const octets = labels.reduce((sum, each) => sum + each.length + 1, 1);
  return read === text.length && label === '' && octets <= 255 ? labels : null;
}

/** Whether BIND's check-names takes the labels for a host's: letters, digits and inner hyphens (RFC 952, 1123). */
export function isHost(labels: readonly string[]): boolean {
  return labels.every((label) => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(label));
}

/** Whether a name is another one or lies below it. */
export function isWithin(labels: readonly string[], apex: readonly string[]): boolean {
  const skipped = labels.length - apex.length;
  return skipped >= 0 && apex.every((label, index) => label === labels[skipped + index]);
}

/**
 * A name relative to the apex, `@` for the apex itself; null when it isn't inside. `owner` is absolute in presentation
 * form, `apex` without its dot.
 */
export function toRelativeName(owner: string, apex: string): string | null {
  const name = owner.toLowerCase();
  const end = `${apex.toLowerCase()}.`;
  if (name === end) return '@';
  if (!name.endsWith(`.${end}`)) return null;
  const relative = owner.slice(0, -end.length - 1);
  // a dot after an odd number of backslashes is part of a label: `a\.example.com.` isn't inside example.com
  let slashes = 0;
  while (relative.at(-1 - slashes) === '\\') slashes += 1;
  return relative === '' || slashes % 2 === 1 ? null : relative;
}
