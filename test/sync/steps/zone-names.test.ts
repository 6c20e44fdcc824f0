import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListedPage } from '#core/ports/stores.ts';
import { readRangeNames } from '#sync/steps/zone-names.ts';

const run = { integrationId: 'integrationaaaaaaaaaaakj1l', runId: 'run00001' };

/** Pages that hold so many zones each, named by their place in the listing, and the reads of them. */
function toPages(sizes: readonly number[]) {
  let reads = 0;
  const pages = sizes.map((size, index): ListedPage => {
    const zoneOffset = sizes.slice(0, index).reduce((sum, each) => sum + each, 0);
    return {
      page: index + 1,
      zoneNames: Array.from({ length: size }, (_, place) => `zone-${zoneOffset + place}`),
      otherNames: [],
      zoneOffset,
      nextCursor: null,
      declaredTotal: null,
      skipped: 0,
      counts: { new: 0, changed: 0, unchanged: 0 },
    };
  });
  return {
    reads: () => reads,
    async getPage(_integrationId: string, _runId: string, page: number) {
      reads += 1;
      return pages[page - 1];
    },
  };
}

test('ranges together are the zones of the listing from the first that is wanted, each once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 9 }),
      fc.nat({ max: 20 }),
      fc.integer({ min: 1, max: 10 }),
      async (sizes, wantedFirst, rangeSize) => {
        const total = sizes.reduce((sum, each) => sum + each, 0);
        const firstZone = Math.min(wantedFirst, total);
        const plan = { pages: sizes.length, zones: total - firstZone, firstZone };
        const pages = toPages(sizes);

        const names: string[] = [];
        for (let range = 1; range <= Math.ceil(plan.zones / rangeSize); range += 1)
          names.push(...(await readRangeNames(pages, run, plan, range, rangeSize)));

        expect(names).toEqual(Array.from({ length: plan.zones }, (_, place) => `zone-${firstZone + place}`));
      },
    ),
  );
});

test('a page is found by halving, and read once for the zones that it holds', async () => {
  const pages = toPages(Array.from({ length: 1_000 }, () => 100));

  await readRangeNames(pages, run, { pages: 1_000, zones: 100_000, firstZone: 0 }, 777, 100);

  expect(pages.reads()).toBeLessThanOrEqual(10);
});

test.each([
  ['is not there any more', [], { pages: 1, zones: 3, firstZone: 0 }],
  ['holds fewer zones than were counted', [2], { pages: 1, zones: 3, firstZone: 0 }],
])('a page that %s is a fault of ours', async (_title, sizes, plan) => {
  await expect(readRangeNames(toPages(sizes), run, plan, 1, 3)).rejects.toMatchObject({
    code: 'INTERNAL',
    facts: { path: expect.stringMatching(/^listing page of zone [02]$/) },
  });
});
