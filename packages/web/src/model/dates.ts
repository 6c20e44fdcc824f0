/** Days are those of UTC everywhere, and the words are English: what a person reads is what everybody else reads. */
export const DAY_MS = 86_400_000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** 00:00 UTC of a day written YYYY-MM-DD, ms since the epoch; null if there is no such day. */
export function toDayMs(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(ms) || toDay(ms) !== day ? null : ms;
}

/** The day of an instant, YYYY-MM-DD. */
export function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** How many days an instant's day is after today; negative when it is before. The time of day doesn't count. */
export function toDaysLeft(iso: string, now: number): number {
  return Math.floor(Date.parse(iso) / DAY_MS) - Math.floor(now / DAY_MS);
}

/**
 * How far an expiry is away: in days up to 60, in whole months up to 24, else in whole years. Rounded towards now, as
 * nobody minds renewing too early.
 */
export function formatRelativeExpiry(iso: string | null, now: number): string {
  const days = iso === null ? Number.NaN : toDaysLeft(iso, now);
  if (iso === null || Number.isNaN(days)) return 'Unknown';
  if (days === 0) return 'today';
  if (Math.abs(days) === 1) return days === 1 ? 'tomorrow' : 'yesterday';
  const distance = toDistance(Date.parse(iso), now, Math.abs(days));
  return days > 0 ? `in ${distance}` : `${distance} ago`;
}

/** How long ago something was: "just now", minutes, hours, days, and after 30 days the day. The future is now. */
export function formatAgo(iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return 'Unknown';
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return `${toCounted(seconds / 60, 'minute')} ago`;
  if (seconds < 86_400) return `${toCounted(seconds / 3600, 'hour')} ago`;
  return seconds > 30 * 86_400 ? formatDay(iso) : `${toCounted(seconds / 86_400, 'day')} ago`;
}

/** "5 Dec 2026, 00:00 UTC"; "5 Dec 2026" where only the day is known. */
export function formatExact(iso: string, precision: 'INSTANT' | 'DAY'): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'Unknown';
  const time = at.toISOString().match(/T(\d{2}:\d{2})/)?.[1];
  return precision === 'DAY' ? formatDay(iso) : `${formatDay(iso)}, ${time} UTC`;
}

/** "5 Dec 2026", of an instant or a day. */
export function formatDay(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? 'Unknown' : `${at.getUTCDate()} ${formatMonth(iso)}`;
}

/** "Dec 2026", of an instant, a day or a month. */
export function formatMonth(iso: string): string {
  const at = new Date(iso);
  return `${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A length of time in its two biggest units: "42 s", "3 min", "1 h 5 min". Cut, not rounded. */
export function formatDuration(seconds: number): string {
  let left = Math.max(0, Math.floor(seconds));
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left %= size;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0 s';
  const shown = parts.slice(first, first + 2).filter(({ count }) => count > 0);
  return shown.map(({ unit, count }) => `${count} ${unit}`).join(' ');
}

/** A TTL in the biggest unit in which it is whole: "1 h", "90 min", "61 s"; "Automatic" where the provider chooses. */
export function formatTtl(seconds: number | null): string {
  if (seconds === null) return 'Automatic';
  const [unit, size] = UNITS.find(([, each]) => seconds >= each && seconds % each === 0) ?? ['s', 1];
  return `${seconds / size} ${unit}`;
}

function toDistance(ms: number, now: number, days: number): string {
  if (days <= 60) return `${days} days`;
  const [early, late] = [new Date(Math.min(ms, now)), new Date(Math.max(ms, now))];
  const isCut = late.getUTCDate() < early.getUTCDate();
  const years = late.getUTCFullYear() - early.getUTCFullYear();
  const whole = years * 12 + late.getUTCMonth() - early.getUTCMonth() - (isCut ? 1 : 0);
  // 61 days can be a month and 30 days: "in 1 month" would be nearer than "in 60 days"
  const months = Math.max(2, whole);
  return months <= 24 ? `${months} months` : `${Math.floor(months / 12)} years`;
}

function toCounted(amount: number, unit: string): string {
  const count = Math.max(1, Math.floor(amount));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
