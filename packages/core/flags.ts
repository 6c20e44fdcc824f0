const meanings = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  ['yes', true],
  ['on', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
  ['no', false],
  ['off', false],
]);

/**
 * What a registrar's flag says: booleans, 0 and 1 as numbers or text, and true/false, yes/no, on/off in any letter
 * case. Null where it says nothing (null, undefined, empty text) or something else: unknown is not the same as no.
 */
export function toFlag(value: unknown): boolean | null {
  return meanings.get(typeof value === 'string' ? value.trim().toLowerCase() : value) ?? null;
}
