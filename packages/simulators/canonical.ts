import { isIPv4, isIPv6 } from 'node:net';
import type { SimRrset } from './types.ts';

/** One TXT record's rdata: the octets in quoted strings of at most 255, with the escapes `\"`, `\\` and `\DDD`. */
export function txtRdata(octets: Uint8Array): string {
  const strings: string[] = [];
  for (let at = 0; at < octets.length || at === 0; at += 255) {
    let text = '';
    for (const octet of octets.subarray(at, at + 255)) {
      if (octet === 0x22 || octet === 0x5c) text += `\\${String.fromCharCode(octet)}`;
      else if (octet < 0x20 || octet > 0x7e) text += `\\${String(octet).padStart(3, '0')}`;
      else text += String.fromCharCode(octet);
    }
    strings.push(`"${text}"`);
  }
  return strings.join(' ');
}

/** The character-strings of a rdata part in quotes, escapes undone: the reverse of `txtRdata`. */
export function txtStrings(rdata: string): Buffer[] {
  return [...rdata.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, quoted]) => {
    const octets: number[] = [];
    for (const [, ddd, escaped, plain] of (quoted ?? '').matchAll(/\\(\d{3})|\\(.)|(.)/gs)) {
      octets.push(ddd === undefined ? (escaped ?? plain ?? '').charCodeAt(0) : Number(ddd));
    }
    return Buffer.from(octets);
  });
}

/** An IPv6 address of eight 16-bit groups as RFC 5952 writes it: the longest run of zeros (two or more) is `::`. */
export function ipv6Text(groups: readonly number[]): string {
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at += 1) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length += 1;
    if (length > best.length) best = { at, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.at < 0) return hex.join(':');
  return `${hex.slice(0, best.at).join(':')}::${hex.slice(best.at + best.length).join(':')}`;
}

/** The eight groups of an IPv6 address in any valid form without an IPv4 tail. */
export function ipv6Groups(address: string): number[] {
  const [head = '', tail] = address.split('::');
  const groups = (part: string): number[] => (part === '' ? [] : part.split(':').map((g) => parseInt(g, 16)));
  if (tail === undefined) return groups(head);
  const [left, right] = [groups(head), groups(tail)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}

/** Canonical rdata in the order of RFC 4034 §6.3: by the octets of the wire form, a shorter prefix first. */
export function sortRdata(type: string, records: readonly string[]): string[] {
  if (records.length < 2) return [...records];
  return records
    .map((text) => ({ text, wire: toWire(type, text) }))
    .sort((a, b) => Buffer.compare(a.wire, b.wire))
    .map(({ text }) => text);
}

/** The sets of a zone by owner and type in ASCII order; of one owner and type the real set first, then pseudo values. */
export function sortRrsets(rrsets: readonly SimRrset[]): SimRrset[] {
  const keyOf = ({ name, type, pseudo }: SimRrset): string[] => [
    name,
    type,
    pseudo ? `1${pseudo.value}` : '0',
  ];
  return [...rrsets].sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    for (const [i, part] of left.entries()) {
      const other = right[i] ?? '';
      if (part !== other) return part < other ? -1 : 1;
    }
    return 0;
  });
}

/** Rdata as octets in the canonical form of RFC 4034 §6.2. @throws Error for a type that is never given several values. */
function toWire(type: string, rdata: string): Buffer {
  const fields = rdata.split(' ');
  const field = (index: number): string => fields[index] ?? '';
  switch (type) {
    case 'A':
      if (!isIPv4(rdata)) throw new Error(`not an IPv4 address: ${rdata}`);
      return Buffer.from(rdata.split('.').map(Number));
    case 'AAAA':
      if (!isIPv6(rdata)) throw new Error(`not an IPv6 address: ${rdata}`);
      return Buffer.concat(ipv6Groups(rdata).map(uint16));
    case 'CNAME':
    case 'DNAME':
    case 'NS':
    case 'PTR':
      return nameWire(rdata);
    case 'MX':
      return Buffer.concat([uint16(Number(field(0))), nameWire(field(1))]);
    case 'SRV':
      return Buffer.concat([...fields.slice(0, 3).map((value) => uint16(Number(value))), nameWire(field(3))]);
    case 'TXT':
    case 'SPF':
      return Buffer.concat(txtStrings(rdata).map(prefixed));
    case 'CAA':
      return Buffer.concat([
        Buffer.from([Number(field(0))]),
        prefixed(Buffer.from(field(1))),
        ...txtStrings(rdata),
      ]);
    case 'DS':
    case 'CDS':
      return Buffer.concat([
        uint16(Number(field(0))),
        Buffer.from([Number(field(1)), Number(field(2))]),
        Buffer.from(field(3), 'hex'),
      ]);
    case 'SSHFP':
      return Buffer.concat([Buffer.from([Number(field(0)), Number(field(1))]), Buffer.from(field(2), 'hex')]);
    case 'TLSA':
      return Buffer.concat([Buffer.from(fields.slice(0, 3).map(Number)), Buffer.from(field(3), 'hex')]);
    default:
      throw new Error(`no wire form is known for type ${type}`);
  }
}

function nameWire(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  return Buffer.concat([
    ...labels.map((label) => prefixed(Buffer.from(label.toLowerCase()))),
    Buffer.from([0]),
  ]);
}

function prefixed(octets: Buffer): Buffer {
  return Buffer.concat([Buffer.from([octets.length]), octets]);
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff]);
}
