import { describe, expect, test } from 'vitest';
import { toCanonicalHash } from '#core/canonical-hash.ts';
import type { DomainRegistration } from '#core/domain.ts';
import { SyncError, WindowClosedError } from '#core/errors.ts';
import type { ListPage } from '#core/registrar.ts';
import { fetchDomains } from '#sync/steps/fetch-domains.ts';
import { MAX_SLEEP_MS } from '#sync/timings.ts';
import { aDomain } from '#test/api/fixtures.ts';
import { aListed, createScriptedStep, type ScriptedStep } from './scripted-step.ts';

type Scripted = Partial<Omit<ListPage, 'domains'>> & {
  readonly domains: readonly (string | DomainRegistration)[];
};

const toPage = ({ domains, ...page }: Scripted): ListPage => ({
  domains: domains.map((domain) => (typeof domain === 'string' ? aListed(domain) : domain)),
  nextCursor: null,
  declaredTotal: null,
  skipped: 0,
  ...page,
});

/** A step whose account gives these pages by their cursor; of several for a cursor one after the other. */
async function createListing(
  pages: Readonly<Record<string, Scripted | Error | readonly (Scripted | Error)[]>>,
  script: ScriptedStep = {},
) {
  const asked: string[] = [];
  const step = await createScriptedStep({
    ...script,
    account: {
      async listPage(cursor) {
        const key = cursor ?? 'first';
        const scripted = [pages[key]].flat();
        const times = asked.filter((each) => each === key).length;
        asked.push(key);
        const answer = scripted[Math.min(times, scripted.length - 1)];
        if (answer === undefined) throw new Error(`no page ${key}`);
        if (answer instanceof Error) throw answer;
        return toPage(answer as Scripted);
      },
    },
  });
  const pagesLeft = async () => {
    const left = [];
    for await (const page of step.stores.work.pages(step.integrationId, step.context.message.runId))
      left.push(page);
    return left;
  };
  const stored = async () =>
    (await step.stores.domains.listByName(step.integrationId, 100)).map(({ name }) => name);
  return { ...step, asked, pagesLeft, stored, list: () => fetchDomains(step.context) };
}

const unavailable = new SyncError('REGISTRAR_UNAVAILABLE');

describe('a listing', () => {
  test('is read to its end, stored, and falls into ranges of those whose zones are to be read', async () => {
    const { list, stored, pagesLeft, readRun, context } = await createListing({
      first: {
        domains: ['c.com', aListed('b.com', { zone: 'ELSEWHERE' })],
        nextCursor: '2',
        declaredTotal: 7,
      },
      2: {
        domains: ['a.com', aListed('d.com', { zone: 'NOT_PERMITTED' })],
        nextCursor: '3',
        declaredTotal: 7,
      },
      3: { domains: ['e.com', aListed('f.com', { zone: 'UNKNOWN' }), 'g.com'], declaredTotal: 7 },
    });

    expect(await list()).toEqual({ ranges: 2 });
    expect(await stored()).toEqual(['a.com', 'b.com', 'c.com', 'd.com', 'e.com', 'f.com', 'g.com']);
    expect(await pagesLeft()).toMatchObject([
      { page: 1, zoneNames: ['c.com'], otherNames: ['b.com'], zoneOffset: 0, counts: { new: 2, changed: 0 } },
      { page: 2, zoneNames: ['a.com'], otherNames: ['d.com'], zoneOffset: 1 },
      { page: 3, zoneNames: ['e.com', 'f.com', 'g.com'], otherNames: [], zoneOffset: 2 },
    ]);
    expect(context.memory).toMatchObject({
      complete: true,
      listed: 7,
      pages: 3,
      elsewhere: 1,
      notPermitted: 1,
      zones: 5,
      planned: 5,
      firstZone: 0,
    });
    expect(await readRun()).toMatchObject({
      progress: { domainsListed: 7, domainsTotal: 7, domainsDone: 2 },
      stepStartedAt: { FETCH_DOMAINS: expect.any(String), PROCESS_DOMAINS: expect.any(String) },
    });
  });

  test('tells people how far it is after each page but the last', async () => {
    const { list, readRun, asked } = await createListing({
      first: { domains: ['a.com'], nextCursor: '2', declaredTotal: 2 },
      2: new WindowClosedError(1),
    });

    await expect(list()).rejects.toThrow(WindowClosedError);
    expect(asked).toEqual(['first', '2']);
    expect((await readRun()).progress).toEqual({ domainsListed: 1, domainsDone: 0, domainsTotal: 2 });
  });

  test('goes on where it was parked, and asks for no page a second time', async () => {
    const { list, asked, stored } = await createListing({
      first: { domains: ['a.com'], nextCursor: '2', declaredTotal: 2 },
      2: [new WindowClosedError(1), { domains: ['b.com'], declaredTotal: 2 }],
    });
    await expect(list()).rejects.toThrow(WindowClosedError);

    expect(await list()).toEqual({ ranges: 1 });
    expect(asked).toEqual(['first', '2', '2']);
    expect(await stored()).toEqual(['a.com', 'b.com']);
  });

  test('counts a name that comes on two pages once', async () => {
    const { list, context, pagesLeft } = await createListing({
      first: { domains: ['a.com', 'b.com'], nextCursor: '2' },
      2: { domains: ['b.com', 'c.com'] },
    });

    await list();

    expect(context.memory.listed).toBe(3);
    expect((await pagesLeft()).map(({ zoneNames }) => zoneNames)).toEqual([['a.com', 'b.com'], ['c.com']]);
  });

  test.each([
    ['counts the figures of the cards where it wrote a row', 'another', 1],
    ['and leaves them where it wrote none', toCanonicalHash(aListed('a.com')), undefined],
  ])('%s', async (_title, hash, total) => {
    const { list, stores, integrationId, context } = await createListing({ first: { domains: ['a.com'] } });
    const { tenantId } = context.fence;
    await stores.domains.put({ ...aDomain({ integrationId, tenantId, hash }), ...aListed('a.com') });

    await list();

    expect((await stores.stats.list(tenantId)).get(integrationId)?.total).toBe(total);
  });
});

describe('a listing is not complete', () => {
  test.each<[string, Readonly<Record<string, Scripted>>]>([
    ['where its total is not reached', { first: { domains: ['a.com'], declaredTotal: 2 } }],
    [
      'where its total changes',
      {
        first: { domains: ['a.com'], nextCursor: '2', declaredTotal: 2 },
        2: { domains: ['b.com', 'c.com'], declaredTotal: 3 },
      },
    ],
    [
      'where a page leads to itself',
      { first: { domains: ['a.com'], nextCursor: '2' }, 2: { domains: ['b.com'], nextCursor: '2' } },
    ],
  ])('%s: the next attempt begins at the first page', async (_title, pages) => {
    const { list, pagesLeft, context } = await createListing(pages);

    await expect(list()).rejects.toMatchObject({ code: 'LIST_INCOMPLETE', facts: { registrar: 'godaddy' } });
    expect(await pagesLeft()).toEqual([]);
    expect(context.memory).toMatchObject({ pages: 0, listed: 0, written: 0, complete: false });
  });

  test('where its pages come to no end', async () => {
    let page = 0;
    const { context } = await createScriptedStep({
      definition: { pageSize: 50_000 },
      account: {
        async listPage() {
          page += 1;
          return toPage({ domains: [`d${page}.com`], nextCursor: `c${page}` });
        },
      },
    });

    await expect(fetchDomains(context)).rejects.toMatchObject({ code: 'LIST_INCOMPLETE' });
    // Two pages would hold the most domains that there may be: a tenth more, and two.
    expect(page).toBe(6);
  });

  test('but is where what is skipped makes up for its total', async () => {
    const { list } = await createListing({ first: { domains: ['a.com'], declaredTotal: 3, skipped: 2 } });

    expect(await list()).toEqual({ ranges: 1 });
  });
});

describe('an empty listing', () => {
  test('is asked for once more, and believed then', async () => {
    const { list, asked, slept, readRun } = await createListing({ first: { domains: [], declaredTotal: 0 } });

    expect(await list()).toEqual({ ranges: 0 });
    expect([asked, slept]).toEqual([['first', 'first'], [1_000]]);
    expect((await readRun()).progress).toMatchObject({ domainsListed: 0, domainsTotal: 0 });
  });

  test('is forgotten where the second is not', async () => {
    const { list, stored, asked } = await createListing({
      first: [
        { domains: [], declaredTotal: 0 },
        { domains: ['a.com'], declaredTotal: 1 },
      ],
    });

    expect(await list()).toEqual({ ranges: 1 });
    expect([asked.length, await stored()]).toEqual([2, ['a.com']]);
  });
});

describe('a page that fails', () => {
  const pages = (...second: readonly (Scripted | Error)[]) => ({
    first: { domains: ['a.com'], nextCursor: '2' },
    2: second,
  });

  test.each(['REGISTRAR_UNAVAILABLE', 'REGISTRAR_TIMEOUT', 'REGISTRAR_BAD_RESPONSE'] as const)(
    'by %s behind one that came is asked for once more, after a pause',
    async (code) => {
      const { list, asked, slept } = await createListing(pages(new SyncError(code), { domains: ['b.com'] }));

      expect(await list()).toEqual({ ranges: 1 });
      expect([asked, slept]).toEqual([['first', '2', '2'], [250]]);
    },
  );

  test.each([
    ['twice at the same place', pages(unavailable), ['first', '2', '2']],
    ['before any came', { first: unavailable }, ['first']],
    ['by a refusal', pages(new SyncError('INVALID_CREDENTIALS')), ['first', '2']],
    ['by a limit', pages(new SyncError('RATE_LIMITED')), ['first', '2']],
    ['by a fault of ours', pages(new TypeError('ours')), ['first', '2']],
    [
      'and whose registrar wants to be left alone for long',
      pages(new SyncError('REGISTRAR_UNAVAILABLE', { retryAfterMs: MAX_SLEEP_MS + 1 })),
      ['first', '2'],
    ],
  ])('%s ends the attempt', async (_title, scripted, calls) => {
    const { list, asked } = await createListing(scripted);

    await expect(list()).rejects.toThrow();
    expect(asked).toEqual(calls);
  });
});

describe('the zones that a run is to read', () => {
  const first: Scripted = { domains: ['a.com', 'b.com', 'c.com', 'd.com', 'e.com'] };

  test.each([
    ['begin with the first', null, { firstZone: 0, zones: 5 }],
    ['go on behind the last that was read', 'b.com', { firstZone: 2, zones: 3 }],
    ['go on where that one is gone', 'b.net', { firstZone: 2, zones: 3 }],
    ['begin anew where all were read', 'e.com', { firstZone: 0, zones: 5 }],
  ])('%s', async (_title, zoneCursor, plan) => {
    const { list, context } = await createListing({ first }, { integration: { zoneCursor } });

    await list();

    expect(context.memory).toMatchObject(plan);
  });

  test.each([
    [1, 1, 2, 1],
    [1, 3, 5, 2],
    [2, 1, 4, 1],
  ])(
    'are as many as the limit lets through in 20 hours: %i in ten hours, %i lanes',
    async (calls, lanes, planned, ranges) => {
      const tenHours = { calls, windowMs: 36_000_000 };
      const limits = {
        windows: [{ calls: 60, windowMs: 60_000 }, tenHours],
        keyedBy: 'credential',
        lanes,
        inFlight: 1,
      } as const;
      const { list, context } = await createListing({ first }, { definition: { limits } });

      expect(await list()).toEqual({ ranges });
      expect(context.memory).toMatchObject({ zones: 5, planned });
    },
  );
});
