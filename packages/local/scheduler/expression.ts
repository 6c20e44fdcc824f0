import cronParser from 'aws-cron-parser';
import { assertZone, toInstants, toWallClock } from './time-zone.ts';

/** When a schedule runs: the first time after a given one, in epoch milliseconds; null for never (again). */
export type NextRun = (after: number) => number | null;

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
const CRON_FIELD = /^(\?|L|[0-9A-Z*,\-/#LW]+)$/i;
/** A time that the clocks skip in spring is passed over; that many in a row are no schedule. */
const MAX_SKIPS = 400;

/**
 * Reads `rate(…)`, `cron(…)` and `at(…)` in a time zone (IANA name; UTC by default). Rates count from `startMs`.
 * Where clocks go forward a cron time that doesn't exist is left out, where they go back it runs once.
 * @throws Error naming an expression that has none of these forms, or never runs.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html verified 2026-11-23
 */
export function readExpression(expression: string, timezone: string, startMs: number): NextRun {
  assertZone(timezone);
  const [, kind, body = ''] = /^(rate|cron|at)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'rate') return readRate(expression, body, startMs);
  if (kind === 'cron') return readCron(expression, body, timezone, startMs);
  if (kind === 'at') return readAt(expression, body, timezone);
  throw new Error(`schedule expression ${expression} is not known here (known: rate, cron, at)`);
}

function readRate(expression: string, body: string, startMs: number): NextRun {
  const [, digits = '', unit = '', plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(body) ?? [];
  const count = Number(digits);
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined || (count === 1) !== (plural === '')) {
    throw new Error(`schedule expression ${expression}: a rate is like 1 hour or 5 minutes`);
  }
  const every = count * unitMs;
  return (after) => startMs + (Math.floor((after - startMs) / every) + 1) * every;
}

function readCron(expression: string, body: string, timezone: string, startMs: number): NextRun {
  const fields = body.split(' ');
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if (fields.length !== 6 || !fields.every((field) => CRON_FIELD.test(field))) {
    throw new Error(`schedule expression ${expression}: a cron has six fields`);
  }
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new Error(`schedule expression ${expression}: one of day-of-month and day-of-week is ?, not both`);
  }
  const cron = parseCron(expression, body);
  const next: NextRun = (after) => {
    let wall: Date | null = new Date(toWallClock(after, timezone));
    for (let skips = 0; skips < MAX_SKIPS; skips += 1) {
      wall = cronParser.next(cron, wall);
      if (wall === null) return null;
      const first = toInstants(wall.getTime(), timezone)[0];
      if (first !== undefined && first > after) return first;
    }
    return null;
  };
  if (next(startMs) === null) throw new Error(`schedule expression ${expression} never runs`);
  return next;
}

function parseCron(expression: string, body: string): ReturnType<typeof cronParser.parse> {
  const cron = tryParse(expression, body);
  if (Object.values(cron).some((rule: readonly unknown[]) => rule.some(Number.isNaN))) {
    throw new Error(`schedule expression ${expression}: a field is no number`);
  }
  return cron;
}

function tryParse(expression: string, body: string): ReturnType<typeof cronParser.parse> {
  try {
    return cronParser.parse(body);
  } catch (cause) {
    throw new Error(`schedule expression ${expression}: ${(cause as Error).message}`, { cause });
  }
}

function readAt(expression: string, body: string, timezone: string): NextRun {
  const wall = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN;
  const time = Number.isNaN(wall) ? undefined : toInstants(wall, timezone)[0];
  if (time === undefined) throw new Error(`schedule expression ${expression}: at needs yyyy-mm-ddThh:mm:ss`);
  return (after) => (time > after ? time : null);
}
