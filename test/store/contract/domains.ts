import { beforeEach, describe, expect, test } from 'vitest';
import type { DomainRecord } from '#core/domain.ts';
import type { ExpiryPosition } from '#core/ports/stores.ts';
import type { TestStores } from '#test/support/stores.ts';
import { ID, REF, TENANT, toBareDomain, toDomain, toZone } from '../fixtures.ts';

const fenceAt = (epoch: number) => ({ ...REF, epoch });
const names = (domains: readonly DomainRecord[]) => domains.map(({ name }) => name);

/** What the store of domains must do. */
export function testDomains(makeStores: () => Promise<TestStores>): void {
  describe('domains', () => {
    let stores: TestStores;
    let domains: TestStores['domains'];
    beforeEach(async () => {
      stores = await makeStores();
      domains = stores.domains;
    });
    const all = async (integrationId = ID) => {
      const found: DomainRecord[] = [];
      for await (const batch of domains.all(integrationId)) found.push(...batch);
      return found;
    };

    test.each([
      ['with every field', toDomain('example.com')],
      ['of which nothing is known', toBareDomain('xn--mller-kva.example')],
      [
        'whose zone failed',
        toDomain('bad.example', { dns: { ...toDomain('x').dns, problem: { code: 'INTERNAL', at: 'x' } } }),
      ],
    ])('a domain %s comes back as it was put', async (_name, domain) => {
      expect(await domains.put(domain)).toBe(true);
      expect(await domains.get(ID, domain.name)).toEqual(domain);
      expect(await all()).toEqual([domain]);
    });

    test('a row is written by its own epoch and newer ones, never by an older', async () => {
      await domains.put(toDomain('example.com', { epoch: 5 }));

      expect(await domains.put(toDomain('example.com', { epoch: 4, locked: true }))).toBe(false);
      expect(await domains.put(toDomain('example.com', { epoch: 5, locked: true }))).toBe(true);
      expect(await domains.put(toDomain('example.com', { epoch: 6, locked: null }))).toBe(true);
      expect((await domains.get(ID, 'example.com'))?.locked).toBeNull();
    });

    test('every write of an older epoch fails, and leaves the row as it is', async () => {
      const domain = toDomain('example.com', { epoch: 5 });
      await domains.put(domain);
      await stores.zones.put(fenceAt(5), 'example.com', toZone(1));
      const old = fenceAt(4);

      expect(await domains.setDns(old, 'example.com', { ...domain.dns, recordCount: 9 })).toBe(false);
      expect(await domains.markMissing(old, 'example.com', { since: 'x', lastSeenAt: 'y' })).toBe(false);
      expect(await domains.remove(old, 'example.com')).toBe(false);
      expect(await stores.zones.put(old, 'example.com', toZone(2))).toBe(false);

      expect(await domains.get(ID, 'example.com')).toEqual(domain);
      expect(await stores.zones.get(ID, 'example.com')).toEqual(toZone(1));
    });

    test('48 rows at a time are all written', async () => {
      const many = Array.from({ length: 48 }, (_, n) => toDomain(`n${n}.example`));
      expect(await Promise.all(many.map((domain) => domains.put(domain)))).not.toContain(false);
      expect(await all()).toHaveLength(48);
    });

    test('the state of a zone is set alone, with the nameservers where they are told', async () => {
      const domain = toDomain('example.com');
      await domains.put(domain);
      const dns = { ...domain.dns, status: 'ELSEWHERE', provider: 'cloudflare.com', hash: null } as const;

      await domains.setDns(fenceAt(3), 'example.com', dns);
      expect(await domains.get(ID, 'example.com')).toEqual({ ...domain, dns, epoch: 3 });
      await domains.setDns(fenceAt(3), 'example.com', dns, ['ns.cloudflare.com']);
      expect((await domains.get(ID, 'example.com'))?.nameServers).toEqual(['ns.cloudflare.com']);
      await domains.setDns(fenceAt(3), 'example.com', dns, null);
      expect((await domains.get(ID, 'example.com'))?.nameServers).toBeNull();
    });

    test('neither a zone’s state nor a missing mark makes a row that is not there', async () => {
      expect(await domains.setDns(fenceAt(3), 'none.example', toDomain('x').dns)).toBe(false);
      expect(await domains.markMissing(fenceAt(3), 'none.example', { since: 'x', lastSeenAt: 'y' })).toBe(
        false,
      );
      expect(await domains.get(ID, 'none.example')).toBeUndefined();
    });

    test('a missing domain says since when, and a listing brings it back', async () => {
      const domain = toDomain('example.com');
      await domains.put(domain);
      const missing = { since: '2026-11-23T12:00:00.000Z', lastSeenAt: '2026-11-20T00:00:00.000Z' };

      expect(await domains.markMissing(fenceAt(3), 'example.com', missing)).toBe(true);
      expect(await domains.get(ID, 'example.com')).toEqual({
        ...domain,
        seen: 'MISSING',
        missingSince: missing.since,
        lastSeenAt: missing.lastSeenAt,
        epoch: 3,
      });
      await domains.put({ ...domain, epoch: 4 });
      expect(await domains.get(ID, 'example.com')).toEqual({ ...domain, epoch: 4 });
    });

    test('briefs give the rows of a range of names, both ends included', async () => {
      for (const name of ['a.example', 'b.example', 'c.example', 'd.example'])
        await domains.put(toDomain(name));

      const briefs = await domains.briefs(ID, 'b.example', 'c.example');

      expect([...briefs.keys()]).toEqual(['b.example', 'c.example']);
      const { hash, seen, epoch, firstSeenAt, dns, lastSeenAt, missingSince, nameServers } =
        toDomain('b.example');
      expect(briefs.get('b.example')).toEqual({
        name: 'b.example',
        hash,
        seen,
        epoch,
        firstSeenAt,
        dns,
        lastSeenAt,
        missingSince,
        nameServers,
      });
      expect((await domains.briefs(ID, 'x', 'a')).size).toBe(0);
      expect((await domains.briefs('other', 'a', 'z')).size).toBe(0);
    });

    test('a removed domain takes its zone along, and its neighbours stay', async () => {
      for (const name of ['example.com', 'example.com.au', 'example.co']) {
        await domains.put(toDomain(name));
        await stores.zones.put(fenceAt(2), name, toZone(name === 'example.com' ? 500 : 1));
      }

      expect(await domains.remove(fenceAt(2), 'example.com')).toBe(true);
      expect(await domains.remove(fenceAt(2), 'example.com')).toBe(true);

      expect(names(await all())).toEqual(['example.co', 'example.com.au']);
      expect(await stores.zones.get(ID, 'example.com')).toBeUndefined();
      expect(await stores.zones.get(ID, 'example.com.au')).toEqual(toZone(1));
      expect(await stores.zones.get(ID, 'example.co')).toEqual(toZone(1));
    });

    test('a zone that a newer epoch wrote outlives a late removal of its domain', async () => {
      await stores.zones.put(fenceAt(6), 'example.com', toZone(1));
      await domains.remove(fenceAt(5), 'example.com');
      expect(await stores.zones.get(ID, 'example.com')).toEqual(toZone(1));
    });

    test('all rows and zones are deleted, repeatedly, and only those of the integration', async () => {
      for (const integrationId of [ID, 'other'])
        for (let n = 0; n < 30; n += 1) {
          await domains.put(toDomain(`n${n}.example`, { integrationId }));
          await stores.zones.put({ ...fenceAt(2), integrationId }, `n${n}.example`, toZone(1));
        }

      await domains.deleteAll(ID);
      await domains.deleteAll(ID);

      expect(await all()).toEqual([]);
      expect(await stores.zones.get(ID, 'n1.example')).toBeUndefined();
      expect((await domains.listByExpiry(TENANT, { limit: 100 })).items).toHaveLength(30);
      expect(await stores.zones.get('other', 'n1.example')).toBeDefined();
    });

    test('a thousand rows are listed by name and by expiry, page by page, none twice and none left out', async () => {
      const many = Array.from({ length: 1000 }, (_, n) =>
        toDomain(`n${String((n * 7) % 1000).padStart(4, '0')}.example`, {
          expiresAt: n % 10 === 0 ? null : new Date(Date.UTC(2027, 0, 1 + (n % 30))).toISOString(),
        }),
      );
      for (let at = 0; at < many.length; at += 50)
        await Promise.all(many.slice(at, at + 50).map((domain) => domains.put(domain)));

      const byName: string[] = [];
      for (let last: string | undefined; ; last = byName.at(-1)) {
        const page = await domains.listByName(ID, 77, last);
        byName.push(...names(page));
        if (page.length < 77) break;
      }
      expect(byName).toEqual(names(many).sort());

      for (const descending of [false, true]) {
        const items: DomainRecord[] = [];
        let after: ExpiryPosition | undefined;
        do {
          const page = await domains.listByExpiry(TENANT, { limit: 91, descending, ...(after && { after }) });
          items.push(...page.items);
          after = page.next;
        } while (after);
        expect(new Set(names(items)).size).toBe(1000);
        expect(items).toHaveLength(1000);
        const dates = items.map(({ expiresAt }) => expiresAt).filter((date) => date !== null);
        expect(dates).toEqual(descending ? dates.toSorted().reverse() : dates.toSorted());
        expect(items.slice(900).every(({ expiresAt }) => expiresAt === null)).toBe(true);
      }
    });

    describe('the order by expiry', () => {
      beforeEach(async () => {
        const rows = [
          ['b.example', '2027-01-02T00:00:00.000Z', ID],
          ['a.example', '2027-01-02T00:00:00.000Z', ID],
          ['a.example', '2027-01-02T00:00:00.000Z', 'other'],
          ['c.example', null, ID],
          ['d.example', '2026-12-31T23:59:59.999Z', ID],
        ] as const;
        for (const [name, expiresAt, integrationId] of rows)
          await domains.put(toDomain(name, { expiresAt, integrationId }));
        await domains.put(toDomain('foreign.example', { tenantId: 'tenantbbbb', integrationId: 'third' }));
      });

      test('is by date, then name, then integration, unknown last, and of one tenant', async () => {
        const { items, next } = await domains.listByExpiry(TENANT, { limit: 10 });
        expect(items.map(({ name, integrationId }) => `${name} ${integrationId}`)).toEqual([
          `d.example ${ID}`,
          `a.example ${ID}`,
          'a.example other',
          `b.example ${ID}`,
          `c.example ${ID}`,
        ]);
        expect(next).toBeUndefined();
      });

      test('descending has the latest first and the unknown last too', async () => {
        const { items } = await domains.listByExpiry(TENANT, { limit: 10, descending: true });
        expect(names(items)).toEqual(['b.example', 'a.example', 'a.example', 'd.example', 'c.example']);
      });

      test('ends before a given instant, without the unknown', async () => {
        const until = { limit: 10, untilIso: '2027-01-02T00:00:00.000Z' };
        expect(names((await domains.listByExpiry(TENANT, until)).items)).toEqual(['d.example']);
        const later = { limit: 2, untilIso: '2027-01-02T00:00:00.001Z' };
        const first = await domains.listByExpiry(TENANT, later);
        expect(names(first.items)).toEqual(['d.example', 'a.example']);
        const second = await domains.listByExpiry(TENANT, { ...later, after: first.next as ExpiryPosition });
        expect(names(second.items)).toEqual(['a.example', 'b.example']);
        expect(second.next).toBeUndefined();
        const back = await domains.listByExpiry(TENANT, { ...later, limit: 10, descending: true });
        expect(names(back.items)).toEqual(['b.example', 'a.example', 'a.example', 'd.example']);
      });

      test('goes on behind a position whose row is gone, or behind any that is made up', async () => {
        const first = await domains.listByExpiry(TENANT, { limit: 2 });
        await domains.remove(fenceAt(2), 'a.example');
        const second = await domains.listByExpiry(TENANT, { limit: 9, after: first.next as ExpiryPosition });
        expect(names(second.items)).toEqual(['a.example', 'b.example', 'c.example']);
        const madeUp = { expiresAt: '2027-01-02T00:00:00.000Z', name: 'aa.example', integrationId: 'x' };
        expect(names((await domains.listByExpiry(TENANT, { limit: 9, after: madeUp })).items)).toEqual([
          'b.example',
          'c.example',
        ]);
      });

      test('a position behind the asked-for end, or in the other part of the order, ends it', async () => {
        const after = { expiresAt: null, name: 'b.example', integrationId: ID };
        const options = { limit: 9, after, untilIso: '2027-01-03T00:00:00.000Z' };
        expect((await domains.listByExpiry(TENANT, options)).items).toEqual([]);
        const descending = await domains.listByExpiry(TENANT, { limit: 9, after, descending: true });
        expect(descending.items).toEqual([]);
      });

      test('a position beyond the asked-for end has, backwards, everything behind it', async () => {
        const after = { expiresAt: null, name: 'b.example', integrationId: ID };
        const options = { limit: 9, after, untilIso: '2027-01-01T00:00:00.000Z', descending: true };
        expect(names((await domains.listByExpiry(TENANT, options)).items)).toEqual(['d.example']);
      });

      test('has a date of the year 9999 before the unknown', async () => {
        await domains.put(toDomain('never.example', { expiresAt: '9999-12-31T23:59:59.000Z' }));
        const ascending = await domains.listByExpiry(TENANT, { limit: 9 });
        expect(names(ascending.items).slice(-2)).toEqual(['never.example', 'c.example']);
        const descending = await domains.listByExpiry(TENANT, { limit: 9, descending: true });
        expect(names(descending.items)[0]).toBe('never.example');
        expect(names(descending.items).at(-1)).toBe('c.example');
      });

      test('follows a date that changes', async () => {
        await domains.put(toDomain('b.example', { expiresAt: null }));
        expect(names((await domains.listByExpiry(TENANT, { limit: 9 })).items)).toEqual([
          'd.example',
          'a.example',
          'a.example',
          'b.example',
          'c.example',
        ]);
      });
    });
  });
}
