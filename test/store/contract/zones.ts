import { beforeEach, describe, expect, test } from 'vitest';
import type { RRset } from '#core/rrset.ts';
import { allOfQuery } from '#store/rows.ts';
import { KEY } from '#store/table.ts';
import type { TestStores } from '#test/support/stores.ts';
import { ID, REF, toZone } from '../fixtures.ts';

const fenceAt = (epoch: number) => ({ ...REF, epoch });
const name = 'example.com';

/** What the store of zones must do. */
export function testZones(makeStores: () => Promise<TestStores>): void {
  describe('zones', () => {
    let stores: TestStores;
    let zones: TestStores['zones'];
    beforeEach(async () => {
      stores = await makeStores();
      zones = stores.zones;
    });
    const rowCount = async () =>
      (await allOfQuery(stores.rows.portfolio, { pk: `INT#${ID}`, sk: { beginsWith: 'DNS#' } })).length;

    test.each([
      ['empty', []],
      [
        'with pseudo-records and no ttl',
        [
          {
            name: 'example.com.',
            type: 'ALIAS',
            ttl: null,
            records: [],
            pseudo: { provider: 'porkbun', kind: 'ALIAS', value: 'ünï.example.' },
          },
        ],
      ],
      ['of one row', toZone(300)],
      ['of two rows', toZone(500)],
      ['of 5,000 records', toZone(1700)],
    ] as [string, readonly RRset[]][])('a zone %s comes back as it was put', async (_name, zone) => {
      expect(await zones.put(fenceAt(2), name, zone)).toBe(true);
      expect(await zones.get(ID, name)).toEqual(zone);
    });

    test('a zone that was never read is not found', async () => {
      expect(await zones.get(ID, name)).toBeUndefined();
    });

    test('a record set above the size of a row is stored too', async () => {
      const zone = [
        { name: 'big.example.com.', type: 'TXT', ttl: 1, records: Array(2000).fill(`"${'x'.repeat(250)}"`) },
      ];
      await zones.put(fenceAt(2), name, zone);
      expect(await zones.get(ID, name)).toEqual(zone);
    });

    test('rows of a former, larger content are removed, and a zone with a longer name is not touched', async () => {
      await zones.put(fenceAt(2), 'example.com.au', toZone(500));
      await zones.put(fenceAt(2), name, toZone(1700));
      await zones.put(fenceAt(3), name, toZone(500, 'b'));
      expect(await zones.get(ID, name)).toEqual(toZone(500, 'b'));
      expect(await rowCount()).toBe(4);

      await zones.put(fenceAt(4), name, toZone(1));

      expect(await zones.get(ID, name)).toEqual(toZone(1));
      expect(await zones.get(ID, 'example.com.au')).toEqual(toZone(500));
      expect(await rowCount()).toBe(3);
    });

    test('the same zone put again, in the same epoch and the next, stays one zone', async () => {
      for (const epoch of [2, 2, 3]) expect(await zones.put(fenceAt(epoch), name, toZone(500))).toBe(true);
      expect(await zones.get(ID, name)).toEqual(toZone(500));
      expect(await rowCount()).toBe(2);
    });

    test('an older epoch neither overwrites a zone nor spoils it', async () => {
      await zones.put(fenceAt(5), name, toZone(500, 'new'));

      expect(await zones.put(fenceAt(4), name, toZone(500, 'old'))).toBe(false);
      expect(await zones.put(fenceAt(4), name, toZone(500, 'new'))).toBe(false);
      expect(await zones.get(ID, name)).toEqual(toZone(500, 'new'));
    });

    test('a writing that broke off before its first row leaves the old zone', async () => {
      await zones.put(fenceAt(2), name, toZone(500, 'old'));
      const orphan = KEY.zoneChunk(ID, name, '0123456789abcdef', 2);
      await stores.rows.portfolio.put({
        ...orphan,
        content: '0123456789abcdef',
        chunk: 2,
        epoch: 3,
        data: Uint8Array.from([1]),
      });

      expect(await zones.get(ID, name)).toEqual(toZone(500, 'old'));
      await zones.put(fenceAt(4), name, toZone(500, 'new'));
      expect(await rowCount()).toBe(2);
    });

    test('rows of another content that the same epoch is about to finish are left alone', async () => {
      const { portfolio } = stores.rows;
      await zones.put(fenceAt(3), name, toZone(500, 'old'));
      const begun = {
        ...KEY.zoneChunk(ID, name, '0123456789abcdef', 2),
        content: '0123456789abcdef',
        chunk: 2,
      };
      await portfolio.put({ ...begun, epoch: 4, data: Uint8Array.from([1]) });

      await zones.put(fenceAt(4), name, toZone(1));

      expect(await zones.get(ID, name)).toEqual(toZone(1));
      expect(await portfolio.get(begun)).toBeDefined();
      expect(await rowCount()).toBe(2);
    });

    test('a zone that lacks a row is never given in part', async () => {
      await zones.put(fenceAt(2), name, toZone(500));
      const [, second] = await allOfQuery(stores.rows.portfolio, {
        pk: `INT#${ID}`,
        sk: { beginsWith: 'DNS#' },
      });
      await stores.rows.portfolio.delete(second as { PK: string; SK: string });

      await expect(zones.get(ID, name)).rejects.toMatchObject({ code: 'INTERNAL' });
    });

    test('a reader beside a writer sees one content or the other, whole', async () => {
      const contents = [toZone(500, 'a'), toZone(800, 'b'), toZone(2, 'c')];
      await zones.put(fenceAt(1), name, contents[0] as readonly RRset[]);
      let isWriting = true;
      const write = async () => {
        for (let epoch = 2; epoch < 8; epoch += 1) {
          await zones.put(fenceAt(epoch), name, contents[epoch % 3] as readonly RRset[]);
        }
        isWriting = false;
      };
      const seen: unknown[] = [];
      const read = async () => {
        while (isWriting) {
          seen.push(await zones.get(ID, name));
          await new Promise((resolve) => setImmediate(resolve));
        }
      };

      await Promise.all([write(), read()]);

      expect(seen.length).toBeGreaterThan(0);
      for (const zone of seen) expect(contents).toContainEqual(zone);
    });
  });
}
