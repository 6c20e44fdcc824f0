const zoned =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:([Zz])|([+-])(\d{2}):?(\d{2}))$/;
const unzoned = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/;
const usDay = /^(\d{2})\/(\d{2})\/(\d{4})$/;
const minuteMs = 60_000;

/**
 * The instant that an ISO 8601 text with a time zone names (RFC 3339 §5.6), as `YYYY-MM-DDTHH:MM:SS.mmmZ`: digits of
 * the second beyond the third are cut off. Null for anything else: no such day (30 February), hour 24, a leap
 * second, no zone, and the year 0001 by which some systems say "none".
 */
export function toInstant(text: string): string | null {
  const parts = zoned.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second, fraction, utc, sign, offsetHour, offsetMinute] = parts;
  let offsetMs = 0;
  if (utc === undefined) {
    if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return null;
    offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * minuteMs * (sign === '-' ? -1 : 1);
  }
  return toUtc([year, month, day, hour, minute, second], fraction, offsetMs);
}

/**
 * The instant that a text without a time zone names when read as UTC: `YYYY-MM-DD HH:MM:SS`, the same with a T, or
 * without seconds. The form of the answer and what gives null are those of {@link toInstant}.
 */
export function toInstantAssumingUtc(text: string): string | null {
  const parts = unzoned.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '00', fraction] = parts;
  return toUtc([year, month, day, hour, minute, second], fraction, 0);
}

/** 00:00 UTC of a calendar day given as `MM/DD/YYYY`, month first and with leading zeros; null for anything else. */
export function toUtcDay(text: string): string | null {
  const parts = usDay.exec(text);
  if (parts === null) return null;
  const [, month, day, year] = parts;
  return toUtc([year, month, day, '00', '00', '00'], undefined, 0);
}

function toUtc(
  digits: readonly (string | undefined)[],
  fraction: string | undefined,
  offsetMs: number,
): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits.map(Number);
  const ms = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const at = new Date(0);
  // Date.UTC would take the years 2 to 99 for 1902 to 1999.
  at.setUTCFullYear(year, month - 1, day);
  const isDay = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  if (!isDay || year < 2 || hour > 23 || minute > 59 || second > 59) return null;
  at.setUTCHours(hour, minute, second, ms);
  const text = new Date(at.getTime() - offsetMs).toISOString();
  // An offset may lead out of the four-digit years, which ISO 8601 writes with a sign.
  return text.length === 24 && text > '0002' ? text : null;
}
