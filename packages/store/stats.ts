import { type PortfolioStats, packSeconds, unpackSeconds } from '#core/portfolio-stats.ts';
import type { StatsStore } from '#core/ports/stores.ts';
import { notNewerThan } from './conditions.ts';
import { readBytes, readNumber } from './fields.ts';
import { allOfQuery, isWritten, type Row, type RowStore } from './rows.ts';
import { KEY, PREFIX, toTenantPartition } from './table.ts';

/** Portfolio figures over rows of the Portfolio table, one row for each integration beside it. */
export function createStatsStore(rows: RowStore): StatsStore {
  return {
    async put(fence, stats) {
      const key = KEY.stats(fence.tenantId, fence.integrationId);
      const fields = toFields(stats);
      const stored = await rows.get(key, { consistent: true });
      if (stored !== undefined && isEqual(stored, fields)) return;
      const row = { ...key, ...fields, integrationId: fence.integrationId, epoch: fence.epoch };
      // a newer run's figures stand
      await isWritten(rows.put(row, notNewerThan(fence.epoch)));
    },
    async list(tenantId) {
      const query = { pk: toTenantPartition(tenantId), sk: { beginsWith: PREFIX.stats }, consistent: true };
      const stored = await allOfQuery(rows, query);
      return new Map(stored.map((row) => [row.SK.slice(PREFIX.stats.length), fromItem(row)]));
    },
    delete: ({ tenantId, integrationId }) => rows.delete(KEY.stats(tenantId, integrationId)),
  };
}

/** Names of the plain counts. */
const counts = [
  'total',
  'expiredByStatus',
  'unknownExpiry',
  'autoRenewOff',
  'lockOff',
  'missing',
  'zonesFailed',
] as const satisfies readonly (keyof PortfolioStats)[];

/**
 * The expiries whose renewal is off are stored as one bit for each expiry: two full lists of 100,000 names come close
 * to the largest row.
 */
function toFields(stats: PortfolioStats) {
  return {
    ...Object.fromEntries(counts.map((name) => [name, stats[name]])),
    expiries: stats.expiries,
    expiredByStatusExpiries: stats.expiredByStatusExpiries,
    autoRenewOffBits: toBits(stats.expiries, stats.autoRenewOffExpiries),
  };
}

function fromItem(row: Row): PortfolioStats {
  const number = (name: (typeof counts)[number]) => readNumber(row, name);
  const expiries = readBytes(row, 'expiries');
  return {
    total: number('total'),
    expiredByStatus: number('expiredByStatus'),
    unknownExpiry: number('unknownExpiry'),
    expiries,
    expiredByStatusExpiries: readBytes(row, 'expiredByStatusExpiries'),
    autoRenewOffExpiries: fromBits(expiries, readBytes(row, 'autoRenewOffBits')),
    autoRenewOff: number('autoRenewOff'),
    lockOff: number('lockOff'),
    missing: number('missing'),
    zonesFailed: number('zonesFailed'),
  };
}

function isEqual(stored: Row, fields: ReturnType<typeof toFields>): boolean {
  return Object.entries(fields).every(([name, value]) =>
    value instanceof Uint8Array
      ? Buffer.compare(readBytes(stored, name), value) === 0
      : stored[name] === value,
  );
}

/** Bit n tells whether the n-th of the packed instants is in the packed subset. @throws RangeError when it is no subset */
function toBits(packed: Uint8Array, subset: Uint8Array): Uint8Array {
  const all = [...unpackSeconds(packed)];
  const bits = new Uint8Array(Math.ceil(all.length / 8));
  let index = 0;
  for (const seconds of unpackSeconds(subset)) {
    while (index < all.length && (all[index] as number) < seconds) index += 1;
    if (all[index] !== seconds) throw new RangeError('an expiry without renewal is not among the expiries');
    bits[index >> 3] = (bits[index >> 3] as number) | (1 << (index & 7));
    index += 1;
  }
  return bits;
}

function fromBits(packed: Uint8Array, bits: Uint8Array): Uint8Array {
  const isSet = (index: number) => ((bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
  return packSeconds([...unpackSeconds(packed)].filter((_, index) => isSet(index)));
}
