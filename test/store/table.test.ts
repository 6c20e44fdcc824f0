import { describe, expect, test } from 'vitest';
import { KEY, toKind, toSortableMs, toTtl } from '#store/table.ts';

describe('keys', () => {
  test('hold their tenant or integration first, and what they are of behind it', () => {
    expect({
      profile: KEY.profile('t'),
      integration: KEY.integration('t', 'i'),
      stats: KEY.stats('t', 'i'),
      refusal: KEY.refusal('t', 5, 'r'),
      domain: KEY.domain('i', 'example.com'),
      zone: KEY.zone('i', 'example.com'),
      zoneChunk: KEY.zoneChunk('i', 'example.com', 'c', 2),
      run: KEY.run('i', 'r'),
      step: KEY.step('i', 'r', 'dns-1'),
      page: KEY.page('i', 'r', 7),
      rateBucket: KEY.rateBucket('porkbun#k'),
      audit: KEY.audit('t', Date.parse('2026-11-29T12:00:00.000Z'), 'e'),
      idempotency: KEY.idempotency('t', 'k'),
      credential: KEY.credential('i'),
    }).toEqual({
      profile: { PK: 'T#t', SK: 'PROFILE' },
      integration: { PK: 'T#t', SK: 'INT#i' },
      stats: { PK: 'T#t', SK: 'STATS#i' },
      refusal: { PK: 'T#t', SK: 'REF#000000000000005#r' },
      domain: { PK: 'INT#i', SK: 'DOM#example.com' },
      zone: { PK: 'INT#i', SK: 'DNS#example.com' },
      zoneChunk: { PK: 'INT#i', SK: 'DNS#example.com#c#2' },
      run: { PK: 'INT#i', SK: 'RUN#r' },
      step: { PK: 'INT#i', SK: 'WORK#r#S#dns-1' },
      page: { PK: 'INT#i', SK: 'WORK#r#P#000007' },
      rateBucket: { PK: 'RL#porkbun#k', SK: 'B' },
      audit: { PK: 'AUD#t#2026-11', SK: '2026-11-29T12:00:00.000Z#e' },
      idempotency: { PK: 'IDEM#t', SK: 'k' },
      credential: { PK: 'INT#i', SK: 'CRED' },
    });
  });

  test('sort by time, also before the epoch and between two milliseconds', () => {
    expect([5, 40, 1_700_000_000_000].map(toSortableMs)).toEqual([
      '000000000000005',
      '000000000000040',
      '001700000000000',
    ]);
    expect([-1, 4.9].map(toSortableMs)).toEqual(['000000000000000', '000000000000004']);
  });

  test('tell the kind of their row', () => {
    expect(
      [KEY.audit('t', 0, 'e'), KEY.rateBucket('k'), KEY.idempotency('t', 'k'), KEY.run('i', 'r')].map(toKind),
    ).toEqual(['AUD', 'RL', 'IDEM', 'RUN']);
  });

  test('end by the second', () => {
    expect(toTtl(1_001, 60)).toBe(62);
  });
});
