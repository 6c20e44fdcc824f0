import type { RRset } from '../api/types.gen.ts';
import { toDay } from './dates.ts';
import type { DomainRow } from './domain-row.ts';
import { DNS_WORDS, type Names, STATUS_WORDS } from './words.ts';

type Cell = string | number | null;

/** Without it Excel reads UTF-8 as the local code page, and internationalised names as noise. */
const BOM = '\ufeff';

/**
 * What a spreadsheet takes for the beginning of a formula (ASVS V1.2.10), in full width too, which some fold to ASCII,
 * and what it may skip on its way to one.
 */
const formula = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

/**
 * A file of comma-separated values (RFC 4180) in UTF-8 with a byte order mark. Null is an empty cell. A text that would
 * be taken for a formula has an apostrophe before it, which spreadsheets read as "text".
 */
export function toCsvText(header: readonly string[], lines: readonly (readonly Cell[])[]): string {
  return `${BOM}${[header, ...lines].map((line) => `${line.map(toCell).join(',')}\r\n`).join('')}`;
}

const HEADER = [
  'Name',
  'Unicode name',
  'Registrar',
  'Integration',
  'Status',
  'Lifecycle',
  'EPP statuses',
  'Registered',
  'Expires',
  'Auto-renew',
  'Lock',
  'Privacy',
  'Nameservers',
  'DNS records',
  'DNS provider',
  'Seen at the registrar',
  'Last seen',
];

/** The rows as a table, in their order. Times are ISO 8601 in UTC; an expiry known by the day has no time. */
export function toCsv(rows: readonly DomainRow[], names: Names): string {
  const lines = rows.map(({ domain }) => [
    domain.name,
    domain.unicodeName,
    names.registrar(domain.registrar),
    names.integration(domain.integrationId),
    STATUS_WORDS[domain.status],
    domain.lifecycle,
    domain.statuses.join(' '),
    domain.registeredAt,
    domain.expiryPrecision === 'DAY' ? (domain.expiresAt?.slice(0, 10) ?? null) : domain.expiresAt,
    toWord(domain.autoRenew),
    toWord(domain.locked),
    toWord(domain.privacy),
    domain.nameServers?.join(' ') ?? null,
    DNS_WORDS[domain.dns.status],
    domain.dns.provider,
    domain.seen === 'PRESENT' ? 'Yes' : 'No',
    domain.lastSeenAt,
  ]);
  return toCsvText(HEADER, lines);
}

/** DNS records as a table, one a line; what isn't DNS says its kind as type and is marked. */
export function toRecordsCsv(rrsets: readonly RRset[]): string {
  const lines = rrsets.flatMap(({ name, type, ttl, records, pseudo }): readonly Cell[][] => [
    ...records.map((record) => [name, type, ttl, record, 'Yes']),
    ...(pseudo ? [[name, pseudo.kind, ttl, pseudo.value, 'No']] : []),
  ]);
  return toCsvText(['Name', 'Type', 'TTL', 'Value', 'DNS record'], lines);
}

/** What the file of domains is called, by the day in UTC: `domains-2026-11-23.csv`. */
export function toCsvFileName(now: number): string {
  return `domains-${toDay(now)}.csv`;
}

function toCell(value: Cell): string {
  if (value === null) return '';
  const text = typeof value === 'string' && formula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toWord(value: boolean | null): string {
  if (value === null) return 'Unknown';
  return value ? 'On' : 'Off';
}
