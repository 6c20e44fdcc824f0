/** The later of two instants (ISO 8601 UTC), whichever are known. */
export function toLater(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
