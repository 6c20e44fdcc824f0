import type { RdataCodec } from './input.ts';
import { concat, fromUint, readOctets, toUint } from './octets.ts';
import { tokenize } from './tokens.ts';

const angle = (directions: string) =>
  String.raw`(\d{1,3})(?: (\d{1,2})(?: (\d{1,2}(?:\.\d{1,3})?))?)? ([${directions}])`;
const metres = String.raw`(\d{1,8}(?:\.\d{1,2})?)m?`;
const locText = new RegExp(
  `^${angle('NS')} ${angle('EW')} (-?${metres})(?: ${metres}(?: ${metres}(?: ${metres})?)?)?$`,
  'i',
);
/** The equator and the prime meridian in thousandths of a second of arc, and 100,000 m below the sea (RFC 1876 §2). */
const origin = 2 ** 31;
const lowestCm = 10_000_000;

/**
 * LOC (RFC 1876 §3): latitude, longitude, altitude, size, horizontal and vertical precision, all of them written out.
 * The last three are kept to one significant digit, which is all that the wire form holds.
 */
export const loc: RdataCodec = {
  parse(text) {
    const tokens = tokenize(text);
    const parts = tokens && locText.exec(tokens.map(({ raw }) => raw).join(' '));
    if (parts === null) return null;
    const latitude = toAngle(parts.slice(1, 5), 90);
    const longitude = toAngle(parts.slice(5, 9), 180);
    const altitude = toUint(Math.round(Number(parts[9]?.replace(/m$/i, '')) * 100) + lowestCm, 4);
    const sizes = [parts[11] ?? '1', parts[12] ?? '10000', parts[13] ?? '10'].map(toSize);
    if (latitude === null || longitude === null || altitude === null) return null;
    return sizes.every((size) => size !== null)
      ? concat([Uint8Array.of(0, ...sizes), latitude, longitude, altitude])
      : null;
  },
  format(wire) {
    const octets = readOctets(wire);
    const [version, ...sizes] = octets.take(4) ?? [];
    const [latitude, longitude, altitude] = [octets.take(4), octets.take(4), octets.take(4)];
    if (version !== 0 || !latitude || !longitude || !altitude || !octets.isDone()) return null;
    const places = [writeAngle(latitude, 90, 'N', 'S'), writeAngle(longitude, 180, 'E', 'W')];
    const lengths = [fromUint(altitude) - lowestCm, ...sizes.map(toCm)];
    if (places.includes(null) || sizes.some((size) => size >> 4 > 9 || (size & 15) > 9)) return null;
    return [...places, ...lengths.map((cm) => `${(cm / 100).toFixed(2)}m`)].join(' ');
  },
};

function toAngle(parts: readonly (string | undefined)[], most: number): Uint8Array | null {
  const [degrees, minutes = '0', seconds = '0', direction = ''] = parts;
  if (Number(minutes) > 59 || Number(seconds) >= 60) return null;
  const thousandths = (Number(degrees) * 60 + Number(minutes)) * 60_000 + Math.round(Number(seconds) * 1000);
  if (thousandths > most * 3_600_000) return null;
  return toUint(/[NE]/i.test(direction) ? origin + thousandths : origin - thousandths, 4);
}

function writeAngle(octets: Uint8Array, most: number, positive: string, negative: string): string | null {
  const signed = fromUint(octets) - origin;
  const thousandths = Math.abs(signed);
  if (thousandths > most * 3_600_000) return null;
  const minutes = Math.floor(thousandths / 60_000);
  const seconds = ((thousandths % 60_000) / 1000).toFixed(3);
  return `${Math.floor(minutes / 60)} ${minutes % 60} ${seconds} ${signed < 0 ? negative : positive}`;
}

/** A size in metres as one digit and a power of ten of centimetres. */
function toSize(text: string): number | null {
  const cm = String(Math.round(Number(text) * 100));
  return cm.length > 10 ? null : Number(cm[0]) * 16 + (cm === '0' ? 0 : cm.length - 1);
}

function toCm(size: number): number {
  return (size >> 4) * 10 ** (size & 15);
}
