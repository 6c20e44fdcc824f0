import type { RegistrarAnswer } from './registrar.ts';

/** What an answer says about when to come back, before any of it is believed. */
export interface WaitHints {
  /** Header names lower-case: `retry-after`, `x-ratelimit-reset`, `ratelimit-reset` are looked at. */
  readonly headers: RegistrarAnswer['headers'];
  /** Whole body as parsed JSON, or undefined: `retryAfterSec` (GoDaddy) and `ttlRemaining` (Porkbun) are looked at. */
  readonly body?: unknown;
}

/** The longest and shortest wait that is ever taken from a registrar's word, in ms. */
const LONGEST_WAIT_MS = 15 * 60_000;
const SHORTEST_WAIT_MS = 1_000;

/** What stands for a wait that was said, but not in a form that can be read. */
const UNREADABLE_WAIT_MS = 60_000;

const BACKOFF_BASE_MS = 500;
const BACKOFF_CAP_MS = 20_000;
/** Smaller numbers are seconds from now, larger ones seconds since the epoch (2001 and later). */
const FIRST_UNIX_SECOND = 1_000_000_000;

/**
 * How long a registrar asks us to stay away, in ms from now, between 1 s and 15 min; undefined where it says nothing.
 * Of several words the longest counts. A past time or a negative number is the shortest wait, garbage is 60 s.
 *
 * @see RFC 9110 §10.2.3 for Retry-After
 */
export function toSaidWaitMs(hints: WaitHints, nowMs: number): number | undefined {
  const said = [
    fromRetryAfter(hints.headers['retry-after'], nowMs),
    fromReset(hints.headers['x-ratelimit-reset'], nowMs),
    fromReset(hints.headers['ratelimit-reset'], nowMs),
    fromSeconds(fieldOf(hints.body, 'retryAfterSec')),
    fromSeconds(fieldOf(hints.body, 'ttlRemaining')),
  ].filter((wait) => wait !== undefined);
  if (said.length === 0) return undefined;
  const readable = said.filter((wait) => Number.isFinite(wait));
  return readable.length === 0 ? UNREADABLE_WAIT_MS : toBounds(Math.max(...readable));
}

/**
 * How long to wait before the next attempt, in ms: what the registrar said, else full jitter below an exponential
 * ceiling of 0.5 s, 1 s, 2 s … 20 s (three attempts wait 1.5 s at most together). `attempt` is how often it failed
 * already, from 1; `random` a number in [0, 1).
 */
export function toRetryDelayMs(saidMs: number | undefined, attempt: number, random: number): number {
  if (saidMs !== undefined) return saidMs;
  const doublings = Math.max(0, Math.min(attempt - 1, 30));
  return Math.floor(random * Math.min(BACKOFF_CAP_MS, BACKOFF_BASE_MS * 2 ** doublings));
}

function toBounds(waitMs: number): number {
  return Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, Math.ceil(waitMs)));
}

/** NaN marks a word that is there and can't be read. */
function fromRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = toNumber(text);
  return Number.isNaN(seconds) ? fromHttpDate(text, nowMs) : seconds * 1_000;
}

/** Only a text with a day name or month is a date: `Date.parse` alone would make one of almost anything. */
function fromHttpDate(text: string, nowMs: number): number {
  const looksLikeDate = /^[A-Za-z]{3,9},? [\w :-]+$/.test(text.trim());
  return looksLikeDate ? Date.parse(text) - nowMs : Number.NaN;
}

function fromReset(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const seconds = toNumber(text);
  return seconds >= FIRST_UNIX_SECOND ? seconds * 1_000 - nowMs : seconds * 1_000;
}

function fromSeconds(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number') return value * 1_000;
  return typeof value === 'string' ? toNumber(value) * 1_000 : Number.NaN;
}

function toNumber(text: string): number {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
}

function fieldOf(body: unknown, name: string): unknown {
  if (typeof body !== 'object' || body === null || !Object.hasOwn(body, name)) return undefined;
  return (body as Record<string, unknown>)[name];
}
