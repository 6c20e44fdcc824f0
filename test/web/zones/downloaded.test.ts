import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSystem, startSystem } from '#test/support/running-system.ts';
import { openAs, visitPath } from '../support/app.ts';
import { launchBrowser } from '../support/browser.ts';
import { download } from '../support/pages.ts';
import { expectClean, type Visit } from '../support/visit.ts';
import { loadZone } from './check-zone.ts';
import { toKey } from './record-key.ts';

/** What a person downloads, against what the registrar's simulator really has. Needs `named-checkzone`. */

interface TrueDomain {
  readonly name: string;
  readonly unicodeName: string;
  readonly dns: { readonly status: string };
}

interface TrueRrset {
  readonly name: string;
  readonly type: string;
  readonly ttl: number | null;
  readonly records: readonly string[];
}

let system: RunningSystem;
let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
  visit = await openAs(browser, system, 'alice', '/integrations');
});
afterAll(async () => {
  await visit?.close();
  await browser?.close();
  await system?.stop();
});

async function downloadZone(page: Page, { name, unicodeName }: TrueDomain): Promise<string> {
  await visitPath(page, `/domains/${name}?tab=records`, new RegExp(`^${unicodeName}`));
  const file = await download(page, page.getByRole('button', { name: 'Download zone file' }));
  expect(file.name).toBe(`${name}.zone`);
  return file.text;
}

test.each(['godaddy', 'namecheap', 'gandi', 'porkbun', 'namecom'])(
  'R44: every zone file from %s loads, with each record of the truth in it or in a comment of its own',
  async (registrar) => {
    const alice = await system.person('alice');
    const { body } = await alice.connect(registrar, 'demo-10');
    expect((await alice.settled(body.id)).status).toBe('SYNCED');
    const { domains, records } = await system.truth(registrar, 'demo-10');
    const zones = domains.filter(({ dns }: TrueDomain) => dns.status === 'FETCHED');
    expect(zones.length).toBeGreaterThan(2);

    let compared = 0;
    for (const domain of zones) {
      const text = await downloadZone(visit.page, domain);
      const loaded = loadZone(domain.name, text);
      expect(loaded.status, `${loaded.log}\n${text}`).toBe(0);
      const keys = new Map(
        loaded.records.map(({ owner, type, ttl, rdata }) => [toKey(owner, type, rdata), ttl]),
      );
      const comments = text.split('\n').filter((line) => line.startsWith(';'));
      const lost = records[domain.name].flatMap(({ name, type, ttl, records: values }: TrueRrset) =>
        values.filter((rdata) => {
          compared += 1;
          const found = keys.get(toKey(name, type, rdata));
          if (found !== undefined) return ttl !== null && found !== ttl;
          return !comments.some((line) => line.includes(type) && line.includes(rdata));
        }),
      );
      expect(lost, text).toEqual([]);
    }
    expect(compared).toBeGreaterThan(20);
    await expectClean(visit);
  },
);
