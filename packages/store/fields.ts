import { SyncError } from '#core/errors.ts';
import type { Row } from './rows.ts';

// Readers of a stored row's attributes. What isn't of the expected type is a fault of ours: SyncError INTERNAL at the
// attribute's name, never with its value.

/** A text. */
export function readText(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw unexpected(name);
  return value;
}

/** A text, or null where it is absent. */
export function readTextOrNull(row: Row, name: string): string | null {
  return row[name] === undefined ? null : readText(row, name);
}

/** A number. */
export function readNumber(row: Row, name: string): number {
  const value = row[name];
  if (typeof value !== 'number') throw unexpected(name);
  return value;
}

/** A number, or null where it is absent. */
export function readNumberOrNull(row: Row, name: string): number | null {
  return row[name] === undefined ? null : readNumber(row, name);
}

/** A flag; an absent one is false. */
export function readFlag(row: Row, name: string): boolean {
  const value = row[name] ?? false;
  if (typeof value !== 'boolean') throw unexpected(name);
  return value;
}

/** A flag, or null where it is absent: unknown. */
export function readFlagOrNull(row: Row, name: string): boolean | null {
  return row[name] === undefined ? null : readFlag(row, name);
}

/** Bytes. */
export function readBytes(row: Row, name: string): Uint8Array {
  const value = row[name];
  if (!(value instanceof Uint8Array)) throw unexpected(name);
  return value;
}

/** A list of texts. */
export function readTexts(row: Row, name: string): readonly string[] {
  const value = row[name];
  if (!Array.isArray(value) || !value.every((member) => typeof member === 'string')) throw unexpected(name);
  return value as readonly string[];
}

/** A list or map that the same file wrote: its inner form is trusted. */
export function readStructure<T>(row: Row, name: string): T {
  const value = row[name];
  if (typeof value !== 'object' || value === null) throw unexpected(name);
  return value as T;
}

/** A list or map as by {@link readStructure}, or null where it is absent. */
export function readStructureOrNull<T>(row: Row, name: string): T | null {
  return row[name] === undefined ? null : readStructure<T>(row, name);
}

function unexpected(name: string): SyncError {
  return new SyncError('INTERNAL', { path: `row/${name}` });
}
