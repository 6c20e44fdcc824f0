/** @throws Error for a name that is no IANA time zone. */
export function assertZone(timezone: string): void {
  try {
    formatterOf(timezone);
  } catch {
    throw new Error(`${timezone} is no time zone`);
  }
}

/** What the clock on the wall shows at an instant, as if it were UTC (epoch milliseconds). */
export function toWallClock(instant: number, timezone: string): number {
  const parts = Object.fromEntries(
    formatterOf(timezone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((instant % 1000) + 1000) % 1000);
}

/** The instants at which the wall shows a time, earliest first: one, none in spring, two in autumn. */
export function toInstants(wall: number, timezone: string): number[] {
  const day = 86_400_000;
  const offsets = [wall - day, wall + day].map((near) => toWallClock(near, timezone) - near);
  const candidates = new Set(offsets.map((offset) => wall - offset));
  return [...candidates].filter((instant) => toWallClock(instant, timezone) === wall).sort((a, b) => a - b);
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(timezone, formatter);
  return formatter;
}
