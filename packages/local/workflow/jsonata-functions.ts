import { createHash, randomUUID } from 'node:crypto';
import jsonata from 'jsonata';

const HASHES: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * The functions that Step Functions adds to JSONata, those of the clock by the given time (epoch milliseconds),
 * and `eval` taken away.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html verified 2026-11-23
 */
export function createFunctions(now: number): Record<string, unknown> {
  return {
    eval: undefined,
    hash,
    millis: () => now,
    now: (picture?: string, timezone?: string) => formatTime(now, picture, timezone),
    parse: (text: string) => JSON.parse(text),
    partition,
    random: (seed?: number) => (seed === undefined ? Math.random() : randomOf(seed)),
    range,
    uuid: randomUUID,
  };
}

const timeFormat = jsonata('$fromMillis($time, $picture, $zone)');

function formatTime(time: number, picture?: string, zone?: string): Promise<string> {
  return timeFormat.evaluate(undefined, { time, picture, zone });
}

function hash(data: unknown, algorithm: string): string {
  const known = HASHES[algorithm];
  if (known === undefined) throw new Error(`$hash knows ${Object.keys(HASHES).join(', ')}, not ${algorithm}`);
  return createHash(known)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

function partition(items: readonly unknown[], size: number): unknown[][] {
  if (!Number.isInteger(size) || size < 1) throw new Error('$partition needs a whole size of 1 or more');
  const parts: unknown[][] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

function range(first: number, last: number, step = 1): number[] {
  if (![first, last, step].every(Number.isInteger) || step === 0) {
    throw new Error('$range needs whole numbers and a step that is not 0');
  }
  const numbers: number[] = [];
  for (let at = first; step > 0 ? at <= last : at >= last; at += step) numbers.push(at);
  return numbers;
}

/** A number in [0, 1) that depends on the seed alone. */
function randomOf(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32;
}
