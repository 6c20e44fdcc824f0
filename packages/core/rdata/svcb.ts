import { readName, toWireName, writeName } from '../labels.ts';
import { toTarget } from '../names.ts';
import { takeLabels } from './fields.ts';
import type { RdataCodec } from './input.ts';
import { concat, fromUint, readOctets, toUint } from './octets.ts';
import { formatParam, parseParam } from './svc-params.ts';
import { tokenize } from './tokens.ts';

/**
 * SVCB and HTTPS (RFC 9460 §2.1): priority, target, and parameters, which the wire form holds in the order of their
 * keys' numbers (§2.2), each at most once.
 */
export const svcb: RdataCodec = {
  parse(text, { zone, targets }) {
    const [priorityToken, targetToken, ...paramTokens] = tokenize(text) ?? [];
    if (priorityToken === undefined || targetToken === undefined) return null;
    if (targetToken.quoted || priorityToken.quoted || !/^\d{1,5}$/.test(priorityToken.raw)) return null;
    const priority = toUint(Number(priorityToken.raw), 2);
    const target = toTarget(targetToken.raw, { zone, relative: targets });
    const labels = target === null ? undefined : readName(target)?.labels;
    const name = labels === undefined ? null : toWireName(labels);
    const params = paramTokens.map(({ raw, quoted }) => (quoted ? null : parseParam(raw)));
    if (priority === null || name === null || !params.every((param) => param !== null)) return null;
    const sorted = params.toSorted((a, b) => a.key - b.key);
    if (sorted.some(({ key }, index) => key === sorted[index - 1]?.key)) return null;
    return concat([priority, name, ...sorted.flatMap(toWireParam)]);
  },
  format(wire) {
    const octets = readOctets(wire);
    const priority = octets.take(2);
    const labels = priority && takeLabels(octets);
    if (priority === null || labels === null) return null;
    const parts = [String(fromUint(priority)), writeName(labels)];
    for (let last = -1; !octets.isDone(); ) {
      const [key, length] = [octets.take(2), octets.take(2)];
      const value = length && octets.take(fromUint(length));
      if (key === null || value === null || fromUint(key) <= last) return null;
      last = fromUint(key);
      const param = formatParam({ key: last, value });
      if (param === null) return null;
      parts.push(param);
    }
    return parts.join(' ');
  },
};

function toWireParam({ key, value }: { readonly key: number; readonly value: Uint8Array }): Uint8Array[] {
  return [Uint8Array.of(key >> 8, key & 255, value.length >> 8, value.length & 255), value];
}
