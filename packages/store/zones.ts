import { createHash } from 'node:crypto';
import { SyncError } from '#core/errors.ts';
import type { Fence, ZoneStore } from '#core/ports/stores.ts';
import type { RRset } from '#core/rrset.ts';
import { notNewerThan } from './conditions.ts';
import { readBytes, readNumber, readText } from './fields.ts';
import { allOfQuery, isWritten, pagesOf, type Row, type RowStore, unlessRefused } from './rows.ts';
import { KEY, LAST, PREFIX, toIntegrationPartition } from './table.ts';

/** Most bytes of a zone in one row: keys and names fit beside them below 400 KB. */
export const ZONE_CHUNK_BYTES = 350 * 1024;

/** A large zone that is rewritten while it is read is read again this often. */
const readAttempts = 5;

/**
 * Zones over rows of the Portfolio table: the record sets as JSON, cut into as many rows as it takes.
 *
 * The first row names the content that it belongs to, and further rows have that content in their key. They are written
 * before the first row and those of older contents removed after it, so that whoever breaks off in between leaves the
 * old zone or the new one, and a reader never gets a mix.
 */
export function createZoneStore(rows: RowStore): ZoneStore {
  return {
    async put(fence, name, rrsets) {
      const bytes = Buffer.from(JSON.stringify(rrsets));
      const content = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const chunks = toChunks(bytes);
      const isCurrent = notNewerThan(fence.epoch);
      for (const [index, data] of chunks.entries()) {
        if (index === 0) continue;
        const key = KEY.zoneChunk(fence.integrationId, name, content, index + 1);
        const row = { ...key, data, content, chunk: index + 1, epoch: fence.epoch };
        if (!(await isWritten(rows.put(row, isCurrent)))) return false;
      }
      const head = {
        set: { data: chunks[0] as Uint8Array, content, chunk: 1, chunks: chunks.length, epoch: fence.epoch },
        copy: { formerChunks: { from: 'chunks', otherwise: 1 } },
      };
      const stored = await unlessRefused(
        rows.updateAndRead(KEY.zone(fence.integrationId, name), head, isCurrent),
      );
      if (stored === undefined) return false;
      if (readNumber(stored, 'formerChunks') > 1) await removeOlderChunks(rows, fence, name, content);
      return true;
    },
    async get(integrationId, name) {
      for (let attempt = 0; attempt < readAttempts; attempt += 1) {
        const stored = await allOfQuery(rows, { ...zoneRange(integrationId, name), consistent: true });
        const head = stored.find((row) => readNumber(row, 'chunk') === 1);
        if (head === undefined) return undefined;
        const bytes = toWhole(head, stored);
        if (bytes !== undefined) return JSON.parse(bytes.toString('utf8')) as readonly RRset[];
      }
      throw new SyncError('INTERNAL', { path: 'zone/chunks' });
    },
  };
}

/** Removes the rows of a zone that no newer epoch wrote. */
export async function removeZone(rows: RowStore, fence: Fence, name: string): Promise<void> {
  const query = { ...zoneRange(fence.integrationId, name), attributes: ['PK', 'SK'], consistent: true };
  for await (const page of pagesOf(rows, query))
    for (const row of page) await unlessRefused(rows.delete(row, notNewerThan(fence.epoch)));
}

/** A zone's rows: its own key and those with `#` behind it, which sorts before all that a longer name could go on with. */
function zoneRange(integrationId: string, name: string) {
  const first = `${PREFIX.zone}${name}`;
  return { pk: toIntegrationPartition(integrationId), sk: { between: [first, `${first}#${LAST}`] as const } };
}

async function removeOlderChunks(rows: RowStore, fence: Fence, name: string, content: string): Promise<void> {
  const query = {
    ...zoneRange(fence.integrationId, name),
    attributes: ['PK', 'SK', 'chunk', 'content'],
    consistent: true,
  };
  // rows of the same epoch may be another delivery's that is about to write its first row
  const isOlder = notNewerThan(fence.epoch - 1);
  for await (const page of pagesOf(rows, query))
    for (const row of page) {
      const isOther = readNumber(row, 'chunk') > 1 && readText(row, 'content') !== content;
      if (isOther) await unlessRefused(rows.delete(row, isOlder));
    }
}

function toChunks(bytes: Buffer): readonly Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += ZONE_CHUNK_BYTES)
    chunks.push(bytes.subarray(at, at + ZONE_CHUNK_BYTES));
  return chunks;
}

/** The whole content, or undefined while a row of it is missing: it was rewritten between two pages of the reading. */
function toWhole(head: Row, stored: readonly Row[]): Buffer | undefined {
  const content = readText(head, 'content');
  const parts = stored
    .filter((row) => readText(row, 'content') === content)
    .sort((left, right) => readNumber(left, 'chunk') - readNumber(right, 'chunk'));
  if (parts.length !== readNumber(head, 'chunks')) return undefined;
  return Buffer.concat(parts.map((row) => readBytes(row, 'data')));
}
