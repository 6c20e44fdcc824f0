import type { Row, Value } from './rows.ts';

/** Most bytes of a row (AWS: Service quotas for DynamoDB, 400 KB; verified 2026-11-23). */
export const MAX_ROW_BYTES = 400 * 1024;

/**
 * The size of a row as DynamoDB counts it: names and texts in UTF-8 bytes, a number about half a byte a digit, lists
 * and maps 3 bytes and 1 for each member (AWS: DynamoDB item sizes and formats; verified 2026-11-23).
 */
export function toRowSize(row: Row): number {
  let size = 0;
  for (const [name, value] of Object.entries(row)) size += Buffer.byteLength(name) + toValueSize(value);
  return size;
}

function toValueSize(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (value === null || typeof value === 'boolean') return 1;
  if (value instanceof Uint8Array) return value.byteLength;
  if (isList(value)) return value.reduce<number>((sum, member) => sum + 1 + toValueSize(member), 3);
  let size = 3;
  for (const [name, member] of Object.entries(value))
    size += 1 + Buffer.byteLength(name) + toValueSize(member);
  return size;
}

/** Copies a value to the bottom, so that neither side sees what the other changes later. @throws TypeError for what can't be stored */
export function copyValue(value: Value): Value {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER)
      throw new TypeError('a number is not finite or not safe');
    return value;
  }
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (isList(value)) return value.map(copyValue);
  if (typeof value !== 'object') throw new TypeError(`a value of type ${typeof value} can't be stored`);
  const copy: Record<string, Value> = {};
  for (const name of Object.keys(value)) copy[name] = copyValue(value[name] as Value);
  return copy;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
