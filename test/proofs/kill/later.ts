/**
 * Loaded before all else (`--import <this file>?ms=<milliseconds>`), in every thread: a process that lives so much later.
 * Its timers run as ever; leases, tokens and schedules that were written before it are so much older.
 */
const laterMs = Number(new URL(import.meta.url).searchParams.get('ms') ?? 0);
const Present = Date;

globalThis.Date = class extends Present {
  constructor(...parts: []) {
    if (parts.length === 0) super(Present.now() + laterMs);
    else super(...parts);
  }

  static override now(): number {
    return Present.now() + laterMs;
  }
} as DateConstructor;
